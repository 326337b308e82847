"""The sentences of a block, with exact offsets, in many languages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from sentencex import get_sentence_boundaries

from prompts.model import Block

Span = tuple[int, int]

# The boundary finder takes time squared in a run of opening quotation marks or backticks; with
# straight double ones it does not, and apostrophes are capped. One code point for one, so that
# the offsets stay.
_PLAIN = tuple(
    (mark, plain)
    for marks, plain in (("“”„‟«»‹›「」『』", '"'), ("\n\r", " "), ("‘’‚‛`´", "'"))
    for mark in marks
)
_ASCII = tuple((mark, plain) for mark, plain in _PLAIN if mark.isascii())
# The finder takes a blank before a full stop for one byte, and dies of "plan A\u00a0. And" (#9).
_BLANK = re.compile(r"[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
APOSTROPHES = 20_000
LONG = 4  # letters; few abbreviations have so many, and these end in
LONGER = ("prox", "figs", "dept", "capt", "prof")
_ABBREVIATED = re.compile(
    r"approx|ch|figs?|vol|nos?|pp?|sec|eq|eds?|al|cf|vs|etc|e\.g|i\.e|dept|est|gen|sen|rep|gov|capt|"
    r"lt|col|sgt|rev|hon|st|mt|mr|mrs|ms|dr|prof|jr|sr|\w|\d\d",
    re.I,
)
# A count or an age that ends a sentence ("should vote at 16."), where no ordinal has a full stop.
COUNTS = ("en", "fr", "es", "it")
_COUNT = re.compile(
    r"\b(?!(?:nos?|vol|ch|chap|chapter|sec|section|art|article|figs?|figure|pages?|part|table)\b)"
    r"[a-z]+ \d\d?\.$"
)
_PART = re.compile(r"[\s(\"–—-]")
_END = re.compile(r"[^\w\s,;:'’-]")  # without any such mark a block is one sentence
_CLOSED = re.compile(r"[.!?…][\"')\]\[]")  # as each `_SPLIT` begins
_SPLIT = re.compile(r"[.!?…](?:[\"')\]]|\[\d[\d, –-]{0,12}\]){1,4}\s+(?=[\"'(]?[^\W\d_a-zäöüàéèñ])")


def sentences(text: str, block: Block, language: str = "en") -> list[Span]:
    """The sentences of a block as `(start, end)` into the text, without white space around."""
    known, place = _parted(text, language), (block.start, block.end)
    if place not in known:
        known[place] = _sentences(text, block, language)
    return known[place]


@lru_cache(maxsize=2)
def _parted(text: str, language: str) -> dict[Span, list[Span]]:
    """What was found of a text so far: the engine, then the briefs ask for the same blocks."""
    return {}


def _sentences(text: str, block: Block, language: str) -> list[Span]:
    point = text.find(".", block.start, block.end) >= 0  # sooner found, and mostly there
    if not point and _END.search(text, block.start, block.end) is None:
        return [(block.start, block.end)] if text[block.start : block.end].strip() else []
    plain = _plain(text[block.start : block.end])
    if plain.count("'") > APOSTROPHES:
        plain = plain.replace("'", " ")
    found = get_sentence_boundaries(language, plain)
    cuts = [int(one["end_index"]) for one in found]
    if _CLOSED.search(plain):
        cuts = [cut for one in found for cut in _cuts(plain, one["start_index"], one["end_index"])]
    counts = language[:2] in COUNTS
    kept = [cut for cut in cuts[:-1] if not _torn(plain, cut, counts)]
    edges = [0, *kept, len(plain)]
    spans = (_trim(plain, a, b) for a, b in pairwise(edges))
    return [(block.start + a, block.start + b) for a, b in spans if a < b]


def _plain(words: str) -> str:
    ascii_ = words.isascii()
    words = words if ascii_ else _BLANK.sub(" ", words)
    for mark, plain in _ASCII if ascii_ else _PLAIN:  # many times as fast as a table, which asks
        words = words.replace(mark, plain)  # for each letter
    return words


def _cuts(plain: str, start: int, end: int) -> Iterator[int]:
    """A found sentence may hold two: `refuted it.[4] The next`, `he left.) The next`."""
    yield from (match.end() for match in _SPLIT.finditer(plain, start, end) if match.end() < end)
    yield end


def _torn(plain: str, cut: int, counts: bool) -> bool:
    """True where a cut parts what belongs together: an abbreviation, an initial, a lower case.
    `counts` says that a small number may end a sentence."""
    after = plain[cut : cut + 2].lstrip("\"'( ")
    if after[:1].islower():
        return True
    before = plain[max(0, cut - 12) : cut].rstrip()
    word = before[-1 - LONG : -1]
    if before[-1:] != "." or (len(word) == LONG and word.isalpha() and word.lower() not in LONGER):
        return False  # as most words are
    low = before[-4:].lower()
    if low == "etc." or low.endswith(" i.") or (low == " no." and not after[:1].isdigit()):
        return False  # "For grammar yes, for the rest no. Where ...": no number follows
    if before[-3:-2] == "-" and plain[cut : cut + 1].isalpha():
        return True  # "the Mexican-U.S. border"
    if counts and before[-2:-1].isdigit() and _COUNT.search(before.lower()):
        return False
    return _abbreviated(before[:-1])


def _abbreviated(before: str) -> bool:
    """The word before a full stop is one that has it anyway: "Dr", an initial, a small number."""
    return _known(_PART.split(before)[-1].lstrip("'"))  # the "s" of "the teacher's." is no initial


@lru_cache(maxsize=1 << 12)
def _known(word: str) -> bool:
    return _ABBREVIATED.fullmatch(word) is not None


def _trim(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return start, end
