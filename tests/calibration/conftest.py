"""A contact centre that calibrates: calls that were evaluated, and people to score them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from handlers.calibration import ends as calibrate_ends
from handlers.evaluating.submission import submit, with_walk
from handlers.turn import Services
from scoring import draft as walking
from scoring.draft import Stage, Walk
from scoring.scorecard import Channel
from storage import calibrations, drafts, scorecards
from storage.drafts import Draft
from tests.story import Centre, Person

Errors = Mapping[str, Sequence[str]]
"""The keys of the criteria that somebody found not met, by the call's reference."""


@dataclass(frozen=True)
class Calibrating:
    """The people of a story; Anna opens the sessions."""

    centre: Centre
    ivan: Person
    anna: Person
    borys: Person
    vera: Person
    olena: Person

    def evaluate(
        self, *references: str, agent: Person | None = None, channel: Channel = Channel.CALL
    ) -> None:
        """Have contacts evaluated, everything met, by Vera; with a reference each."""

        async def evaluating(services: Services) -> None:
            async with services.db.writing() as tx:
                published = (await scorecards.for_channel(tx, services.shelf, channel))[0]
                for reference in references:
                    fresh = await drafts.start(
                        tx, self.vera.person_id, Stage.AGENT, services.clock()
                    )
                    begun = replace(
                        fresh,
                        agent_id=(agent or self.ivan).person_id,
                        channel=channel,
                        reference=reference,
                        scorecard_version_id=published.id,
                    )
                    walk = walking.all_met(walking.begin(published.scorecard))
                    saved = await drafts.save(tx, fresh, with_walk(begun, walk), services.clock())
                    await submit(tx, services.shelf, saved, services.clock())

        self.centre.run(evaluating)
        self.centre.delivered()

    def prepare(
        self, *references: str, people: Sequence[str] = ("Borys Lys",), by: Person | None = None
    ) -> Person:
        """Let Anna (or another) prepare a session on Ivan's calls; return who does."""
        opener = by or self.anna
        opener.send("/calibrate")
        opener.tap("New session")
        opener.tap("Contacts")
        for one in references:
            opener.tap(f"☐ Ivan Petrov · Call · {one}")
        opener.tap("Back")
        opener.tap("People")
        for name in people:
            opener.tap(f"☐ {name}")
        opener.tap("Back")
        return opener

    def open(
        self, *references: str, people: Sequence[str] = ("Borys Lys",), by: Person | None = None
    ) -> None:
        """Let them prepare and open it, and everybody hear of it."""
        self.prepare(*references, people=people, by=by).tap("Open the session")
        self.centre.delivered()

    def score(self, person: Person, errors: Errors | None = None) -> None:
        """Let somebody score all that is left for them in the first session."""

        async def scoring(services: Services) -> None:
            async with services.db.writing() as tx:
                session = await calibrations.by_id(tx, 1)
                assert session is not None
                assert session.scorecard_version_id is not None
                published = await services.shelf.get(tx, session.scorecard_version_id)
                for contact in session.tasks_of(person.person_id):
                    fresh = await drafts.start(
                        tx,
                        person.person_id,
                        Stage.REFERENCE,
                        services.clock(),
                        calibration_id=session.id,
                    )
                    begun = replace(
                        fresh,
                        agent_id=contact.agent_id,
                        channel=contact.channel,
                        reference=contact.reference,
                        contact_id=contact.id,
                        scorecard_version_id=published.id,
                    )
                    walk = walking.all_met(walking.begin(published.scorecard))
                    for key in (errors or {}).get(contact.reference or "", ()):
                        walk = _erring(walk, key)
                    saved: Draft = await drafts.save(
                        tx, fresh, with_walk(begun, walk), services.clock()
                    )
                    await calibrate_ends.submit(tx, services.shelf, saved, services.clock())

        self.centre.run(scoring)
        self.centre.delivered()


def _erring(walk: Walk, key: str) -> Walk:
    """Return the walk with the worst answer on that criterion, explained."""
    criterion = walk.scorecard.criterion(key)
    chosen = walking.choose(walking.change(walking.ask_change(walk), key), criterion.worst)
    return walking.write(chosen, f"{criterion.title.say('en')} was not there")


@pytest.fixture
def calibrating(centre: Centre) -> Calibrating:
    """Support: Ivan takes calls, Olena supervises; Anna, Borys and Vera score."""
    return Calibrating(
        centre,
        ivan=centre.hire("Ivan Petrov", roles="agent", team="Support"),
        anna=centre.hire("Anna Bondar", roles="evaluator"),
        borys=centre.hire("Borys Lys", roles="evaluator"),
        vera=centre.hire("Vera Tsar", roles="evaluator"),
        olena=centre.hire("Olena Koval", roles="supervisor", supervises="Support"),
    )
