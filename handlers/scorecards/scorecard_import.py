"""A scorecard's file on its way in: from the chat to a preview, from the command line at once."""

import asyncio
from dataclasses import dataclass

from telegram.error import BadRequest

from handlers.access import FILES, admit
from handlers.refusals import FileTooBig, NotFound, Sorry
from handlers.scorecards.uploads import preview
from handlers.turn import Services, Turn
from handlers.views.scorecard_problems import problem_line, problems_text
from handlers.views.screen import Screen
from handlers.words import N_, Words
from scoring.scorecard import Scorecard
from scoring.scorecard_problems import ScorecardError
from storage import audit, scorecards
from storage.audit import Action, Subject, Thing

MAX_BYTES = 256 * 1024


class NotUtf8(Sorry):
    """The file's text is in another encoding."""

    sentence = N_("I can read this file only as UTF-8. Please save it as UTF-8 and send it again.")


@dataclass(frozen=True, slots=True)
class ScorecardOutcome:
    """What became of a file: its problems as lines, or the version it was published as."""

    problems: tuple[str, ...] = ()
    key: str = ""
    version: int = 0
    fresh: bool = False


async def import_scorecard(services: Services, content: bytes, t: Words) -> ScorecardOutcome:
    """Publish the scorecard in *content*; return its problems instead where it has any."""
    try:
        scorecard = await asyncio.to_thread(_read, content)
    except ScorecardError as error:
        return ScorecardOutcome(tuple(problem_line(t, one) for one in error.problems))
    async with services.db.writing() as tx:
        version_id, fresh = await scorecards.publish(tx, scorecard, services.clock())
        one = await services.shelf.get(tx, version_id)
        if fresh:
            actor, about = audit.program(services.clock()), Subject(Thing.SCORECARD, one.id)
            details: audit.Details = {"key": one.key, "version": one.version}
            await audit.note(tx, actor, Action.SCORECARD_PUBLISHED, about, details)
    return ScorecardOutcome(key=one.key, version=one.version, fresh=fresh)


async def import_document(turn: Turn) -> None:
    """Answer an admin's scorecard file with a preview and a Publish button, or its mistakes."""
    admit(turn, FILES["scorecard"])
    content = await _fetch(turn)
    try:
        scorecard = await asyncio.to_thread(_read, content)
    except ScorecardError as error:
        await turn.say(Screen(problems_text(turn.t, error.problems)))
        return
    async with turn.db.writing() as tx:
        upload = await scorecards.keep_upload(tx, scorecard, turn.now, by=turn.person.id)
    await turn.say(await preview(turn, upload))


async def _fetch(turn: Turn) -> bytes:
    document = turn.message.document if turn.message is not None else None
    if document is None:
        raise NotFound
    if (document.file_size or 0) > MAX_BYTES:
        raise FileTooBig(limit=turn.t.number(MAX_BYTES / 2**20, 2))
    try:
        file = await turn.bot.get_file(document.file_id)
    except BadRequest as error:
        raise FileTooBig(limit=20) from error
    return bytes(await file.download_as_bytearray())


def _read(content: bytes) -> Scorecard:
    # With it comes yaml, which few ever need.
    from scoring.scorecard_file import read_scorecard  # noqa: PLC0415

    try:
        return read_scorecard(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotUtf8 from error
