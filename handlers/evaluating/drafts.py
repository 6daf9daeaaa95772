"""/drafts: the evaluations that somebody began and has not submitted."""

from handlers.routing import Command
from handlers.taps import DraftAct, DraftTap, MenuTap
from handlers.turn import Turn
from handlers.views.draft_form import draft_line
from handlers.views.pager import listed
from handlers.views.screen import Button, Screen, lines
from handlers.words import N_
from scoring.roles import Role
from storage import drafts, people
from storage.drafts import Draft
from storage.people import Person


async def list_drafts(turn: Turn) -> None:
    """Answer /drafts: every open draft as a button."""
    async with turn.db.reading() as tx:
        mine = await drafts.open_of(tx, turn.person.id)
        agents = await people.by_ids(tx, {one.agent_id for one in mine if one.agent_id})
    entries = [_draft_button(turn, one, agents.get(one.agent_id or 0)) for one in mine]
    if not mine:
        text = lines(turn.t("No drafts. Everything you began is submitted."))
        new = Button(turn.t("Score a contact"), MenuTap("score"))
        await turn.say(Screen(text, [[new]]))
        return
    told = turn.t.plural("{count} draft", "{count} drafts", len(mine))
    await turn.say(listed([told], entries, [], MenuTap("drafts")))


def _draft_button(turn: Turn, draft: Draft, agent: Person | None) -> Button:
    label = draft_line(turn.t, draft, agent)
    return Button(label, DraftTap(draft.id, draft.version, DraftAct.OPEN))


COMMANDS = (Command("drafts", list_drafts, N_("Continue a draft"), frozenset({Role.EVALUATOR})),)
