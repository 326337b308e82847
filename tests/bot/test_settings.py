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
    ("variable", "value", "told"),
    [
        ("WEB_PORT", "eighty", "WEB_PORT='eighty': write a whole number"),
        ("RETENTION_DAYS", "0", "RETENTION_DAYS='0': has to be greater than or equal to 1"),
        ("SCHEDULES__ETHICS__ATT", "mon 17:00", "SCHEDULES__ETHICS__AT: has to be given"),
        ("SCHEDULES__ETHICS", "mon 17:00", "SCHEDULES__ETHICS='mon 17:00': is no setting by"),
        ("SCHEDULES", "mon 17:00", "SCHEDULES: is no setting by itself"),
        ("JOINT", "maybe", "JOINT='maybe': write true or false"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT='xml': has to be 'text' or 'json'"),
        ("DISCORD_PING_ROLE", "tutors", "DISCORD_PING_ROLE='tutors': write a whole number"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(
    variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Wrong) as caught:
        settings.load()
    line = str(caught.value)
    assert line.startswith(told)
    assert "\n" not in line


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", TOKEN)
    monkeypatch.setenv("WEB_PORT", "eighty")
    with pytest.raises(Wrong) as caught:
        settings.load()
    monkeypatch.delenv("WEB_PORT")
    shown = f"{caught.value} {settings.load()!r}"
    assert not [n for n in range(len(TOKEN) - 5) if TOKEN[n : n + 6] in shown]


SLIPS = {name[:3] + name[4:]: name for name in map(str.upper, settings.Settings.model_fields)} | {
    "DATABASE_URLFILE": "DATABASE_URL_FILE",
    "DATABSE_URL_FILE": "DATABASE_URL_FILE",
    "SCHEDULE__ETHICS__AT": "SCHEDULES__ETHICS__AT",
    "SCHEDULES_ETHICS_AT": "SCHEDULES__NAME__AT",
}


@pytest.mark.parametrize(("slipped", "meant"), SLIPS.items())
def test_a_slip_of_the_finger_is_noticed(slipped: str, meant: str) -> None:
    said = settings.strangers({slipped: "x", "HOME": "/root", "SCHEDULES__ETHICS__AT": "mon 9:00"})
    assert said == (f"{slipped} is not a setting of Gadfly's; did you mean {meant}?",)


def test_a_line_of_the_settings_file_may_be_left_empty(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# mine\n\nexport TIMEZONE=Europe/Berlin # here\nPROMPT_AT=\n", encoding="utf-8"
    )
    own = settings.load()
    assert (own.timezone, own.prompt_at) == ("Europe/Berlin", "weekdays 09:00")
