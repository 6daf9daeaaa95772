"""A report as a paper to read and print: summary, chart, agents, criteria, findings, errors."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from handlers import labels
from handlers.kpi import kpi_data
from handlers.reports.export_rows import AnswerLine
from handlers.reports.file_data import FileData, TeamParts
from handlers.views import kpi_words, line_keepers, period_words, training
from handlers.views.kpi import limits as kpi_limits
from handlers.views.kpi_words import verdict
from handlers.views.paper import Block, Column, Drawing, Paper, Style, Table, Text
from handlers.views.report_text import (
    Line,
    accuracy_lines,
    basis_lines,
    cost_lines,
    drawn_lines,
    figure,
    limits,
    own_drawn_lines,
    share_words,
    state_lines,
)
from handlers.words import MINUS, Words
from scoring import kpi
from scoring.report import AgentLine, CriterionLine
from scoring.training import Gain, Need

ERRORS = 200
"""A paper lists so many errors, the latest; the workbook holds all."""

NAMED = 6
NOTHING = "–"


def report_paper(t: Words, data: FileData) -> Paper:
    """Return the paper on a team's or a person's report."""
    period = period_words.title(t, data.period, data.today)
    days = period_words.days(t, data.period.first, data.period.last, year=True)
    blocks: list[Block] = [
        Text(f"{data.whose} · {period}", Style.TITLE),
        Text(days, Style.NOTE),
        *_summary(t, data),
        *([Drawing(data.chart)] if data.chart is not None else []),
        *(_agents(t, data) if data.team is not None else []),
        *_criteria(t, data),
        *(_team(t, data.team) if data.team is not None else []),
        *_kpi(t, data.kpi),
        *_errors(t, data),
        Text(t("Personal data: please keep this file to yourself."), Style.NOTE),
    ]
    return Paper(f"{data.whose} · {period}", f"{data.whose} · {days}", blocks)


def _summary(t: Words, data: FileData) -> list[Block]:
    report = data.report
    basis = data.team.seen.basis if data.team is not None else None
    head = t("no score") if report.mean is None else figure(t, report.mean.estimate)
    interval = limits(t, report.mean) if report.mean is not None else ""
    told: list[Line] = [
        *basis_lines(t, report, agents=data.team is not None, basis=basis),
        *(own_drawn_lines(t, report) if data.team is None else drawn_lines(t, report, basis)),
        *accuracy_lines(t, report),
        *cost_lines(t, report, advise=data.team is None),
        *state_lines(t, report),
    ]
    lines = [Text(line, Style.BODY if line else Style.NOTE) for line in map(_plain, told)]
    return [Text(f"{head} {interval}".strip(), Style.LEAD), *lines]


def _agents(t: Words, data: FileData) -> Iterator[Block]:
    """Yield the agents by name: a list by score would rank chance along with everything else."""
    columns = [
        Column(t("Agent"), 0.32),
        Column(t("Evaluations"), 0.14, figures=True),
        Column(t("Drawn"), 0.12, figures=True),
        Column(t("Mean score"), 0.14, figures=True),
        Column(t("Interval"), 0.28, figures=True),
    ]
    rows = [_agent(t, data.names.get(one.agent_id, ""), one) for one in data.report.agents]
    yield Text(t("Agents"), Style.HEADING)
    yield Table(columns, sorted(rows, key=lambda row: row[0].casefold()))


def _agent(t: Words, name: str, line: AgentLine) -> list[str]:
    mean = line.mean
    score = NOTHING if mean is None else figure(t, mean.estimate)
    said = limits(t, mean) if mean is not None else ""
    said = t("too few to compare") if line.too_few else said
    return [name, str(line.count), str(line.drawn), score, said]


def _criteria(t: Words, data: FileData) -> Iterator[Block]:
    columns = [
        Column(t("Criterion"), 0.32),
        Column(t("Section"), 0.17),
        Column(t("Critical class"), 0.13),
        Column(t("Points lost per contact"), 0.12, figures=True),
        Column(t("At its best"), 0.26, figures=True),
    ]
    yield Text(t("Criteria"), Style.HEADING)
    yield Table(columns, [_criterion(t, line) for line in data.report.criteria])


def _criterion(t: Words, line: CriterionLine) -> list[str]:
    tally, share = line.tally, line.pass_rate
    cost = f"{MINUS}{figure(t, line.cost, 2)}" if line.cost else "0"
    best = NOTHING
    if share is not None:
        best = share_words(t, share)
        if not share.too_few:
            counts = t("{times} of {total}", times=share.successes, total=share.total)
            best = f"{best}, {counts}"
    critical = labels.critical_class(t, tally.critical)
    return [tally.title.say(t.language), tally.section.say(t.language), critical, cost, best]


def _team(t: Words, team: TeamParts) -> Iterator[Block]:
    yield Text(t("Worth a look"), Style.HEADING)
    for line in line_keepers.basis_lines(t, team.look):
        yield Text(line)
    if team.funnel is not None:
        yield Drawing(team.funnel)
    for heading, lines in line_keepers.sections(t, team.look):
        yield Text(heading, Style.HEADING)
        yield from map(Text, lines)
    if team.needs:
        yield Text(t("Worth training"), Style.HEADING)
        yield _needs(t, team)


def _needs(t: Words, team: TeamParts) -> Table:
    columns = [
        Column(t("Criterion"), 0.34),
        Column(t("Why"), 0.14),
        Column(t("At its best"), 0.2, figures=True),
        Column(t("Would gain"), 0.32),
    ]
    return Table(columns, [_need(t, team, need) for need in team.needs])


def _need(t: Words, team: TeamParts, need: Need) -> list[str]:
    def named(gain: Gain) -> str:
        return team.seen.names.get(gain.agent_id, "…")

    gains = [named(one) for one in need.gains[:NAMED]]
    more = ["…"] if len(need.gains) > NAMED else []
    best = share_words(t, need.pass_rate)
    return [
        need.tally.title.say(t.language),
        training.why(t, need),
        best,
        ", ".join([*gains, *more]),
    ]


def _kpi(t: Words, found: kpi_data.Sheet | None) -> Iterator[Block]:
    if found is None:
        return
    columns = [
        Column(t("Metric"), 0.3),
        Column(t("Mean"), 0.18, figures=True),
        Column(t("Interval"), 0.2, figures=True),
        Column(t("Count"), 0.1, figures=True),
        Column(t("Target"), 0.22, figures=True),
    ]
    yield Text(t("KPI"), Style.HEADING)
    yield Table(columns, [_metric(t, line) for line in (found.quality, *found.lines)])
    if found.discipline:
        yield Text(t("Discipline, counted apart"), Style.HEADING)
        yield _discipline(t, found.discipline)


def _metric(t: Words, line: kpi.Line) -> list[str]:
    metric, now = line.aim.metric, line.now
    target = kpi_words.target(t, line.aim) if line.aim.target is not None else ""
    judged = ", ".join(part for part in (target, verdict(t, line)) if part)
    if now is None:
        return [kpi_words.name(t, metric), NOTHING, "", "0", judged]
    mean, interval = kpi_words.mean(t, metric, now.mean), kpi_limits(t, metric, now)
    return [kpi_words.name(t, metric), mean, interval, str(now.count), judged]


def _discipline(t: Words, lines: Sequence[kpi.DisciplineLine]) -> Table:
    columns = [
        Column(t("Metric"), 0.4),
        Column(t("Events"), 0.2, figures=True),
        Column(t("Days"), 0.2, figures=True),
        Column(t("In all"), 0.2, figures=True),
    ]
    return Table(
        columns,
        [
            [
                kpi_words.name(t, line.metric),
                str(line.now.events),
                str(line.now.days),
                kpi_words.brief(t, line.metric, line.now.total),
            ]
            for line in lines
        ],
    )


def _errors(t: Words, data: FileData) -> Iterator[Block]:
    """Yield the errors, the latest first; of very many only the latest ones."""
    counted = [line for line in data.answers if line.counts]
    found = [line for line in reversed(counted) if line.passed is False]
    yield Text(t("Errors: {count}", count=len(found)), Style.HEADING)
    if not found:
        return
    whose = data.team is not None
    columns = [
        Column(t("Submitted"), 0.15),
        Column(t("Contact"), 0.12),
        *([Column(t("Agent"), 0.18)] if whose else []),
        Column(t("Criterion"), 0.2 if whose else 0.25),
        Column(t("Justification"), 0.25 if whose else 0.38),
        Column(t("Points lost"), 0.1, figures=True),
    ]
    yield Table(columns, [_error(t, line, whose=whose) for line in found[:ERRORS]])
    if len(found) > ERRORS:
        rest = len(found) - ERRORS
        yield Text(
            t.plural(
                "… and {count} more in the workbook",
                "… and {count} more in the workbook",
                rest,
            ),
            Style.NOTE,
        )


def _error(t: Words, line: AnswerLine, *, whose: bool) -> list[str]:
    criterion = line.criterion
    if line.critical_class:
        criterion = t("{title}, {kind}", title=criterion, kind=line.critical_class)
    said = f"{line.option}: {line.justification}" if line.justification else line.option
    if line.comment:
        said = f"{said}. {t('Comment: {text}', text=line.comment)}"
    return [
        t.day(line.submitted_at.date()),
        line.contact,
        *([line.agent] if whose else []),
        criterion,
        said,
        figure(t, line.lost),
    ]


def _plain(line: Line) -> str:
    """Return a line as plain text."""
    return line.unescape() if isinstance(line, Markup) else line
