"""The page's file: whole after a kill, never silently empty."""

import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.card import Card, Heading
from bot.chat.page import PageChat
from bot.chat.page_file import load
from bot.errors import Wrong
from bot.model import Room
from bot.ports import Done

ROOM = Room("page", "agora")
MOTION = Card((Heading("Homework should be abolished."),), "Homework should be abolished.")


class Still:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC)


def page_in(folder: Path) -> PageChat:
    return PageChat((ROOM,), folder / "page.json", Still())


async def prompt(page: PageChat, key: str = "monday") -> str:
    outcome = await page.post(ROOM, MOTION, key)
    assert isinstance(outcome, Done)
    return outcome.message


CHILD = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, "tests/bot")
from test_page_file import page_in, prompt
async def main():
    page = page_in(Path(sys.argv[1]))
    for number in range(100_000):
        print(await prompt(page, str(number)), flush=True)
asyncio.run(main())
"""


def test_a_post_that_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    acknowledged = [next(child.stdout).strip() for _ in range(30)]
    os.kill(child.pid, signal.SIGKILL)
    # What was still in the pipe had been acknowledged too; a torn last line had not.
    acknowledged += [
        line.strip() for line in child.communicate()[0].splitlines(True) if "\n" in line
    ]
    kept = load(tmp_path / "page.json")
    assert set(acknowledged) <= set(kept.entries)
    assert len(kept.entries) <= len(acknowledged) + 1


async def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    await prompt(page_in(tmp_path / "data"))
    assert stat.S_IMODE((tmp_path / "data/page.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage",
    [b"", b"[]", b"{", b"null", b"\xff", b'{"format": 2, "last": 0, "entries": []}', b"[" * 99_999],
)
def test_a_damaged_file_is_never_taken_for_an_empty_page(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "page.json").write_bytes(damage)
    with pytest.raises(Wrong, match=r"page\.json is damaged.*move it away"):
        page_in(tmp_path)
    assert (tmp_path / "page.json").read_bytes() == damage


async def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    await prompt(page_in(tmp_path))
    whole = (tmp_path / "page.json").read_bytes()
    for end in range(0, len(whole), 7):
        (tmp_path / "page.json").write_bytes(whole[:end])
        with pytest.raises(Wrong):
            page_in(tmp_path)
