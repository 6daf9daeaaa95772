"""The demo contact centre: two teams, and how well each of its agents works.

The names are invented; they exist in the sandbox alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.roles import Role
from storage.people import Person

FIRST_ID = 1001
SUPPORT, SALES = "Support", "Продажі"
ZONE = "Europe/Kyiv"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo; ``skill`` is the share of criteria that an agent usually meets."""

    name: str
    roles: tuple[Role, ...]
    team: str = ""
    supervisor_of: str = ""
    language: str = "en"
    skill: float = 0.0
    drift: float = 0.0
    """How much the skill grows (or falls) over the weeks shown."""


ADMIN = DemoPerson("Viktor Hrytsenko", (Role.ADMIN,))

PEOPLE = (
    DemoPerson("Egor Sydorenko", (Role.EVALUATOR,)),
    DemoPerson("Анна Белова", (Role.EVALUATOR,), language="ru"),
    DemoPerson("Olena Koval", (Role.SUPERVISOR,), supervisor_of=SUPPORT),
    DemoPerson("Ivan Petrov", (Role.AGENT,), SUPPORT, skill=0.90, drift=0.05),
    DemoPerson("Daria Shevchenko", (Role.AGENT,), SUPPORT, skill=0.97),
    DemoPerson("Maksym Bondar", (Role.AGENT,), SUPPORT, skill=0.88, drift=-0.05),
    DemoPerson("Sofia Lysenko", (Role.AGENT,), SUPPORT, skill=0.94, drift=0.02),
    DemoPerson("Artem Kravets", (Role.AGENT,), SUPPORT, skill=0.72, drift=0.10),
    DemoPerson("Nina Orlova", (Role.AGENT,), SUPPORT, skill=0.93),
    DemoPerson("Petro Hnatiuk", (Role.AGENT,), SUPPORT, skill=0.91, drift=0.03),
    DemoPerson("Alina Moroz", (Role.AGENT,), SUPPORT, skill=0.86, drift=0.04),
    DemoPerson("Тарас Мельник", (Role.SUPERVISOR,), supervisor_of=SALES, language="uk"),
    DemoPerson("Ірина Савчук", (Role.AGENT,), SALES, language="uk", skill=0.95),
    DemoPerson("Богдан Ткач", (Role.AGENT,), SALES, language="uk", skill=0.85, drift=0.06),
    DemoPerson("Оксана Лисенко", (Role.AGENT,), SALES, language="uk", skill=0.92),
    DemoPerson("Роман Гончар", (Role.AGENT,), SALES, language="uk", skill=0.89, drift=-0.03),
    DemoPerson("Мария Зорина", (Role.AGENT,), SALES, language="ru", skill=0.93, drift=0.02),
)


def telegram_id(person: DemoPerson) -> int:
    """Return the person's Telegram id in the sandbox."""
    return FIRST_ID + (ADMIN, *PEOPLE).index(person)


def admin_among(known: Mapping[str, Person]) -> Person:
    """Return the admin, by whatever name they came in, or a supervisor where none has come in."""
    for role in (Role.ADMIN, Role.SUPERVISOR):
        for one in known.values():
            if one.is_a(role):
                return one
    raise LookupError("nobody has come in yet")


def people_csv() -> str:
    """Return the file of people that the demo is imported from."""
    rows = ["name,roles,team,supervisor_of,timezone,language"]
    rows += [
        f"{one.name},{'|'.join(one.roles)},{one.team},{one.supervisor_of},{ZONE},{one.language}"
        for one in PEOPLE
    ]
    return "\n".join(rows) + "\n"
