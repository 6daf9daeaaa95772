"""What people write and send: what they should, nearly that, and anything at all."""

from hypothesis import strategies as st

from handlers.routes import COMMANDS, jobs
from scoring.builtin import NAMES, builtin_text
from tests.contacts.files import COLUMNS
from tests.people.books import workbook
from tests.scoring.scorecard_texts import CONTRACT

LONG = 1300
"""Characters: with a command before them they stay under Telegram's 4096 UTF-16 units."""

anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)

useful = st.sampled_from(
    [
        *("North", "South", "North Agent", "Second Agent", "agent", "evaluator", "Every Role"),
        *("North-0", "South-1", "48213", "#48213", "0", "1", "3", "7", "50", "100", "-1", "1.5"),
        *("80", "80%", "2,5", "1e9", "99999999999999999999", "٣", "½", "nan", "inf"),
        *("week", "last week", "month", "2026-11", "2026-W47", "2026-11-01..2026-11-20", "year"),
        *("2026-12-24", "24.12.2026", "2026-02-30", "0001-01-01", "9999-12-31", "tomorrow"),
        *("09:00", "9", "24:00", "22:00-07:00", "Europe/Kyiv", "Mars/Phobos", "UTC", "uk", "en"),
        *("csat", "aht_s", "late_minutes", "yes", "no", "-", "call", "weekly", "3 per agent"),
        *("<b>bold</b> & <i>", "&amp;", "a\nb\nc", "'; DROP TABLE people; --", "%_%", "{name}"),
        *("{0}", "%s", "\\", "=1+1", "@all", "https://t.me/x", "+380441234567", "4111111111111111"),
        *("👩\N{ZERO WIDTH JOINER}🚀", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "\N{ZERO WIDTH SPACE}"),
        *(
            "A word. Another one.",
            "Said nothing of the fee",
            "Сказав не те",
            "e\N{COMBINING ACUTE ACCENT}",
        ),
    ]
)

long = st.builds(
    lambda part, tail: (part * LONG)[:LONG] + tail,
    st.sampled_from(["x", "слово ", "👩🚀", "<&>", "a\n", "\N{COMBINING ACUTE ACCENT}"]),
    st.sampled_from(["", "!", " end"]),
)

texts = st.one_of(useful, useful, anything, long).filter(lambda text: bool(text.strip()))

arguments = st.one_of(st.just(""), st.just(""), st.just(""), useful)

commands = st.builds(
    lambda name, argument: f"/{name} {argument}".strip(),
    st.sampled_from([command.name for command in COMMANDS] + ["start", "nonsense"]),
    st.one_of(st.just(""), st.just(""), useful, anything, long),
)

job_names = st.sampled_from(sorted(jobs()))

CELLS = [
    *("North Agent", "Second Agent", "Newcomer", "agent", "supervisor", "agent|evaluator"),
    *("North", "South", "East", "", "UTC", "Europe/Kyiv", "uk", "call", "chat", "complaint"),
    *("2026-11-18", "2026-11-18T12:00", "18.11.2026", "csat", "aht_s", "77", "-3", "1e400"),
    *("in_progress", "under_review", "48213", "=1+1", "<b>", '"', "\N{NUL}", "x" * 300),
]
HEADERS = [
    "name,roles,team,supervisor_of,timezone,language",
    ",".join(COLUMNS),
    "agent,date,metric,value",
    "name;roles;team",
    "nothing,anybody,knows",
    "",
]


def _table(header: str, rows: list[list[str]]) -> bytes:
    wide = max(1, header.count(",") + header.count(";") + 1)
    mark = ";" if ";" in header else ","
    told = [mark.join(f'"{cell}"' for cell in row[:wide]) for row in rows]
    return "\n".join([header, *told]).encode()


tables = st.builds(
    _table,
    st.sampled_from(HEADERS),
    st.lists(st.lists(st.sampled_from(CELLS), min_size=11, max_size=11), max_size=4),
).filter(bool)
books = st.lists(
    st.lists(st.sampled_from([one for one in CELLS if one.isprintable()]), max_size=6), max_size=4
).map(lambda rows: workbook(["name", "roles", "team"], *rows))
cards = st.builds(
    lambda text, old, new: text.replace(old, new, 1).encode(),
    st.sampled_from(["", *NAMES]).map(lambda name: builtin_text(name) if name else CONTRACT),
    st.sampled_from(["zzz", "weight: 20", "key: voice", "yes_no", "title:", "points: 2", "call"]),
    st.sampled_from(["weight: 60", "key: other", "", "title: New", "points: 5", "chat", "&a *a"]),
)

documents = st.one_of(
    st.tuples(st.sampled_from(["people.csv", "kpi.csv", "contacts.csv", "x.txt"]), tables),
    st.tuples(st.sampled_from(["people.xlsx", "contacts.xlsx", "kpi.csv"]), books),
    st.tuples(st.sampled_from(["voice.yaml", "card.yml"]), cards),
    st.tuples(
        st.sampled_from(["a.csv", "a.xlsx", "a.yaml", "call.mp3", "noname", "…/..csv"]),
        st.binary(min_size=1, max_size=60),
    ),
)
recordings = st.sampled_from(["voice", "audio", "video", "photo"])
