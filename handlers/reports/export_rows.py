"""Evaluations as rows for people and spreadsheets: one row per answer."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from handlers import labels
from handlers.tables import csv_files
from handlers.tables.csv_files import FOR_EXCEL
from handlers.tables.tables import safe_cell
from handlers.turn import Services
from handlers.views.answers import answer_words, justification
from handlers.views.sheets import ONE_DECIMAL, Cell, Figure, Sheet
from handlers.words import Words
from handlers.workshop import making
from scoring.score import shown
from scoring.scorecard import Criterion, Scorecard
from scoring.selection import Selection
from scoring.zones import zone
from storage import exports
from storage.exports import ExportedEvaluation, GivenAnswer, Slice

COLUMNS = (
    ("evaluation", 11),
    ("contact", 16),
    ("agent", 24),
    ("team", 18),
    ("evaluator", 24),
    ("scorecard", 14),
    ("version", 8),
    ("section", 22),
    ("criterion", 36),
    ("option", 14),
    ("points", 8),
    ("weight", 8),
    ("critical_class", 14),
    ("justification", 48),
    ("comment", 48),
    ("raw_score", 10),
    ("final_score", 11),
    ("submitted_at", 17),
    ("counts", 8),
    ("selection", 10),
    ("plan", 14),
    ("stratum", 16),
    ("probability", 11),
    ("contact_at", 17),
    ("revision", 8),
)
"""The columns of an export and their widths in a workbook."""

CSV, XLSX, PDF = ".csv", ".xlsx", ".pdf"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer in words; ``passed`` is ``None`` for N/A, ``lost`` are score points.

    ``counts`` says whether its evaluation is in the figures. Of a contact that a plan drew,
    ``plan`` is the plan's number with the draw's name and ``probability`` the chance it had.
    """

    evaluation: int
    contact: str
    agent: str
    team: str
    evaluator: str
    scorecard: str
    version: int
    section: str
    criterion: str
    option: str
    points: Fraction | None
    weight: Fraction
    critical_class: str
    justification: str
    comment: str
    raw: Fraction | None
    final: Fraction | None
    submitted_at: dt.datetime
    revision: int
    passed: bool | None
    lost: float
    counts: bool = True
    selection: str = Selection.CHOSEN
    plan: str = ""
    stratum: str = ""
    probability: float | None = None
    contact_at: dt.datetime | None = None


async def answer_lines(
    services: Services, slices: Sequence[Slice], t: Words, *, errors: bool = False
) -> list[AnswerLine]:
    """Return every answer of the evaluations in *slices*, worded as its own version has it.

    With *errors*, only the answers that are not the best ones.
    """
    found: list[AnswerLine] = []
    async with services.db.reading() as tx:
        async for evaluation in exports.evaluations(tx, slices, errors=errors):
            published = await services.shelf.get(tx, evaluation.scorecard_version_id)
            found += _lines(t, evaluation, published.scorecard, published.version, services)
    return found


async def rows_file(services: Services, t: Words, slices: Sequence[Slice], ending: str) -> bytes:
    """Return every answer in *slices* as a ``.csv`` or ``.xlsx`` file; nothing without any."""
    found = await answer_lines(services, slices, t)
    if not found:
        return b""
    return written(found, ending)


def written(lines: Sequence[AnswerLine], ending: str) -> bytes:
    """Return the lines as a file of that ending, ``.csv`` or ``.xlsx``."""
    return _csv(lines) if ending == CSV else _xlsx(lines)


def rows_sheet(title: str, lines: Iterable[AnswerLine]) -> Sheet:
    """Return the lines as a sheet."""
    return Sheet(title, COLUMNS, [_cells(line) for line in lines])


def local(moment: dt.datetime) -> dt.datetime:
    """Return what the clocks showed at *moment*, as spreadsheets take it."""
    return moment.replace(tzinfo=None, microsecond=0)


def score_cell(value: Fraction | None) -> Figure | None:
    """Return a score as a spreadsheet's number."""
    return None if value is None else Figure(float(value), ONE_DECIMAL)


