"""Printed lines become running text: broken words are joined, ligatures spelt out.

Whatever is not as it was printed is told by a mend, so that the words of the file can be had
back to the letter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from prompts.formats import leftward
from prompts.formats.extract import Part
from prompts.model import Kind, Mend, Page

BROKEN = "\x02"  # pdfium's sign for a hyphen at a line's end
MARK, UNMARK = "\x03", "\x04"  # around the raised mark of a footnote
GROWN = "\x05"  # after the large letter that a chapter opens with
SOFT = "\u2010"
_MAQAF = "\u05be"  # Hebrew's own hyphen, which stands in a word and breaks none
HYPHENS = ("-", "\u2010", "\xad", BROKEN, _MAQAF)
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST, _FIRST = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_NOTE = rf"{MARK}[^{UNMARK}]*{UNMARK}"
# A mark goes with the blank before it, or with the one behind where it opens a line.
_SPECIAL = re.compile(
    rf"[\ufb00-\ufb06\xad\x10-\x16\x1b-\x1f{GROWN}]|^{_NOTE} ?| {_NOTE}(?= |$)|{_NOTE}"
)
# What TeX's own fonts have in the place of some signs, in files that do not say which letters.
_TEX = dict(zip("\x10\x11\x12\x13\x14\x15\x16", "“”„«»–—", strict=True))
_TEX |= dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
# First halves that keep their hyphen, where the text does not tell.
_FORE = re.compile(
    r"(self|well|half|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)$|"
    r"(?:ex|non|high|low|long|short|so|anti|pro)$",
    re.I,
)


_UNSIGNED = {ord(MARK): None, ord(UNMARK): None}


class Line(NamedTuple):
    """A printed line: its words with the signs above in them, its page, and its column there."""

    words: str
    page: str = ""
    column: int = 0


class Known:
    """The words of a document, which tell whether a broken word has a hyphen of its own.

    Programs that break words with Unicode's own hyphen use it for nothing else (`soft`).
    """

    def __init__(self, lines: Iterable[str]) -> None:
        whole = list(lines)
        words = [word.lower() for word in _unbroken(whole)]
        self._spread = Counter(words)
        self._spread.update(part for word in words for part in _parted(word))
        ends = sum(line.endswith(SOFT) for line in whole)
        self.soft = 0 < ends == sum(line.count(SOFT) for line in whole)

    def hyphened(self, left: str, right: str, chained: bool = False) -> bool:
        """Whether `left-right`, broken after its hyphen, is written with one; `chained` if another
        hyphen stands before or behind it."""
        left, right = left.lower(), right.lower()
        one, two = self._spread[left + right], self._spread[f"{left}-{right}"]
        fore = _FORE.match(left)
        likely = fore is not None and (fore[1] is not None or self._spread[right] > 0)
        return two > one or (two == one and (likely or (chained and self._spread[left] > 0)))


def _unbroken(lines: Sequence[str]) -> Iterator[str]:
    """The words of lines, without the halves of those that are broken at their ends."""
    torn = False
    for line in lines:
        words = _WORD.findall(line)
        first, torn = int(torn), line.rstrip().endswith(HYPHENS)
        yield from words[first : len(words) - torn]


def _parted(word: str) -> list[str]:
    """The parts of a word with hyphens."""
    parts = re.split(r"[-\u2010]", word)
    return parts if len(parts) > 1 else []


NONE = Known(())  # of a text whose words are not broken


def mended(lines: Sequence[Line], kind: Kind = Kind.PARAGRAPH, known: Known = NONE) -> Part:
    """The lines as one running text, with the pages that begin in it."""
    words, pages, mends = "", list[Page](), list[Mend]()
    before: Line | None = None
    for line in lines:
        plain = line.words.strip(" ")
        joint = _joint(words, plain, known, before, line) if before else _Joint(0, "", "")
        words = words[: len(words) - joint.drop]
        if joint.printed:
            mends.append(Mend(len(words), len(words) + len(joint.between), joint.printed))
        words += joint.between
        if before is None or before.page != line.page:
            pages += [Page(len(words), line.page)] if line.page else []
        spelt, found = _spelt(plain, len(words))
        words, mends, before = words + spelt, mends + found, line
    bare = words.rstrip(BROKEN)
    return Part(bare + "-" * (len(words) - len(bare)), kind, tuple(pages), tuple(mends))


class _Joint(NamedTuple):
    """How two lines meet: what is dropped at the first one's end, what is put in between, and
    what stands there in print, if that is anything but a line end."""

    drop: int
    between: str
    printed: str


def _joint(words: str, after: str, known: Known, before: Line, line: Line) -> _Joint:
    end = "\n" if before.page == line.page else "\f"
    torn = end if (before.page, before.column) != (line.page, line.column) else ""
    if not words.endswith(HYPHENS):
        return _Joint(0, " ", torn and f" {end}")
    following = _spelt(after, 0)[0]
    left, right = _LAST.search(words[:-1]), _FIRST.match(following)
    sign = words[-1].replace(BROKEN, "-")
    if not left or not right:  # a dash, or a range of numbers
        whole = words[-1] == BROKEN
        return _Joint(1, sign, sign + end) if whole else _Joint(0, " ", torn and f" {end}")
    if words[-1] == "\xad":
        return _Joint(1, "", f"{sign}{torn}")
    behind = following[right.end() : right.end() + 1] in ("-", SOFT)  # sixteen-|year-old
    chained = behind or words[: -len(left[0]) - 1][-1:] in ("-", SOFT)
    own = (
        right[0][0].isupper()
        or leftward.holds(left[0])
        or known.hyphened(left[0], right[0], chained)
    )
    if (sign != SOFT) if known.soft else own:
        return _Joint(1, sign, sign + end)
    return _Joint(1, "", sign + (torn or end))


def _spelt(plain: str, at: int) -> tuple[str, list[Mend]]:
    """A line without ligatures, soft hyphens and the marks of notes, and what was mended in it."""
    out, mends, done = "", list[Mend](), 0
    end = len(plain) - (1 if plain.endswith("\xad") else 0)  # that one is the joint's
    for found in _SPECIAL.finditer(plain, 0, end):
        out += plain[done : found.start()]
        printed = found[0].translate(_UNSIGNED).replace(GROWN, "\n")
        letters = _TEX.get(printed, "")
        if "\ufb00" <= printed <= "\ufb06":
            letters = normalize("NFKC", printed)
        mends.append(Mend(at + len(out), at + len(out) + len(letters), printed))
        out, done = out + letters, found.end()
    return out + plain[done:], mends


def bare(lines: Iterable[Line]) -> Iterator[str]:
    """The words of lines, without signs."""
    return (_spelt(line.words, 0)[0].rstrip(BROKEN) for line in lines)
