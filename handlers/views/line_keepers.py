"""What is worth a look, as people read it: the screen, a few lines for the month, a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.reports.report_data import TeamReport
from handlers.taps import ReportAct, ReportKind, ReportTap
from handlers.views import period_words
from handlers.views.report_text import figure
from handlers.views.screen import CAPTION_LIMIT, Button, Picture, Screen, bold, fit, shorten
from handlers.views.sheets import ONE_DECIMAL, PERCENT, SIGNED, Cell, Figure, Sheet
from handlers.words import Words
from scoring.funnel import Level, Spot
from scoring.line_keepers import Departure, Habit, HardlyUsed, LineKeepers
from scoring.periods import token
from storage.corrections import Tally

Line = str | Markup

NAME = 40
TITLE = 60
SHOWN = 5
"""How many agents, evaluators and criteria are listed each; the workbook holds all."""
SIGNED_PERCENT = "[>=0.0005]+0.0%;[<=-0.0005]-0.0%;0.0%"


@dataclass(frozen=True, slots=True)
class WorthALook:
    """What is worth a look in a team's report; ``evaluators`` are the names of those named.

    ``put_right`` counts what was corrected, moved or withdrawn after submitting, which is apart
    from overturned disputes.
    """

    seen: TeamReport
    found: LineKeepers
    evaluators: Mapping[int, str]
    put_right: Sequence[Tally] = ()

    @property
    def compared(self) -> int:
        """How many agents, evaluators and criteria had enough to be compared."""
        found = self.found
        agents = found.funnel.compared if found.funnel is not None else 0
        return agents + found.evaluators + found.criteria_seen

    @property
    def agents(self) -> Sequence[Spot]:
        """The agents outside the funnel."""
        return self.found.funnel.outside if self.found.funnel is not None else ()


def worth_a_look_screen(t: Words, look: WorthALook, picture: Picture | None) -> Screen:
    """Return what is worth a look under the funnel, or without it as a text."""
    seen = look.seen
    period = period_words.title(t, seen.period, seen.today)
    title = t(
        "Worth a look · {team} · {period}", team=shorten(seen.team.name, TITLE), period=period
    )
    told: list[Line] = [bold(title), *basis_lines(t, look)]
    for heading, lines in sections(t, look):
        rest = lines[SHOWN:]
        told += ["", bold(heading), *lines[:SHOWN]]
        if rest:
            told.append(t.plural("… and {count} more", "… and {count} more", len(rest)))
    team, period = seen.team.id, token(seen.period)
    back = Button(t("Back"), ReportTap(ReportKind.TEAM, team, period))
    evaluators = Button(
        t("Evaluators"), ReportTap(ReportKind.TEAM, team, period, ReportAct.EVALUATORS)
    )
    text = fit(told, CAPTION_LIMIT) if picture is not None else fit(told)
    return Screen(text, [[evaluators, back] if seen.report.count else [back]], picture)


def basis_lines(t: Words, look: WorthALook) -> list[str]:
    """Return what was compared, and how the findings are to be read."""
    if not look.compared:
        return [t("Too few evaluations to compare anything.")]
    found = look.found
    agents = found.funnel.compared if found.funnel is not None else 0
    told = [
        t(
            "Compared: agents {agents}, evaluators {evaluators}, criteria {criteria}",
            agents=agents,
            evaluators=found.evaluators,
            criteria=found.criteria_seen,
        )
    ]
    if not found.found:
        told.append(t("Nothing stands out by more than chance."))
    elif any(not one.sure for one in look.agents):
        told.append(t("One agent in 20 is outside 95\N{NO-BREAK SPACE}% by chance alone."))
    return told


def sections(t: Words, look: WorthALook) -> list[tuple[str, list[str]]]:
    """Return the findings under their headings; what was not found has none."""
    found = [
        (t("Agents outside the limits of chance"), _agents(t, look, sure=True)),
        (t("Agents near the limits, may be chance"), _agents(t, look, sure=False)),
        (t("Scores differ from colleagues', same agents"), _evaluators(t, look, Habit.SEVERITY)),
        (t("N/A differs from colleagues', in 100 answers"), _evaluators(t, look, Habit.NA)),
        (t("Nearly always N/A"), [_criterion(t, one) for one in look.found.criteria]),
        (t("Put right after submitting"), [_put_right(t, look, one) for one in look.put_right]),
    ]
    return [(heading, lines) for heading, lines in found if lines]


def _put_right(t: Words, look: WorthALook, one: Tally) -> str:
    return t(
        "{count} · {name}: corrected {corrected}, moved {moved}, withdrawn {withdrawn}",
        count=one.every,
        name=_name(look.evaluators, one.evaluator_id),
        corrected=one.corrected,
        moved=one.moved,
        withdrawn=one.withdrawn,
    )


def brief_lines(t: Words, look: WorthALook) -> list[Line]:
    """Return how many findings of each kind there are and a blank line; nothing without any."""
    found = sections(t, look)
    if not found:
        return []
    counts = [t("{what}: {count}", what=heading, count=len(lines)) for heading, lines in found]
    return [bold(t("Worth a look")), *counts, ""]


def sheet(t: Words, look: WorthALook) -> Sheet:
    """Return the findings as a sheet, a row each."""
    columns = [
        (t("Finding"), 44),
        (t("Who or what"), 36),
        (t("Value"), 10),
        (t("From"), 10),
        (t("To"), 10),
        (t("Count"), 10),
        (t("Colleagues' count"), 18),
    ]
    rows: list[Sequence[Cell]] = [
        *(_agent_cells(t, look, one) for one in look.agents),
        *(_evaluator_cells(t, look, one) for one in look.found.departures),
        *(_criterion_cells(t, one) for one in look.found.criteria),
        *(_put_right_cells(t, look, one) for one in look.put_right),
    ]
    return Sheet(t("Worth a look"), columns, rows or [[line] for line in basis_lines(t, look)])


def level_words(t: Words, level: Level) -> str:
    """Return the share of agents that lie within the limits by chance, such as 99.8 %."""
    digits = 1 if level is Level.ALARM else 0
    return f"{t.number(float(level.value), digits)}\N{NO-BREAK SPACE}%"


def _agents(t: Words, look: WorthALook, *, sure: bool) -> list[str]:
    return [f"{_agent(t, look, one)}{_zeroed(t, one)}" for one in look.agents if one.sure is sure]


def _zeroed(t: Words, spot: Spot) -> str:
    """Return what an exit rests on, where it is contacts with a score of 0 alone."""
    if not spot.zeroed:
        return ""
    rests = t.plural(
        "rests on {count} contact scored 0", "rests on {count} contacts scored 0", spot.zeroed
    )
    return f", {rests}"


def _agent(t: Words, look: WorthALook, spot: Spot) -> str:
    limits = _spot_limits(look, spot)
    told = {
        "score": figure(t, spot.mean),
        "name": _name(look.seen.names, spot.agent_id),
        "level": level_words(t, _level(spot)),
        "low": figure(t, limits[0]),
        "high": figure(t, limits[1]),
        "count": spot.count,
    }
    if spot.mean < limits[0]:
        return t("{score} from {count} · {name}, below {level} ({low}–{high})", **told)
    return t("{score} from {count} · {name}, above {level} ({low}–{high})", **told)


def _evaluators(t: Words, look: WorthALook, habit: Habit) -> list[str]:
    departing = [one for one in look.found.departures if one.habit is habit]
    told = [_evaluator(t, look, one) for one in departing]
    if any(one.one_of_two for one in departing):
        told.append(t("Figures cannot tell which of the two is off."))
    return told


def _evaluator(t: Words, look: WorthALook, one: Departure) -> str:
    found = one.difference
    scale = 1 if one.habit is Habit.SEVERITY else 100
    return t(
        "{difference} ({low} to {high}) · {name}, {count} evaluations against {others}",
        difference=t.signed(found.estimate * scale),
        low=t.signed(found.low * scale),
        high=t.signed(found.high * scale),
        name=_name(look.evaluators, one.evaluator_id),
        count=found.count,
        others=found.others_count,
    )


def _criterion(t: Words, one: HardlyUsed) -> str:
    share = one.na
    return t(
        "{share} ({low}–{high}) · {title}, {times} of {total}",
        share=t.percent(share.share),
        low=t.number(share.low * 100, 0),
        high=t.number(share.high * 100, 0),
        title=shorten(one.title.say(t.language), TITLE),
        times=share.successes,
        total=share.total,
    )


def _agent_cells(t: Words, look: WorthALook, spot: Spot) -> list[Cell]:
    low, high = _spot_limits(look, spot)
    level = level_words(t, _level(spot))
    finding = (
        t("Agent below the {level} limits", level=level)
        if spot.mean < low
        else t("Agent above the {level} limits", level=level)
    )
    name = look.seen.names.get(spot.agent_id, "")
    values = [Figure(value, ONE_DECIMAL) for value in (spot.mean, low, high)]
    if not spot.sure:
        finding = f"{finding}, {t('may be chance')}"
    return [f"{finding}{_zeroed(t, spot)}", name, *values, spot.count, None]


def _evaluator_cells(t: Words, look: WorthALook, one: Departure) -> list[Cell]:
    severity = one.habit is Habit.SEVERITY
    finding = (
        t("Evaluator's scores against colleagues'")
        if severity
        else t("Evaluator's share of N/A against colleagues'")
    )
    shape = SIGNED if severity else SIGNED_PERCENT
    found = one.difference
    values = [Figure(value, shape) for value in (found.estimate, found.low, found.high)]
    name = look.evaluators.get(one.evaluator_id, "")
    return [finding, name, *values, found.count, found.others_count]


def _criterion_cells(t: Words, one: HardlyUsed) -> list[Cell]:
    share = one.na
    values = [Figure(value, PERCENT) for value in (share.share, share.low, share.high)]
    finding = t("Criterion nearly always N/A")
    return [finding, one.title.say(t.language), *values, share.total, None]


def _put_right_cells(t: Words, look: WorthALook, one: Tally) -> list[Cell]:
    name = look.evaluators.get(one.evaluator_id, "")
    return [t("Evaluations put right after submitting"), name, None, None, None, one.every, None]


def _spot_limits(look: WorthALook, spot: Spot) -> tuple[float, float]:
    """Return the limits that the agent lies outside of."""
    funnel = look.found.funnel
    if funnel is None:
        raise ValueError("an agent outside a funnel that there is not")
    limits = funnel.limits(_level(spot), spot.count)
    return limits.low, limits.high


def _level(spot: Spot) -> Level:
    return spot.outside or Level.WARNING


def _name(names: Mapping[int, str], person_id: int) -> str:
    return shorten(names.get(person_id, "…"), NAME)
