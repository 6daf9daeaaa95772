"""Pictures are written as other programs read them, to the last pixel."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handlers.views import png
from handlers.views.charts import draw
from handlers.views.charts_canvas import DPI, NOTE, PAPER, Sheet
from tests.reports.test_charts import SPREAD, STEADY, agent, team

NAME = "Олександра Білоцерківська-Ґалаґан, Konstantinopolsky & Söhne"


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_picture_is_read_as_it_was_written(height: int, width: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    with Image.open(BytesIO(png.encoded(pixels))) as read:
        assert read.mode == "RGB"
        assert np.array_equal(np.asarray(read), pixels)


@pytest.mark.parametrize("sheet", [draw(team("uk", SPREAD)), draw(agent("en", STEADY))])
def test_a_sheet_looks_as_the_library_saves_it(sheet: Sheet) -> None:
    usual = BytesIO()
    sheet.figure.savefig(usual, format="png", dpi=DPI, facecolor=PAPER)
    with Image.open(usual) as theirs, Image.open(BytesIO(sheet.png())) as ours:
        assert np.array_equal(np.asarray(theirs.convert("RGB")), np.asarray(ours))


@given(st.floats(20, 900))
def test_words_are_cut_no_shorter_than_the_room_wants(room: float) -> None:
    sheet = Sheet(10)
    cut = sheet.fitted(NAME, NOTE, room)
    if cut != NAME:
        kept = cut.removesuffix("…")
        longer = NAME[: len(kept) + 1 + NAME[len(kept) :].startswith(" ")]
        assert NAME.startswith(kept)
        assert not kept or sheet.width_of(cut, NOTE) <= room
        assert sheet.width_of(f"{longer}…", NOTE) > room
