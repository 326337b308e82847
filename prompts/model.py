"""The words of a text: what a reading is, and what can be drawn from it.

Every quotation in Gadfly is a `Passage`, and a passage is a view: its text is a slice of its
reading, computed when asked for. Nothing here can hold words that are not in the source.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a block of a reading is; only paragraphs are argued over."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    ASIDE = "aside"  # captions, bylines, references, link lists


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of a reading's text, in code points."""

    start: int
    end: int
    kind: Kind = Kind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Page:
    """From `start` on, a reading's text stands on the page that is labelled so.

    In what was said and not printed, the label is a time, such as 1:02:03.
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Mend:
    """The words `[start, end)` of a reading's text read as `printed` in the file itself.

    A word that was broken at a line's end is mended there (`printed` is the hyphen and a line
    end, the stretch is empty), a ligature is spelt out, the mark of a footnote is left out, and a
    page ends (`printed` is a form feed, the stretch the blank that stands for it).
    """

    start: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One document of the readings' folder.

    `key` is its path below that folder with forward slashes; `digest` is the SHA-256 of `text`
    in hexadecimal, so that whatever was derived from a text can be kept under it. Hashing one
    costs nothing, however long it is: passages are kept by their place in it.
    """

    key: str
    title: str
    text: str = field(repr=False, hash=False)
    blocks: tuple[Block, ...] = field(repr=False, hash=False)
    digest: str = field(repr=False)
    author: str | None = None
    year: str | None = None
    source: str | None = None
    language: str = "en"
    pages: tuple[Page, ...] = field(default=(), repr=False, hash=False)
    mends: tuple[Mend, ...] = field(default=(), repr=False, hash=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands: enough for a reader to find it in their own copy."""

    title: str
    author: str | None
    year: str | None
    locator: str

    def __str__(self) -> str:
        work = f"{self.title} ({self.year})" if self.year else self.title
        return ", ".join(part for part in (self.author, work, self.locator) if part)


@dataclass(frozen=True, slots=True)
class Passage:
    """A view `[start, end)` into a reading's text, in code points; never a copy."""

    reading: Reading
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.reading.text):
            raise ValueError(f"no passage [{self.start}, {self.end}) in {self.reading.key}")

    @property
    def text(self) -> str:
        return self.reading.text[self.start : self.end]

    @property
    def printed(self) -> str:
        """The words as the file itself has them, with its line-end hyphens and ligatures."""
        out, at = [], self.start
        for mend in mends(self):
            out += [self.text[at - self.start : mend.start - self.start], mend.printed]
            at = mend.end
        return "".join([*out, self.text[at - self.start :]])

    def overlaps(self, other: "Passage") -> bool:
        """True where both share at least one character of the same text."""
        same = self.reading.digest == other.reading.digest
        return same and self.start < other.end and other.start < self.end


def mends(passage: Passage) -> tuple[Mend, ...]:
    """The mends that lie within a passage, in order."""
    known = passage.reading.mends
    first = bisect_left(known, passage.start, key=lambda mend: mend.start)
    last = bisect_left(known, passage.end, key=lambda mend: mend.start)
    return tuple(
        mend
        for mend in known[first:last]
        if mend.end <= passage.end and (mend.start < mend.end or passage.start < mend.start)
    )


class Voice(StrEnum):
    """Who asserts a clause. Only `AUTHOR` makes a claim of the author's."""

    AUTHOR = "author"
    REPORTED = "reported"  # somebody else's view, told without a verdict
    CONCEDED = "conceded"  # granted, before the author answers it
    REJECTED = "rejected"  # somebody's view that the author turns down
    QUOTED = "quoted"  # mostly somebody's literal words


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that asserts something one can argue about.

    `score` is a calibrated probability; 0.5 and above may be posted. `motion` is the claim as one
    plain sentence that stands alone, in Gadfly's wording, or None where none could be made. Only
    what is `debatable` opens a debate: a judgement or a proposal.
    """

    passage: Passage
    score: float
    voice: Voice = Voice.AUTHOR
    holder: str | None = None
    motion: str | None = None
    debatable: bool = True


class Opposition(StrEnum):
    """How a counterpoint stands against a claim."""

    REBUTTAL = "rebuttal"  # asserts the contrary
    UNDERCUT = "undercut"  # leaves the claim but takes away its reason
    CONCESSION = "concession"  # what the author grants to the other side


@dataclass(frozen=True, slots=True)
class Counterpoint:
    """A passage that stands against another.

    `against` is what it attacks; `answer` is the clause, if any, that replies to it. `score` is a
    calibrated probability that it really opposes `against`; 0.5 and above may be asserted.
    """

    passage: Passage
    against: Passage
    score: float
    kind: Opposition = Opposition.REBUTTAL
    voice: Voice = Voice.AUTHOR
    holder: str | None = None
    answer: Passage | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one reading argues: claims best first, counterpoints best first."""

    claims: tuple[Claim, ...]
    counterpoints: tuple[Counterpoint, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a debate is opened with.

    `key` names the material (claim, counterpoint and kind), not the moment: the same prompt from
    the same text has the same key in every process. `motion` and `question` are Gadfly's wording.
    """

    key: str
    kind: str
    motion: str
    question: str
    claim: Claim
    counterpoint: Counterpoint | None = None

    def passages(self) -> Iterator[Passage]:
        yield self.claim.passage
        if self.counterpoint is not None:
            yield self.counterpoint.passage


class Verdict(StrEnum):
    """What /counter may say of the passages it found."""

    OPPOSES = "opposes"
    UNCERTAIN = "uncertain"  # same issue, side uncertain
    NONE = "none"  # nothing in the readings opposes it; the nearest is shown as what it is


@dataclass(frozen=True, slots=True)
class Counter:
    """The answer to `/counter`: at most a few passages, best first, under one honest verdict."""

    verdict: Verdict
    passages: tuple[Passage, ...]


class Stance(StrEnum):
    """Where a member stands on the motion."""

    FOR = "for"
    AGAINST = "against"
    TORN = "torn"


@dataclass(frozen=True, slots=True)
class Remark:
    """One message of a debate as the summary sees it: whose, what words, which side (if said).

    `heard`: wanted among the points, though it would be set aside; `answers`: the remark above it.
    """

    id: str
    member: str
    text: str
    stance: Stance | None = None
    heard: bool = False
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A view `[start, end)` into one remark, in code points: a member's verbatim words."""

    remark: Remark
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.remark.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """What several remarks say, shown by one member's verbatim words.

    `members` counts people, not messages, the quoted one included. A point held by one person is
    a lone voice, and it is kept.
    """

    excerpt: Excerpt
    stance: Stance | None
    members: frozenset[str]
    remarks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a group said: every member with a remark stands in at least one section.

    `points` are held by two or more, largest first; `lone` by one person each; `open` are questions
    nobody took up. `shared` points (held on both sides) come on top and may repeat a member.
    `aside` holds the remarks that made no point (greetings, one-word agreement). On the `dividing`
    pair of points, one for and one against, the sides split; `divided_by` are the words of both.
    """

    points: tuple[KeyPoint, ...]
    lone: tuple[KeyPoint, ...]
    shared: tuple[KeyPoint, ...]
    open: tuple[Excerpt, ...]
    aside: tuple[Remark, ...]
    dividing: tuple[tuple[KeyPoint, KeyPoint], ...] = ()
    divided_by: tuple[str, ...] = ()
