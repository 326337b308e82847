"""Settings from the environment alone; what cannot be used is told in one line."""

from pathlib import Path

import pytest

from bot import settings
from bot.errors import Wrong

TOKEN = "postgresql+asyncpg://gadfly:hunter2hunter2@db/gadfly"  # noqa: S105 - a canary


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env of the developer's is read."""
    monkeypatch.chdir(tmp_path)


def test_a_plain_comma_list_is_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPT_ROOMS", "page:agora, slack:C012,discord:345,")
    assert settings.load().prompt_rooms == ("page:agora", "slack:C012", "discord:345")


def test_further_schedules_are_named_in_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEDULES__ETHICS__AT", "mon 17:00")
    monkeypatch.setenv("SCHEDULES__ETHICS__READINGS", "ethics/*")
    ethics = settings.load().schedules["ethics"]
    assert (ethics.at, ethics.readings, ethics.rooms) == ("mon 17:00", "ethics/*", None)


def test_an_empty_variable_counts_as_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPT_AT", "")
    assert settings.load().prompt_at == "weekdays 09:00"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WEB_PORT", "eighty"),
        ("RETENTION_DAYS", "0"),
        ("SCHEDULES__ETHICS__ATT", "mon 17:00"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Wrong) as caught:
        settings.load()
    line = str(caught.value)
    assert variable.rpartition("__")[0] in line
    assert "\n" not in line


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", TOKEN)
    monkeypatch.setenv("WEB_PORT", "eighty")
    with pytest.raises(Wrong) as caught:
        settings.load()
    monkeypatch.delenv("WEB_PORT")
    shown = f"{caught.value} {settings.load()!r}"
    assert not [n for n in range(len(TOKEN) - 5) if TOKEN[n : n + 6] in shown]


@pytest.mark.parametrize("name", list(settings.Settings.model_fields))
def test_a_slip_of_the_finger_is_noticed(name: str) -> None:
    slipped = name.upper()[:3] + name.upper()[4:]
    said = settings.strangers({slipped: "x", "HOME": "/root", "PATH": "/bin"})
    assert len(said) == 1
    assert slipped in said[0]
    assert name.upper() in said[0]


def test_a_line_of_the_settings_file_may_be_left_empty(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# mine\n\nexport TIMEZONE=Europe/Berlin # here\nPROMPT_AT=\n", encoding="utf-8"
    )
    own = settings.load()
    assert (own.timezone, own.prompt_at) == ("Europe/Berlin", "weekdays 09:00")
