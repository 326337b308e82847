"""From a text to its parts: blocks, and the citation of a passage.

Offsets are code points into the text as it was given; the text itself is never altered.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import pairwise
from statistics import median
from unicodedata import normalize

from prompts.asides import ENDED, FOOT, argues, beyond, is_aside
from prompts.model import Block, Citation, Kind, Passage, Reading, mends

REPEATED = 20  # characters of a line that is judged once, wherever it stands between others
NARROW, WIDE, FEW = 30, 40, 3  # a text is wrapped at no less; of so few lines, at no less than WIDE
WRAP = 120  # a line longer than this was not wrapped by hand
_LINE = re.compile(r"[^\r\n]+")
_GAP = re.compile(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*[\r\n]")
MARKER = re.compile(r"(?:[-*+•◦▪‣∙●○·–]|\(?\d{1,2}[.)]|\(?[a-zA-Z]\))\s")
BACK = re.compile(
    r"(?:references|bibliography|works cited|further reading|external links|see also|notes|"
    r"endnotes|footnotes|sources|acknowledge?ments?|funding|author contributions|"
    r"(?:conflicts? of|competing|declaration of(?: competing)?) interests?|data availability|"
    r"literatur|literaturverzeichnis|bibliographie|bibliografía|referencias|quellen)\W*$",
    re.I,
)
# Who speaks, before what is asked: "INTERVIEWER: Why?".
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{1,30}:\s")
# A chapter's number, and what is written in capitals alone.
_CHAPTER = re.compile(r"(?:chapter|part|book|section|act|scene|letter)\s(?:[ivxlc]+|\d+)\W*$", re.I)
TITLE = 9  # words; a longer title is no sentence and a bit of another
_SENTENCE = re.compile(r"\w{3}[.!?]\s+[A-Z]")
FULL, SHORT = 0.92, 0.9  # of the width, from which on a line is full; and of the usual line, up to
FEWEST = 20  # which a line is short that had room for another word; lines of which one may be long
RULE = "-=_*~—–+# "  # a line of nothing else parts what is above it from what is below
ARTICLE = 0.5  # of a text that stands before what is below it on its page
SHOUTED = 60  # letters; longer is shouted text


# Start and end of a line without the white space around it, and whether a blank line stands before.
# A plain tuple: half a million objects of a class of their own would be looked at by the garbage
# collector again and again.
Line = tuple[int, int, bool]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text in order: headings, paragraphs, lists, quotations, asides.

    Paragraphs may be separated by blank lines or stand on one line each; lines that were wrapped
    at a width belong to one paragraph. LF, CRLF and CR are line ends. White space at either end
    of a block is not part of it.
    """
    spans = [span for group in _groups(text) for span in _paragraphs(text, group)]
    found: list[Block] = []
    back = below = False
    known: dict[str, tuple[Kind, bool]] = {}  # of lines that may stand there half a million times
    for k, (start, end) in enumerate(spans):
        words = text[start:end]
        between = len(words) <= REPEATED and 0 < k < len(spans) - 1
        kind, begins = (between and known.get(words)) or _judged(words, k, len(spans))
        if between:
            known[words] = kind, begins
        back = begins or (back and kind is not Kind.HEADING)
        below = below or (start > ARTICLE * len(text) and beyond(words))
        aside = below or (back and kind is not Kind.HEADING)
        found.append(Block(start, end, Kind.ASIDE if aside else kind))
    return tuple(found)


def _judged(words: str, k: int, count: int) -> tuple[Kind, bool]:
    """What the block number `k` of `count` is, and whether the back matter begins with it."""
    kind = _kind(words, first=k == 0, last=k == count - 1, more=count > 1)
    return kind, len(words) < FOOT and BACK.match(words) is not None


def _lines(text: str) -> Iterator[Line]:
    before, ruled = 0, False
    for match in _LINE.finditer(text):
        words = match.group()
        bare = words.strip()
        if bare and bare[0] in RULE and len(bare) > 2 and not bare.strip(RULE):
            ruled = True
        elif bare:
            start = match.start()
            if len(bare) < len(words):
                start += len(words) - len(words.lstrip())
            # one character between two lines is one line end
            wide = ruled or (start > before + 1 and _wide(text, before, start))
            yield start, start + len(bare), wide
            before, ruled = start + len(bare), False


def _wide(text: str, start: int, end: int) -> bool:
    """True where more than one line end stands between two lines."""
    return _GAP.search(text, start, end) is not None


def _groups(text: str) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in _lines(text):
        if line[2] and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _paragraphs(text: str, group: list[Line]) -> Iterator[tuple[int, int]]:
    """One paragraph where the lines were wrapped, else one for each line."""
    first = _openings(text, group) if len(group) > 1 else frozenset()
    hung = _hanging(text, group, first) if first else frozenset()
    if len(group) == 1 or not _wrapped(text, group, first | hung):
        yield from ((start, end) for start, end, _ in group)
        return
    start = group[0][0]
    short = SHORT * median(end - start for start, end, _ in group)
    for (at, end, _), after in pairwise(group):
        room = end - at + 1 + len(text[after[0] : after[1]].split(None, 1)[0])
        if after[0] in first or (room < short and ENDED.search(text, max(at, end - 8), end)):
            yield start, end
            start = after[0]
    yield start, group[-1][1]


