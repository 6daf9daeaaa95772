"""Changing a team's settings in a story."""

import datetime as dt
from dataclasses import replace

from storage import teams
from storage.database import Transaction
from storage.teams import Team
from tests.story import Centre


def _change(centre: Centre, name: str, **changes: object) -> None:
    async def changing(tx: Transaction) -> None:
        team = await teams.by_name(tx, name)
        assert team is not None
        await teams.save(tx, _changed(team, **changes))

    centre.write(changing)


def _changed(team: Team, **changes: object) -> Team:
    return replace(team, **changes)  # type: ignore[arg-type]  # the callers below name fields


def set_quiet_hours(centre: Centre, begin: str, end: str, team: str = "Support") -> None:
    """Hold messages back between two local times."""
    _change(
        centre,
        team,
        quiet_from=dt.time.fromisoformat(begin),
        quiet_to=dt.time.fromisoformat(end),
    )


def set_dispute_days(centre: Centre, days: int, team: str = "Support") -> None:
    """Give so many working days for a dispute."""
    _change(centre, team, dispute_days=days)


def set_zone(centre: Centre, zone: str, team: str = "Support") -> None:
    """Move the team to another time zone."""
    _change(centre, team, timezone=zone)


def set_dispute_count(centre: Centre, count: int, team: str = "Support") -> None:
    """Let an agent open so many disputes a month."""
    _change(centre, team, dispute_count=count)
