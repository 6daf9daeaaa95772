"""A people file before it is applied: what it would do, and the two buttons."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.people.import_preview import Preview
from handlers.taps import PeopleFileAct, PeopleFileTap
from handlers.views.screen import Button, Screen, bold, fit, lines, shorten
from handlers.words import Words

NAMED = 8
"""Lines of a kind; how many more there are is told."""

LINE = 80
"""All kinds together fit into one message, so that no warning is cut off."""


def preview_screen(
    t: Words, name: str, preview: Preview, upload: int, *, changed: bool = False
) -> Screen:
    """Return what the file would do; *changed* says that it would have done something else."""
    again = t("Something has changed meanwhile. This is what the file would do now.")
    parts = [
        bold(shorten(name, 60)),
        again if changed else t("Nothing is stored yet."),
        *_listed(t, t("New: {count}", count=len(preview.new)), preview.new),
        *_listed(t, t("Moves: {count}", count=len(preview.moves)), preview.moves),
        *_listed(t, t("Other changes: {count}", count=len(preview.others)), preview.others),
        *_listed(t, t("New teams: {count}", count=len(preview.teams)), preview.teams),
        *_listed(t, t("Without a supervisor: {count}", count=len(preview.unled)), preview.unled),
    ]
    counts = (
        (preview.same, t("As they are: {count}", count=preview.same)),
        (preview.waiting, t("Links to be made: {count}", count=preview.waiting)),
        (preview.rejected, t("Rejected: {count}", count=preview.rejected)),
    )
    told = [text for count, text in counts if count]
    parts += ["", *told] if told else []
    number = preview.number
    buttons = [
        Button(t("Apply"), PeopleFileTap(PeopleFileAct.APPLY, upload, number)),
        Button(t("Cancel"), PeopleFileTap(PeopleFileAct.DROP, upload, number)),
    ]
    return Screen(fit(parts), [buttons])


def _listed(t: Words, heading: str, told: Sequence[str]) -> list[str | Markup]:
    if not told:
        return []
    rest = len(told) - NAMED
    shown = [f"• {shorten(one, LINE)}" for one in told[:NAMED]]
    rest_told = t.plural("… and {count} more", "… and {count} more", rest)
    more = [rest_told] if rest > 0 else []
    return ["", bold(heading), *shown, *more]


def already_screen(t: Words, name: str) -> Screen:
    """Return that the file was applied before."""
    return Screen(lines(bold(shorten(name, 60)), t("This file has been applied already.")))


def dropped_screen(t: Words, name: str) -> Screen:
    """Return that nothing came of the file."""
    return Screen(lines(bold(shorten(name, 60)), t("Cancelled. Nothing was stored.")))
