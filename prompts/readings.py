"""The folder of readings: every file read once, and one line about each that cannot be used.

Nothing in the folder keeps the other files from being read.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from prompts import links, sidecars
from prompts.apart import Crew
from prompts.folder import files, opened, printable, refused
from prompts.formats import PLAIN, Extract, Unreadable, people
from prompts.formats.covers import lists
from prompts.intake import File, Told, identified, kept_as, texts
from prompts.model import Kind, Reading
from prompts.texts import digest
from prompts.tongue import TAG, tongue
from prompts.web import Copy

TITLE = 160  # characters; a longer heading is no title
_TONGUE = re.compile(r"(?<=\w)\.[a-z]{2}(?:-[A-Z][A-Za-z]{1,3})?$")  # as subtitles are named
EMPTY = "is empty; put a text into it or remove it."
WORDLESS = "holds no text; if it shows pages as pictures, run text recognition (OCR) on them."
TWICE = "is there twice, under names that look the same; rename one of them."
ORPHAN = "describes no reading; name it as the reading, with .toml at the end."


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line about a file: why it, or a part of it, is not used and what to do."""

    file: str
    why: str

    def __str__(self) -> str:
        return f"{self.file} {self.why}"


class Source(NamedTuple):
    """A file as it was read: what told it from any other, and what became of it."""

    mark: tuple[object, ...]
    rows: tuple[Reading | Trouble, ...]

    @property
    def used(self) -> bool:
        """Whether there is a reading of it: what could not be read may be another time."""
        return any(isinstance(row, Reading) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds: its readings by key, and what could not be used.

    `kept` names what was kept of its files, and `sources` tells what became of each.
    """

    readings: tuple[Reading, ...]
    troubles: tuple[Trouble, ...]
    kept: frozenset[str] = field(default=frozenset(), compare=False)
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)


Found = Mapping[str, Path]
Described = tuple[dict[str, str], list[Trouble]]  # what a sidecar says, and what is wrong with it
Fetch = Callable[[Sequence[str]], Mapping[str, Copy | Unreadable]]
"""Has a copy of the web page at each address, or says why not."""


def silent(doing: str, done: int, of: int) -> None:
    """Hears of progress and says nothing."""


def load(
    folder: Path,
    kept: Path | None = None,
    crew: Crew | None = None,
    told: Told = silent,
    fetch: Fetch | None = None,
    before: Shelf | None = None,
) -> Shelf:
    """All readings below `folder`, sorted by key. Never raises for what the folder holds.

    What takes work to read is kept under `kept`, if that is given. `crew` does that work; without
    one, its processes are started when there is some and ended again. The readings of files that
    are as they were on the shelf of `before` are the same objects: nothing is read twice.
    """
    if crew is None:
        with Crew() as crew:
            return load(folder, kept, crew, told, fetch, before)
    root = Path(os.path.realpath(folder))
    if not root.is_dir():
        why = "is not a folder; make it and put readings into it, or name another."
        return Shelf((), (Trouble(printable(str(folder)), why),))
    entries = sorted(files(root))
    found = dict(entries)
    taken, troubles = _identified(root, found, fetch)
    troubles += (Trouble(key, TWICE) for (key, _), after in pairwise(entries) if key == after[0])
    sources = _sources(taken, _sidecars(root, found, taken), before, kept, crew, told)
    shelf = _shelved((row for source in sources.values() for row in source.rows), troubles)
    if shelf.readings or shelf.troubles:
        names = frozenset(kept_as(file) for file in taken)
        return replace(shelf, kept=names, sources=sources)
    why = "holds no readings; put texts, PDF or Word files, web pages or books into it."
    return Shelf((), (Trouble(printable(str(folder)), why),))


def one(path: Path) -> Reading:
    """The reading of a single file, wherever it lies. Raises `Unreadable` (why, and what to do)."""
    root = path.resolve().parent
    with Crew(1) as crew:
        taken, troubles = _identified(root, {path.name: path}, None)
        beside = _sidecars(root, {path.name: path}, taken)
        sources = _sources(taken, beside, None, None, crew, silent)
    rows = [row for source in sources.values() for row in source.rows]
    for row in rows:
        if isinstance(row, Reading):
            return row
    raise Unreadable(next(row.why for row in (*troubles, *rows) if isinstance(row, Trouble)))


def _identified(root: Path, found: Found, fetch: Fetch | None) -> tuple[list[File], list[Trouble]]:
    """What can be opened, and why the rest cannot."""
    troubles = [Trouble(printable(key), ORPHAN) for key in sidecars.orphans(found)]
    taken: dict[str, File] = {}
    for key, path in found.items():
        for one in _looked_at(root, key, path, fetch):
            if isinstance(one, Trouble):
                troubles.append(one)
            else:
                taken.setdefault(one.key, _told(root, found, one))
    return list(taken.values()), troubles


def _told(root: Path, found: Found, file: File) -> File:
    """A file with the encoding that its sidecar names, where it is of a kind that has one."""
    if file.kind not in (*PLAIN, "html") or sidecars.of(file.key, found) is None:
        return file
    return file._replace(encoding=_described(root, found, file.key)[0].get("encoding", ""))


def _looked_at(root: Path, key: str, path: Path, fetch: Fetch | None) -> Iterator[File | Trouble]:
    name = printable(key)
    try:
        if name != key:
            yield Trouble(name, "has a name that cannot be shown; rename it with plain characters.")
        elif links.holds(key):
            yield from _linked(root, key, path, fetch)
        elif not key.lower().endswith(sidecars.SUFFIX):
            yield identified(root, key, path)
    except (Unreadable, OSError) as error:
        yield Trouble(key, refused(error))


def _linked(root: Path, key: str, path: Path, fetch: Fetch | None) -> Iterator[File | Trouble]:
    """The copies of the pages that a file names."""
    with opened(root, path, links.LARGEST) as file:
        wanted = links.addresses(file.read(links.LARGEST))
    if fetch is None:
        raise Unreadable("holds addresses of web pages, which gadfly run fetches.")
    for address, copy in fetch(wanted).items():
        if isinstance(copy, Unreadable):
            yield Trouble(key, f"names {printable(address)}, which {copy}")
        else:
            meta = {"source": f"{address} (read on {copy.read})"}
            yield identified(copy.path.parent, links.key_of(key, address), copy.path, meta)


def _sidecars(root: Path, found: Found, taken: Sequence[File]) -> Mapping[str, Described]:
    """What stands beside each file about it."""
    return {file.key: _described(root, found, file.key) for file in taken}


def _sources(
    taken: Sequence[File],
    beside: Mapping[str, Described],
    before: Shelf | None,
    kept: Path | None,
    crew: Crew,
    told: Told,
) -> dict[str, Source]:
    """What becomes of each file; what was read and is as it was before is not read again."""
    was = before.sources if before else {}
    known = {key: source for key, source in was.items() if source.used}
    marks = {file.key: _mark(file, beside[file.key]) for file in taken}
    left = [f for f in taken if f.key not in known or known[f.key].mark != marks[f.key]]
    read = texts(left, kept, crew, told)
    made = {
        file.key: Source(marks[file.key], tuple(_rows(file, read[file.key], beside[file.key])))
        for file in left
    }
    return {file.key: made.get(file.key) or known[file.key] for file in taken}


def _mark(file: File, beside: Described) -> tuple[object, ...]:
    """All that a file's reading is made from."""
    meta, notes = beside
    own = (file.digest, file.form, file.notes, *sorted(file.meta.items()))
    return (*own, *sorted(meta.items()), *notes)


def _rows(
    file: File, extract: Extract | Unreadable, beside: Described
) -> Iterator[Reading | Trouble]:
    """A file's reading and remarks about it, or the one line that says why there is none."""
    if isinstance(extract, Unreadable):
        yield Trouble(file.key, str(extract))
    elif not extract.text.strip():
        yield Trouble(file.key, EMPTY if file.kind in PLAIN else WORDLESS)
    else:
        meta, notes = beside
        yield from notes
        yield from (Trouble(file.key, note) for note in (*file.notes, *extract.notes))
        yield _reading(file.key, extract, {**_said(file, extract), **file.meta, **meta})


def _said(file: File, extract: Extract) -> Mapping[str, str]:
    """What a file says of itself, its language corrected: a template's is seldom the text's; its
    author as a line below the title tells, where nothing else does.

    What a person wrote above a plain text stays.
    """
    meta = dict(extract.meta)
    if not meta.get("author"):
        meta["author"] = people.by(extract.text[b.start : b.end] for b in extract.blocks)
    said = meta.get("language", "")
    if file.kind not in PLAIN or not said:
        found = tongue(extract.text) or (said if TAG.fullmatch(said) else "en")
        same = said.lower()[:2] == found[:2]
        meta["language"] = said if same and TAG.fullmatch(said) else found
    return {key: value for key, value in meta.items() if value}


def _described(root: Path, found: Found, key: str) -> Described:
    """What the sidecar of a reading says, and what of it is not used."""
    name = sidecars.of(key, found)
    if name is None:
        return {}, []
    try:
        with opened(root, found[name], sidecars.LARGEST) as file:
            meta, notes = sidecars.read(file.read(sidecars.LARGEST))
    except (Unreadable, OSError) as error:
        return {}, [Trouble(name, refused(error))]
    return meta, [Trouble(name, note) for note in notes]


def _shelved(rows: Iterator[Reading | Trouble], troubles: list[Trouble]) -> Shelf:
    """One of each text: copies are told and left out."""
    readings: dict[str, Reading] = {}  # by digest
    for row in rows:
        if isinstance(row, Trouble):
            troubles.append(row)
        elif row.digest in readings:
            why = f"has the same text as {readings[row.digest].key}; remove one of them."
            troubles.append(Trouble(row.key, why))
        else:
            readings[row.digest] = row
    return Shelf(tuple(readings.values()), tuple(sorted(troubles, key=lambda t: t.file)))


def _reading(key: str, extract: Extract, said: Mapping[str, str]) -> Reading:
    return Reading(
        key,
        said.get("title") or _title(extract) or _named(key),
        extract.text,
        extract.blocks,
        digest(extract.text),
        author=said.get("author"),
        year=said.get("year"),
        source=said.get("source"),
        language=said.get("language", "en").lower(),
        pages=extract.pages,
        mends=extract.mends,
    )


def _title(extract: Extract) -> str | None:
    """The heading a text begins with."""
    first = next(iter(extract.blocks), None)
    if first is None or first.kind is not Kind.HEADING:
        return None
    words = extract.text[first.start : first.end].strip("#*_= ")
    return words if 0 < len(words) <= TITLE and not lists(words) else None


def _named(key: str) -> str:
    """A file's name as a title: `the-paper_shield.md` is The paper shield, `Bees.en.srt` Bees."""
    stem = _TONGUE.sub("", PurePosixPath(key).stem)
    words = stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or key
