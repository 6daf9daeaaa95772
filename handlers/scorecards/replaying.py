"""The latest evaluations recomputed under a scorecard that is not published yet."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from handlers.turn import Services
from scoring.carrying import Bridge
from scoring.replay import Replayed, replay
from scoring.replay_summary import Summary, summary
from scoring.scorecard import Answer, Scorecard, Wording
from storage import replays, scorecards
from storage.replays import PastEvaluation
from storage.scorecards import Published

LAST = 200
"""How many evaluations are recomputed."""

Case: TypeAlias = tuple[int, int | None, frozenset[tuple[str, Answer]]]
"""All that a result depends on: version, target, answers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An evaluation, the version it was made with, and what the draft makes of it."""

    past: PastEvaluation
    version: int
    result: Replayed


@dataclass(frozen=True, slots=True)
class Replay:
    """The evaluations, newest first, and what they come to.

    ``titles`` are those of every criterion that is named, as the draft words it, or else the
    newest version that had it. ``earlier`` counts the evaluations of versions before the newest.
    """

    entries: tuple[Entry, ...]
    summary: Summary
    titles: Mapping[str, Wording]
    earlier: int = 0

    @property
    def affected(self) -> list[Entry]:
        """What moves, the largest change first, and then what could not be recomputed."""
        moved = [one for one in self.entries if one.result.moved]
        unknown = [one for one in self.entries if one.result.gaps]
        return [*sorted(moved, key=_size, reverse=True), *unknown]


async def replayed(services: Services, draft: Scorecard) -> Replay:
    """Return the last evaluations by *draft*'s key recomputed under it; nothing is stored."""
    async with services.db.reading() as tx:
        past = await replays.latest(tx, draft.key, LAST)
        used = sorted({one.scorecard_version_id for one in past})
        versions = [await services.shelf.get(tx, version_id) for version_id in used]
        newest = await scorecards.latest(tx, services.shelf, draft.key)
    found = await asyncio.to_thread(_reckoned, past, versions, draft)
    earlier = sum(newest is not None and one.version < newest.version for one in found.entries)
    return replace(found, earlier=earlier)


def _reckoned(
    past: Sequence[PastEvaluation], versions: Sequence[Published], draft: Scorecard
) -> Replay:
    by_id = {one.id: one for one in versions}
    bridges = {one.id: Bridge.between(one.scorecard, draft) for one in versions}
    # Most contacts are answered as some other one was: each set of answers is reckoned once.
    known: dict[Case, Replayed] = {}
    entries = []
    for one in past:
        case = (one.scorecard_version_id, one.target, frozenset(one.answers.items()))
        if case not in known:
            known[case] = replay(bridges[one.scorecard_version_id], one.answers, one.target)
        entries.append(Entry(one, by_id[one.scorecard_version_id].version, known[case]))
    cards = [*(one.scorecard for one in versions), draft]
    titles = {criterion.key: criterion.title for card in cards for criterion in card.criteria()}
    return Replay(
        entries=tuple(entries),
        summary=summary([one.result for one in entries]),
        titles=titles,
    )


def _size(entry: Entry) -> tuple[bool, float]:
    """Return by what moved scores are sorted: those that come or go stand before all numbers."""
    change = entry.result.change
    return change is None, abs(float(change or 0))
