"""The people of the stories of plans, and what they do again and again."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.database import Transaction
from storage.tables import AssignmentRow
from tests.contacts.files import csv_of
from tests.story import Centre, Person


@dataclass(frozen=True)
class Given:
    """An assignment as it is stored."""

    contact: int
    agent: int
    evaluator: int | None
    second: bool


@dataclass(frozen=True)
class Floor:
    """Support with its agents, its supervisor and the evaluators; it is Monday, 23 November."""

    centre: Centre
    ivan: Person
    daria: Person
    olena: Person
    anna: Person
    egor: Person

    @property
    def admin(self) -> Person:
        """Who makes plans."""
        return self.centre.admin

    def journal(self, person: Person, *days: int, **cells: str) -> None:
        """Put a call of that agent into the journal for each of those days of November."""
        rows = [
            {
                "reference": f"{person.person_id}-{day}-{cells.get('channel', 'call')}",
                "agent": person.name,
                "channel": "call",
                "started_at": f"2026-11-{day:02} 12:00",
            }
            | cells
            for day in days
        ]
        self.admin.upload("contacts.csv", csv_of(*rows))

    def plan(self) -> None:
        """Let the admin make a plan of the usual settings; its card is shown last."""
        self.admin.send("/plans")
        self.admin.tap("New plan")
        self.admin.tap("Support")

    def set(self, field: str, *choices: str) -> None:
        """Let the admin choose on the card that is shown; lists of ticks are then left."""
        self.admin.tap(field)
        for choice in choices:
            self.admin.tap(choice)
        if "Back" in self.admin.buttons:
            self.admin.tap("Back")

    def given(self) -> list[Given]:
        """Return the assignments, in the order in which they were made."""

        async def reading(tx: Transaction) -> list[Given]:
            rows = select(AssignmentRow.__table__).order_by(AssignmentRow.id)
            return [
                Given(row["contact_id"], row["agent_id"], row["evaluator_id"], row["second"])
                for row in (await tx.execute(rows)).mappings()
            ]

        return self.centre.read(reading)
