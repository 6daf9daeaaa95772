"""/help and /cancel: finding one's way, and out."""

from collections.abc import Sequence

from handlers import menus
from handlers.routing import Command
from handlers.start import greet_stranger
from handlers.turn import Turn
from handlers.views import start as views
from handlers.views.screen import Screen, lines
from handlers.words import N_
from storage import awaiting


def help_command(others: Sequence[Command]) -> Command:
    """Return the /help that lists those of the *others* which the person may use."""

    async def show(turn: Turn) -> None:
        roles = turn.person.roles
        theirs = [one for one in others if not one.roles or one.roles & roles]
        await menus.refresh(turn, turn.person, turn.t.language)
        await turn.say(views.help_screen(turn.t, theirs))

    about = N_("See what I can do")
    return Command("help", show, about, in_groups=False, for_strangers=greet_stranger)


async def cancel(turn: Turn) -> None:
    """Answer /cancel: the next text answers nothing any more; drafts stay."""
    async with turn.db.writing() as tx:
        awaited = await awaiting.current(tx, turn.person.id)
        await awaiting.forget(tx, turn.person.id)
    text = turn.t("Cancelled. Drafts are kept.") if awaited else turn.t("Nothing to cancel.")
    await turn.say(Screen(lines(text)))


COMMANDS = (Command("cancel", cancel, N_("Stop what I am asking you")),)
