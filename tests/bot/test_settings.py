"""Settings: what is read, what is refused in plain words, and that each is documented."""

from pathlib import Path

import pytest

from bot.settings import (
    SettingsError,
    database_url,
    load_settings,
    managed_database_url,
    unread,
    variables,
    without_credentials,
)

ROOT = Path(__file__).parents[2]
NAMES = [name for name, _, _ in variables()]
TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"  # noqa: S105  nobody's


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without any of our variables, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def problems() -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value.problems


def test_nothing_configured_is_the_sandbox_with_the_contracts_defaults() -> None:
    settings = load_settings()
    assert settings.is_sandbox
    assert (settings.timezone, settings.language) == ("UTC", "en")
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.telegram_api_url == "https://api.telegram.org"


def test_an_empty_variable_means_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert load_settings().http_port == 8080


def test_the_environment_wins_over_the_env_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=9000\nADMIN_IDS=7, 8\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("HTTP_PORT", "9001")
    settings = load_settings()
    assert settings.http_port == 9001
    assert settings.admin_ids == {7, 8}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ADMIN_IDS", "Viktor"),
        ("ADMIN_IDS", "12,-5"),
        ("TIMEZONE", "Europe/Atlantis"),
        ("TIMEZONE", "../etc/passwd"),
        ("LANGUAGE", "de"),
        ("HTTP_PORT", "http"),
        ("HTTP_PORT", "70000"),
        ("LOG_LEVEL", "chatty"),
        ("LOG_FORMAT", "xml"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_BOT_TOKEN", "my-bot"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("WEBHOOK_SECRET", "with blanks"),
    ],
)
def test_a_mistake_is_a_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    (problem,) = problems()
    assert problem.startswith(f"{name}: ")
    assert "\n" not in problem


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/hook")
    (problem,) = problems()
    assert "WEBHOOK_SECRET" in problem
    monkeypatch.setenv("WEBHOOK_SECRET", "only_telegram-knows")
    assert load_settings().webhook_url == "https://bot.example.org/hook"


def test_a_token_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("HTTP_PORT", "none")
    assert TOKEN not in str(problems())
    monkeypatch.setenv("HTTP_PORT", "1")
    assert TOKEN not in repr(load_settings())


@pytest.mark.parametrize("token", ["", TOKEN])
def test_the_sandbox_never_uses_the_configured_database(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://production/etalon")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    settings = load_settings()
    assert database_url(settings, sandbox=True) == "sqlite+aiosqlite:///data/sandbox/etalon.db"
    assert database_url(settings, sandbox=False).startswith("postgresql")
    assert managed_database_url(settings).startswith("postgresql")


def test_without_a_database_the_command_line_looks_after_the_sandbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert managed_database_url(load_settings()).endswith("data/sandbox/etalon.db")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert managed_database_url(load_settings()) == "sqlite+aiosqlite:///data/etalon.db"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TIMZONE", "TIMEZONE"),
        ("ADMIN_ID", "ADMIN_IDS"),
        ("TELEGRAM_BOT_TOKN", "TELEGRAM_BOT_TOKEN"),
        ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("DATABSE_URL", "DATABASE_URL"),
    ],
)
def test_a_misspelt_variable_is_named_with_the_one_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert [(one.name, one.meant) for one in unread()] == [(name, meant)]


def test_whatever_looks_like_a_token_is_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_NEW_BOT", TOKEN)
    assert [one.meant for one in unread()] == ["TELEGRAM_BOT_TOKEN"]
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert unread() == []


def test_variables_of_the_system_are_no_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "LANG", "HOSTNAME", "DOMAIN", "POSTGRES_PASSWORD"):
        monkeypatch.setenv(name, "1")
    assert unread() == []


def test_an_address_is_shown_without_what_is_secret_in_it() -> None:
    shown = without_credentials("https://user:hush@api.example:8081/bots?key=hush")
    assert shown == "https://api.example:8081/bots"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("document", ["README.md", ".env.example"])
def test_every_variable_is_documented(document: str, name: str) -> None:
    assert name in (ROOT / document).read_text(encoding="utf-8")


def test_the_example_holds_every_variable_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, default, meaning in variables():
        assert f"# {meaning}\n" in example
        assert f"\n{name}={default}\n" in example
