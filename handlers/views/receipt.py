"""The receipt: how a score came about, in numbers that a reader can check with a calculator."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.evaluating.casefile import CaseFile
from handlers.taps import FeedbackAct, FeedbackTap, RevisionTap
from handlers.views.casefile import Cut, Line, change_words, dispute_lines, score_of
from handlers.views.corrections import shown_versions
from handlers.views.pager import in_pages
from handlers.views.screen import Button, Screen, bold, in_rows, italic, lines, shorten
from handlers.words import N_, Words
from scoring.receipt import Part, Receipt, Step, receipt
from scoring.score import AnswerState, CriterionScore, shown
from scoring.scorecard import EffectKind
from scoring.zones import local_day
from storage.revisions import Superseded

PAGE = 3400
"""The most a page holds, in UTF-16 units; its first lines come on top."""

DISPUTE = Cut(title=60, errors=20)
TITLE = 18
ROWS = 40
"""How many sections one table holds, so that it need not be split over pages."""
CAUSES = 5
MOST_DECIMALS = 6


def receipt_screen(
    t: Words,
    file: CaseFile,
    reading: ZoneInfo,
    page: int = 0,
    back: int = 0,
    earlier: Superseded | None = None,
) -> Screen:
    """Return page number *page* (from 0; beyond the last one, the last) with its buttons.

    With *earlier* it is the receipt of that version, which counts no more.
    """
    pages = in_pages(_lines(t, file, reading, earlier), PAGE)
    number = min(max(page, 0), len(pages) - 1)
    head = [*_head(t, file, reading, earlier)]
    if len(pages) > 1:
        head.append(t("Page {number} of {count}", number=number + 1, count=len(pages)))
    turning = _turning(t, file, number, len(pages), back, earlier)
    home = Button(t("Back"), FeedbackTap(file.evaluation.id, FeedbackAct.SHOW, back=back))
    versions = _versions(t, file, back, earlier)
    body = lines(*pages[number]).lstrip("\n")
    rows = [turning, *in_rows(versions, 3), [home]]
    return Screen(lines(*head, "", body), [row for row in rows if row])


def _versions(t: Words, file: CaseFile, back: int, earlier: Superseded | None) -> list[Button]:
    """Return the buttons to the evaluation's other versions."""
    ident = file.evaluation.id
    row = [
        Button(
            t("Before: {score}", score=score_of(t, one.final)),
            RevisionTap(ident, one.number, back=back),
        )
        for one in shown_versions(file)
        if earlier is None or one.number != earlier.number
    ]
    if earlier is not None:
        score = score_of(t, file.evaluation.final)
        now = FeedbackTap(ident, FeedbackAct.RECEIPT, back=back)
        row.append(Button(t("Now: {score}", score=score), now))
    return row


def _turning(
    t: Words, file: CaseFile, number: int, count: int, back: int, earlier: Superseded | None
) -> list[Button]:
    def tap(page: int) -> FeedbackTap | RevisionTap:
        if earlier is not None:
            return RevisionTap(file.evaluation.id, earlier.number, page, back)
        return FeedbackTap(file.evaluation.id, FeedbackAct.RECEIPT, page, back)

    row = [Button(t("‹ Page {number}", number=number), tap(number - 1))] if number else []
    if number + 1 < count:
        row.append(Button(t("Page {number} ›", number=number + 2), tap(number + 1)))
    return row


def _head(t: Words, file: CaseFile, reading: ZoneInfo, earlier: Superseded | None) -> list[Line]:
    final = file.evaluation.final if earlier is None else earlier.final
    published = file.published
    head = (
        t.html("<b>No score</b>: everything was N/A")
        if final is None
        else t.html("<b>How {score} came about</b>", score=t.number(final))
    )
    title = published.scorecard.title.say(t.language)
    told = [head, t("{scorecard}, version {version}", scorecard=title, version=published.version)]
    return [*told, *_revision_lines(t, file, reading, earlier)]


def _revision_lines(
    t: Words, file: CaseFile, reading: ZoneInfo, earlier: Superseded | None
) -> list[Line]:
    """Return that the number was revised after a dispute, by whom, and which version this is."""
    if earlier is not None:
        on = t.day(local_day(earlier.revised_at, reading))
        return [t.html("<b>As it was until {day}: it no longer counts.</b>", day=on)]
    if file.disputed is None:
        return []
    name = file.decider.name if file.decider is not None else "…"
    told = t(
        "Revised on {moment} by {name} after a dispute: {change}",
        moment=t.moment(file.disputed.revised_at, reading),
        name=name,
        change=change_words(t, file.disputed.final, file.evaluation.final),
    )
    return [told]


def _lines(
    t: Words, file: CaseFile, reading: ZoneInfo, earlier: Superseded | None
) -> Iterator[Line]:
    """Yield the whole receipt: the sum, what effects did to it, then every part."""
    answers = file.evaluation.answers if earlier is None else earlier.answers
    made = receipt(file.published.scorecard, answers)
    withdrawn = file.evaluation.withdrawn_at
    if withdrawn is not None:
        on = t.day(local_day(withdrawn, reading))
        yield t.html("<b>Withdrawn on {day}: it no longer counts.</b>", day=on)
    if file.evaluation.superseded:
        yield bold(t("Scored again later: it no longer counts."))
    if made.score.raw is not None:
        yield from _sum_lines(t, file, made)
    for part in made.parts:
        yield from _part_lines(t, file, made, part)
    yield from dispute_lines(t, file, reading, DISPUTE)


