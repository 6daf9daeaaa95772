"""A supervisor asks how the team does, on the chat page."""

import io

import pytest
from openpyxl import load_workbook

from tests.browser.floor import Floor
from tests.browser.window import Window

pytestmark = pytest.mark.browser


def test_a_teams_report_is_a_picture_with_words(window: Window, floor: Floor) -> None:
    floor.score()
    window.become(floor.olena.id)
    window.send("/team")
    report = window.sees("November")
    picture = window.shows(f'[data-message="{report.id}"] .photo img')
    assert window.do(lambda: picture.evaluate(LOADED)) is True
    window.tap("Quarter")
    assert window.sees("quarter").id == report.id
    window.click(f'[data-message="{report.id}"] .photo button')
    window.shows('[data-testid="lightbox"] img')
    window.press("Escape")
    window.hides('[data-testid="lightbox"]')


def test_a_report_is_exported_as_a_workbook(window: Window, floor: Floor) -> None:
    floor.score()
    window.become(floor.olena.id)
    window.send("/team")
    window.sees("November")
    window.tap("Export")
    file = window.download(window.shows("#log article.in a.file >> nth=-1"))
    book = load_workbook(io.BytesIO(file.read_bytes()))
    assert any("Ivan Petrov" in str(row) for sheet in book for row in sheet.values)


LOADED = "image => image.decode().then(() => image.naturalWidth >= 600)"
"""A picture that the browser could read, wide enough for a phone of two or three dots a pixel."""
