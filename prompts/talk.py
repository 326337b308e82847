"""From a member's message to its parts: the sentences that may make a point.

A part is a view into the remark. What is not the member's own argument does not become one: lines
quoted from others, links, code, mentions; sentences made of greetings or of agreement alone.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from prompts.likeness import Lexicon, lexicon, words
from prompts.model import Block, Excerpt, Remark
from prompts.passages import sentences

_LINE = re.compile(r"[^\r\n]+")
_NOISE = re.compile(
    r"^[^\S\r\n]*>[^\r\n]*"  # a line quoted from somebody else
    r"|`+[^`]*`+"  # code
    r"|<[^<>\s]*>|(?:https?://|www\.)\S+"  # mentions and links
    r"|(?<!\w)[@:][\w+-]+:?",  # @name, :smile:
    re.MULTILINE,
)
LONGEST_PHRASE = 6  # words, in the lists of talk
FRAGMENT = 2  # fewer different stems than this lean on the sentence before
IDEAL = (8, 16)  # words that are read at a glance
LONGEST_READ = 20_000  # characters; no one makes their point after that


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a remark, or two where the second leans on the first.

    `stems` is what it says, `negated` whether it says so in the negative, `clear` (0 to 1) how
    well it would stand alone as a quotation.
    """

    excerpt: Excerpt
    stems: frozenset[str]
    negated: bool
    question: bool
    clear: float

    @property
    def member(self) -> str:
        return self.excerpt.remark.member

    @property
    def order(self) -> tuple[str, str, str, int]:
        """Sorts by content, so that the order in which remarks arrive decides nothing."""
        return self.excerpt.text, self.member, self.excerpt.remark.id, self.excerpt.start


def parts(remark: Remark, language: str = "en") -> list[Part]:
    """The parts of a remark that say something, in order; none for talk, links or emoji alone."""
    lexis = lexicon(language)
    own = _NOISE.sub(lambda noise: " " * len(noise[0]), remark.text[:LONGEST_READ])
    spans: list[tuple[int, int]] = []
    for start, end in _sentences(own, language):
        content = content_stems(own[start:end], lexis)
        if not content:
            continue
        leans = len(content) < FRAGMENT and bool(spans) and own[start:end][-1] != "?"
        spans[-1:] = [(spans[-1][0], end)] if leans else [*spans[-1:], (start, end)]
    if remark.heard and not spans and own.strip():
        spans = [(len(own) - len(own.lstrip()), len(own.rstrip()))]
    return [_part(remark, own, start, end, lexis) for start, end in spans]


def _sentences(own: str, language: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(own):
        if any(map(str.isalnum, line[0])):
            yield from sentences(own, Block(*line.span()), language)


def content_stems(text: str, lexis: Lexicon) -> list[str]:
    """The stems of a text beyond plain words, negations, greetings and agreement."""
    found = _without_talk(words(text), lexis)
    return lexis.stem([w for w in found if w not in lexis.plain and w not in lexis.negations])


def _without_talk(found: list[str], lexis: Lexicon) -> list[str]:
    """What is left when talk opens the sentence: "Thanks all, I agree, zoos ..." gives "zoos"."""
    phrases = lexis.talk.get("greeting", frozenset()) | lexis.talk.get("agreement", frozenset())
    at = 0
    while at < len(found):
        longest = range(min(LONGEST_PHRASE, len(found) - at), 0, -1)
        step = next((n for n in longest if " ".join(found[at : at + n]) in phrases), 0)
        if step == 0 and found[at] not in lexis.plain:
            break
        at += step or 1
    return found[at:]


def _part(remark: Remark, own: str, start: int, end: int, lexis: Lexicon) -> Part:
    text = own[start:end]
    found = words(text)
    return Part(
        Excerpt(remark, start, end),
        frozenset(content_stems(text, lexis)),
        sum(word in lexis.negations for word in found) % 2 == 1,
        text.endswith(("?", "？", "؟")),
        _clearness(remark.text[start:end], text, found, lexis),
    )


def _clearness(shown: str, text: str, found: list[str], lexis: Lexicon) -> float:
    """Falls with a length off the ideal, a question, throat-clearing, and what was masked."""
    few, many = IDEAL
    off = max(few / max(1, len(found)), len(found) / many, 1.0)
    clear = math.pow(off, -0.3)
    if "?" in text:
        clear *= 0.6
    if opens_with(found, lexis.talk.get("throat", frozenset())):
        clear *= 0.85
    return clear * (0.6 if shown != text else 1.0)


def opens_with(found: list[str], phrases: frozenset[str]) -> bool:
    """True where one of the phrases stands at the head of a row of words."""
    return any(" ".join(found[:n]) in phrases for n in range(1, LONGEST_PHRASE + 1))


def has_any(text: str, phrases: frozenset[str]) -> bool:
    """True where one of the phrases stands anywhere: words as words, emoji as signs."""
    row = f" {' '.join(words(text))} "
    return any(f" {p} " in row if p[0].isascii() else p in text for p in phrases)
