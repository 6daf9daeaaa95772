"""The words of a report: what is understood, what is shown, and that it always fits."""

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports.report_data import PersonReport, Repeat, TeamReport
from handlers.reports.report_words import split
from handlers.taps import ReportKind, ReportTap, pack, unpack
from handlers.views import period_words, report_text
from handlers.views.report_charts import agent_chart, team_chart
from handlers.views.reports import agents_screen, person_screen, team_screen
from handlers.views.screen import CAPTION_LIMIT, visible_length
from handlers.words import LANGUAGES, words
from scoring.periods import parse_period, token
from scoring.report import CriterionTally, EvaluationFact, Report, build
from scoring.roles import Role
from scoring.scorecard import CriticalClass, Wording
from storage.people import Person
from storage.teams import Team

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
UTC = ZoneInfo("UTC")
LONG = "Ж" * 120
PERIODS = ["week", "month", "quarter", "year", "last month", "2025-12-28..2026-11-20", "2024-Q1"]


def tally(key: str, lost: float, title: str = LONG) -> CriterionTally:
    wording = Wording.plain(title)
    return CriterionTally(
        key, wording, wording, asked=2000, passed=3, lost=lost, advice=Wording.plain(LONG * 5)
    )


def full_report(finals: Sequence[float], agents: int = 30) -> Report:
    facts = [
        EvaluationFact(number % agents, final, dict.fromkeys(CriticalClass, number % 3 != 0))
        for number, final in enumerate(finals)
    ]
    tallies = [tally(f"c{number}", 1000.0 + number) for number in range(40)]
    return build(facts, tallies, before=[1.0, 2.0, 3.0, 4.0, 5.0], trend=[finals] * 12)


MANY = [round(60 + number * 0.137, 3) for number in range(200)]
TEAM = Team(2**31, LONG[:80], "UTC", "en", target=100)
IVAN = Person(
    id=2**31,
    name=LONG,
    telegram_id=1,
    language=None,
    timezone=None,
    active=True,
    unreachable=False,
    roles=frozenset({Role.AGENT}),
    teams=(TEAM.id,),
    supervises=(),
)


def team_report(period: str, report: Report) -> TeamReport:
    names = dict.fromkeys(range(30), LONG)
    return TeamReport(TEAM, parse_period(period, TODAY), TODAY, report, names, tuple(names))


def person_report(period: str, report: Report) -> PersonReport:
    repeats = tuple(Repeat(tally(f"r{number}", 1.0), 5) for number in range(9))
    asked = parse_period(period, TODAY)
    return PersonReport(IVAN, TEAM, asked, TODAY, report, repeats, report.mean)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("period", PERIODS)
def test_the_longest_names_fit_into_a_caption_and_its_buttons(language: str, period: str) -> None:
    t = words(language)
    team, person = (one(period, full_report(MANY)) for one in (team_report, person_report))
    assert isinstance(team, TeamReport)
    assert isinstance(person, PersonReport)
    screens = [
        team_screen(t, team, None, private=True),
        person_screen(t, person, None, own=False, back_to=TEAM.id),
        *(agents_screen(t, team, None, page) for page in range(-1, 5)),
    ]
    for screen in screens:
        assert visible_length(screen.text) <= CAPTION_LIMIT
        assert screen.keyboard() is not None
    assert team_chart(t, team, named=True) is not None
    assert agent_chart(t, person) is not None


@given(st.lists(st.floats(0, 100), max_size=30), st.sampled_from(LANGUAGES))
def test_no_mean_is_shown_without_its_count(finals: list[float], language: str) -> None:
    t, report = words(language), full_report(finals, agents=3)
    text = str(team_screen(t, team_report("month", report), None, private=True).text)
    if finals:
        assert str(len(finals)) in text
    if report.mean is not None and report.mean.too_few:
        few = t.plural(
            "{count} evaluation: too few to compare",
            "{count} evaluations: too few to compare",
            len(finals),
        )
        assert few in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("", "")),
        ("last month", ("", "last month")),
        ("Support", ("Support", "")),
        ("Support last month", ("Support", "last month")),
        ("Last Support month", ("Last Support", "month")),
        ("Support 2026-10", ("Support", "2026-10")),
        ("Support 2027-10", ("Support", "2027-10")),
        ("Support 2026-10-01 .. 2026-10-15", ("Support", "2026-10-01 .. 2026-10-15")),
        ("Support lastmonth", ("Support lastmonth", "")),
        ("Иван Петров прошлый месяц", ("Иван Петров", "прошлый месяц")),
    ],
)
def test_words_are_split_into_a_name_and_a_period(text: str, expected: tuple[str, str]) -> None:
    assert split(text, NOW) == expected


@pytest.mark.parametrize("text", PERIODS)
def test_a_button_leads_to_the_period_it_names(text: str) -> None:
    period = parse_period(text, TODAY)
    tap = ReportTap(ReportKind.AGENT, 2**31 - 1, token(period), value=2**31 - 1)
    found = unpack(pack(tap))
    assert isinstance(found, ReportTap)
    again = parse_period(found.period, TODAY)
    assert again.bounds(UTC) == period.bounds(UTC)


@pytest.mark.parametrize("text", PERIODS)
def test_the_period_shown_is_not_among_its_switches(text: str) -> None:
    period = parse_period(text, TODAY)
    offered = period_words.switches(period)
    assert len(offered) == 3
    assert token(period) not in offered


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("month", "November", "Ноябрь"),
        ("2025-12", "December 2025", "Декабрь 2025"),
        ("last week", "16–22 Nov", "16–22 нояб."),
        ("week", "23 Nov", "23 нояб."),
        ("2026-W40", "28 Sep – 4 Oct", "28 сент. – 4 окт."),
        ("2025-12-28..2026-01-03", "28 Dec 2025 – 3 Jan 2026", "28 дек. 2025 – 3 янв. 2026"),
        ("last year", "2025", "2025"),
    ],
)
def test_a_period_is_named_as_people_name_it(text: str, english: str, russian: str) -> None:
    period = parse_period(text, TODAY)
    assert period_words.title(words("en"), period, TODAY) == english
    assert period_words.title(words("ru"), period, TODAY) == russian


@pytest.mark.parametrize(
    ("value", "shown"), [(72.35, "72.4"), (72.25, "72.3"), (72.34, "72.3"), (0.0, "0.0")]
)
def test_a_score_is_rounded_half_up_as_it_was_meant(value: float, shown: str) -> None:
    assert report_text.figure(words("en"), value) == shown


def test_a_new_teams_trend_begins_with_its_first_period() -> None:
    t, finals = words("en"), [80.0, 90.0]
    report = build(
        [EvaluationFact(1, final, {}) for final in finals],
        trend=[*[[]] * 9, [70.0], [], finals],
    )
    chart = team_chart(t, team_report("month", report), named=True)
    assert chart is not None
    assert [mark is not None for mark in chart.trend.marks] == [True, False, True]
    assert (chart.trend.first, chart.trend.last) == ("Sep", "Nov")
    assert chart.trend.label == "3 months"


def test_without_any_score_there_is_nothing_to_draw() -> None:
    t, nothing = words("en"), build([EvaluationFact(1, None, {})], trend=[[]] * 12)
    assert team_chart(t, team_report("month", nothing), named=True) is None
    assert agent_chart(t, person_report("month", nothing)) is None


def test_the_routes_load_neither_the_drawing_nor_the_workbook_library() -> None:
    program = (
        "import sys, handlers.routes; "
        "sys.exit(bool({'matplotlib', 'openpyxl'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603  our own
    assert done.returncode == 0
