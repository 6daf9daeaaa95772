"""A team at work: an agent, an evaluator and a supervisor, with evaluations to talk about."""

from dataclasses import dataclass

import pytest

from tests.story import Centre, Person


@dataclass(frozen=True)
class Team:
    """The people of a story."""

    centre: Centre
    ivan: Person
    anna: Person
    olena: Person

    def score(self, reference: str | None = None, *, error: bool = True) -> None:
        """Let Anna score a new call of Ivan; with an *error* he did not identify the customer."""
        anna = self.anna
        anna.send("/score petrov")
        anna.tap("Call")
        anna.send(reference or str(48213 + self.centre.count("evaluations")))
        anna.tap("All met")
        if error:
            anna.tap("Change")
            anna.tap("Identifies the customer: Yes")
            anna.tap("No")
            anna.send("He asked for the name alone")
        anna.tap("Submit")
        self.centre.delivered()

    def dispute_error(self, reason: str = "I did ask, at 0:45") -> None:
        """Let Ivan dispute the one error of the newest evaluation."""
        self.ivan.tap("Dispute")
        self.ivan.tap("☐ Identifies the customer")
        self.ivan.tap("Go on")
        self.ivan.send(reason)
        self.ivan.tap("Send")
        self.centre.delivered()

    def dispute(self, reason: str = "I did ask, at 0:45") -> None:
        """Let Ivan dispute the newest evaluation as a whole."""
        self.ivan.tap("Dispute")
        self.ivan.tap("The whole evaluation")
        self.ivan.send(reason)
        self.ivan.tap("Send")
        self.centre.delivered()


@pytest.fixture
def team(centre: Centre) -> Team:
    """Support: Ivan answers calls, Olena supervises, and Anna scores."""
    ivan = centre.hire("Ivan Petrov", roles="agent", team="Support")
    olena = centre.hire("Olena Koval", roles="supervisor", supervises="Support")
    anna = centre.hire("Anna Bondar", roles="evaluator")
    return Team(centre, ivan, anna, olena)
