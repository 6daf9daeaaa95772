"""The evaluations that a scorecard would move, one by one: as pages, and all of them as a sheet."""

from fractions import Fraction

from markupsafe import Markup

from handlers import labels
from handlers.scorecards.replaying import Entry, Replay
from handlers.taps import UploadAct, UploadTap
from handlers.views.casefile import change_words, score_of
from handlers.views.export import caption
from handlers.views.replay_words import BANDS, bands, gap_words, head, signed, title
from handlers.views.screen import Button, File, Screen, bold, fit, shorten
from handlers.views.sheets import ONE_DECIMAL, SIGNED, Cell, Figure, Sheet
from handlers.words import Words

Line = str | Markup

PAGE = 6
NAME = 30

COLUMNS = (
    ("evaluation", 11),
    ("contact", 16),
    ("agent", 24),
    ("version", 8),
    ("before", 10),
    ("after", 10),
    ("change", 10),
    ("band_before", 14),
    ("band_after", 14),
    ("criterion", 36),
    ("criterion_change", 16),
    ("not_recomputed", 48),
)


def details_screen(t: Words, replay: Replay, upload: int, skip: int) -> Screen:
    """Return a page of what moves and of what could not be recomputed."""
    entries = replay.affected
    skip = min(max(skip, 0), max(len(entries) - 1, 0))
    page = entries[skip : skip + PAGE]
    counted = t(
        "{first}–{last} of {count}, the largest change first",
        first=skip + 1,
        last=skip + len(page),
        count=len(entries),
    )
    told: list[Line] = [bold(head(t, replay.summary)), *([counted] if page else [])]
    for entry in page:
        told += ["", *_entry_lines(t, replay, entry)]
    turning = []
    if skip:
        before = UploadTap(UploadAct.DETAILS, upload, max(0, skip - PAGE))
        turning.append(Button(t("‹ Before"), before))
    if skip + PAGE < len(entries):
        turning.append(Button(t("More ›"), UploadTap(UploadAct.DETAILS, upload, skip + PAGE)))
    back = Button(t("Back"), UploadTap(UploadAct.PREVIEW, upload))
    export = Button(t("Export"), UploadTap(UploadAct.EXPORT, upload))
    return Screen(fit(told), [turning, [export, back]])


def file_screen(t: Words, key: str, content: bytes) -> Screen:
    """Return the workbook of all the recomputed evaluations."""
    return Screen(caption(t), file=File(f"{key}-replay.xlsx", content))


def sheet(t: Words, replay: Replay) -> Sheet:
    """Return a row for each evaluation, moved or not, newest first."""
    return Sheet("replay", COLUMNS, [_cells(t, replay, entry) for entry in replay.entries])


def _entry_lines(t: Words, replay: Replay, entry: Entry) -> list[Line]:
    result, past = entry.result, entry.past
    who = f"{shorten(past.agent, NAME)} · {labels.reference(t, past.contact)}"
    if result.after is None:
        score = t("{score}, cannot be recomputed", score=score_of(t, result.before.final))
        gaps = [gap_words(t, replay, gap) for gap in result.gaps[:2]]
        return [_line(score, who), *gaps, *(["…"] if len(result.gaps) > 2 else [])]
    told: list[Line] = [_line(change_words(t, result.before.final, result.after.final), who)]
    if result.mover is not None:
        told.append(_part(t, replay, *result.mover))
    if result.flipped:
        told.append(bands(t, result.before.band, result.after.band))
    return told


def _line(score: str, who: str) -> Markup:
    return Markup("<b>{}</b> · {}").format(score, who)


def _part(t: Words, replay: Replay, key: str, points: Fraction) -> str:
    return t("{title} {points}", title=title(t, replay, key), points=signed(t, points))


def _cells(t: Words, replay: Replay, entry: Entry) -> list[Cell]:
    result, past = entry.result, entry.past
    after = result.after
    key, points = result.mover or (None, None)
    return [
        past.id,
        past.contact,
        past.agent,
        entry.version,
        _figure(result.before.final, ONE_DECIMAL),
        _figure(after.final if after is not None else None, ONE_DECIMAL),
        _figure(result.change, SIGNED),
        t(BANDS[result.before.band]),
        t(BANDS[after.band]) if after is not None else None,
        replay.titles[key].say(t.language) if key is not None else None,
        _figure(points, SIGNED),
        "; ".join(gap_words(t, replay, gap) for gap in result.gaps) or None,
    ]


def _figure(value: Fraction | None, shape: str) -> Figure | None:
    return None if value is None else Figure(float(value), shape)
