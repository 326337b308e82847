"""A file that is made to do harm costs itself, and nothing else."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hostile import FILES, READ, SLOW, WORDS

from prompts.apart import Hand
from prompts.readings import load

ROOT = Path(__file__).parents[2]
QUICK = sorted(frozenset(FILES) - SLOW)
TAKEN_IN = """
import json, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from prompts.readings import load

def peak():
    rows = Path("/proc/self/status").read_text().splitlines()
    return int(next(row for row in rows if row.startswith("VmHWM")).split()[1]) / 1024

load(Path(sys.argv[2]) / "seeds")
before = peak()
shelf = load(Path(sys.argv[1]))
texts = {reading.key: reading.text for reading in shelf.readings}
lines = [(trouble.file, str(trouble)) for trouble in shelf.troubles]
print(json.dumps({"grown": peak() - before, "texts": texts, "lines": lines}))
"""


def put(folder: Path, names: list[str]) -> Path:
    for number, name in enumerate(names):
        file, made = FILES[name]
        (folder / f"{number:02d}").mkdir()
        (folder / f"{number:02d}" / file).write_bytes(made())
    (folder / "good.txt").write_text(WORDS)
    return folder


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of its own makes of a folder that holds all of them."""
    return _taken_in(put(tmp_path_factory.mktemp("hostile"), QUICK))


def _taken_in(folder: Path) -> dict[str, Any]:
    if not Path("/proc/self/status").exists():
        pytest.skip("needs Linux to tell how large a process grew")
    command = [sys.executable, "-c", TAKEN_IN, str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_ends_with_one_line_and_the_others_are_read(outcome: dict[str, Any]) -> None:
    told = [file.split("/")[0] for file, _ in outcome["lines"]]
    assert len(QUICK) >= 30
    for number, name in enumerate(QUICK):
        often = told.count(f"{number:02d}")
        # What can be read takes seconds, and on a busy machine perhaps too many of them.
        assert often == 1 or (name in READ and often == 0), name
    assert all(line.isprintable() for _, line in outcome["lines"])
    assert outcome["texts"]["good.txt"] == WORDS
    assert "root:" not in "".join(outcome["texts"].values())


def test_the_bot_s_own_process_hardly_grows(outcome: dict[str, Any]) -> None:
    assert outcome["grown"] < 20


def _long() -> bytes:
    return (
        ("The cat\u2019s whiskers are longer than \u201cits\u201d tail. " * 20 + "\n\n") * 6_000
    ).encode()


@pytest.mark.parametrize("made", [_long(), b"a-\nb " * 59_000], ids=["letters", "pieces"])
def test_the_longest_text_that_is_read_leaves_room(tmp_path: Path, made: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(made)
    found = _taken_in(tmp_path)
    assert [*found["texts"]] == ["a.txt"]
    assert found["grown"] < 20


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(SLOW))
def test_each_ends_within_twenty_seconds(tmp_path: Path, name: str) -> None:
    put(tmp_path, [name])
    start = time.monotonic()
    shelf = load(tmp_path)
    assert time.monotonic() - start < 20
    assert len(shelf.troubles) == (name not in READ)
    assert "good.txt" in [reading.key for reading in shelf.readings]


def test_a_file_of_another_format_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(f"<!DOCTYPE html><p>{WORDS}</p>")
    shelf = load(tmp_path)
    assert [reading.text for reading in shelf.readings] == [WORDS]
    [trouble] = shelf.troubles
    assert str(trouble) == "page.txt is a web page by its content, and is read as one."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
def test_the_process_that_opens_files_cannot_write_one(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from prompts import child\n"
        "child._confine()\n"
        "try:\n"
        "    with open(sys.argv[2], 'w') as file:\n        file.write('x' * 10)\n"
        "except OSError as error:\n    print(error.strerror)\n"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "File too large"
    assert (tmp_path / "out").read_bytes() == b""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux to look")
def test_the_process_that_opens_files_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GADFLY_TOKEN", "swordfish")
    hand = Hand()
    process = hand._running()
    try:
        assert b"swordfish" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    finally:
        hand.close()
    assert process.poll() is not None
