"""What Gadfly needs of the machine: a folder with room in it, a sound file system, a true clock."""

import errno
import http.client
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.ports import Finding

ROOM = 200_000_000  # bytes: a year of debates and what is derived from the readings
MOUNTS = Path("/proc/self/mounts")
# SQLite's WAL keeps its index in shared memory, which these do not share.
SHARED = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs")
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)  # no clock can be before this line was
SLACK = timedelta(seconds=60)  # clocks of two machines may be this far apart


def folder(path: Path, setting: str) -> Finding:
    """That files can be made there, and there is room for them. The folder is made if need be."""
    what = f"{setting}={path}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as probe:
            probe.write(b" " * 4096)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        remedy = "make room on its disk" if full else "let this user write there"
        return Finding(what, f"cannot be written ({error.strerror})", f"{remedy}, or name another")
    return _room(what, shutil.disk_usage(path).free)


def _room(what: str, free: int) -> Finding:
    if free < ROOM:
        return Finding(what, f"{free // 10**6} MB are free", f"free {ROOM // 10**6} MB on its disk")
    return Finding(f"{what}, {free // 10**9} GB free")


def file_system(path: Path, mounts: str) -> Finding:
    """That a SQLite file may lie there; `mounts` is the text of /proc/self/mounts."""
    where = path.resolve()
    rows = [row.split()[1:3] for row in mounts.splitlines() if len(row.split()) > 2]
    holding = [(point, kind) for point, kind in rows if where.is_relative_to(_plain(point))]
    _, kind = max(holding, key=lambda row: len(row[0]), default=("", "unknown"))
    what = f"the file system of {path}"
    if kind.startswith(SHARED):
        why = f"is {kind}, over which SQLite loses data"
        return Finding(what, why, "set DATA_DIR to a local disk, or DATABASE_URL to PostgreSQL")
    return Finding(f"{what} ({kind})")


def _plain(point: str) -> str:
    return point.replace("\\040", " ")


def clock(now: datetime, last: datetime | None = None) -> Finding:
    """That the clock is not behind this program, nor behind the last thing that it did."""
    behind = max(WRITTEN, last or WRITTEN)
    if now < behind - SLACK:
        since = "Gadfly ticked last" if last and last > WRITTEN else "this Gadfly was written"
        wrong = f"says {now:%Y-%m-%d %H:%M} UTC; {since} on {behind:%Y-%m-%d %H:%M}"
        return Finding("the clock", wrong, "set it by NTP (timedatectl set-ntp true)")
    return Finding(f"the clock: {now:%Y-%m-%d %H:%M:%S} UTC")


def apart(what: str, ours: datetime, theirs: datetime) -> Finding:
    """That the clock is not far from somebody else's, whose answer has just come."""
    by = round(abs(ours - theirs).total_seconds())
    if by > SLACK.total_seconds():
        remedy = "set it by NTP (timedatectl set-ntp true)"
        return Finding(what, f"is {by} s from this machine's clock", remedy)
    return Finding(f"{what}, within {by} s of this machine's")


def port(host: str, number: int) -> Finding:
    """That the web server can listen there, or Gadfly's own does already."""
    what = f"the web server on {host}:{number}"
    try:
        known = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)
        family, kind, proto, _, address = known[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and _ours(host, number):
            return Finding(f"{what}, where a Gadfly is running")
        return Finding(what, f"cannot listen ({error.strerror})", deaf(error))
    return Finding(what)


def deaf(error: OSError) -> str:
    """What to do where a server cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return "stop the program that does, or set WEB_PORT to another"
    return "set WEB_HOST to an address of this machine, and WEB_PORT to 1024 or more"


def _ours(host: str, number: int) -> bool:
    wire = http.client.HTTPConnection(host, number, timeout=1)
    try:
        wire.request("GET", "/healthz")
        return wire.getresponse().read(4) == b"ok\n"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        wire.close()


def private(file: Path, what: str) -> Iterator[Finding]:
    """That nobody else on this machine can read a file that holds secrets or members' words."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        wrong = "can be read by others on this machine"
        yield Finding(f"{what} {file}", wrong, f"chmod 600 {file}")
    else:
        yield Finding(f"{what} {file}")
