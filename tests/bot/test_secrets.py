"""Secrets: from files, set once, and in no error, however malformed."""

from pathlib import Path

import pytest
from begun import SEEDS, begun

from bot import settings
from bot.__main__ import main
from bot.errors import Wrong

SECRET = "postgresql+asyncpg://gadfly:quixotrywjv@127.0.0.1:1/gadfly"  # noqa: S105 - a canary


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def held() -> str | None:
    secret = settings.load().database_url
    return secret.get_secret_value() if secret else None


def written(file: Path, text: str = f"{SECRET}\n") -> Path:
    file.write_text(text)
    return file


def test_a_secret_comes_from_the_file_that_its_setting_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL_FILE", str(written(tmp_path / "any")))
    assert held() == SECRET


def test_the_name_of_the_file_may_stand_in_dot_env(tmp_path: Path) -> None:
    written(tmp_path / ".env", f"DATABASE_URL_FILE={written(tmp_path / 'any')}\n")
    assert held() == SECRET


@pytest.mark.parametrize("name", ["database_url", "DATABASE_URL"])
def test_a_folder_of_secrets_holds_one_by_its_settings_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / name)
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    assert held() == SECRET


def test_a_folder_of_secrets_need_not_hold_every_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    assert held() is None


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATABASE_URL": SECRET, "DATABASE_URL_FILE": "any"}, "set twice"),
        ({"DATABASE_URL": SECRET, "SECRETS_DIR": "."}, "set twice"),
        ({"DATABASE_URL_FILE": "any", "SECRETS_DIR": "."}, "set twice"),
        ({"DATABASE_URL_FILE": "none"}, "none cannot be read (No such file"),
        ({"DATABASE_URL_FILE": "."}, "cannot be read (Is a directory)"),
        ({"DATABASE_URL_FILE": "empty"}, "empty is empty"),
        ({"DATABASE_URL_FILE": "binary"}, "binary is not text"),
        ({"SECRETS_DIR": "none"}, "SECRETS_DIR=none"),
        ({"SECRETS_DIR": "any"}, "SECRETS_DIR=any"),
    ],
)
def test_what_cannot_be_used_is_one_line_without_the_secret(
    variables: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "any")
    written(tmp_path / "database_url")
    written(tmp_path / "empty", " \n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00" + SECRET.encode())
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Wrong) as caught:
        settings.load()
    line = str(caught.value)
    assert said in line
    assert "\n" not in line
    assert not pieces(line)


def pieces(text: str) -> list[str]:
    secret = "gadfly:quixotrywjv"  # noqa: S105 - a canary
    return [secret[n : n + 6] for n in range(7, len(secret) - 5) if secret[n : n + 6] in text]


@pytest.mark.parametrize(
    "malformed",
    [
        SECRET,
        "quixotrywjv",
        "quixotrywjv:quixotrywjv",
        "://gadfly:quixotrywjv@",
        "postgresql://gadfly:quixotrywjv@[",
        "postgresql://gadfly:quixotrywjv@host:port/x",
        "mysql://gadfly:quixotrywjv@host/x",
        "postgresql://gadfly:quixotrywjv@127.0.0.1:1/x?sslmode=quixotrywjv",
        "postgresql://gadfly:quixo trywjv@127.0.0.1:1/x",
    ],
)
@pytest.mark.parametrize("verb", ["run", "next", "audit"])
def test_a_malformed_secret_is_in_no_error_of_any_verb(
    malformed: str,
    verb: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SEEDS_DIR", str(SEEDS))
    monkeypatch.setenv("DATA_DIR", str(begun(tmp_path / "data")))
    monkeypatch.setenv("DATABASE_URL", malformed)
    assert main([verb]) == 1
    told = "".join(capsys.readouterr())
    assert not pieces(told)


def test_a_token_in_the_wrong_setting_is_not_echoed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PROMPT_ROOMS", "xoxb-2222222222-3333333333-quixotrywjvquixotrywjv")
    assert main(["run"]) == 1
    told = capsys.readouterr().err
    assert "PROMPT_ROOMS" in told
    assert not pieces(told)


def test_settings_do_not_show_secrets_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", SECRET)
    own = settings.load()
    assert not pieces(f"{own} {own!r} {own.model_dump()} {own.model_dump_json()}")
    assert {SECRET, "quixotrywjv"} <= set(settings.secret_values(own))
