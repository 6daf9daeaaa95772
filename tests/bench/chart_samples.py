"""A chart of each kind that Etalon draws, another one for every number."""

from math import sqrt

from handlers.views.chart_data import (
    AgentChart,
    Funnel,
    FunnelDot,
    FunnelLimit,
    HeatCell,
    HeatMap,
    HeatRow,
    Mark,
    Row,
    Rule,
    TeamChart,
    Trend,
)

NAMES = (
    *("Ivan Petrov", "Konstantin Konstantinopolsky", "Ada Li", "Maria Sidorova"),
    *("Іван Їжакевич", "Олена Коваль", "Ганна Щур", "Александр Белозёров"),
    *("Анна Бондарь", "Борис Лисицын", "Вера Царёва", "Дарья Коваленко"),
    *("Макс Фрай", "Юрий Гагарин", "Алла Лис", "Petro New"),
)
CRITERIA = (
    *("Greets the customer by name", "Проверяет личность клиента до любых данных счёта"),
    *("Finds out what it is about", "Пояснює наступний крок простими словами"),
    *("Solves it or says who will", "Прощается", "Keeps to the time promised", "Тон"),
    *("Records the outcome", "Не перебиває", "Offers what fits", "Спрашивает, всё ли решено"),
)


def team(number: int) -> TeamChart:
    """Return a team of sixteen, two of them with too few evaluations."""
    return TeamChart(
        title=f"Support {number}",
        period="November",
        columns="score · evaluations",
        rows=tuple(_row(number, place) for place in range(len(NAMES))),
        few="too few to compare",
        mean=Rule(80 + number % 10, f"mean {80 + number % 10}.{number % 7}"),
        target=Rule(85.0, "target 85", dashed=True),
        trend=_trend(number),
    )


def agent(number: int) -> AgentChart:
    """Return one person's twelve periods."""
    rules = (Rule(85.0, "target 85", dashed=True), Rule(81.0, f"team 81.{number % 10}"))
    return AgentChart(_name(number, number), "Листопад", _trend(number), rules)


def heat_map(number: int) -> HeatMap:
    """Return twelve criteria by six people."""
    rows = tuple(
        HeatRow(f"{title} {number}", tuple(_cell(number, line, one) for one in range(6)))
        for line, title in enumerate(CRITERIA)
    )
    names = tuple(_name(number, place) for place in range(6))
    return HeatMap(f"Calls {number}", "Answers like most others', %", names, rows, "– none", "")


def funnel(number: int) -> Funnel:
    """Return a team of sixteen with four outside the limits."""
    dots = [FunnelDot(8 + 2 * n, 96 - n, _name(number, n)) for n in range(4)]
    dots += [FunnelDot(10 + n, 76 + (n + number) % 9) for n in range(11)]
    return Funnel(
        title=f"Support {number}",
        period="Вересень 2025",
        across="mean score by evaluations",
        few="○ too few to compare",
        mean=Rule(80.0, f"mean 80.{number % 10}"),
        limits=(_limit("99.8 %", 46, dashed=False), _limit("95 %", 29, dashed=True)),
        dots=(*dots, FunnelDot(2, 60 + number % 20, hollow=True)),
    )


def _name(number: int, place: int) -> str:
    """Return a name that no other number has, or all its letters would have been placed before."""
    return f"{NAMES[place % len(NAMES)]}{'аеиоуыэюя'[number % 9] * (1 + number // 9 % 5)}"


def _row(number: int, place: int) -> Row:
    mean = 95 - 1.7 * place - number % 5
    mark = Mark(mean, mean - 5, min(mean + 5, 100.0), hollow=place >= len(NAMES) - 2)
    return Row(_name(number, place), mark, f"{mean:.1f}", str(20 + (place + number) % 13))


def _trend(number: int) -> Trend:
    means = [75 + (3 * place + number) % 20 for place in range(12)]
    marks = tuple(Mark(mean, mean - 4.0, mean + 4.0) for mean in means)
    return Trend(marks, "12 months", "Dec 2025", "Nov", f"{means[-1]}.{number % 10}")


def _cell(number: int, line: int, column: int) -> HeatCell:
    share = ((line + 2 * column + number) % 11) / 10
    return HeatCell(share, str(round(100 * share)))


def _limit(label: str, reach: float, *, dashed: bool) -> FunnelLimit:
    counts = [2 + 30 * (step / 48) ** 2 for step in range(49)]
    points = (
        (one, max(0, 80 - reach / sqrt(one)), min(100, 80 + reach / sqrt(one))) for one in counts
    )
    return FunnelLimit(label, tuple(points), dashed=dashed)
