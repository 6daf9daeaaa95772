"""The report as sheets: the summary, the agents, the criteria, the errors, the evaluations."""

from collections.abc import Mapping, Sequence

from handlers import labels
from handlers.reports.basis import Basis
from handlers.reports.export_rows import AnswerLine, local, score_cell
from handlers.reports.file_data import FileData
from handlers.views import period_words
from handlers.views.report_text import change, drawn_lines
from handlers.views.sheets import PERCENT, SIGNED, Cell, Figure, Plot, PlotKind, Sheet
from handlers.words import Words
from scoring.report import AgentLine, CriterionLine, Report
from scoring.scorecard import CriticalClass
from scoring.selection import Selection
from scoring.statistics import Interval, Proportion


def report_sheets(t: Words, data: FileData) -> list[Sheet]:
    """Return the workbook of a team's or a person's report."""
    return [
        _summary(t, data),
        _agents(t, data.report, data.names),
        _criteria(t, data.report),
        _errors(t, data.answers),
        _evaluations(t, data.answers),
        _trend(t, data),
    ]


def _summary(t: Words, data: FileData) -> Sheet:
    period, report = data.period, data.report
    basis = data.team.seen.basis if data.team is not None else None
    columns = [
        (t("Measure"), 40),
        (t("Value"), 22),
        (t("From"), 10),
        (t("To"), 10),
        (t("Count"), 10),
    ]
    rows: list[Sequence[Cell]] = [
        [t("Report on"), data.whose],
        [t("First day"), period.first],
        [t("Last day"), period.last],
        [t("Evaluations"), report.count],
        [t("Drawn"), report.drawn],
        *_rests_on(t, report, basis),
        [t("Mean score"), *_mean(report.mean)],
        [t("Change against the period before"), *_change(report)],
        [t("What to make of the change"), change(t, report.change, basis)],
        *([_accuracy_label(t, one), *_share(share)] for one, share in report.accuracies.items()),
        [t("Acknowledged"), report.acknowledged],
        [t("Disputed"), report.disputed],
        [t("Waiting for the agent"), report.waiting],
    ]
    if report.ranking is not None:
        rows.append(
            [t("Reliability of the agents' ranking"), Figure(report.ranking.reliability, PERCENT)]
        )
    line = Plot(
        t("Mean score"), PlotKind.LINE, t("Trend"), names=1, values=2, low=3, high=4, cell="G2"
    )
    return Sheet(t("Summary"), columns, rows, [line] if report.scored else [])


def _rests_on(t: Words, report: Report, basis: Basis | None) -> list[list[Cell]]:
    """Return what a team's mean and accuracies rest on, and what stands apart from them."""
    if basis is None:
        return []
    said = "; ".join(str(line) for line in drawn_lines(t, report, basis))
    told: list[list[Cell]] = [[t("Mean and accuracies rest on"), said]]
    if basis.on_drawn:
        told.append([t("Contacts handled"), basis.handled])
        told.append([t("Not drawn, apart"), *_mean(basis.apart)])
    return told


def _agents(t: Words, report: Report, names: Mapping[int, str]) -> Sheet:
    columns = [
        (t("Agent"), 28),
        (t("Evaluations"), 13),
        (t("Mean score"), 12),
        (t("From"), 10),
        (t("To"), 10),
        (t("Scored"), 10),
        (t("Note"), 28),
        (t("Drawn"), 10),
        (t("Shrunken mean"), 16),
    ]
    shrunken = report.ranking.shrunken if report.ranking is not None else {}
    rows = [
        [*_agent(t, line, names.get(line.agent_id, "")), _drawn_in(shrunken.get(line.agent_id))]
        for line in report.agents
    ]
    bars = Plot(
        t("Mean score"), PlotKind.BARS, t("Agents"), names=1, values=3, low=4, high=5, cell="K2"
    )
    return Sheet(t("Agents"), columns, rows, [bars] if report.scored else [])


def _agent(t: Words, line: AgentLine, name: str) -> list[Cell]:
    note = t("too few to compare") if line.too_few else ""
    return [name, line.count, *_mean(line.mean), note, line.drawn]


def _drawn_in(mean: float | None) -> Cell:
    return Figure(mean, "0.0") if mean is not None else None


def _criteria(t: Words, report: Report) -> Sheet:
    columns = [
        (t("Section"), 24),
        (t("Criterion"), 40),
        (t("Critical class"), 14),
        (t("Points lost per contact"), 24),
        (t("At its best"), 12),
        (t("From"), 10),
        (t("To"), 10),
        (t("Assessed"), 10),
    ]
    return Sheet(t("Criteria"), columns, [_criterion(t, line) for line in report.criteria])


