"""What a printed document is called: by its largest line, or by an archive's cover before it."""

import re
from collections.abc import Iterator, Sequence

from prompts.formats.heads import Leaf
from prompts.formats.placed import Word, flat, level, size

LARGER = 1.25  # of most letters' size, from which on a line is a title
LINES, LEAST, LONGEST = 3, 4, 160  # of a title, and its letters
NEAR = 1.8  # of its size, from one line of a title to the next
# What such a cover says, whichever archive it is from: two of them are no accident.
_COVER = re.compile(
    r"stable url|your use of the jstor archive|to (?:cite|link to) this article|"
    r"full terms & conditions of access|see discussions, stats, and author profiles|"
    r"all use subject to|access provided by|this content downloaded|submit your article to",
    re.I,
)
_CONTENTS = re.compile(
    r"(?:table of |list of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|"
    r"indice|sommario|abstract|summary",
    re.I,
)
_AUTHORS = re.compile(r"(?:Author|Reviewed Work)\(s\): (.+)")
_CITED = re.compile(
    r"To cite this article: ?(?P<author>.+?) \((?P<year>\d{4})\):? (?P<title>.+?), ?[A-Z]"
)
_SOURCE = re.compile(r"Source: .*?\b(1[5-9]\d\d|20\d\d)\b")


def titled(leaves: Sequence[Leaf]) -> str:
    """The largest words of the first page, if they are larger than a text's; else empty."""
    words = leaves[0].words if leaves else []
    lines = [line for line in level(words) if sum(len(w.text) for w in line) >= LEAST]
    if not lines:
        return ""
    largest = max(map(size, lines))
    usual = size(flat(leaf.words for leaf in leaves[:3]))
    found = list(_together([line for line in lines if size(line) > 0.95 * largest]))
    title = " ".join(word.text for line in found for word in line)
    large = largest > LARGER * usual and len(found) <= LINES and len(title) <= LONGEST
    return title if large and any(map(str.isalpha, title)) and not lists(title) else ""


def lists(title: str) -> bool:
    """Whether a heading is that of a list of contents, and no title."""
    return _CONTENTS.fullmatch(title) is not None


def _together(lines: Sequence[Sequence[Word]]) -> Iterator[Sequence[Word]]:
    """The first lines, as far as they stand close to one another."""
    for number, line in enumerate(lines):
        if number and line[0].top - lines[number - 1][0].top > NEAR * size(line):
            return
        yield line


def covered(leaves: Sequence[Leaf]) -> dict[str, str] | None:
    """What the cover of an archive tells of the article behind it; None where there is none."""
    lines = [" ".join(w.text for w in line) for leaf in leaves for line in level(leaf.words)]
    text = "\n".join(lines)
    if len({mark.lower() for mark in _COVER.findall(text)}) < 2:
        return None
    cited = _CITED.search(" ".join(lines))
    if cited:
        return cited.groupdict()
    at = next((n for n, line in enumerate(lines) if _AUTHORS.match(line)), 0)
    authors, source = _AUTHORS.search(text), _SOURCE.search(text)
    told = {
        "title": " ".join(lines[:at]),
        "author": authors[1] if authors else "",
        "year": source[1] if source else "",
    }
    return {key: value for key, value in told.items() if value}
