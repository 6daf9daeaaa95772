"""A scorecard's file that waits: looked at, compared, recomputed, published or discarded."""

from handlers.refusals import NotFound
from handlers.reports.books import workbook_of
from handlers.scorecards.replaying import replayed
from handlers.taps import UploadAct, UploadTap
from handlers.turn import Turn
from handlers.views import replay_details
from handlers.views import scorecard_preview as views
from handlers.views.scorecard_preview import Preview
from handlers.views.screen import Screen
from scoring.scorecard import Scorecard
from scoring.scorecard_diff import compare
from storage import audit, scorecards
from storage.audit import Action, Subject, Thing
from storage.database import Transaction


async def preview(turn: Turn, upload: int, *, overtaken: bool = False) -> Screen:
    """Return the kept file beside what is in use now; *overtaken* by a newer version."""
    shelf = turn.services.shelf
    async with turn.db.reading() as tx:
        scorecard, version = await _kept(tx, upload)
        before = await scorecards.latest(tx, shelf, scorecard.key)
        if version is not None and before is not None:
            return views.already_screen(turn.t, await shelf.get(tx, version), before)
        retired = await scorecards.is_retired(tx, scorecard.key)
        current = await scorecards.current(tx, shelf)
    channels = set(scorecard.channels)
    found = Preview(
        upload=upload,
        scorecard=scorecard,
        before=before,
        changes=compare(before.scorecard, scorecard) if before is not None else (),
        replay=await replayed(turn.services, scorecard),
        retired=retired,
        beside=[one for one in current if channels.intersection(one.scorecard.channels)],
        overtaken=overtaken,
    )
    return views.preview_screen(turn.t, found)


async def pressed(turn: Turn, tap: UploadTap) -> None:
    """Handle a press under a file's preview."""
    if tap.act is UploadAct.PUBLISH:
        await turn.show(await _publish(turn, tap))
    elif tap.act is UploadAct.DROP:
        await turn.show(await _drop(turn, tap.upload))
    elif tap.act is UploadAct.PREVIEW:
        await turn.show(await preview(turn, tap.upload))
    elif tap.act is UploadAct.DETAILS:
        await turn.show(await _details(turn, tap))
    else:
        await turn.say(await _export(turn, tap.upload))


async def _publish(turn: Turn, tap: UploadTap) -> Screen:
    """Publish what was shown; what somebody published meanwhile is shown before it is undone."""
    async with turn.db.writing() as tx:
        _, version = await _kept(tx, tap.upload)
        published = None
        if version is None:
            published = await scorecards.publish_upload(
                tx, tap.upload, turn.now, by=turn.person.id, base=tap.value
            )
        if published is not None:
            about = Subject(Thing.SCORECARD, published.id)
            details: audit.Details = {"key": published.key, "version": published.version}
            await audit.note(tx, turn.actor, Action.SCORECARD_PUBLISHED, about, details)
    if published is None:
        return await preview(turn, tap.upload, overtaken=True)
    return views.published_screen(turn.t, published, fresh=published.id != tap.value)


async def _drop(turn: Turn, upload: int) -> Screen:
    async with turn.db.writing() as tx:
        _, version = await _kept(tx, upload)
        await scorecards.drop_upload(tx, upload)
    return await preview(turn, upload) if version is not None else views.discarded_screen(turn.t)


async def _details(turn: Turn, tap: UploadTap) -> Screen:
    scorecard = await _waiting(turn, tap.upload)
    replay = await replayed(turn.services, scorecard)
    return replay_details.details_screen(turn.t, replay, tap.upload, tap.value)


async def _export(turn: Turn, upload: int) -> Screen:
    scorecard = await _waiting(turn, upload)
    replay = await replayed(turn.services, scorecard)
    sheet = replay_details.sheet(turn.t, replay)
    content = await workbook_of([sheet])
    async with turn.db.writing() as tx:
        await audit.note(tx, turn.actor, Action.EXPORTED, Subject(Thing.FILE), {"what": "replay"})
    return replay_details.file_screen(turn.t, scorecard.key, content)


async def _waiting(turn: Turn, upload: int) -> Scorecard:
    async with turn.db.reading() as tx:
        scorecard, _ = await _kept(tx, upload)
    return scorecard


async def _kept(tx: Transaction, upload: int) -> tuple[Scorecard, int | None]:
    kept = await scorecards.upload(tx, upload)
    if kept is None:
        raise NotFound
    return kept
