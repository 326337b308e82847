"""What was derived from a text, kept by its content, so that a second start need not derive it.

To tell a reading's `name` takes longer than all else that is done with it here, so whoever asks
has it at hand (#9).

One file for each file that took work to read, named by its content. As JSON, for each reading its
analysis, its brief and its concordance, named by the text, its blocks, its language and the
engine's version; and what the readings of its folder say against it, named by all of them. A
passage is kept as its offsets, so nothing that is quoted comes from here. The folder can be thrown
away at any time.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from prompts.model import Reading

T = TypeVar("T")

TEXTS = "texts"  # the folder of what was read from files
FORM = 4  # the shape of the files; raised when it changes
BROKEN = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def name(reading: Reading, version: str) -> str:
    """The file of a reading's analysis under an engine's version, from which all that is kept of
    the reading is named."""
    blocks = ";".join(f"{b.start},{b.end},{b.kind.value}" for b in reading.blocks)
    blocks += ";".join(f"|{m.start},{m.end},{m.printed}" for m in reading.mends)
    return _hashed(str(FORM), version, reading.language, reading.digest, blocks)


def named(what: str, *names: str) -> str:
    """The file of something else that is kept of readings of these names, such as their brief."""
    return _hashed(what, *names)


def extract(file: str, kind: str, version: str) -> str:
    """The file of what was read from a file of that SHA-256 in that format."""
    return f"{TEXTS}/{_hashed('extract', version, kind, file)}"


def _hashed(*parts: str) -> str:
    return f"{hashlib.sha256(chr(30).join(parts).encode()).hexdigest()[:40]}.json"


def recall(folder: Path, file: str, made: Callable[[bytes], T]) -> T | None:
    """What `made` makes of a file; None if there is none, or none that it can be made of."""
    try:
        return made((folder / file).read_bytes())
    except BROKEN:
        return None


def keep(folder: Path, file: str, content: str | bytes) -> bool:
    """Keep a file; False where the folder cannot be written, which costs time only."""
    data = content.encode() if isinstance(content, str) else content
    try:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        replaced(folder / file, data)
    except OSError:
        return False
    return True


def tidy(folder: Path, used: Iterable[str]) -> None:
    """Remove what was kept of readings that are gone or were changed; `used` is what is not.

    Nobody keeps a text longer than the folder of readings does. What another process needs of it
    is made again there.
    """
    names = set(used)
    for path in (*folder.glob("*.json"), *(folder / TEXTS).glob("*.json")):
        if path.relative_to(folder).as_posix() not in names:
            with suppress(OSError):
                path.unlink()


def replaced(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that nobody ever reads half a file."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
