"""A browser window on the chat page: what somebody does with hands and sees with eyes."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    FilePayload,
    Locator,
    Page,
    expect,
)

from tests.background import Background
from tests.browser.chromium import DESK, PATIENCE, Chromium, Screen
from tests.far_side import SUBMIT

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message on the page: its number in the chat and what it says."""

    id: str
    text: str


class Window:
    """One window; every act waits until the page has done it, every look until it is there."""

    def __init__(self, background: Background, context: BrowserContext, address: str) -> None:
        self._background = background
        self._context = context
        self._address = address
        self.troubles: list[str] = []
        self.page: Page = self.do(self._opened)

    def become(self, person: int) -> None:
        """Open the page as that person, in their chat with the bot."""
        self.do(lambda: self.page.goto(f"{self._address}/#person={person}&chat={person}"))
        self._is_in(person)

    def choose(self, person: int) -> None:
        """Click somebody in the list of people."""
        self.click(f'[data-person="{person}"]')
        self._is_in(person)

    def send(self, text: str) -> None:
        """Type a text and press the button that sends it."""
        self.fill("#composer textarea", text)
        self.click("#send")

    def tap(self, label: str) -> None:
        """Press the newest button of that label under a message."""
        self.click(self.key(label).last)

    def act(self, opener: str, action: str) -> None:
        """Open a menu by its button and choose what it offers."""
        self.click(opener)
        self.click(f'[role="menu"] [data-action="{action}"]')

    def pick_file(self, kind: str, name: str, content: bytes) -> None:
        """Choose a file for the attach menu and send it from the dialog."""
        chosen: FilePayload = {"name": name, "mimeType": "", "buffer": content}
        self.do(lambda: self.page.get_by_test_id(f"file-{kind}").set_input_files(chosen))
        self.agree("send-file")

    def agree(self, dialog: str) -> None:
        """Press the main button of a dialog."""
        self.click(self.page.get_by_test_id(dialog).locator("footer .primary"))

    def click(self, what: str | Locator) -> None:
        """Click something once it is there."""
        self.do(self._found(what).click)

    def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.do(lambda: self.page.fill(selector, text))

    def press(self, keys: str) -> None:
        """Press keys, such as Control+V, wherever the focus is."""
        self.do(lambda: self.page.keyboard.press(keys))

    def choose_option(self, selector: str, value: str) -> None:
        """Choose from a list that drops down."""
        self.do(lambda: self.page.select_option(selector, value))

    def sees(self, text: str) -> Seen:
        """Wait for a message of the bot that holds *text*; return the newest such."""
        found = self.shows(self.page.locator("#log article.in", has_text=text).last)
        return self.do(lambda: _seen(found))

    def shows(self, what: str | Locator) -> Locator:
        """Wait until something (a selector, or found otherwise) is visible, and return it."""
        found = self._found(what)
        self.do(lambda: expect(found).to_be_visible(timeout=PATIENCE))
        return found

    def hides(self, selector: str) -> None:
        """Wait until something is not visible any more."""
        self.do(lambda: expect(self.page.locator(selector)).to_be_hidden(timeout=PATIENCE))

    def toast(self, text: str) -> None:
        """Wait for a passing note."""
        self.shows(self.page.get_by_test_id("toast").filter(has_text=text))

    def key(self, label: str) -> Locator:
        """Return the inline buttons of exactly that label; ``Submit`` may carry its score."""
        score = r"( · [\d.,]+)?" if label in SUBMIT else ""
        exactly = re.compile(f"^{re.escape(label)}{score}$")
        return self.page.locator("#log .key", has_text=exactly)

    def keys(self, message: Seen) -> list[str]:
        """Return the labels of the buttons under a message."""
        return self.texts(f'[data-message="{message.id}"] .key')

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all such elements."""
        return self.do(self.page.locator(selector).all_inner_texts)

    def download(self, what: str | Locator) -> Path:
        """Click a link that downloads, and return where the file is now."""

        async def downloading() -> Path:
            async with self.page.expect_download() as expected:
                await self._found(what).click()
            return await (await expected.value).path()

        return self.do(downloading)

    def ask(self, expression: str) -> object:
        """Return what a JavaScript function answers on the page."""
        found: object = self.do(lambda: self.page.evaluate(expression))
        return found

    def do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Have Playwright do something, and wait for it."""

        async def doing() -> Result:
            return await work()

        return self._background.call(doing())

    def _is_in(self, chat: int) -> None:
        """Wait until the page shows that chat's messages and is ready for whatever follows."""
        self.shows(f'body[data-ready] #log[data-chat="{chat}"]')

    async def _opened(self) -> Page:
        page = await self._context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", self._failed)
        return page

    def _found(self, what: str | Locator) -> Locator:
        return self.page.locator(what) if isinstance(what, str) else what

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(message.text)

    def _failed(self, error: Error) -> None:
        self.troubles.append(str(error))


@contextmanager
def window_on(address: str, browser: Chromium, screen: Screen = DESK) -> Iterator[Window]:
    """Open a window with a fresh profile; at its end nothing may have gone wrong on the page."""
    context = browser.context(screen)
    window = Window(browser.background, context, address)
    yield window
    browser.background.call(context.close())
    assert window.troubles == []


async def _seen(message: Locator) -> Seen:
    number = await message.get_attribute("data-message")
    words = message.locator(".text, .forwarded")
    return Seen(number or "", "\n".join(await words.all_inner_texts()))
