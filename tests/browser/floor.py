"""The people whom the stories on the page are about."""

from dataclasses import dataclass

from tests.story import Centre, Person


@dataclass(frozen=True, slots=True)
class Floor:
    """An evaluator, an agent of one team, and the team's supervisor."""

    centre: Centre
    anna: Person
    ivan: Person
    olena: Person

    @classmethod
    def of(cls, centre: Centre, language: str = "en") -> "Floor":
        """Return them, hired and at work, all speaking *language*."""
        return cls(
            centre,
            anna=centre.hire("Anna Bondar", "evaluator", language=language),
            ivan=centre.hire("Ivan Petrov", "agent", "Support", language=language),
            olena=centre.hire("Olena Koval", "supervisor", supervises="Support", language=language),
        )

    def score(self, *answers: str) -> None:
        """Have Anna score a call of Ivan's out of sight, and the news delivered."""
        self.anna.send("/score petrov")
        for label in ("Call", "Skip", *(answers or ("All met",)), "Submit"):
            self.anna.tap(label)
        self.centre.delivered()
