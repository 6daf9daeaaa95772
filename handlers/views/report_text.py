"""The lines of a report: every figure with what it rests on."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers import labels
from handlers.reports.basis import Basis
from handlers.reports.report_data import Repeat
from handlers.views.screen import bold, lines, shorten
from handlers.words import MINUS, Words
from scoring.report import AgentLine, CriterionLine, Report
from scoring.statistics import Change, Interval, Proportion
from storage.plan_progress import Progress

Line = str | Markup

TITLE = 60
ADVICE = 160
COSTLIEST = 3
REPEATS = 2
LEAST_COST = 0.05
"""A smaller cost would be shown as 0.0."""


def figure(t: Words, value: float, digits: int = 1) -> str:
    """Return a score in words; what floats cannot hold exactly is not rounded the wrong way."""
    return t.number(value, digits)


def limits(t: Words, interval: Interval) -> str:
    """Return the interval such as (82.0–86.2); empty where there are too few values for one."""
    if interval.limits is None:
        return ""
    low, high = interval.limits
    return f"({figure(t, low)}–{figure(t, high)})"


def heading(t: Words, whose: str, period: str, mean: Interval | None) -> Markup:
    """Return the first line: whose report, of when, and the mean with its interval."""
    title = shorten(whose, TITLE)
    if mean is None:
        return bold(f"{title} · {period}")
    score = figure(t, mean.estimate)
    return Markup("{} {}").format(bold(f"{title} · {period} · {score}"), limits(t, mean)).strip()


def basis_lines(
    t: Words, report: Report, *, agents: bool, basis: Basis | None = None
) -> list[Line]:
    """Return what the mean rests on and how it moved, or that it is too little to compare."""
    evaluations = t.plural("{count} evaluation", "{count} evaluations", report.count)
    told: list[Line] = [evaluations]
    if report.mean is not None and report.mean.too_few:
        told = [
            t.plural(
                "{count} evaluation: too few to compare",
                "{count} evaluations: too few to compare",
                report.count,
            )
        ]
    elif report.mean is not None:
        who = t.plural("{count} agent", "{count} agents", len(report.agents))
        told = [
            f"{evaluations} · {who}" if agents else evaluations,
            change(t, report.change, basis),
        ]
    unscored = report.count - report.scored
    if unscored:
        told.append(
            t.plural(
                "{count} of them has no score: all N/A",
                "{count} of them have no score: all N/A",
                unscored,
            )
        )
    return told


def drawn_lines(t: Words, report: Report, basis: Basis | None) -> list[Line]:
    """Return what a team's figures speak for: all contacts, or those that were picked by hand."""
    if basis is None or not (basis.on_drawn or basis.drawn):
        few = report.mean is None or report.mean.too_few
        return [] if few else [t("picked by hand, may not represent all")]
    count = t.number(basis.drawn, 0)
    if not basis.on_drawn:
        told: list[Line] = [
            t("drawn: {drawn}, too few to speak for all contacts", drawn=count)
            if basis.covered
            else t("drawn: {drawn}, for a part of the period only", drawn=count)
        ]
        if basis.apart_count:
            told.append(t("others picked by hand, may not represent all"))
        return told
    handled = t.number(basis.handled, 0)
    told = [t("drawn: {drawn} of {handled} contacts handled", drawn=count, handled=handled)]
    if basis.apart is not None:
        mean = figure(t, basis.apart.estimate)
        told.append(t("not drawn, apart: {mean} from {count}", mean=mean, count=basis.apart_count))
    return told


def own_drawn_lines(t: Words, report: Report) -> list[Line]:
    """Return how many of one person's evaluations were drawn, where any was."""
    if not report.drawn:
        return []
    return [t("drawn: {drawn} of {count}", drawn=report.drawn, count=report.count)]


def change(t: Words, change: Change | None, basis: Basis | None = None) -> str:
    """Return how the mean moved against the period before, and whether that is a change at all."""
    if basis is not None and not basis.alike:
        if basis.on_drawn:
            return t("the period before was not drawn: no comparison")
        return t("the period before was drawn: no comparison")
    if change is None or change.too_few:
        return t("the period before has too few to compare")
    values = {
        "change": t.signed(change.difference),
        "low": t.signed(change.low),
        "high": t.signed(change.high),
    }
    if not change.beyond_chance:
        return t("{change} ({low} to {high}), may be chance", **values)
    return t("{change} ({low} to {high}), more than chance", **values)


