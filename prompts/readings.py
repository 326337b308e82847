"""The folder of readings: every file read once, and one line about each that cannot be used.

Only regular files inside the folder are opened: no link that leads out of it, no pipe, no
device. Nothing in the folder keeps the other files from being read.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from prompts.formats import Extract, Unreadable, extractor
from prompts.model import Kind, Reading

LARGEST = 20_000_000  # bytes of one file
TITLE = 160  # characters; a longer heading is no title
# Never wait for a pipe that somebody put there, never follow a link that was put there since.
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_OPEN |= getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line about a file: why it, or a part of it, is not used and what to do."""

    file: str
    why: str

    def __str__(self) -> str:
        return f"{self.file} {self.why}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: its readings by key, and what could not be used."""

    readings: tuple[Reading, ...]
    troubles: tuple[Trouble, ...]


def load(folder: Path) -> Shelf:
    """All readings below `folder`, sorted by key. Never raises for what the folder holds."""
    root = Path(os.path.realpath(folder))
    if not root.is_dir():
        why = "is not a folder; make it and put .txt or .md files into it, or name another."
        return Shelf((), (Trouble(_printable(str(folder)), why),))
    readings: dict[str, Reading] = {}  # by digest
    troubles: list[Trouble] = []
    for key, path in sorted(_files(root)):
        for found in _taken(root, key, path):
            if isinstance(found, Trouble):
                troubles.append(found)
            elif found.digest in readings:
                why = f"has the same text as {readings[found.digest].key}; remove one of them."
                troubles.append(Trouble(key, why))
            else:
                readings[found.digest] = found
    if not readings and not troubles:
        why = "holds no readings; put .txt or .md files into it."
        troubles.append(Trouble(_printable(str(folder)), why))
    return Shelf(tuple(readings.values()), tuple(troubles))


def one(path: Path) -> Reading:
    """The reading of a single file, wherever it lies. Raises `Unreadable` (why, and what to do)."""
    for found in _taken(path.resolve().parent, path.name, path):
        if isinstance(found, Reading):
            return found
    raise Unreadable(found.why if isinstance(found, Trouble) else "cannot be read.")


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every entry that is not a folder, as its key and its path. A folder is entered once."""
    entered: set[str] = set()
    folders = [(root, "")]
    while folders:
        folder, above = folders.pop()
        real = os.path.realpath(folder)
        if real in entered or not _inside(root, real):
            continue
        entered.add(real)
        for name, path in _entries(folder):
            key = above + normalize("NFC", name)
            if path.is_dir():
                folders.append((path, f"{key}/"))
                if _inside(root, os.path.realpath(path)):
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
    return plain.startswith((".", "~$")) or plain.endswith("~") or plain.split(".")[0] == "readme"


def _inside(root: Path, real: str) -> bool:
    return real == str(root) or real.startswith(os.path.join(root, ""))


def _taken(root: Path, key: str, path: Path) -> Iterator[Reading | Trouble]:
    """A file's reading and remarks about it, or the one line that says why there is none."""
    name = _printable(key)
    if name != key:
        yield Trouble(name, "has a name that cannot be shown; rename it with plain characters.")
        return
    try:
        extract = extractor(PurePosixPath(key).suffix)(_bytes(root, path))
        yield from (Trouble(key, note) for note in extract.notes)
        yield _reading(key, extract)
    except Unreadable as error:
        yield Trouble(key, str(error))
    except OSError as error:
        why = error.strerror or type(error).__name__
        yield Trouble(key, f"cannot be read ({why}); check its permissions.")


def _bytes(root: Path, path: Path) -> bytes:
    """The content of a regular file inside `root`. Raises `Unreadable` or OSError."""
    real = os.path.realpath(path)
    if not _inside(root, real):
        raise Unreadable("is a link that leads out of the folder; put a copy of the file there.")
    if not stat.S_ISREG(os.lstat(real).st_mode):
        raise Unreadable("is not a regular file; remove it.")
    with open(os.open(real, _OPEN), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable("is not a regular file; remove it.")
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        limit = LARGEST // 1_000_000
        raise Unreadable(f"is larger than {limit} MB; split it into chapters.")
    return data


def _reading(key: str, extract: Extract) -> Reading:
    if not extract.text.strip():
        raise Unreadable("is empty; put a text into it or remove it.")
    said = extract.meta
    return Reading(
        key,
        said.get("title") or _title(extract) or _named(key),
        extract.text,
        extract.blocks,
        hashlib.sha256(extract.text.encode()).hexdigest(),
        author=said.get("author"),
        year=said.get("year"),
        source=said.get("source"),
        licence=said.get("licence"),
        language=said.get("language", "en").lower(),
    )


def _title(extract: Extract) -> str | None:
    """The heading a text begins with."""
    first = next(iter(extract.blocks), None)
    if first is None or first.kind is not Kind.HEADING:
        return None
    words = extract.text[first.start : first.end].strip("#*_= ")
    return words if 0 < len(words) <= TITLE else None


def _named(key: str) -> str:
    """A file's name as a title: `the-paper_shield.md` is The paper shield."""
    words = PurePosixPath(key).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or key


def _printable(name: str) -> str:
    """A name without control characters and bytes that are no text, for a message on one line."""
    plain = name.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in plain)
