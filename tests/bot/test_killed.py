"""A short run of the trial that `make stress` runs long: the bot is killed, nothing is lost."""

from pathlib import Path

from tests.stress.trial import Plan, Trial


async def test_whatever_was_confirmed_survives_being_killed(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/etalon.db"
    figures = await Trial(Plan(kills=5, seed=11), tmp_path, url).run()
    assert figures.kills == 5
    assert figures.evaluations
    assert figures.feedback >= figures.evaluations


async def test_so_it_does_by_webhook_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    plan = Plan(kills=3, seed=12, evaluators=3, webhook=True)
    figures = await Trial(plan, tmp_path, postgres_url).run()
    assert figures.kills == 3
    assert figures.evaluations
