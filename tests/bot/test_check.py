"""`gadfly check`: each broken thing is told once, with what to do about it."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from waiting import LONG

from bot import check, machine, written
from bot.__main__ import main
from bot.chat.memory import MemoryChat
from bot.clock import HandClock, SystemClock
from bot.ports import Finding
from bot.store import look
from bot.store.store import Store
from prompts.library import Library

ROOT = Path(__file__).parents[2]
READING = ROOT / "seeds/phones-in-school/what-the-ban-bought.md"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which all is well: a reading, and a database that has ticked."""
    home = tmp_path_factory.mktemp("sound")
    (home / "seeds").mkdir()
    shutil.copy(READING, home / "seeds/ban.md")
    Library.open(home / "seeds", home / "data/derived")
    asyncio.run(ticked(home))
    return home


async def ticked(home: Path) -> None:
    store = await Store.at(f"sqlite:///{home}/data/gadfly.db")
    await store.set_fact("planned/main", (NOW - timedelta(seconds=20)).isoformat())
    await store.close()


@dataclass(frozen=True)
class Place:
    """A working folder that a fixture may break, and its environment."""

    home: Path
    patch: pytest.MonkeyPatch

    def set(self, **variables: str) -> None:
        for name, value in variables.items():
            self.patch.setenv(name, value)

    def write(self, file: str, data: bytes | str) -> Path:
        path = self.home / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def sql(self, *statements: str) -> None:
        connection = sqlite3.connect(self.home / "data/gadfly.db", isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()


@pytest.fixture
def place(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    home = tmp_path / "home"
    shutil.copytree(sound, home)
    monkeypatch.chdir(home)
    monkeypatch.setenv("WEB_PORT", "0")
    return Place(home, monkeypatch)


async def looked(at: datetime = NOW) -> list[Finding]:
    return [finding async for finding in check.findings(HandClock(at))]


async def wrongs(at: datetime = NOW) -> list[Finding]:
    return [finding for finding in await looked(at) if not finding.fine]


async def test_nothing_is_wrong_where_all_is_well(place: Place) -> None:
    found = await looked()
    assert [finding for finding in found if not finding.fine] == []
    assert len(found) > 10
    assert f"the time zones, by the rules of {written.zone_rules()}" in [f.what for f in found]


def full_disk(place: Place) -> None:
    usage = shutil.disk_usage("/")._replace(free=10**8)
    place.patch.setattr(machine.shutil, "disk_usage", lambda _: usage)


def on_nfs(place: Place) -> None:
    mounts = place.write(
        "mounts", f"server:/x {place.home.resolve()} nfs4 rw 0 0\n/dev/a / ext4 rw 0 0\n"
    )
    place.patch.setattr(machine, "MOUNTS", mounts)


def old_sqlite(place: Place) -> None:
    place.patch.setattr(look.sqlite3, "sqlite_version_info", (3, 34, 1))


def mute(place: Place) -> None:
    class Mute(MemoryChat):
        async def check(self) -> AsyncIterator[Finding]:
            yield Finding("the token")
            await asyncio.sleep(60)

    place.patch.setattr(check, "PATIENCE", 0.05)
    given(place, Mute(SystemClock()))


def refusing(place: Place) -> None:
    class Refusing(MemoryChat):
        async def check(self) -> AsyncIterator[Finding]:
            yield Finding("the token", "was turned down", "put a new one into SLACK_BOT_TOKEN")

    given(place, Refusing(SystemClock()))


def given(place: Place, chat: MemoryChat) -> None:
    def chats_of(*_: object) -> dict[str, MemoryChat]:
        return {"memory": chat}

    place.patch.setattr(check, "chats_of", chats_of)


def loose(place: Place) -> None:
    place.write(".env", "DATABASE_URL=sqlite:///data/gadfly.db\n").chmod(0o644)


def damaged(place: Place) -> None:
    place.write("data/gadfly.db", b"SQLite format 3\0" + b"\0" * 4080).chmod(0o600)


def used_up(place: Place) -> None:
    short = " ".join((place.home / "seeds/ban.md").read_text().split("\n\n")[1:4])
    place.write("seeds/ban.md", f"# Ban\n\n{short}\n")


# What is broken, how, and words of the one message.
BROKEN: dict[str, tuple[Callable[[Place], object], str]] = {
    "a number that is none": (lambda p: p.set(RETENTION_DAYS="soon"), "RETENTION_DAYS='soon'"),
    "a level that is none": (lambda p: p.set(LOG_LEVEL="loud"), "LOG_LEVEL='loud'"),
    "a slip in a name": (lambda p: p.set(TIMEZON="UTC"), "did you mean TIMEZONE?"),
    "an unknown field of a schedule": (
        lambda p: p.set(SCHEDULES__ETHICS__ATT="mon 17:00"),
        "SCHEDULES__ETHICS",
    ),
    "a facilitator without a platform": (lambda p: p.set(FACILITATORS="U0123"), "'U0123'"),
    "a slip in the settings file": (
        lambda p: p.write(".env", "PROMT_AT=daily 09:00").chmod(0o600),
        "did you mean PROMPT_AT?",
    ),
    "a settings file in another alphabet": (
        lambda p: p.write(".env", b"TIMEZONE=Europe/Z\xfcrich\n").chmod(0o600),
        "save it as UTF-8",
    ),
    "a settings file with a line that sets nothing": (
        lambda p: p.write(".env", "# mine\nTIMEZONE Europe/Berlin\n").chmod(0o600),
        ".env: line 2 is no setting",
    ),
    "a settings file with half a quotation": (
        lambda p: p.write(".env", 'TIMEZONE=UTC\nPROMPT_AT="daily 09:00\n').chmod(0o600),
        ".env: line 2 is no setting",
    ),
    "a settings file that is a folder": (lambda p: (p.home / ".env").mkdir(), ".env: cannot be"),
    "a schedule with one underscore": (
        lambda p: p.set(SCHEDULES_ETHICS_AT="mon 17:00"),
        "did you mean SCHEDULES__NAME__AT",
    ),
    "two tokens in each other's place": (
        lambda p: p.set(PROMPT_ROOMS="slack:C0123", SLACK_BOT_TOKEN="xapp-1"),  # noqa: S106 - none
        "begins with xoxb-",
    ),
    "a channel of Slack's by its name": (
        lambda p: p.set(PROMPT_ROOMS="slack:#agora"),
        "its id, such as C0123ABCD",
    ),
    "a token with a word before it": (
        lambda p: p.set(PROMPT_ROOMS="discord:1", DISCORD_TOKEN="Bot a.b.c"),  # noqa: S106 - none
        "without Bot before it",
    ),
    "a quiet period without a unit": (lambda p: p.set(QUIET_PERIOD="60"), "QUIET_PERIOD"),
    "a quiet period in which a send may still end": (
        lambda p: p.set(QUIET_PERIOD="1s"),
        "write 15s or more",
    ),
    "a reminder after the close": (
        lambda p: p.set(REMIND_AFTER="30h", CLOSE_AFTER="20h"),
        "write less than CLOSE_AFTER=20h, or off",
    ),
    "an address without its scheme": (
        lambda p: p.set(SLACK_API_URL="slack.com", PROMPT_ROOMS="slack:C0123"),
        "write such as https://host",
    ),
    "a gateway that is a page": (
        lambda p: p.set(DISCORD_GATEWAY_URL="https://gg", PROMPT_ROOMS="discord:1"),
        "write such as wss://host",
    ),
    "a settings file for everybody": (loose, "chmod 600"),
    "a secret that is set twice": (
        lambda p: p.set(DATABASE_URL="x", DATABASE_URL_FILE="y"),
        "DATABASE_URL_FILE",
    ),
    "a secret file that is not there": (lambda p: p.set(DATABASE_URL_FILE="y"), "cannot be read"),
    "a folder of secrets that is not there": (lambda p: p.set(SECRETS_DIR="y"), "SECRETS_DIR=y"),
    "a zone that does not exist": (lambda p: p.set(TIMEZONE="Europe/Berln"), "Europe/Berlin"),
    "a time that is none": (lambda p: p.set(PROMPT_AT="daily 25:00"), "25:00"),
    "a schedule that is never due": (
        lambda p: p.set(BREAKS="2026-11-01..2029-01-01"),
        "is not due in the next year",
    ),
    "a room without a platform": (lambda p: p.set(PROMPT_ROOMS="agora"), "platform:id"),
    "a room of an unknown platform": (lambda p: p.set(PROMPT_ROOMS="irc:#agora"), "irc:#agora"),
    "a calendar that is not there": (lambda p: p.set(BREAKS="no.ics"), "no.ics"),
    "a page for the network": (lambda p: p.set(WEB_HOST="::"), "WEB_HOST=::"),
    "a data folder that cannot be": (lambda p: p.set(DATA_DIR="/proc/gadfly"), "/proc/gadfly"),
    "a data folder that is a file": (lambda p: p.set(DATA_DIR=str(p.write("f", ""))), "DATA_DIR="),
    "a data folder among the readings": (
        lambda p: p.set(DATA_DIR="seeds/data"),
        "DATA_DIR=seeds/data: lies in SEEDS_DIR=seeds",
    ),
    "a full disk": (full_disk, "free 200 MB"),
    "no folder of readings": (lambda p: p.set(SEEDS_DIR="nowhere"), "nowhere"),
    "a folder without readings": (
        lambda p: (p.home / "seeds/ban.md").unlink(),
        "holds no readings",
    ),
    "a reading that cannot be read": (lambda p: p.write("seeds/b.pdf", b"%PDF-1.7"), "b.pdf"),
    "a reading that is empty": (lambda p: p.write("seeds/b.txt", b""), "b.txt"),
    "a reading that is there twice": (
        lambda p: shutil.copy(p.home / "seeds/ban.md", p.home / "seeds/b.md"),
        "has the same text",
    ),
    "a pattern that matches nothing": (lambda p: p.set(READINGS="ethics/*"), "READINGS=ethics/*"),
    "a schedule whose pattern matches nothing": (
        lambda p: p.set(SCHEDULES__ETHICS__AT="mon 17:00", SCHEDULES__ETHICS__READINGS="no/*"),
        "SCHEDULES__ETHICS__READINGS=no/*",
    ),
    "readings that run out": (used_up, "left"),
    "a database of another kind": (
        lambda p: p.set(DATABASE_URL="mysql://a:b@c/d"),
        "postgresql+asyncpg",
    ),
    "a database address that is none": (lambda p: p.set(DATABASE_URL="hunter2"), "cannot be read"),
    "a server that does not answer": (
        lambda p: p.set(DATABASE_URL="postgresql://a:b@127.0.0.1:1/d"),
        "start the server",
    ),
    "a file that is no database": (
        lambda p: p.write("data/gadfly.db", "not a database, really" * 99).chmod(0o600),
        "restore a backup",
    ),
    "a damaged database": (damaged, "restore a backup"),
    "a database of a newer Gadfly": (
        lambda p: p.sql("UPDATE alembic_version SET version_num = '9999'"),
        "newer Gadfly",
    ),
    "a database for everybody": (lambda p: (p.home / "data/gadfly.db").chmod(0o644), "chmod 600"),
    "a database on a network disk": (on_nfs, "nfs4"),
    "an old SQLite": (old_sqlite, "too old"),
    "a clock that was set back": (
        lambda p: p.sql("UPDATE facts SET value = '2026-11-20T14:00:00+00:00'"),
        "NTP",
    ),
    "a chat that does not answer": (mute, "no answer within"),
    "a chat that turns us down": (refusing, "SLACK_BOT_TOKEN"),
    "a page whose file is damaged": (lambda p: p.write("data/page.json", "{"), "page.json"),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_one_broken_thing_is_one_message_with_its_remedy(case: str, place: Place) -> None:
    do, said = BROKEN[case]
    do(place)
    (wrong,) = await wrongs()
    assert said in f"{wrong.what}: {wrong.wrong} -> {wrong.remedy}"
    assert len(wrong.remedy) > 8
    assert "\n" not in wrong.what + wrong.wrong + wrong.remedy


async def test_a_clock_before_this_program_is_told(place: Place) -> None:
    place.sql("DELETE FROM facts")
    (wrong,) = await wrongs(datetime(1970, 1, 1, 0, 5, tzinfo=UTC))
    assert "NTP" in wrong.remedy


async def test_a_port_that_another_program_has_is_told(place: Place) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place.set(WEB_PORT=str(other.getsockname()[1]))
        (wrong,) = await wrongs()
    assert wrong.remedy == "stop the program that does, or set WEB_PORT to another"
    assert "an address of this machine" in machine.port("192.0.2.7", 0).remedy


async def test_a_database_that_a_backup_holds_is_told(place: Place) -> None:
    holder = sqlite3.connect(place.home / "data/gadfly.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    (wrong,) = await wrongs()
    holder.close()
    assert "backup" in wrong.remedy


async def test_a_log_that_is_not_emptied_is_told(tmp_path: Path) -> None:
    log = tmp_path / "gadfly.db-wal"
    with log.open("wb") as file:
        file.truncate(look.LARGEST_WAL + 1)
    assert not look.wal(log).fine


@pytest.mark.parametrize(
    ("version", "fine", "said"),
    [
        ((3, 34, 9), False, "too old"),
        ((3, 40, 1), True, "only one may run"),
        ((3, 51, 2), True, "only one may run"),
        ((3, 51, 3), True, ""),
    ],
)
def test_sqlites_fault_with_two_writers_is_known_by_version(
    version: tuple[int, ...], fine: bool, said: str
) -> None:
    found = look.version(version, ".".join(map(str, version)))
    assert found.fine == fine
    assert said in found.what + found.wrong
    assert bool(said) == ("only one" in found.what or not fine)


def test_a_clock_far_from_somebody_elses_is_told() -> None:
    assert machine.apart("Slack's clock", NOW, NOW + timedelta(seconds=59)).fine
    assert not machine.apart("Slack's clock", NOW, NOW - timedelta(seconds=300)).fine


@contextmanager
def running(place: Place) -> Iterator[None]:
    """The bot itself, on the same folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place.set(WEB_PORT=str(free.getsockname()[1]))
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "bot", "run"]
    bot = subprocess.Popen(command, cwd=place.home, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert bot.stdout
        assert any("listening" in line for line in bot.stdout)
        yield
    finally:
        bot.terminate()
        bot.communicate(timeout=LONG)
    assert bot.returncode == 0


async def test_beside_a_running_bot_all_is_well_and_nothing_is_touched(place: Place) -> None:
    with running(place):
        found = await looked(SystemClock().now())
        assert [finding for finding in found if not finding.fine] == []
        told = " ".join(finding.what for finding in found)
        assert "where a Gadfly is running" in told
        assert "which a running Gadfly does" in told


def test_the_exit_code_tells_and_json_is_for_scripts(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    capsys.readouterr()
    place.set(DATABASE_URL="postgresql://gadfly:hunter2hunter2@127.0.0.1:1/d", READINGS="none/*")
    code = main(["check", "--json"])
    out, err = capsys.readouterr()
    told = json.loads(out)
    wrong = [row for row in told["findings"] if not row["fine"]]
    assert (code, told["fine"], len(wrong)) == (1, False, 2)
    assert all(row["do"] for row in wrong)
    assert "hunter" not in out + err
