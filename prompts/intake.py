"""From files to texts: small plain ones here, all others in a process apart, each of them once."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from prompts import cache
from prompts.apart import Crew, Lost, Stopped
from prompts.folder import fingerprint, opened, within
from prompts.formats import NAMES, PLAIN, VERSION, Extract, Unreadable, extractor, named, seen
from prompts.formats.encodings import in_utf8
from prompts.texts import as_extract

LARGEST = 20_000_000  # bytes of a plain text
LARGEST_OTHER = 100_000_000  # bytes of anything else: pictures take room
SMALL = 20_000  # bytes of a plain text that is read here and at once
TRIES = 2  # of a file that a process died of
SHORT = 1_000  # bytes; a refusal is shorter
SECONDS = 13.0  # of a processor that reading one file may take, however large it is (#9)

NOTHING: Mapping[str, str] = {}
Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is."""


class File(NamedTuple):
    """A file that can be opened, and what its name and its first bytes say it is.

    `digest` is the SHA-256 of its content; `data` is that content where it is small and plain.
    `meta` is what is known of it from elsewhere, `encoding` what its owner says of its bytes.
    """

    key: str
    root: Path
    path: Path
    kind: str
    digest: str
    size: int
    data: bytes | None = None
    notes: tuple[str, ...] = ()
    meta: Mapping[str, str] = NOTHING
    encoding: str = ""

    @property
    def form(self) -> str:
        """What its text is kept as, besides its content."""
        return f"{self.kind} in {self.encoding}" if self.encoding else self.kind


def identified(root: Path, key: str, path: Path, meta: Mapping[str, str] = NOTHING) -> File:
    """What a file is. Raises `Unreadable` or OSError."""
    within(root, path)
    name = named(path.suffix)
    with opened(root, path, LARGEST if name in PLAIN else LARGEST_OTHER) as file:
        digest, head = fingerprint(file)
        size = file.seek(0, os.SEEK_END)
        kind = seen(name, head)
        file.seek(0)
        data = file.read(SMALL) if kind in PLAIN and size <= SMALL else None
    notes = () if kind == name else (f"is a {NAMES[kind]} by its content, and is read as one.",)
    return File(key, root, path, kind, digest, size, data, notes, meta)


def texts(
    files: Iterable[File], kept: Path | None, crew: Crew, told: Told
) -> Mapping[str, Extract | Unreadable]:
    """The text of each file by its key, or why it has none.

    Interrupted, it goes on where it stopped: what was read is kept under `kept` at once.
    """
    found: dict[str, Extract | Unreadable] = {}
    left: list[File] = []
    for file in files:
        known = _here(file) if file.data is not None else _kept(file, kept)
        if known is None:
            left.append(file)
        else:
            found[file.key] = known

    def read(file: File) -> None:
        found[file.key] = _apart(file, kept, crew)

    for number, _ in enumerate(crew.each(read, left), start=1):
        told("Reading", number, len(left))
    return found


def kept_as(file: File) -> str:
    """The name under which the text of a file is kept, if it is."""
    return cache.extract(file.digest, file.form, VERSION)


def _here(file: File) -> Extract | Unreadable:
    try:
        return extractor(file.kind)(in_utf8(file.data or b"", file.encoding))
    except Unreadable as error:
        return error


def _kept(file: File, kept: Path | None) -> Extract | Unreadable | None:
    return cache.recall(kept, kept_as(file), _settled) if kept else None


def _settled(data: bytes) -> Extract | Unreadable:
    """What was read from a file, or why it could not be. What its process died of is tried once
    more, on what may be a quieter machine, and no more: until then it raises."""
    if _lost(data) in range(1, TRIES):
        raise ValueError("is to be tried once more")
    return as_extract(data)


def _lost(data: bytes) -> int:
    """How often the process died that read a file, or took too long."""
    said = data.partition(b"\n")[0] if len(data) < SHORT else b"{}"
    return int(json.loads(said).get("lost", 0))


def _apart(file: File, kept: Path | None, crew: Crew) -> Extract | Unreadable:
    request = {"do": "extract", "root": str(file.root), "path": str(file.path)}
    limit = LARGEST if file.kind in PLAIN else LARGEST_OTHER
    request |= {"format": file.kind, "encoding": file.encoding}
    try:
        answer = crew.ask({**request, "largest": limit}, SECONDS)
    except Unreadable as error:
        if kept and not isinstance(error, Stopped):
            before = cache.recall(kept, kept_as(file), _lost) or 0
            row = {"no": str(error), "lost": before + 1 if isinstance(error, Lost) else 0}
            cache.keep(kept, kept_as(file), json.dumps(row))
        return error
    if kept:  # the file may have changed since
        cache.keep(kept, cache.extract(answer["digest"], file.form, VERSION), answer["text"])
    return as_extract(answer["text"])