def _sum_lines(t: Words, file: CaseFile, made: Receipt) -> Iterator[Line]:
    """Yield what each section brought of what it could, their sum, and what effects left of it."""
    digits, raw = made.digits(), made.score.raw or Fraction(0)
    counted = [part for part in made.parts if part.counts]
    rows = [
        (part.title.say(t.language), t.number(part.points, digits), t.number(part.most, digits))
        for part in counted
    ]
    for start in range(0, len(rows), ROWS):
        yield _table(rows[start : start + ROWS])
    yield t.html("Together, the raw score: <b>{score}</b>", score=t.number(raw))
    for step in made.steps:
        yield _step_line(t, file, step)
    if any(Fraction(shown(part.points, digits)) != part.points for part in counted):
        yield italic(t("Shown rounded, reckoned exactly."))


def _table(rows: Sequence[tuple[str, str, str]]) -> Markup:
    """Return the rows aligned: a title, the points, and the most there could be."""
    titles = [shorten(title, TITLE) for title, _, _ in rows]
    first = max(map(len, titles))
    second = max(len(points) for _, points, _ in rows)
    third = max(len(most) for _, _, most in rows)
    told = (
        f"{title.ljust(first)} {points.rjust(second)} / {most.rjust(third)}"
        for title, (_, points, most) in zip(titles, rows, strict=True)
    )
    return Markup("<pre>{}</pre>").format("\n".join(told))


def _step_line(t: Words, file: CaseFile, step: Step) -> str:
    """Return what an effect did: the score before and after it, and why."""
    cause = _cause(t, file, step.keys)
    before, after = t.number(step.before), t.number(step.after)
    if step.before == step.after:
        return t("The effect of {cause} changed nothing.", cause=cause)
    if step.kind is EffectKind.FAIL_CONTACT:
        told = N_("{before} → {after}: {cause} makes the whole score 0")
        return t(told, before=before, after=after, cause=cause)
    if step.section is not None:
        told = N_("{before} → {after}: {cause} makes “{section}” 0")
        section = step.section.say(t.language)
        return t(told, before=before, after=after, cause=cause, section=section)
    told = N_("{before} → {after}: {cause} limits the score to {limit}")
    limit = t.number(step.limit or 0)
    return t(told, before=before, after=after, cause=cause, limit=limit)


def _cause(t: Words, file: CaseFile, keys: Sequence[str]) -> str:
    scorecard = file.published.scorecard
    titles = [scorecard.criterion(key).title.say(t.language) for key in keys[:CAUSES]]
    told = ", ".join(t("“{text}”", text=title) for title in titles)
    return told if len(keys) <= CAUSES else f"{told} …"


def _part_lines(t: Words, file: CaseFile, made: Receipt, part: Part) -> Iterator[Line]:
    """Yield the section's criteria; its title stays with the first, its sum with the last."""
    told: list[list[Line]] = [[_criterion_lines(t, file, one)] for one in part.criteria]
    title, weight = part.title.say(t.language), _plain(t, part.weight)
    told[0][:0] = ["", t.html("<b>{section}</b> · weight {weight}", section=title, weight=weight)]
    told[-1].append(_formula(t, made, part))
    for unit in told:
        yield lines(*unit)


def _formula(t: Words, made: Receipt, part: Part) -> Markup:
    """Return how the section's points come from its sums, or that it was left out."""
    if not part.counts:
        return italic(t("Left out: nothing in it counted"))
    return t.html(
        "100 × {weight}/{weights} × {earned}/{possible} = <b>{points}</b>",
        weight=_plain(t, part.weight),
        weights=_plain(t, made.weight),
        earned=_plain(t, part.earned),
        possible=_plain(t, part.possible),
        points=t.number(part.points, made.digits()),
    )


def _criterion_lines(t: Words, file: CaseFile, one: CriterionScore) -> Markup:
    criterion = file.published.scorecard.criterion(one.key)
    title, weight = criterion.title.say(t.language), _plain(t, one.weight)
    if one.state is AnswerState.NA:
        return lines(
            f"• {title}", _indented(t("N/A: its weight {weight} is left out", weight=weight))
        )
    if one.option is None or one.points is None or one.fraction is None:
        return lines(
            f"• {title}", _indented(t("Not asked: its weight {weight} is left out", weight=weight))
        )
    reckoned = t(
        "{option}: {points}/{best} × {weight} = {earned}",
        option=criterion.options[one.option].label.say(t.language),
        points=_plain(t, one.points),
        best=_plain(t, one.best_points),
        weight=weight,
        earned=_plain(t, one.fraction * one.weight),
    )
    return lines(f"• {title}", _indented(reckoned))


def _indented(line: str) -> str:
    return f"   {line}"


def _plain(t: Words, value: Fraction) -> str:
    """Return *value* with no more decimals than it has, at most six."""
    for digits in range(MOST_DECIMALS):
        if Fraction(shown(value, digits)) == value:
            return t.number(value, digits)
    return t.number(value, MOST_DECIMALS)
