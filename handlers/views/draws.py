"""Draws as people read them: a plan's draws, one of them, and the news of one."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from handlers.plans.plan_data import DrawFile
from handlers.taps import MenuTap, PlanAct, PlanTap
from handlers.views import period_words, plan_words
from handlers.views.screen import (
    CAPTION_LIMIT,
    Button,
    File,
    Screen,
    bold,
    fit,
    lines,
    shorten,
)
from handlers.words import Words
from scoring.drawing import Shortfall
from scoring.periods import read_token
from scoring.zones import local_day, zone
from storage.draws import Draw
from storage.plans import Plan
from storage.teams import Team

PAGE = 8
TITLE = 60
NAMED = 20
"""How many agents who fell short are named."""


def list_screen(
    t: Words, plan: Plan, team: Team, found: Sequence[Draw], chosen: Mapping[int, int], at: int
) -> Screen:
    """Return a page of the plan's draws; *at* is how many were skipped, *chosen* by draw."""
    title = f"{shorten(team.name, TITLE)} · {plan_words.per_agent(t, plan)}"
    rows = [[_listed(t, one, team, chosen.get(one.id, 0))] for one in found[:PAGE]]
    turning = []
    if at > 0:
        turning.append(Button("‹", PlanTap(PlanAct.DRAWS, plan.id, value=max(0, at - PAGE))))
    if len(found) > PAGE:
        turning.append(Button("›", PlanTap(PlanAct.DRAWS, plan.id, value=at + PAGE)))
    back = Button(t("Back"), PlanTap(PlanAct.CARD, plan.id))
    text = lines(bold(title), t("Its draws:") if rows else t("It has not drawn yet."))
    return Screen(text, [*rows, turning, [back]])


def card_screen(t: Words, file: DrawFile) -> Screen:
    """Return a draw: what it found, what it left out, and what replays it."""
    return Screen(
        fit([*_head(t, file), *_excluded(t, file), *_short(t, file), *_seed(t, file)]),
        [
            [
                Button(t("Population"), PlanTap(PlanAct.FILE, file.draw.id)),
                Button(t("Draws"), PlanTap(PlanAct.DRAWS, file.draw.plan_id)),
            ],
            [Button(t("The plan"), PlanTap(PlanAct.CARD, file.draw.plan_id))],
        ],
    )


def file_screen(t: Words, file: DrawFile, content: bytes) -> Screen:
    """Return the whole population as a file, with what else a replay needs."""
    parts = [bold(_title(t, file)), *_replay(t, file), t("The whole population is in the file.")]
    return Screen(fit(parts, CAPTION_LIMIT), file=File(f"draw-{file.draw.id}.csv", content))


def work_screen(t: Words, team: Team, count: int, due: dt.date) -> Screen:
    """Return to an evaluator what was drawn for them."""
    text = lines(
        bold(t.plural("{count} contact to score", "{count} contacts to score", count)),
        t("{team}, by {day}", team=shorten(team.name, TITLE), day=t.day(due)),
    )
    return Screen(text, [[Button(t("Next"), MenuTap("next"))]])


def short_screen(t: Words, file: DrawFile) -> Screen:
    """Return to a supervisor whose contacts did not suffice, or that nobody may score them."""
    opening = Button(t("Open the draw"), PlanTap(PlanAct.DRAW, file.draw.id))
    return Screen(fit([*_head(t, file), *_short(t, file)]), [[opening]])


def _listed(t: Words, draw: Draw, team: Team, chosen: int) -> Button:
    today = local_day(draw.drawn_at, zone(team.timezone))
    period = period_words.title(t, read_token(draw.period), today)
    label = t(
        "{period}: {chosen} of {wanted}",
        period=period,
        chosen=chosen,
        wanted=sum(draw.wanted.values()),
    )
    return Button(label, PlanTap(PlanAct.DRAW, draw.id))


def _title(t: Words, file: DrawFile) -> str:
    period = period_words.title(t, file.period, file.today)
    team = shorten(file.team.name, TITLE)
    if file.number == 1:
        return t("{team} · draw for {period}", team=team, period=period)
    number = file.number
    return t("{team} · draw {number} for {period}", team=team, number=number, period=period)


def _head(t: Words, file: DrawFile) -> Iterator[str | Markup]:
    yield bold(_title(t, file))
    yield t.plural(
        "{chosen} of {count} contact drawn",
        "{chosen} of {count} contacts drawn",
        file.wanted,
        chosen=file.chosen,
    )
    size, left = file.draw.population_size, sum(file.excluded.values())
    yield t.plural(
        "from {count} contact, {left} of them left out",
        "from {count} contacts, {left} of them left out",
        size,
        left=left,
    )
    if file.waiting:
        yield t.plural(
            "{count} contact has no evaluator yet.",
            "{count} contacts have no evaluator yet.",
            file.waiting,
        )


def _excluded(t: Words, file: DrawFile) -> Iterator[str | Markup]:
    if not file.excluded:
        return
    yield ""
    yield bold(t("Left out"))
    for reason, words in plan_words.EXCLUDED.items():
        if count := file.excluded.get(reason, 0):
            yield t("{count} · {reason}", count=count, reason=t(words))


def _short(t: Words, file: DrawFile) -> Iterator[str | Markup]:
    """Name the agents of whom the journal holds too little; nothing is filled up with others."""
    if not file.short:
        return
    yield ""
    yield bold(t("Too few contacts in the journal"))
    for one in file.short[:NAMED]:
        yield _shortfall(t, file, one)
    if (rest := len(file.short) - NAMED) > 0:
        yield t.plural("and {count} more agent", "and {count} more agents", rest)


def _shortfall(t: Words, file: DrawFile, one: Shortfall) -> str:
    name = file.names.get(one.agent, "…")
    return t("{name}: {drawn} of {wanted}", name=name, drawn=one.drawn, wanted=one.wanted)


def _seed(t: Words, file: DrawFile) -> Iterator[str | Markup]:
    yield ""
    yield from _replay(t, file)
    yield t("Drawn {moment}", moment=t.moment(file.draw.drawn_at, zone(file.team.timezone)))


def _replay(t: Words, file: DrawFile) -> Iterator[str | Markup]:
    draw = file.draw
    yield t("Draw {number}, method {method}", number=draw.id, method=draw.method)
    yield t.html("Seed <code>{seed}</code>", seed=draw.seed)
    yield t.html("Population <code>{hash}</code>", hash=draw.population_hash)
