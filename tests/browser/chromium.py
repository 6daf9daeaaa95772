"""Chromium in the background: one for a whole session, and windows in it."""

import os
import shutil

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
Size = tuple[int, int]
DESK: Size = (1280, 800)
PHONE: Size = (390, 844)
PATIENCE = 10_000
"""Milliseconds that something may take to show."""


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

    def context(
        self, size: Size = DESK, *, touched: bool = False, scale: float = 1
    ) -> BrowserContext:
        """Return a fresh profile whose windows have that size."""
        return self.background.call(self._context(size, touched=touched, scale=scale))

    def close(self) -> None:
        """End the browser."""
        self.background.call(self._browser.close())
        self.background.call(self._playwright.stop())
        self.background.close()

    async def _start(self, path: str) -> tuple[Playwright, Browser]:
        playwright = await async_playwright().start()
        browser = await playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        return playwright, browser

    async def _context(self, size: Size, *, touched: bool, scale: float) -> BrowserContext:
        context = await self._browser.new_context(
            viewport=ViewportSize(width=size[0], height=size[1]),
            device_scale_factor=scale,
            has_touch=touched,
            is_mobile=touched,
            locale="en-GB",
            timezone_id="UTC",
        )
        context.set_default_timeout(PATIENCE)
        return context
