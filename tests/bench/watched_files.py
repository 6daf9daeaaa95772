"""The files that are sent to the watched bot."""

from importlib.resources import files

from tests.bench.history import AGENTS

CRITERIA = 200


def contacts(rows: int) -> bytes:
    """Return a CSV of that many closed calls of the first team's agents."""
    lines = (
        f"Agent {n % AGENTS + 1},call,new-{n},2026-11-{n % 26 + 1:02} 10:{n % 60:02},{60 + n % 500}"
        for n in range(rows)
    )
    return ("agent,channel,reference,started_at,duration_s\n" + "\n".join(lines)).encode()


def other_voice() -> bytes:
    """Return the built-in scorecard of calls with one other weight."""
    text = (files("scoring.builtin") / "voice.yaml").read_text()
    return text.replace("weight: 2\n", "weight: 3\n", 1).encode()


def large_scorecard() -> bytes:
    """Return a scorecard of as many criteria as there may be, with words in three languages."""
    head = "key: large\ntitle: {en: Large, ru: Большая, uk: Велика}\nchannels: [chat]\nsections:\n"
    section = "  - title: {en: All, ru: Все, uk: Усі}\n    weight: 100\n    criteria:\n"
    return (head + section + "".join(map(_criterion, range(CRITERIA)))).encode()


def _criterion(number: int) -> str:
    guide = f"Number {number}: " + "what to look at and what to leave aside. " * 5
    return (
        f"      - key: c{number}\n"
        f"        title: {{en: Criterion {number}, ru: Критерий {number}, uk: Критерій {number}}}\n"
        f'        guide: {{en: "{guide}", ru: "{guide}", uk: "{guide}"}}\n'
        "        weight: 1\n"
        "        scale: yes_no\n"
        "        na: true\n"
    )
