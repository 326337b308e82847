"""The real thing killed: SIGKILL, SIGTERM and SIGSTOP at any moment, and one post per slot."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from begun import begun
from story.lives import ROOT, START, Lives, kill_about, settled
from waiting import LONG

from tests.contract.conftest import migrated
from tests.contract.postgres import NoServerError, Own, own


def sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/gadfly.db"


async def killed(folder: Path, times: int, seed: int) -> list[str]:
    with Lives(folder, sqlite(folder), seed) as lives:
        kill_about(lives, times, random.Random(seed))  # noqa: S311 - a die, no secret
        print(f"{times} kills in {(lives.now() - START).days} days")
        return await settled(lives)


@pytest.mark.soak  # real time and real kills: a quarter of a minute, more on a busy machine (#4)
async def test_killed_at_any_moment_it_doubles_and_loses_nothing(tmp_path: Path) -> None:
    assert await killed(tmp_path, 8, 1) == []


# What a day takes, in order; and what comes of answers that were lost.
CALLS = (
    "plan", "claim_doubt", "claim", "post", "open", "settle",
    "find", "set_phase", "edit", "get_fact", "set_fact",
)  # fmt: skip
POINTS = [(when, call) for call in CALLS for when in ("before", "after")] + [("during", "post")]


async def ended_at(
    folder: Path, points: list[tuple[str, str]], numbers: tuple[int, ...], first: bool
) -> None:
    if first:
        _namespaces_or_skip()
    with Lives(folder, sqlite(folder), 5) as lives:
        for when, call in points:
            for number in numbers:
                for how in (signal.SIGKILL, signal.SIGTERM):
                    life = lives.begin(when, call, str(number), how.name, first=first)
                    code = lives.end(life)
                    assert code == (-how if how is signal.SIGKILL else 0), (when, call, number)
        assert await settled(lives) == []


def _namespaces_or_skip() -> str:
    """The program that gives a process a namespace of its own, in which it is number 1."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "--fork", "--pid", "true"]).returncode:
        pytest.skip("unshare --fork --pid is not allowed here")
    return unshare


async def test_ended_around_a_post_it_doubles_and_loses_nothing(tmp_path: Path) -> None:
    points = [("before", "post"), ("during", "post"), ("after", "post")]
    await ended_at(tmp_path, points, (1,), first=False)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("first", [False, True], ids=["", "as process 1"])
async def test_ended_at_every_step_it_doubles_and_loses_nothing(
    tmp_path: Path, first: bool
) -> None:
    await ended_at(tmp_path, POINTS, (1, 2), first)


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_a_thousand_kills_double_and_lose_nothing(tmp_path: Path) -> None:
    assert await killed(tmp_path, 1000, 2) == []


def started(folder: Path, *before: str) -> "subprocess.Popen[str]":
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    env = {**os.environ, "DATA_DIR": str(folder), "WEB_PORT": port, "PYTHONPATH": str(ROOT)}
    env["PYTHONUNBUFFERED"] = "1"
    command = [*before, sys.executable, "-m", "bot", "run"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


def heeds(pid: int, sent: signal.Signals) -> bool:
    """Whether a process has a handler for a signal."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    caught = next(row for row in rows if row.startswith("SigCgt:")).split()[1]
    return bool(int(caught, 16) >> (sent - 1) & 1)


def test_sigterm_ends_the_program_in_good_order(tmp_path: Path) -> None:
    process = started(begun(tmp_path))
    assert process.stdout
    assert any("listening" in line for line in process.stdout)
    process.terminate()
    process.communicate(timeout=LONG)
    assert process.returncode == 0


@pytest.mark.parametrize("after", [0.0, 0.4])
def test_sigterm_while_it_starts_ends_it_as_well(tmp_path: Path, after: float) -> None:
    process, made = started(tmp_path), list[Path]()
    while not heeds(process.pid, signal.SIGTERM):  # Python itself is still starting
        assert made == []  # a moment ago: it is heeded from the program's first step on
        made = list(tmp_path.iterdir())
        time.sleep(0.01)
    time.sleep(after)
    process.terminate()
    process.communicate(timeout=LONG)
    assert process.returncode == 0


def test_sigterm_is_heeded_where_an_exception_would_be_swallowed() -> None:
    told = """
import os, signal, weakref
from bot.doing import heed_sigterm
heed_sigterm()
kept = set()
link = weakref.ref(kept, lambda _: os.kill(os.getpid(), signal.SIGTERM))
del kept  # whatever its callback raises is printed and forgotten
raise SystemExit("ran on")
"""
    ended = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, timeout=LONG
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_as_process_one_it_heeds_sigterm_too(tmp_path: Path) -> None:
    process = started(begun(tmp_path), _namespaces_or_skip(), "--fork", "--pid", "--kill-child")
    assert process.stdout
    assert any("listening" in line for line in process.stdout)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGTERM)
    process.communicate(timeout=LONG)
    assert process.returncode == 0


async def replicas(folder: Path, times: int, seed: int, how: signal.Signals) -> list[str]:
    """Two at once on PostgreSQL: in turn each is killed, or frozen past its lease and thawed.

    In between the database restarts, in good order or as after a crash.
    """
    dice = random.Random(seed)  # noqa: S311 - a die, no secret
    try:
        with own() as server:
            await migrated(server.url)
            with Lives(folder, server.url, seed) as lives:
                for number in range(times):
                    _disturb(lives, how, dice)
                    if number % 10 == 3:
                        _restart(server, dice)
                while lives.running:
                    assert lives.end(lives.running[0], signal.SIGTERM) == 0
                print(f"{times} times {how.name} in {(lives.now() - START).days} days")
                return await settled(lives)
    except NoServerError as why:
        pytest.skip(str(why))


def _disturb(lives: Lives, how: signal.Signals, dice: random.Random) -> None:
    while len(lives.running) < 2:
        lives.begin()
    time.sleep(dice.uniform(0, 0.5))
    victim = dice.choice(lives.running)
    if how is not signal.SIGSTOP:
        lives.end(victim, how)
        return
    os.kill(victim, how)
    time.sleep(1.5)  # longer than the lease
    os.kill(victim, signal.SIGCONT)


def _restart(server: Own, dice: random.Random) -> None:
    server.stop(dice.choice((signal.SIGINT, signal.SIGQUIT)))
    time.sleep(dice.uniform(0, 1))
    server.start()


@pytest.mark.soak  # as above
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_two_replicas_double_and_lose_nothing(tmp_path: Path, how: signal.Signals) -> None:
    assert await replicas(tmp_path, 4, 3, how) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_thousand_times_on_two_replicas(tmp_path: Path, how: signal.Signals) -> None:
    assert await replicas(tmp_path, 1000, 4, how) == []
