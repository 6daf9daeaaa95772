"""Settings: each variable in one place, with its name, default and meaning."""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.misspelt import Misspelt, misspelt

ENV_FILE = Path(".env")
TELEGRAM = "https://api.telegram.org"
LANGUAGES = ("en", "ru", "uk")
PORTS = range(65536)

Value = TypeVar("Value")


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """From which severity on something is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class SettingsError(Exception):
    """The configuration cannot be used; ``problems`` are sentences for whoever wrote it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _ids(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts if part):
        raise ValueError("must be numbers separated by commas, such as 1234567,7654321")
    return frozenset(int(part) for part in parts if part)


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"knows no time zone {text!r}; write one such as Europe/Kyiv") from None
    return text


def _language(text: str) -> str:
    if text.lower() not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return text.lower()


def _port(text: str) -> int:
    if not (text.isascii() and text.strip().isdecimal()) or int(text) not in PORTS:
        raise ValueError(f"must be a whole number from {PORTS[0]} to {PORTS[-1]}")
    return int(text)


def _web_address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("must begin with https:// (or http:// on this machine)")
    return text.rstrip("/")


def _token(text: str) -> str:
    token = text.strip()
    number, colon, rest = token.partition(":")
    if token and not (number.isdigit() and colon and rest and token.isascii()):
        raise ValueError("is no bot token; @BotFather gives one such as 123456:ABC-DEF…")
    return token


def _database(text: str) -> str:
    if not text.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
    return text


def _secret(text: str) -> str:
    allowed = text.isascii() and text.replace("_", "").replace("-", "").isalnum()
    if not (allowed and len(text) <= 256):
        raise ValueError("may hold only 1 to 256 of A-Z a-z 0-9 _ -")
    return text


def _level(text: str) -> LogLevel:
    try:
        return LogLevel(text.upper())
    except ValueError:
        raise ValueError(f"must be one of {', '.join(LogLevel)}") from None


def _format(text: str) -> LogFormat:
    try:
        return LogFormat(text)
    except ValueError:
        raise ValueError(f"must be one of {', '.join(LogFormat)}") from None


def _variable(
    default: Value, about: str, read: Callable[[str], Value], *, hidden: bool = False
) -> Value:
    """Return a field of the settings: what it means, and what reads its text.

    ``read`` raises ``ValueError`` with a sentence. A hidden one is not shown with the others.
    """
    made: Value = field(default=default, repr=not hidden, metadata={"about": about, "read": read})
    return made


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration: what ``load_settings`` has read, else the defaults."""

    telegram_bot_token: str = _variable(
        "", "the bot's token from @BotFather; empty = sandbox", _token, hidden=True
    )
    telegram_api_url: str = _variable(TELEGRAM, "root of the Bot API", _web_address)
    database_url: str = _variable(
        "", "sqlite+aiosqlite:///… or postgresql+asyncpg://…; empty = a file in data/", _database
    )
    admin_ids: frozenset[int] = _variable(
        frozenset(), "Telegram IDs that are admins, comma-separated", _ids
    )
    timezone: str = _variable("UTC", "time zone of a new team, such as Europe/Kyiv", _zone)
    language: str = _variable("en", "language of a new team: en, ru or uk", _language)
    http_host: str = _variable(
        "127.0.0.1", "where health, metrics, webhook and the sandbox's page are served", str
    )
    http_port: int = _variable(8080, "the port of the same", _port)
    webhook_url: str = _variable(
        "", "public https address; set = webhook instead of polling", _web_address
    )
    webhook_secret: str = _variable(
        "",
        "1 to 256 of A-Z a-z 0-9 _ -; Telegram sends it with each update",
        _secret,
        hidden=True,
    )
    log_level: LogLevel = _variable(  # noqa: RUF009  it makes a field, as all the others
        LogLevel.INFO, "DEBUG, INFO, WARNING or ERROR", _level
    )
    log_format: LogFormat = _variable(  # noqa: RUF009  the same
        LogFormat.TEXT, "text or json", _format
    )

    @property
    def token(self) -> str:
        """Return the bot's token."""
        return self.telegram_bot_token

    @property
    def secret(self) -> str:
        """Return the webhook's secret."""
        return self.webhook_secret

    @property
    def is_sandbox(self) -> bool:
        """Return whether there is no token, so that the sandbox runs."""
        return not self.token


def load_settings() -> Settings:
    """Return what the environment says, and what it leaves to the file ``.env``.

    Names may be written in any case; empty means the default. Raises ``SettingsError`` with a
    sentence for each mistake.
    """
    given = _given()
    values: dict[str, object] = {}
    problems = []
    for one in fields(Settings):
        if text := given.get(one.name):
            try:
                values[one.name] = _read(one, text)
            except ValueError as error:
                problems.append(f"{one.name.upper()}: {error}")
    if not problems and values.get("webhook_url") and not values.get("webhook_secret"):
        problems.append(
            "WEBHOOK_URL needs a WEBHOOK_SECRET, or anybody could send updates in Telegram's name"
        )
    if problems:
        raise SettingsError(problems)
    return Settings(**values)  # type: ignore[arg-type]  # each was read by its own field's reader


def _read(one: "Field[object]", text: str) -> object:
    return one.metadata["read"](text)


def unread() -> list[Misspelt]:
    """Return the variables that are set and not read, each with the one likely meant."""
    given = {name.upper(): text for name, text in _given().items()}
    return misspelt(given, (name for name, _, _ in variables()))


def _given() -> Mapping[str, str]:
    """Return the texts that are not empty, by names in small letters."""
    written: Mapping[str, str | None] = {}
    if ENV_FILE.is_file():
        from dotenv import dotenv_values  # noqa: PLC0415  not everybody has such a file

        written = dotenv_values(ENV_FILE, encoding="utf-8")
    # What is set in the environment comes last, and so it stays.
    both = (*written.items(), *os.environ.items())
    return {name.lower(): text for name, text in both if text}


def database_url(settings: Settings, *, sandbox: bool) -> str:
    """Return the database's URL.

    A configured one belongs to the configured bot: the sandbox never touches it. It keeps a file of
    its own, whatever the environment says.
    """
    if settings.database_url and not sandbox:
        return settings.database_url
    file = sandbox_folder() / "etalon.db" if sandbox else Path("data") / "etalon.db"
    return f"sqlite+aiosqlite:///{file}"


def managed_database_url(settings: Settings) -> str:
    """Return the URL of the database that the command line looks after.

    The configured one, else that of the bot which ``etalon run`` would start.
    """
    return database_url(settings, sandbox=settings.is_sandbox and not settings.database_url)


def without_credentials(address: str) -> str:
    """Return a web address without the user, password and query in it, fit to be shown."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return "the address"
    host = parts.hostname or ""
    place = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    return urlunsplit((parts.scheme, place, parts.path, "", ""))


def sandbox_folder() -> Path:
    """Return where the sandbox keeps everything."""
    return Path("data") / "sandbox"


def variables() -> list[tuple[str, str, str]]:
    """Return each variable's name, default and meaning, in the order of the documentation."""
    return [
        (one.name.upper(), _shown(one.default), one.metadata["about"]) for one in fields(Settings)
    ]


def _shown(default: object) -> str:
    if isinstance(default, frozenset):
        return ",".join(str(one) for one in sorted(default))
    return str(default)
