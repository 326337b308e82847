"""The folder of readings as files: walked without leaving it, opened without being trapped.

Only regular files inside the folder are opened: no link that leads out of it, no pipe, no device.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from unicodedata import normalize

from prompts.formats import Unreadable

# Never wait for a pipe that somebody put there, never follow a link that was put there since.
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_OPEN |= getattr(os, "O_BINARY", 0)
CHUNK = 1 << 16
HEAD = 1024  # bytes by which a format is known


class Stamp(NamedTuple):
    """What tells without opening it that a file is another one now."""

    size: int
    changed: int  # nanoseconds
    inode: int


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every entry that is not a folder, as its key and its path. A folder is entered once."""
    entered: set[str] = set()
    folders = [(root, "")]
    while folders:
        folder, above = folders.pop()
        real = os.path.realpath(folder)
        if real in entered or not inside(root, real):
            continue
        entered.add(real)
        for name, path in _entries(folder):
            key = above + normalize("NFC", name)
            if path.is_dir():
                folders.append((path, f"{key}/"))
                if inside(root, os.path.realpath(path)):
                    continue
            yield key, path


def _entries(folder: Path) -> Iterator[tuple[str, Path]]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        yield from ()
        return
    yield from ((name, folder / name) for name in names if not _ignored(name))


def _ignored(name: str) -> bool:
    """Hidden files, what editors and Word leave behind, and the folder's own README."""
    plain = name.lower()
    unfinished = (".part", ".crdownload", ".tmp", "~")
    hidden = plain.startswith((".", "~$")) or plain.endswith(unfinished)
    return hidden or plain.split(".")[0] == "readme" or plain in ("thumbs.db", "desktop.ini")


def inside(root: Path, real: str) -> bool:
    """Whether a resolved path lies in a resolved folder."""
    return real == str(root) or real.startswith(os.path.join(root, ""))


def stamps(folder: Path) -> dict[str, Stamp]:
    """The files of a folder with their stamps, by key; nothing is opened."""
    found: dict[str, Stamp] = {}
    for key, path in files(Path(os.path.realpath(folder))):
        try:
            told = os.stat(path)
        except OSError:
            continue
        found[key] = Stamp(told.st_size, told.st_mtime_ns, told.st_ino)
    return found


def within(root: Path, path: Path) -> str:
    """Where a path really leads. Raises `Unreadable` if that is outside of `root`."""
    real = os.path.realpath(path)
    if not inside(root, real):
        raise Unreadable("is a link that leads out of the folder; put a copy of the file there.")
    return real


def opened(root: Path, path: Path, largest: int) -> BinaryIO:
    """A regular file inside `root`, to be closed by the caller. Raises `Unreadable` or OSError."""
    real = within(root, path)
    if not stat.S_ISREG(os.lstat(real).st_mode):
        raise Unreadable("is not a regular file; remove it.")
    file = open(os.open(real, _OPEN), "rb")  # noqa: SIM115 - the caller's to close
    told = os.fstat(file.fileno())
    if stat.S_ISREG(told.st_mode) and told.st_size <= largest:
        return file
    file.close()
    if told.st_size > largest:
        raise Unreadable(f"is larger than {largest // 1_000_000} MB; split it into chapters.")
    raise Unreadable("is not a regular file; remove it.")


def refused(error: OSError | Unreadable) -> str:
    """Why a file could not be opened or read, and what to do."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "is gone, or a link that leads nowhere; put the file itself there."
    if isinstance(error, PermissionError):
        return "may not be read by Gadfly; change its permissions."
    return f"cannot be read ({error.strerror or type(error).__name__}); look at its disk."


def fingerprint(file: BinaryIO) -> tuple[str, bytes]:
    """The SHA-256 of a file's content and its first bytes, read piece by piece."""
    digest, first = hashlib.sha256(), b""
    while piece := file.read(CHUNK):
        digest.update(piece)
        first = first or piece[:HEAD]
    return digest.hexdigest(), first


def printable(name: str) -> str:
    """A name without control characters and bytes that are no text, for a message on one line."""
    plain = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain)
