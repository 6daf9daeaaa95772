"""Reading screens as people do: as Telegram shows them, and the numbers in a receipt."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.sandbox.entities import formatted
from bot.sandbox.values import utf16_length
from handlers.views.screen import Screen

TEXT_LIMIT = 4096
MOST_BUTTONS = 100


def seen(screen: Screen) -> str:
    """Return the text as Telegram shows it, once it is sure that Telegram would take it."""
    text, _ = formatted(str(screen.text), "HTML", None)
    assert 0 < utf16_length(text) <= TEXT_LIMIT
    keyboard = screen.keyboard()
    buttons = [one for row in keyboard.inline_keyboard for one in row] if keyboard else []
    assert len(buttons) <= MOST_BUTTONS
    assert all(len(str(one.callback_data).encode()) <= 64 and one.text for one in buttons)
    return text


def labels(screen: Screen) -> list[str]:
    """Return the labels of all buttons."""
    return [button.label for row in screen.buttons for button in row]


NUMBER = r"([\d ]+(?:[.,]\d+)?)"


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace(" ", "").replace(" ", ""))


@dataclass(frozen=True)
class Shown:
    """What a receipt shows: each section's points, the formulas, the raw score, the path."""

    points: list[Decimal]
    formulas: list[tuple[Decimal, ...]]
    raw: Decimal
    steps: list[tuple[Decimal, Decimal]]
    final: Decimal


def receipt_numbers(text: str) -> Shown:
    """Return the numbers in a receipt in English, all its pages one after the other."""
    rows = re.findall(rf"^.* {NUMBER} / {NUMBER}$", text, re.M)
    formulas = re.findall(rf"^100 × {NUMBER}/{NUMBER} × {NUMBER}/{NUMBER} = {NUMBER}$", text, re.M)
    raw = re.search(rf"the raw score: {NUMBER}", text)
    final = re.search(rf"How {NUMBER} came about", text)
    assert raw is not None
    assert final is not None
    steps = re.findall(rf"^{NUMBER} → {NUMBER}: ", text, re.M)
    return Shown(
        points=[number(points) for points, _ in rows],
        formulas=[tuple(map(number, found)) for found in formulas],
        raw=number(raw[1]),
        steps=[(number(before), number(after)) for before, after in steps],
        final=number(final[1]),
    )


def rounded(value: Decimal, like: Decimal) -> Decimal:
    """Return *value* with as many decimals as *like*, halves away from zero."""
    return value.quantize(like, ROUND_HALF_UP)