def _criterion(t: Words, line: CriterionLine) -> list[Cell]:
    tally = line.tally
    return [
        tally.section.say(t.language),
        tally.title.say(t.language),
        labels.critical_class(t, tally.critical),
        Figure(line.cost, "0.00"),
        *_share(line.pass_rate),
    ]


def _errors(t: Words, answers: Sequence[AnswerLine]) -> Sheet:
    columns = [
        (t("Submitted"), 17),
        (t("Evaluation"), 11),
        (t("Contact"), 16),
        (t("Agent"), 24),
        (t("Section"), 24),
        (t("Criterion"), 40),
        (t("Critical class"), 14),
        (t("Answer"), 16),
        (t("Justification"), 48),
        (t("Comment"), 48),
        (t("Points lost"), 12),
    ]
    rows: list[list[Cell]] = [
        [
            local(line.submitted_at),
            line.evaluation,
            line.contact,
            line.agent,
            line.section,
            line.criterion,
            line.critical_class,
            line.option,
            line.justification,
            line.comment,
            Figure(line.lost),
        ]
        for line in answers
        if line.passed is False and line.counts
    ]
    return Sheet(t("Errors"), columns, rows)


def _evaluations(t: Words, answers: Sequence[AnswerLine]) -> Sheet:
    columns = [
        (t("Submitted"), 17),
        (t("Evaluation"), 11),
        (t("Contact"), 16),
        (t("Agent"), 24),
        (t("Evaluator"), 24),
        (t("Scorecard"), 14),
        (t("Version"), 9),
        (t("Errors"), 9),
        (t("Raw score"), 11),
        (t("Final score"), 11),
        (t("Counts"), 9),
        (t("Selection"), 14),
        (t("Probability"), 11),
        (t("Contact’s time"), 17),
    ]
    by_evaluation: dict[int, list[AnswerLine]] = {}
    for line in answers:
        by_evaluation.setdefault(line.evaluation, []).append(line)
    return Sheet(t("Evaluations"), columns, [_evaluation(t, own) for own in by_evaluation.values()])


def _evaluation(t: Words, answers: Sequence[AnswerLine]) -> list[Cell]:
    one = answers[0]
    return [
        local(one.submitted_at),
        one.evaluation,
        one.contact,
        one.agent,
        one.evaluator,
        one.scorecard,
        one.version,
        sum(answer.passed is False for answer in answers),
        score_cell(one.raw),
        score_cell(one.final),
        t("yes") if one.counts else t("no"),
        labels.selection(t, Selection(one.selection)),
        one.probability,
        local(one.contact_at) if one.contact_at is not None else None,
    ]


def _trend(t: Words, data: FileData) -> Sheet:
    columns = [
        (t("Period"), 18),
        (t("Mean score"), 12),
        (t("From"), 10),
        (t("To"), 10),
        (t("Scored"), 10),
    ]
    rows: list[list[Cell]] = [
        [period_words.short(t, one, year=True), *_mean(mean)] for one, mean in data.line
    ]
    if data.team is not None:
        columns.append((t("Rests on"), 20))
        drawn, every = t("drawn contacts"), t("all evaluations")
        for row, on_drawn in zip(rows, data.line_drawn, strict=True):
            row.append(drawn if on_drawn else every)
    return Sheet(t("Trend"), columns, rows)


def _mean(mean: Interval | None) -> list[Cell]:
    """Return a mean with its limits and count, as four cells."""
    if mean is None:
        return [None, None, None, 0]
    limits = [None, None] if mean.limits is None else list(map(Figure, mean.limits))
    return [Figure(mean.estimate), *limits, mean.count]


def _change(report: Report) -> list[Cell]:
    change = report.change
    if change is None or change.too_few:
        return [None, None, None, None if change is None else change.count_before]
    three = (change.difference, change.low, change.high)
    return [*(Figure(value, SIGNED) for value in three), change.count_before]


def _share(share: Proportion | None) -> list[Cell]:
    """Return a share with its limits and count, as four cells."""
    if share is None:
        return [None, None, None, 0]
    return [*(Figure(part, PERCENT) for part in (share.share, share.low, share.high)), share.total]


def _accuracy_label(t: Words, one: CriticalClass) -> str:
    return t("Without critical errors: {kind}", kind=labels.critical_class(t, one))
