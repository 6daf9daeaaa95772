"""What is said when nothing else fits, and where a file goes that somebody sends."""

from handlers import asking, start
from handlers.access import FILES
from handlers.evaluating import material
from handlers.refusals import Sorry
from handlers.scorecards import scorecard_import
from handlers.tables import imports
from handlers.turn import Turn, Visit
from handlers.views.screen import Screen, lines
from handlers.words import N_

SCORECARDS = (".yaml", ".yml")
TABLES = (".csv", ".xlsx")


class UnknownFile(Sorry):
    """An admin sent a file that is neither a scorecard nor a table."""

    sentence = N_("I can read scorecards (.yaml) and tables (.csv or .xlsx). Nothing was stored.")


async def unknown(visit: Visit) -> None:
    """Answer a command or a text that means nothing here; silent where others read along."""
    if not visit.private:
        return
    if not isinstance(visit, Turn):
        await start.greet_stranger(visit)
        return
    await visit.say(Screen(lines(visit.t("I did not understand that. /help lists what I can do."))))


async def receive(turn: Turn) -> None:
    """Take a file for an import where the sender may send one, else for a contact's material."""
    name = _file_name(turn)
    roles = turn.person.roles
    if FILES["scorecard"].admits(roles) and name.endswith(SCORECARDS):
        await scorecard_import.import_document(turn)
        return
    if FILES["table"].admits(roles) and name.endswith(TABLES):
        await imports.import_document(turn)
        return
    async with turn.db.glancing() as tx:
        told = await asking.require_no_text(tx, turn)
    if told is not None:
        await turn.say(Screen(lines(told)))
    if FILES["scorecard"].admits(roles) and not FILES["material"].admits(roles):
        raise UnknownFile
    await material.receive(turn)


def _file_name(turn: Turn) -> str:
    document = turn.message.document if turn.message is not None else None
    return (document.file_name or "").lower() if document is not None else ""
