"""Chromium in the background: one for a whole session, and windows in it."""

import os
import shutil
from dataclasses import dataclass

from playwright.async_api import (
    Browser,
    BrowserContext,
    Playwright,
    ViewportSize,
    async_playwright,
)

from tests.background import Background

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
"""Milliseconds that something may take to show."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a page is seen on: pixels of CSS, dots a pixel, and the time zone of its clock."""

    width: int
    height: int
    touched: bool = False
    scale: float = 1
    zone: str = "UTC"


DESK = Screen(1280, 800)
PHONE = Screen(390, 844, touched=True)


def executable() -> str | None:
    """Return where the browser is, or ``None`` where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def must_be_there() -> bool:
    """Whether a missing browser is a failure: where nobody would read that tests were skipped."""
    return os.environ.get("CI") == "true"


class Chromium:
    """A running browser; everything in it is driven from the loop of ``background``.

    Its own loop keeps it out of the way of tests that run one themselves.
    """

    def __init__(self, path: str) -> None:
        self.background = Background()
        self._playwright, self._browser = self.background.call(self._start(path))

    def context(self, screen: Screen) -> BrowserContext:
        """Return a fresh profile whose windows are seen on that screen."""
        return self.background.call(self._context(screen))

    def close(self) -> None:
        """End the browser."""
        self.background.call(self._browser.close())
        self.background.call(self._playwright.stop())
        self.background.close()

    async def _start(self, path: str) -> tuple[Playwright, Browser]:
        playwright = await async_playwright().start()
        browser = await playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        return playwright, browser

    async def _context(self, screen: Screen) -> BrowserContext:
        context = await self._browser.new_context(
            viewport=ViewportSize(width=screen.width, height=screen.height),
            device_scale_factor=screen.scale,
            has_touch=screen.touched,
            is_mobile=screen.touched,
            locale="en-GB",
            timezone_id=screen.zone,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        return context