def _openings(text: str, group: list[Line]) -> frozenset[int]:
    """Where the lines start that begin a paragraph or an item: by a marker, or set in, if that is
    what tells paragraphs here: few lines are, and what stands before each ends a sentence."""
    marked = frozenset(start for start, end, _ in group if MARKER.match(text, start, end))
    room = {start: start - text.rfind("\n", 0, start) for start, *_ in group}
    least = min(room.values())
    if max(room.values()) == least:
        return marked
    inner = frozenset(start for start, wide in room.items() if wide > least)
    told = all(
        ENDED.search(text, max(start, end - 8), end)
        for (start, end, _), after in pairwise(group)
        if after[0] in inner
    )
    return marked | inner if told and 2 * len(inner) <= len(group) + 1 else marked


def _hanging(text: str, group: list[Line], first: Set[int]) -> frozenset[int]:
    """Where the lines start that go on with an item, since they stand below its words."""
    found: set[int] = set()
    edge = None
    for start, *_ in group:
        room = start - text.rfind("\n", 0, start)
        if start in first:
            edge = room
        elif edge is not None and room > edge:
            found.add(start)
        else:
            edge = None
    return frozenset(found)


def _wrapped(text: str, group: list[Line], first: Set[int]) -> bool:
    """A line was wrapped if the first word of the next one had no room left on it."""
    wide = sorted(end - start for start, end, _ in group)
    width = wide[-1 - len(wide) // FEWEST]  # one may be longer, such as a line of dots
    narrow = NARROW if len(group) > FEW else WIDE
    if not narrow <= width <= WRAP and any(line[0] not in first for line in group[1:]):
        return False
    full = 0
    for (start, end, _), after in pairwise(group):
        word = text[after[0] : after[1]].split(None, 1)[0]
        room = end - start + 1 + len(word) <= FULL * width and text[end - 1] not in "-\u2010"
        full += not room or after[0] in first
    return full >= 0.7 * (len(group) - 1)


def _kind(words: str, first: bool, last: bool, more: bool) -> Kind:
    if words.startswith((">", "&gt;")):
        return Kind.QUOTE
    if words.startswith("#"):
        return Kind.HEADING
    if is_aside(words, last and more):
        return Kind.ASIDE
    if MARKER.match(words):
        return Kind.LIST
    if more and _is_heading(words, first) and not (first and argues(words)):
        return Kind.HEADING
    return Kind.PARAGRAPH


def _is_heading(words: str, first: bool) -> bool:
    """A short line that does not end like a sentence; a title may be a question."""
    if len(words) > (160 if first else 90) or "\n" in words:
        return False
    if _CHAPTER.match(words) or (words.isupper() and 1 < len(words) <= SHOUTED):
        return True
    asks = first and words.endswith("?") and not _SPEAKER.match(words)
    if ENDED.search(words) and not asks:
        return False
    if words.count(" ") >= TITLE and _SENTENCE.search(words):
        return False
    return any(letter.isalpha() for letter in words)


def cite(passage: Passage) -> Citation:
    """Author, title, year and place of a passage.

    The place is the page where the source has pages, else the heading above and the number of
    the paragraph, counted over all paragraphs of the reading from 1.
    """
    reading = passage.reading
    place = _page(passage) or _section(passage)
    return Citation(reading.title, reading.author, reading.year, place)


def _page(passage: Passage) -> str:
    """The page or pages that a passage stands on, by their labels, or the time at which it is
    said; empty where there are none."""
    pages = passage.reading.pages
    first = bisect_right(pages, passage.start, key=lambda page: page.start)
    last = bisect_left(pages, passage.end, key=lambda page: page.start)
    labels = list(dict.fromkeys(page.label for page in pages[max(first - 1, 0) : last]))
    if not all(labels) or not labels:
        return ""
    if ":" in labels[0]:
        return f"at {labels[0]}"
    if labels[0].startswith("slide "):
        return " to ".join(dict.fromkeys((labels[0], labels[-1])))
    return f"p. {labels[0]}" if len(labels) == 1 else f"pp. {labels[0]}–{labels[-1]}"


def _section(passage: Passage) -> str:
    starts, sections = _sections(passage.reading)
    heading, number = sections[bisect_right(starts, passage.start)]
    place = f"para. {max(number, 1)}"
    return place if heading in ("", passage.reading.title) else f"§ {heading}, {place}"


@lru_cache(maxsize=4)  # who cites one passage of a reading often cites a thousand
def _sections(reading: Reading) -> tuple[list[int], list[tuple[str, int]]]:
    """Where each block begins; what stands before the first and from each on: the heading above,
    and the number of the paragraph."""
    found = [("", 0)]
    for block in reading.blocks:
        heading, number = found[-1]
        if block.kind is Kind.HEADING:
            heading = reading.text[block.start : block.end].strip("# \t=*_")
        found.append((heading, number + (block.kind is Kind.PARAGRAPH)))
    return [block.start for block in reading.blocks], found


_BROKEN = ("-\n", "\xad", "\u2010\n")  # a word broken at a line's end


def findable(passage: Passage) -> bool:
    """Whether a reader's search finds the passage in the file as it is, in one piece.

    Searches see through ligatures and line-end hyphens; they do not through the mark of a
    footnote or the end of a page.
    """
    reading = passage.reading
    found = mends(passage) if reading.mends else ()  # most have none, and it is asked of each
    return all(_seen_through(reading.text[m.start : m.end], m.printed) for m in found)


def _seen_through(words: str, printed: str) -> bool:
    return (not words and printed in _BROKEN) or normalize("NFKC", printed) == words