def accuracy_lines(t: Words, report: Report) -> list[Line]:
    """Return the share of contacts without an error of each class that was assessed."""
    found = [(one, share) for one, share in report.accuracies.items() if share is not None]
    if not found:
        return []
    told = (f"{labels.critical_class(t, one)} {share_words(t, share)}" for one, share in found)
    return ["", t("Without critical errors"), *told]


def cost_lines(t: Words, report: Report, *, advise: bool) -> list[Line]:
    """Return the criteria that cost most and how often; with *advise*, what to do about one."""
    costly = [line for line in report.costliest(COSTLIEST) if line.cost >= LEAST_COST]
    if not costly:
        return []
    told: list[Line] = ["", t("Cost most, points per contact")]
    told += [_cost(t, line) for line in costly]
    advice = costly[0].tally.advice
    if advise and advice is not None:
        told.append(f"→ {shorten(advice.say(t.language), ADVICE)}")
    return told


def repeat_lines(t: Words, repeats: Sequence[Repeat]) -> list[Line]:
    """Return the errors that keep coming back."""
    told: list[Line] = [
        t(
            "Repeats: {title}, in {times} of the last {contacts} contacts",
            title=shorten(one.tally.title.say(t.language), TITLE),
            times=one.times,
            contacts=one.contacts,
        )
        for one in repeats[:REPEATS]
    ]
    return ["", *told] if told else []


def state_lines(t: Words, report: Report) -> list[Line]:
    """Return how many evaluations are acknowledged, disputed, and neither of the two."""
    return [
        "",
        t(
            "Acknowledged {acknowledged} · disputed {disputed} · waiting {waiting}",
            acknowledged=report.acknowledged,
            disputed=report.disputed,
            waiting=report.waiting,
        ),
    ]


def plan_lines(t: Words, plan: Progress | None) -> list[Line]:
    """Return what is outstanding against the team's plans, and how much of them is done."""
    if plan is None or not (plan.waiting or plan.drawn):
        return []
    if not plan.drawn:
        return [t("To do {waiting}", waiting=plan.waiting)]
    told: list[Line] = [
        t(
            "To do {left} · done {done} · skipped {skipped} of {drawn} planned",
            left=plan.left,
            done=plan.done,
            skipped=plan.skipped,
            drawn=plan.drawn,
        )
    ]
    earlier = plan.waiting - plan.left
    if earlier > 0:
        told.append(
            t.plural(
                "{count} more to do from earlier draws",
                "{count} more to do from earlier draws",
                earlier,
            )
        )
    return told


def agent_line(t: Words, name: str, line: AgentLine | None) -> Markup:
    """Return one agent's line in a list; without a line there is nothing of theirs."""
    shown = shorten(name, TITLE)
    if line is None:
        return lines(t("{name}: no evaluations", name=shown))
    count = t.plural("{count} evaluation", "{count} evaluations", line.count)
    if line.drawn:
        count = f"{count}, {t('drawn: {drawn}', drawn=line.drawn)}"
    if line.mean is None:
        return lines(t("{name}: {evaluations} without a score", name=shown, evaluations=count))
    score = figure(t, line.mean.estimate)
    told = f"{score} {limits(t, line.mean)}".strip()
    few = f", {t('too few to compare')}" if line.too_few else ""
    return Markup("{} <b>{}</b>\n{}{}").format(shown, told, count, few)


def _cost(t: Words, line: CriterionLine) -> str:
    title = shorten(line.tally.title.say(t.language), TITLE)
    cost = f"{title} {MINUS}{figure(t, line.cost)}"
    missed = t("missed in {times} of {asked}", times=line.tally.failed, asked=line.tally.asked)
    return f"{cost}, {missed}"


def share_words(t: Words, share: Proportion) -> str:
    """Return a share with its interval, such as 91 % (83–95); of too few, how many of how many."""
    if share.too_few:
        return t("{times} of {total}", times=share.successes, total=share.total)
    low, high = t.number(share.low * 100, 0), t.number(share.high * 100, 0)
    return f"{t.percent(share.share)} ({low}–{high})"
