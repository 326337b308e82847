"""Of two replicas on PostgreSQL one listens; the other takes over from the frozen and the dead."""

import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from select import select

import pytest
from story.lives import ENV, HERE

from tests.contract.conftest import migrated
from tests.contract.postgres import NoServerError, Own, own

SPAN = 3.0


@pytest.fixture
async def server() -> AsyncIterator[Own]:
    try:
        with own() as made:
            await migrated(made.url)
            yield made
    except NoServerError as why:
        pytest.skip(str(why))


class Replica:
    def __init__(self, database: str, name: str) -> None:
        command = [sys.executable, str(HERE / "listener.py"), database, name, str(SPAN)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV)

    def says(self, seconds: float) -> str:
        """The next word within so many seconds, or nothing."""
        assert self.process.stdout
        ready, _, _ = select([self.process.stdout], [], [], seconds)
        return self.process.stdout.readline().strip() if ready else ""

    def __enter__(self) -> "Replica":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.mark.soak  # real time, and a database that has to restart within the span
async def test_one_of_two_listens_and_the_other_follows_the_frozen_and_the_dead(
    server: Own,
) -> None:
    with Replica(server.url, "a") as first, Replica(server.url, "b") as second:
        ready, _, _ = select([first.process.stdout, second.process.stdout], [], [], 30)
        holder, other = (first, second) if first.process.stdout in ready else (second, first)
        assert holder.says(1) == "on"
        assert other.says(SPAN * 2) == ""
        holder.process.send_signal(signal.SIGSTOP)
        assert other.says(SPAN * 3) == "on"
        holder.process.send_signal(signal.SIGCONT)
        assert holder.says(SPAN * 2) == "off"
        assert holder.says(SPAN * 2) == ""
        server.stop(signal.SIGQUIT)  # a crash of the database, shorter than the span
        server.start()
        assert (holder.says(SPAN), other.says(SPAN)) == ("", "")
        other.process.kill()
        assert holder.says(SPAN * 3) == "on"
