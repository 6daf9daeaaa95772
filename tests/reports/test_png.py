"""Pictures are written as other programs read them, to the last pixel."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handlers.views.charts import draw
from handlers.views.charts_canvas import DPI, NOTE, PAPER, Sheet
from tests.reports.test_charts import SPREAD, STEADY, agent, team

NAME = "Олександра Білоцерківська-Ґалаґан, Konstantinopolsky & Söhne"


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
