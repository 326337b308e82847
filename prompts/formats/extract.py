"""What an extractor gives back, and how it says no."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from prompts.asides import is_aside
from prompts.formats.gutenberg import frame
from prompts.formats.people import WHO, speakers
from prompts.model import Block, Kind, Mend, Page
from prompts.passages import BACK, MARKER

LETTERS = 6_000_000  # of one reading: twice War and Peace
MOST = 60_000  # blocks, turns of a page and mends of one reading: each is an object in memory
NAME, LABEL = 300, 24  # letters of a title or the like, and of a page's name; longer are none


_BULLET = re.compile(r"[•◦▪‣∙●○·*-]\s")  # before a paragraph that its program made no item
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][\w-]{1,20})?")
# What is said of files of several kinds.
BROKEN = "is broken or cut off; fetch it again, or open it and save it anew."
LOCKED = "is encrypted; save a copy without its password and put that here."
ENDLESS = "has parts within parts without end; it may be a trap. Remove it."
BOMB = "unpacks to far more than a text; it may be a trap. Remove it."


class Unreadable(ValueError):
    """A file that cannot be used; its text says in one line why and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file as it can be quoted, and what the file says about itself.

    `blocks` are in order, do not overlap and lie within `text`, and so do `mends`; `pages` are in
    the order of the text. `meta` holds the keys of `prompts.formats.frontmatter.KEYS` that the file
    named. `notes` are one-line remarks for whoever owns the file; they do not keep it from being
    used.
    """

    text: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    mends: tuple[Mend, ...] = ()


class Part(NamedTuple):
    """One block on its way into a text; its pages and mends are counted from its own start."""

    words: str
    kind: Kind = Kind.PARAGRAPH
    pages: tuple[Page, ...] = ()
    mends: tuple[Mend, ...] = ()


def lay(
    parts: Iterable[Part], meta: Mapping[str, str] | None = None, notes: Iterable[str] = ()
) -> Extract:
    """The parts one below the other, a blank line between them; what has no words is left out.

    A block of a list begins behind its marker, one of a conversation behind the name of who
    speaks: nobody quotes them. Raises `Unreadable` as soon as there is more than somebody reads.
    """
    found = list(_bounded(part for part in parts if part.words))
    own, framed = frame([part.words for part in found])
    told = {key: name(value) for key, value in (meta or {}).items()}
    said = {**framed, **{key: value for key, value in told.items() if value}}
    kept = _settled(found, own, frozenset(said.get("author", "").split(", ")))
    heard = speakers([part.words for part in kept if part.kind is Kind.PARAGRAPH])
    blocks, pages, mends, at = list[Block](), list[Page](), list[Mend](), 0
    for part in kept:
        blocks.append(Block(at + _opening(part, heard), at + len(part.words), part.kind))
        pages += (Page(page.start + at, page.label[:LABEL]) for page in part.pages)
        mends += (replace(m, start=m.start + at, end=m.end + at) for m in part.mends)
        at += len(part.words) + 2
    text = "\n\n".join(part.words for part in kept)
    return Extract(text, tuple(blocks), said, tuple(notes), _turned(pages), tuple(mends))


def _opening(part: Part, heard: Set[str]) -> int:
    """How much of a part stands before its own words."""
    marker = MARKER.match(part.words) if part.kind is Kind.LIST else None
    label = WHO.match(part.words) if heard and part.kind is Kind.PARAGRAPH else None
    found = marker or (label if label and label[1] in heard else None)
    return found.end() if found else 0


def _bounded(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, until they are too many or too long."""
    letters = count = 0
    for part in parts:
        letters += len(part.words) + 2
        count += 1 + len(part.pages) + len(part.mends)
        if letters > LETTERS:
            raise Unreadable("is longer than six million letters; split it into chapters.")
        if count > MOST:
            raise Unreadable(
                "has more than 60,000 paragraphs, pages and broken words; split it into chapters."
            )
        yield part


def year(said: str) -> str:
    """The first year that a date or the like names; empty where it names none."""
    found = _YEAR.search(said)
    return found[1] if found else ""


def language(said: str) -> str:
    """A language by its code, as files name it; empty for anything else."""
    return said if _LANGUAGE.fullmatch(said) else ""


def name(said: str) -> str:
    """A title or a name as it can be shown on one line; empty where it is far too long for one."""
    plain = "".join(c if c.isprintable() else " " for c in said[: 2 * NAME])
    return " ".join(plain.split()) if len(said) <= NAME else ""


def _settled(parts: Sequence[Part], own: range, people: frozenset[str]) -> list[Part]:
    """The parts with bylines, captions and everything below "References" set aside, and whatever
    is not the book's `own`, names no more than the authors, or has no letter in it."""
    kept, end, behind = list[Part](), _end(parts), _behind(parts)
    for number, part in enumerate(parts):
        last = 0 < end <= number
        if part.kind is Kind.PARAGRAPH and _BULLET.match(part.words):
            part = part._replace(kind=Kind.LIST)
        aside = number not in own or behind[number]
        if part.kind in (Kind.PARAGRAPH, Kind.HEADING) or (last and part.kind is Kind.LIST):
            aside = aside or part.words in people or is_aside(part.words, last)
        if part.kind in (Kind.PARAGRAPH, Kind.LIST):
            aside = aside or not any(map(str.isalpha, part.words))
        kept.append(part._replace(kind=Kind.ASIDE) if aside else part)
    return kept


def _behind(parts: Sequence[Part]) -> list[bool]:
    """Of each part whether it stands below "References" or the like: up to the next heading, or
    to the end of the list that a line such as "Notes:" announces."""
    found, back, lists = list[bool](), False, False
    for number, part in enumerate(parts):
        if BACK.match(part.words):
            back, lists = True, part.kind is not Kind.HEADING and part.words.endswith(":")
        elif part.kind is Kind.HEADING or (lists and _listed(parts, number)):
            back = False
        found.append(back and part.kind is not Kind.HEADING)
    return found


def _listed(parts: Sequence[Part], number: int) -> bool:
    """Whether a list ends right before a part."""
    return parts[number - 1].kind is Kind.LIST and parts[number].kind is Kind.PARAGRAPH


def _end(parts: Sequence[Part]) -> int:
    """Where the last ones begin that tell of the author or the page, and not of the subject."""
    end = len(parts)
    while end and (parts[end - 1].kind is Kind.ASIDE or is_aside(parts[end - 1].words, last=True)):
        end -= 1
    return end


def _turned(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages without those that go on where another block began."""
    kept: list[Page] = []
    for page in pages:
        if not kept or kept[-1].label != page.label:
            kept.append(page)
    return tuple(kept)
