"""What people ask reports for, and on which day they ask."""

from datetime import date

from hypothesis import strategies as st

TODAY = date(2026, 11, 18)  # a Wednesday

UNITS = ["week", "month", "quarter", "year"]
WORDS = [*UNITS, *(f"last {unit}" for unit in UNITS)]

todays = st.dates(date(1980, 1, 1), date(2090, 12, 31))


@st.composite
def ranges(draw: st.DrawFn, today: date) -> str:
    first = draw(st.dates(date(1970, 1, 1), today))
    return f"{first}..{draw(st.dates(first, today.replace(month=12, day=31)))}"


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, date]:
    """Draw a text that names a period, and the day on which it is asked."""
    today = draw(todays)
    past = st.dates(date(1971, 1, 1), today)
    text = draw(
        st.sampled_from(WORDS)
        | ranges(today)
        | past.map(lambda day: f"{day:%Y-%m}")
        | past.map(lambda day: f"{day:%G-W%V}")
        | past.map(lambda day: f"{day.year}-Q{(day.month + 2) // 3}")
        | past.map(lambda day: f"{day.year}")
    )
    return text, today
