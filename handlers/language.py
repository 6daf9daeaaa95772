"""/language: in which of its languages Etalon speaks to somebody."""

from handlers import menus
from handlers.refusals import OutOfDate
from handlers.routing import Command, press
from handlers.taps import LanguageTap
from handlers.turn import Turn
from handlers.views import start as views
from handlers.words import LANGUAGES, N_, words
from storage import people


async def ask(turn: Turn) -> None:
    """Answer /language with the choice."""
    await turn.say(views.language_screen(turn.t))


async def choose(turn: Turn, tap: LanguageTap) -> None:
    """Speak the chosen language from now on, in this message and the menu first."""
    if tap.language not in LANGUAGES:
        raise OutOfDate
    async with turn.db.writing() as tx:
        await people.set_language(tx, turn.person.id, tap.language)
        person = (await people.by_ids(tx, [turn.person.id]))[turn.person.id]
    turn.t = words(tap.language)
    await turn.show(views.language_screen(turn.t))
    await menus.refresh(turn, person, tap.language)


COMMANDS = (Command("language", ask, N_("Choose your language")),)
PRESSES = (press(LanguageTap, choose),)
