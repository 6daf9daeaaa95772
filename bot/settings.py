"""Settings: each variable in one place, with its name, default and meaning."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
LANGUAGES = ("en", "ru", "uk")


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


class Settings(BaseSettings):
    """The configuration, from the environment and the file ``.env``; empty means the default."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr = Field(
        default=SecretStr(""), description="the bot's token from @BotFather; empty = sandbox"
    )
    telegram_api_url: str = Field(default=TELEGRAM, description="root of the Bot API")
    database_url: str = Field(
        default="",
        description="sqlite+aiosqlite:///… or postgresql+asyncpg://…; empty = a file in data/",
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="Telegram IDs that are admins, comma-separated"
    )
    timezone: str = Field(default="UTC", description="time zone of a new team, such as Europe/Kyiv")
    language: str = Field(default="en", description="language of a new team: en, ru or uk")
    http_host: str = Field(
        default="127.0.0.1",
        description="where health, metrics, webhook and the sandbox's page are served",
    )
    http_port: int = Field(default=8080, ge=0, le=65535, description="the port of the same")
    webhook_url: str = Field(
        default="", description="public https address; set = webhook instead of polling"
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="1 to 256 of A-Z a-z 0-9 _ -; Telegram sends it with each update",
    )
    log_level: LogLevel = Field(default=LogLevel.INFO, description="DEBUG, INFO, WARNING or ERROR")
    log_format: LogFormat = Field(default=LogFormat.TEXT, description="text or json")

    @property
    def token(self) -> str:
        """Return the bot's token in clear."""
        return self.telegram_bot_token.get_secret_value()

    @property
    def secret(self) -> str:
        """Return the webhook's secret in clear."""
        return self.webhook_secret.get_secret_value()

    @property
    def is_sandbox(self) -> bool:
        """Return whether there is no token, so that the sandbox runs."""
        return not self.token

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",")]
        if not all(part.isdigit() for part in parts if part):
            raise ValueError("must be numbers separated by commas, such as 1234567,7654321")
        return frozenset(int(part) for part in parts if part)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"knows no time zone {value!r}; write one such as Europe/Kyiv"
            ) from None
        return value

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value.lower() not in LANGUAGES:
            raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
        return value.lower()

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// (or http:// on this machine)")
        return value.rstrip("/")

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        number, colon, rest = token.partition(":")
        if token and not (number.isdigit() and colon and rest and token.isascii()):
            raise ValueError("is no bot token; @BotFather gives one such as 123456:ABC-DEF…")
        return SecretStr(token)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        allowed = secret.isascii() and secret.replace("_", "").replace("-", "").isalnum()
        if secret and not (allowed and len(secret) <= 256):
            raise ValueError("may hold only 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @model_validator(mode="after")
    def _secret_with_webhook(self) -> "Settings":
        if self.webhook_url and not self.secret:
            raise ValueError(
                "WEBHOOK_URL needs a WEBHOOK_SECRET, or anybody could send updates in "
                "Telegram's name"
            )
        return self


def load_settings() -> Settings:
    """Return the settings; raise ``SettingsError`` with a sentence for each mistake."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [_sentence(tuple(one["loc"]), one["msg"]) for one in error.errors()]
        raise SettingsError(problems) from None


def database_url(settings: Settings, *, sandbox: bool) -> str:
    """Return the database's URL.

    A configured one belongs to the configured bot: the sandbox never writes into it when there is
    a token.
    """
    if settings.database_url and not (sandbox and settings.token):
        return settings.database_url
    file = sandbox_folder() / "etalon.db" if sandbox else Path("data") / "etalon.db"
    return f"sqlite+aiosqlite:///{file}"


def sandbox_folder() -> Path:
    """Return where the sandbox keeps everything."""
    return Path("data") / "sandbox"


def variables() -> list[tuple[str, str, str]]:
    """Return each variable's name, default and meaning, in the order of the documentation."""
    return [
        (name.upper(), _shown(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def _shown(default: object) -> str:
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    if isinstance(default, frozenset):
        return ",".join(str(one) for one in sorted(default))
    return str(default)


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"{str(location[0]).upper()}: {text}" if location else text
