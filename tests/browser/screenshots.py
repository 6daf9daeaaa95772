"""The pictures of the documentation, taken from the demo centre: ``make screenshots``."""

import io
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from PIL import Image

from bot.demo_people import ADMIN, PEOPLE, telegram_id
from handlers.words import words
from tests.browser import chromium
from tests.browser.chromium import DESK, Chromium, Screen
from tests.browser.walk import answer_best
from tests.browser.window import Window, window_on
from tests.sandbox_process import SandboxProcess

IMAGES = Path(__file__).parents[2] / "docs" / "images"
VOICE = Path(__file__).parents[2] / "scoring" / "builtin" / "voice.yaml"
COLOURS = 256
LAST_FIRST = "#log article:last-of-type .keyboard .key >> nth=0"
"""The first key under the newest message."""

NEWEST_PICTURE = "#log article.in .photo img >> nth=-1"
ZONE = "Europe/Kyiv"
TALL = Screen(390, 930, touched=True, scale=2, zone=ZONE)
"""A phone of today."""

LONG = replace(TALL, height=1400)
"""The same, as tall as a report with its chart."""

ADMIN_ID = telegram_id(ADMIN)
EGOR, IVAN, OLENA = (
    next(telegram_id(one) for one in PEOPLE if one.name == name)
    for name in ("Egor Sydorenko", "Ivan Petrov", "Olena Koval")
)


def main() -> None:
    """Take every picture anew."""
    path = chromium.executable()
    if path is None:
        raise SystemExit("No Chromium here; on Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        address = closing.enter_context(SandboxProcess(Path(folder))).address
        browser = Chromium(path)
        closing.callback(browser.close)
        phone = closing.enter_context(window_on(address, browser, TALL))
        take_score(phone)
        desk = closing.enter_context(window_on(address, browser, replace(DESK, zone=ZONE)))
        take_desk(desk)
        take_feedback(phone)
        take_plans(phone)
        take_next(phone)
        take_replay(phone)
        long = closing.enter_context(window_on(address, browser, LONG))
        take_team(long)
        take_funnel(long)
        take_calibration(long)


def take_score(phone: Window) -> None:
    """Take a contact scored in four taps, and the second criterion of another one."""
    phone.become(EGOR)
    phone.send("/score sofia")
    for label in ("Call", "Skip", "All met", "Submit"):
        tap(phone, label)
    phone.sees("Submitted")
    phone.send("/score petrov")
    for label in ("Call", "Skip", "Fully"):
        tap(phone, label)
    phone.sees(" 2/")
    keep("score", of_chat(phone))


def take_desk(desk: Window) -> None:
    """Go on to the summary, with one error and a comment, and take the whole page."""
    desk.become(EGOR)
    for label in ("No", "Only the name was asked"):
        tap(desk, label)
    answer_best(desk, words("en"), 3)
    desk.tap("Feedback")
    desk.sees("Summary comment")
    desk.send("Good pace. Mind the check.")
    desk.sees("Good pace.")
    desk.shows(desk.key("Submit").last)
    still(desk)
    keep("sandbox", desk.do(desk.page.screenshot))
    desk.tap("Submit")
    desk.sees("Submitted")


def take_feedback(phone: Window) -> None:
    """Take what the agent reads."""
    phone.become(IVAN)
    phone.sees("Only the name was asked")
    keep("feedback", of_chat(phone))


def take_team(phone: Window) -> None:
    """Take what the supervisor asks for, and the chart in it by itself."""
    phone.become(OLENA)
    copy = phone.page.locator("#log article", has_text="Only the name was asked")
    phone.shows(copy.get_by_role("button", name="Receipt"))  # the last of the news
    phone.send("/team")
    phone.shows(NEWEST_PICTURE)
    keep("team", of_chat(phone))
    keep("chart", chart_of(phone))


def take_plans(phone: Window) -> None:
    """Take a team's plan with what it has drawn, and how many contacts a figure needs."""
    phone.become(OLENA)
    phone.send("/plans")
    phone.sees("1 plan")
    phone.click(LAST_FIRST)
    phone.sees("contacts per agent a week")
    keep("plans", of_chat(phone))


def take_next(phone: Window) -> None:
    """Take the contact that an evaluator is to score next."""
    phone.become(EGOR)
    phone.send("/next")
    phone.sees("contacts to score")
    keep("next", of_chat(phone))


def take_calibration(phone: Window) -> None:
    """Take how far the evaluators agree, with the criterion to reword and the heat map."""
    phone.become(OLENA)
    phone.send("/calibrate")
    tap(phone, "Finished: 1")
    phone.sees("1 finished session")
    phone.click(LAST_FIRST)
    phone.sees("To reword")
    phone.shows(NEWEST_PICTURE)
    keep("calibration", of_chat(phone))


def take_funnel(phone: Window) -> None:
    """Go on to the quarter, and take what is worth a look in it."""
    tap(phone, "Quarter")
    phone.sees("Support · Quarter")
    tap(phone, "Worth a look")
    phone.sees("outside the limits of chance")
    phone.shows(NEWEST_PICTURE)
    keep("funnel", of_chat(phone))


def take_replay(phone: Window) -> None:
    """Take what a changed scorecard would do to the latest scores, before it is published."""
    text = VOICE.read_text(encoding="utf-8")
    phone.become(ADMIN_ID)
    phone.pick_file("document", "voice.yaml", text.replace("weight: 35", "weight: 15", 1).encode())
    phone.sees("scores would move")
    keep("replay", of_chat(phone))


def tap(window: Window, label: str) -> None:
    """Press a button once it is there."""
    window.shows(window.key(label).last)
    window.tap(label)


def still(window: Window) -> None:
    """Point at nothing, and wait until nothing moves and every picture is there."""
    window.do(lambda: window.page.mouse.move(0, 0))
    window.ask(SETTLED)


SETTLED = """() => Promise.all([
  ...document.getAnimations().map((one) => one.finished),
  ...[...document.images].map((one) => one.decode()),
])"""


def of_chat(window: Window) -> bytes:
    """Return a picture of the chat alone."""
    still(window)
    return window.do(window.page.locator("#chat").screenshot)


def chart_of(window: Window) -> bytes:
    """Return the newest picture that the bot has sent, as it sent it."""
    source = window.page.locator("#log article.in .photo img").last

    async def fetched() -> bytes:
        answer = await window.page.request.get(await source.evaluate("image => image.src"))
        return await answer.body()

    return window.do(fetched)


def keep(name: str, picture: bytes) -> None:
    """Store a picture with no more colours than it needs."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, dither=Image.Dither.NONE)
    IMAGES.mkdir(parents=True, exist_ok=True)
    few.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
