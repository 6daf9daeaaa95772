"""The organisation's settings: how they are now, and the choice of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.taps import SettingAct, SettingTap
from handlers.views.screen import Button, Screen, bold, in_rows, lines
from handlers.words import LANGUAGE_NAMES, N_, Words
from storage.settings import Organisation

LABELS: Mapping[str, str] = {
    "masking": N_("Masking"),
    "customer_months": N_("Customers' data"),
    "former_months": N_("Former employees"),
    "dispute_days": N_("Dispute days"),
    "dispute_count": N_("Disputes a month"),
}
"""The settings in the order of their buttons."""

QUESTIONS: Mapping[str, str] = {
    "masking": N_(
        "Shall customers' phones, cards and e-mails be masked in the journal and in forwarded "
        "messages? What is there already is masked in the coming nights, for good."
    ),
    "customer_months": N_(
        "How long are customers' names, texts and recordings kept? After that they are erased at "
        "night, for good. Scores stay."
    ),
    "former_months": N_(
        "After how long is somebody who was shut out made anonymous? That happens at night, for "
        "good. Scores stay."
    ),
    "dispute_days": N_("In a new team, within how many working days may feedback be disputed?"),
    "dispute_count": N_("In a new team, how many disputes may an agent open in a calendar month?"),
}

CHOICES: Mapping[str, tuple[int, ...]] = {
    "masking": (1, 0),
    "customer_months": (0, 3, 6, 12, 24, 36),
    "former_months": (0, 1, 3, 6, 12, 24),
    "dispute_days": (3, 5, 7, 10, 14),
    "dispute_count": (0, 1, 2, 3, 5, 10),
}


@dataclass(frozen=True, slots=True)
class NewTeams:
    """What the environment says of new teams."""

    timezone: str
    language: str


def list_screen(t: Words, now: Organisation, new_teams: NewTeams) -> Screen:
    """Return the settings with a button for each that can be changed here."""
    masking = t("masked") if now.masking else t("kept as they come")
    text = lines(
        bold(t("Settings")),
        t("Customers' phones, cards and e-mails: {how}", how=masking),
        t("Customers' data: {how}", how=_kept(t, now.customer_months)),
        t("Former employees: {how}", how=_named(t, now.former_months)),
        "",
        bold(t("New teams")),
        t.plural(
            "Disputes within {count} working day",
            "Disputes within {count} working days",
            now.dispute_days,
        ),
        _disputes(t, now.dispute_count),
        t(
            "{zone}, {language} (from the bot's own configuration)",
            zone=new_teams.timezone,
            language=LANGUAGE_NAMES.get(new_teams.language, new_teams.language),
        ),
        "",
        t("Each team's own settings are in /teams."),
    )
    buttons = [Button(t(label), SettingTap(SettingAct.ASK, name)) for name, label in LABELS.items()]
    return Screen(text, in_rows(buttons, 2))


def question_screen(t: Words, now: Organisation, name: str) -> Screen:
    """Return the question for one setting, its values as buttons."""
    value = int(getattr(now, name))
    choices = [
        Button(f"✓ {label}" if choice == value else label, SettingTap(SettingAct.SET, name, choice))
        for choice in CHOICES[name]
        for label in (WORDED[name](t, choice),)
    ]
    back = [Button(t("Back"), SettingTap(SettingAct.LIST))]
    return Screen(lines(bold(t(LABELS[name])), t(QUESTIONS[name])), [*in_rows(choices, 2), back])


def _kept(t: Words, months: int) -> str:
    if not months:
        return t("kept without limit")
    return t.plural("erased after {count} month", "erased after {count} months", months)


def _named(t: Words, months: int) -> str:
    if not months:
        return t("stay as they are until an admin uses /forget")
    return t.plural(
        "made anonymous after {count} month", "made anonymous after {count} months", months
    )


def _disputes(t: Words, count: int) -> str:
    if not count:
        return t("No limit to an agent's disputes")
    return t.plural(
        "At most {count} dispute a month for an agent",
        "At most {count} disputes a month for an agent",
        count,
    )


def _months(t: Words, months: int) -> str:
    return t.plural("{count} month", "{count} months", months) if months else t("No limit")


WORDED: Mapping[str, Callable[[Words, int], str]] = {
    "masking": lambda t, value: t("Mask them") if value else t("Keep as they come"),
    "customer_months": _months,
    "former_months": lambda t, value: _months(t, value) if value else t("Only by hand"),
    "dispute_days": lambda t, value: t.plural("{count} day", "{count} days", value),
    "dispute_count": lambda t, value: str(value) if value else t("No limit"),
}
"""A value as its button says it."""
