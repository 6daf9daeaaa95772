"""A browser for the session, a fresh profile and windows in it for each test."""

from collections.abc import Iterator

import pytest

from tests.browser import chromium
from tests.browser.chromium import PHONE, Chromium
from tests.browser.floor import Floor
from tests.browser.window import Window, window_on
from tests.story import Centre


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Chromium, once for all tests."""
    path = chromium.executable()
    if path is None:
        reason = "no Chromium here; on Debian: apt install chromium"
        if chromium.must_be_there():
            pytest.fail(reason)
        pytest.skip(reason)
    running = Chromium(path)
    yield running
    running.close()


@pytest.fixture
def window(browser: Chromium, centre: Centre) -> Iterator[Window]:
    """A desktop's window on the centre's chat page."""
    with window_on(centre.sandbox.address, browser) as opened:
        yield opened


@pytest.fixture
def phone(browser: Chromium, centre: Centre) -> Iterator[Window]:
    """The same on a phone."""
    with window_on(centre.sandbox.address, browser, PHONE) as opened:
        yield opened


@pytest.fixture
def floor(centre: Centre) -> Floor:
    """A team with its agent and supervisor, and an evaluator."""
    return Floor.of(centre)
