"""From a calibration's outcome to its heat map: where people depart from the common answer."""

from fractions import Fraction

from handlers.calibration.access import Results
from handlers.views.calibration_figures import weakest_first
from handlers.views.chart_data import HeatCell, HeatMap, HeatRow
from handlers.words import Words
from scoring.calibration import CriterionOutcome, Matched


def heat_map(t: Words, results: Results) -> HeatMap | None:
    """Return the heat map of criteria and people, ``None`` where nothing can be compared."""
    outcome, reference = results.outcome, results.reference_id
    if outcome.percent is None:
        return None
    if reference is not None:
        name = results.name(reference)
        note = t("Answers like {name}'s, % of contacts", name=name)
    else:
        note = t("Answers like most others', % of contacts")
    raters = [one for one in outcome.raters if one != reference]
    return HeatMap(
        title=results.published.scorecard.title.say(t.language),
        note=note,
        columns=tuple(results.name(one) for one in raters),
        rows=tuple(_row(t, one) for _, one in weakest_first(outcome)),
        none=t("– not compared"),
        full=t("no figure: 100"),
    )


def _row(t: Words, one: CriterionOutcome) -> HeatRow:
    title = one.criterion.title.say(t.language)
    return HeatRow(title, tuple(_cell(t, matched) for matched in one.matches))


def _cell(t: Words, matched: Matched) -> HeatCell:
    if matched.share is None:
        return HeatCell(None, "–")
    return HeatCell(matched.share, t.number(Fraction(100 * matched.matched, matched.total), 0))
