"""What is wrong with the configuration, the database or the token, and how to mend it."""

from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.application import Connection
from bot.running import utc_now
from bot.settings import (
    Settings,
    managed_database_url,
    unread,
    without_credentials,
)
from bot.transport import READ_SECONDS
from storage import ahead, appointments, probing, undelivered
from storage.database import Database
from storage.diagnosis import diagnose
from storage.identity import Owner
from storage.integrity import faults
from storage.trouble import StorageUnavailableError

MEND = "Stop Etalon and bring back the newest good copy; docs/running.md says how."
OWN_FILE = "it keeps everything in data/sandbox"
ANOTHER_DATABASE = "Set DATABASE_URL to another one, or leave it empty for a new one in data/."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what is so, and what to do where that is wrong."""

    text: str
    remedy: str = ""

    @property
    def good(self) -> bool:
        """Return whether nothing needs to be done."""
        return not self.remedy

    def __str__(self) -> str:
        """Return the line to print."""
        if self.good:
            return f"ok     {self.text}"
        return f"WRONG  {self.text}\n       {self.remedy}"


async def check(settings: Settings, *, seconds: float = READ_SECONDS) -> list[Finding]:
    """Return what was found, waiting *seconds* for each answer; nothing but a mark is written."""
    sandbox = settings.is_sandbox
    findings = [Finding("the configuration can be read"), *_variables()]
    findings += await _database(settings, sandbox=sandbox)
    if sandbox:
        findings.append(Finding("no TELEGRAM_BOT_TOKEN: etalon run starts the sandbox"))
        if settings.database_url:
            findings.append(Finding(f"the sandbox leaves DATABASE_URL alone: {OWN_FILE}"))
    else:
        findings += await _telegram(settings, seconds)
    return findings


def _variables() -> list[Finding]:
    return [
        Finding(f"{one.name} is set, and nothing reads it", f"Was {one.meant} meant? Rename it.")
        for one in unread()
    ]


async def _database(settings: Settings, *, sandbox: bool) -> list[Finding]:
    url = managed_database_url(settings)
    found = await diagnose(url)
    if found.trouble is not None:
        return [Finding(found.trouble, found.remedy)]
    if not found.exists:
        findings = [
            Finding(f"the database {found.where} is not there yet: the first start makes it")
        ]
    elif not found.is_current:
        text = f"the database {found.where} is there, its schema is brought up to date at the start"
        findings = [Finding(text)]
    else:
        findings = [Finding(f"the database {found.where} is up to date"), *await _whole(url)]
        if all(one.good for one in findings):
            findings += [*await _unsaved(url), *await _undelivered(url)]
            findings += await _left_over(url, settings) if not sandbox else []
    if found.owner is Owner.SANDBOX and not sandbox:
        findings.append(Finding(f"{found.where} is a sandbox's database", ANOTHER_DATABASE))
    if found.readable_by_all:
        text = "every user of this machine can read its file; the next start closes it to them"
        findings.append(Finding(text))
    if not (sandbox or settings.admin_ids or found.has_admin):
        findings.append(
            Finding(
                "nobody is an admin, so nobody could be invited",
                "Set ADMIN_IDS to your Telegram ID; the bot tells it to anybody who writes to it.",
            )
        )
    return findings


async def _whole(url: str) -> list[Finding]:
    """Return whether everything stored holds together."""
    database = Database(url)
    try:
        return [Finding(one, MEND) for one in await faults(database)] or [
            Finding("everything stored in it holds together")
        ]
    except StorageUnavailableError as error:
        return [Finding(f"the database could not be read through ({error})", "Try again.")]
    finally:
        await database.close()


async def _unsaved(url: str) -> list[Finding]:
    """Return why nothing can be saved just now; a write is tried."""
    database = Database(url)
    try:
        trouble = await probing.trouble(database, utc_now())
    finally:
        await database.close()
    remedy = "Make room on its disk, or see why it takes no writes."
    return (
        [Finding("a write was tried and worked")] if trouble is None else [Finding(trouble, remedy)]
    )


async def _left_over(url: str, settings: Settings) -> list[Finding]:
    """Return who is an admin by a configuration of before, and what a wrong clock has left."""
    database = Database(url)
    try:
        async with database.reading() as tx:
            found = await appointments.unnamed(tx, settings.admin_ids)
            late = await ahead.count(tx, utc_now())
    except StorageUnavailableError:
        return []
    finally:
        await database.close()
    findings = []
    ids = ", ".join(str(one.telegram_id) for one in found.people)
    if found.people and found.others:
        findings.append(
            Finding(f"ADMIN_IDS names {ids} no more: the next start makes them admins no more")
        )
    elif found.people:
        text = f"ADMIN_IDS names {ids} no more, who would be the last admin and so stays one"
        findings.append(Finding(text, "Set ADMIN_IDS, or make somebody else an admin: /people."))
    if late:
        text = f"{late} evaluations are dated in the future: the next start dates them anew"
        findings.append(Finding(text))
    return findings


async def _undelivered(url: str) -> list[Finding]:
    """Return how many messages did not arrive, nothing where all did."""
    database = Database(url)
    try:
        async with database.reading() as tx:
            count = await undelivered.count(tx)
    except StorageUnavailableError:
        return []  # which is told already
    finally:
        await database.close()
    text = f"{count} of the messages did not arrive; an admin finds them under /people"
    return [Finding(text)] if count else []


async def _telegram(settings: Settings, seconds: float) -> list[Finding]:
    bot = Connection(settings.token, settings.telegram_api_url, seconds).bot()
    try:
        await bot.initialize()
        return [Finding(f"the token belongs to @{bot.username}"), *await _way(bot, settings)]
    except InvalidToken:
        return [
            Finding(
                "Telegram does not accept TELEGRAM_BOT_TOKEN",
                "Copy it again from @BotFather: /mybots, your bot, API Token.",
            )
        ]
    except TelegramError as error:
        root = without_credentials(settings.telegram_api_url)
        return [
            Finding(
                f"{root} does not answer ({type(error).__name__})",
                "Check the network, a proxy or firewall, and TELEGRAM_API_URL.",
            )
        ]
    finally:
        await bot.shutdown()


async def _way(bot: Bot, settings: Settings) -> list[Finding]:
    """Return how updates come, and what Telegram says against it."""
    info = await bot.get_webhook_info()
    if not settings.webhook_url:
        if info.url:
            return [Finding("updates come by polling; a webhook is set and will be removed")]
        return [Finding("updates come by polling")]
    if info.url == settings.webhook_url and info.last_error_message:
        return [
            Finding(
                f"Telegram cannot deliver to the webhook: {info.last_error_message}",
                "WEBHOOK_URL must lead from outside to HTTP_HOST:HTTP_PORT of this machine.",
            )
        ]
    return [Finding(f"updates come by webhook to {without_credentials(settings.webhook_url)}")]