def _csv(lines: Iterable[AnswerLine]) -> bytes:
    header = [name for name, _ in COLUMNS]
    return csv_files.content([header, *(_texts(line) for line in lines)], FOR_EXCEL)


def _xlsx(lines: Iterable[AnswerLine]) -> bytes:
    return making.rows_workbook(rows_sheet("evaluations", lines))


def _lines(
    t: Words, evaluation: ExportedEvaluation, scorecard: Scorecard, version: int, services: Services
) -> list[AnswerLine]:
    """Return the evaluation's answers in the scorecard's order."""
    given = {one.criterion: one for one in evaluation.answers}
    where = zone(evaluation.timezone or services.timezone)
    drawn, contact_at = evaluation.drawn, evaluation.contact_at
    return [
        AnswerLine(
            evaluation=evaluation.id,
            contact=evaluation.contact,
            agent=evaluation.agent,
            team=evaluation.team or "",
            evaluator=evaluation.evaluator,
            scorecard=scorecard.key,
            version=version,
            section=section.title.say(t.language),
            criterion=criterion.title.say(t.language),
            option=answer_words(t, criterion, given[criterion.key].answer),
            points=_points(criterion, given[criterion.key]),
            weight=criterion.weight,
            critical_class=labels.critical_class(t, criterion.critical),
            justification=justification(t, criterion, given[criterion.key].answer),
            comment=given[criterion.key].answer.comment or "",
            raw=evaluation.raw,
            final=evaluation.final,
            submitted_at=evaluation.submitted_at.astimezone(where),
            revision=evaluation.revision,
            passed=given[criterion.key].passed,
            lost=given[criterion.key].lost,
            counts=evaluation.counts,
            selection=evaluation.selection,
            plan=f"{drawn.plan}/{drawn.occurrence}" if drawn is not None else "",
            stratum=drawn.stratum if drawn is not None else "",
            probability=drawn.probability if drawn is not None else None,
            contact_at=contact_at.astimezone(where) if contact_at is not None else None,
        )
        for section in scorecard.sections
        for criterion in section.criteria
        if criterion.key in given
    ]


def _points(criterion: Criterion, given: GivenAnswer) -> Fraction | None:
    option = given.answer.option
    return None if option is None else criterion.options[option].points


def _cells(line: AnswerLine) -> list[Cell]:
    return [
        line.evaluation,
        line.contact,
        line.agent,
        line.team,
        line.evaluator,
        line.scorecard,
        line.version,
        line.section,
        line.criterion,
        line.option,
        None if line.points is None else float(line.points),
        float(line.weight),
        line.critical_class,
        line.justification,
        line.comment,
        score_cell(line.raw),
        score_cell(line.final),
        local(line.submitted_at),
        _yes_no(counts=line.counts),
        line.selection,
        line.plan,
        line.stratum,
        line.probability,
        local(line.contact_at) if line.contact_at is not None else None,
        line.revision,
    ]


def _texts(line: AnswerLine) -> list[str]:
    """Return the cells of a CSV: scores as people saw them, moments with their offset."""
    return [
        str(line.evaluation),
        *map(safe_cell, (line.contact, line.agent, line.team, line.evaluator, line.scorecard)),
        str(line.version),
        *map(safe_cell, (line.section, line.criterion, line.option)),
        "" if line.points is None else f"{float(line.points):g}",
        f"{float(line.weight):g}",
        *map(safe_cell, (line.critical_class, line.justification, line.comment)),
        "" if line.raw is None else str(shown(line.raw)),
        "" if line.final is None else str(shown(line.final)),
        line.submitted_at.isoformat(timespec="seconds"),
        _yes_no(counts=line.counts),
        line.selection,
        line.plan,
        safe_cell(line.stratum),
        "" if line.probability is None else f"{line.probability:.4g}",
        "" if line.contact_at is None else line.contact_at.isoformat(timespec="seconds"),
        str(line.revision),
    ]


def _yes_no(*, counts: bool) -> str:
    return "yes" if counts else "no"
