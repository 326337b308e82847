"""From a member's message to its parts: the sentences that may make a point.

A part is a view into the remark. What is not the member's own argument does not become one: lines
quoted from others, links, code, mentions; sentences made of greetings or of agreement alone.
"""

import math
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from prompts.likeness import Lexicon, lexicon, words
from prompts.model import Block, Excerpt, Remark
from prompts.sentences import sentences

_LINE = re.compile(r"[^\r\n]+")
_NOISE = re.compile(
    r"^[^\S\r\n]*>[^\r\n]*"  # a line quoted from somebody else
    r"|`+[^`]*`+"  # code
    r"|<[^<>\s]*>|(?:https?://|www\.)\S+"  # mentions and links
    r"|(?<!\w)[@:][\w+-]+:?",  # @name, :smile:
    re.MULTILINE,
)
_QUOTED = re.compile(r"\A(?:\s*>[^\r\n]*(?:[\r\n]+|\Z))+")
_NAMED = re.compile(r"(\w+)((?:\s+[^\W\d_a-zäöüß][\w-]*){1,2})\W*$")  # "with Ines"
_UPPER = r"[^\W\d_a-zß-ÿ]"
_NAME = rf"(?:@?(?:{_UPPER}\. )?{_UPPER}\w+(?:[.-]\w+)*(?: {_UPPER}\w*)?|<@!?\w+>)"  # Ada L., @Bo
_AND = r"(?:, | and | und | & | \+ )"
LONGEST_PHRASE = 6  # words, in the lists of talk
FRAGMENT = 2  # fewer different stems than this make no sentence of their own
TOLD = 8  # plain words beyond talk by which somebody tells something
LONGEST_JOINT = 45  # words of a sentence and what leans on it
TAIL = 80  # characters at the end that may be a name
OPENING = 3  # words in which a question shows that it is one
IDEAL = (8, 16)  # words that are read at a glance
LONGEST_READ = 20_000  # characters; no one makes their point after that


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of a remark, or several where one leans on another.

    `stems` is what it says, `negated` whether it says so in the negative, `ironic` whether it means
    the contrary, `clear` (0 to 1) how well it would stand alone as a quotation.
    """

    excerpt: Excerpt
    stems: frozenset[str]
    negated: bool
    question: bool
    ironic: bool
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
    bare = 0, 0  # a sentence of plain words: "I used to be for it. Then my brother ..."
    for start, end in _sentences(own, language):
        if not content_stems(own[start:end], lexis):
            if spans and _signs(own[start:end], lexis):  # its irony goes with what it is about
                spans[-1] = (spans[-1][0], end)
            bare = start, end
            continue
        if not spans and _opens(own[slice(*bare)], own[start:end], lexis):
            start = bare[0]
        leans = bool(spans) and _leans(own[spans[-1][0] : spans[-1][1]], own[start:end], lexis)
        spans[-1:] = [(spans[-1][0], end)] if leans else [*spans[-1:], (start, end)]
    if not spans and own.strip() and (remark.heard or (remark.stance and _tells(own, lexis))):
        spans = [(len(own) - len(own.lstrip()), len(own.rstrip()))]
    seconds = without_agreement(own, lexis) != own
    return [_part(remark, own, start, end, lexis, seconds) for start, end in spans]


def _opens(bare: str, text: str, lexis: Lexicon) -> bool:
    """True where a sentence leans on one before it that says something, in plain words alone."""
    leans = opens_with(words(text), lexis.phrases("leaning"))
    return leans and _tells(bare, lexis, TOLD // 2) and not bare.rstrip().endswith("?")


def _tells(text: str, lexis: Lexicon, least: int = TOLD) -> bool:
    """True for more than talk, plain as all words are: "The one by doing, the other by not"."""
    phrases = lexis.phrases("greeting") | lexis.phrases("agreement")
    row = f" {' '.join(words(_without_names(text, lexis)))} "
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        row = row.replace(f" {phrase} ", " ")
    return len(row.split()) >= least


def quoting(text: str) -> bool:
    """True for what begins with a line of somebody else's, as chats mark it."""
    return text.lstrip().startswith(">")


def quoted(text: str) -> str:
    """The lines of somebody else's at the head of a text."""
    return text[: len(text) - len(unquoted(text))].replace(">", " ")


def unquoted(text: str) -> str:
    """A text without the lines of somebody else's at its head."""
    return _QUOTED.sub("", text, count=1)


def own(text: str) -> bool:
    """True where all of a text is its author's: no line quoted from others, no link, no code."""
    return not _NOISE.search(text)


def _leans(before: str, text: str, lexis: Lexicon) -> bool:
    """True where a sentence says nothing without the one before it, or that one without it."""
    if len(words(before)) + len(words(text)) > LONGEST_JOINT:
        return False
    if before.endswith("?") and opens_with(words(text), lexis.phrases("answering")):
        return True  # "And who sweeps it up? Nobody does."
    if len({stem for stem in content_stems(before, lexis) if len(stem) > 1}) < FRAGMENT:
        return not before.endswith("?")
    told = words(text)
    fragment = len(content_stems(text, lexis)) < FRAGMENT
    points = told[-1:] and told[-1] in lexis.phrases("pointing")  # "A total ban ignores that."
    leans = fragment or points or opens_with(told, lexis.phrases("leaning"))
    return bool(leans) and text[-1] != "?"


def _sentences(own: str, language: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(own):
        if any(map(str.isalnum, line[0])):
            yield from sentences(own, Block(*line.span()), language)


def content_stems(text: str, lexis: Lexicon) -> list[str]:
    """The stems of a text beyond plain words, negations, greetings and agreement."""
    talk = lexis.phrases("greeting") | lexis.phrases("agreement")
    found = _beyond(words(_without_names(text, lexis)), talk, lexis.plain)
    said = [w for w in found if w not in lexis.plain and w not in lexis.negations]
    return [] if _names_alone(text, said, lexis) else lexis.stem(said)


def _without_names(text: str, lexis: Lexicon) -> str:
    """Without agreement with somebody who is named, where it is no part of a longer clause."""
    phrases = lexis.phrases("seconding")
    return _seconding(phrases).sub(" ", text) if phrases else text


@cache
def _seconding(phrases: frozenset[str], reserving: frozenset[str] = frozenset()) -> re.Pattern[str]:
    name = f"(?-i:({_NAME}(?:{_AND}{_NAME})*))"
    first = sorted(p.removeprefix("NAME") for p in phrases if p.startswith("NAME"))
    after = sorted(p for p in phrases if not p.startswith("NAME"))
    framed = [_framed(p, name) for p in after]
    if first:  # a name is read once
        framed.append(f"{name}(?:{'|'.join(map(re.escape, first))})")
    end = r"(?=\s*(?:[.,;:!–—…]|$))"
    if reserving:
        end += rf"(?!\W*(?i:{'|'.join(sorted(reserving))})\b)"
    return re.compile(rf"(?:^|(?<=[,;:.!] ))\W*?(?i:{'|'.join(framed)}){end}")


def _framed(phrase: str, name: str) -> str:
    """One phrase as a pattern; its `*` is what the agreement is on, a word or two."""
    pattern = re.escape(phrase).replace(r"\*", r"\w+(?: \w+)?")
    return pattern.replace(r"\ NAME", ",? NAME").replace("NAME", name)


def agrees_with(text: str, language: str = "en", wholly: bool = True) -> list[str]:
    """Whom a text says it agrees with, as it names them: by name, or by their id in a mention;
    nobody where it means the contrary, or `wholly` and says "but" at once."""
    lexis = lexicon(language)
    phrases = lexis.phrases("seconding") | lexis.phrases("siding")
    if not phrases:
        return []
    pattern = _seconding(phrases, lexis.phrases("reserving") if wholly else frozenset())
    found = [m[m.lastindex or 0] for line in text.splitlines() for m in pattern.finditer(line)]
    if found and _ironic(text, words(text), lexis):
        return []
    return [name.strip("@<!>") for names in found for name in re.split(_AND, names)]


def assents(text: str, language: str = "en") -> bool:
    """True for what says yes and no more: "exactly", "so true 💯", a thumb up."""
    lexis, found = lexicon(language), words(text)
    phrases = lexis.phrases("assent")
    if "?" in text or _ironic(text, found, lexis) or _beyond(found, phrases):
        return False
    return bool(found) or any(p in text for p in phrases if not p[0].isalnum())


def without_agreement(text: str, lexis: Lexicon) -> str:
    """What else a text says than that its author agrees with somebody who is named."""
    phrases = lexis.phrases("seconding") | lexis.phrases("siding")
    return _seconding(phrases).sub(" ", text) if phrases else text


def _names_alone(text: str, said: list[str], lexis: Lexicon) -> bool:
    """True for "I agree with Ines": agreement, and the name of whom it is with."""
    found = _NAMED.search(text, max(0, len(text) - TAIL)) if said else None
    if found is None or found[1].casefold() not in lexis.phrases("company"):
        return False
    return words(found[2]) == said


def _beyond(found: list[str], phrases: frozenset[str], plain: Set[str] = frozenset()) -> list[str]:
    """What is left where phrases open a row, `plain` words among them: of "Thanks all, I agree,
    zoos ..." it is "zoos ..."."""
    at = 0
    while at < len(found):
        longest = range(min(LONGEST_PHRASE, len(found) - at), 0, -1)
        step = next((n for n in longest if " ".join(found[at : at + n]) in phrases), 0)
        if step == 0 and found[at] not in plain:
            break
        at += step or 1
    return found[at:]


def _part(remark: Remark, own: str, start: int, end: int, lexis: Lexicon, seconds: bool) -> Part:
    text = own[start:end]
    found, denying = words(text), lexis.negations | lexis.phrases("lessening")
    return Part(
        Excerpt(remark, start, end),
        frozenset(content_stems(text, lexis)),
        sum(word in denying for word in found) % 2 == 1,
        text.endswith(("?", "？", "؟")) and _asks(found, lexis, bool(remark.stance)),
        _ironic(remark.text, found, lexis),
        _clearness(remark.text[start:end], text, found, seconds, lexis),
    )


def _asks(found: list[str], lexis: Lexicon, sided: bool) -> bool:
    """True for what begins as a question; "I carry it home on the bus, shall I?" is none, nor is
    "Wouldn't prices simply rise?" from who took a side: it says what they think."""
    openers = lexis.phrases("asks")
    if sided and any(opens_with(found[n:], lexis.phrases("rhetorical")) for n in range(OPENING)):
        return False
    return not openers or any(opens_with(found[n:], openers) for n in range(OPENING))


def _ironic(said: str, found: list[str], lexis: Lexicon) -> bool:
    """True where a sentence opens as irony does, or its remark wears a sign of it (/s)."""
    return opens_with(found, lexis.phrases("irony")) or _signs(said, lexis)


def _signs(said: str, lexis: Lexicon) -> bool:
    signs = {phrase for phrase in lexis.phrases("irony") if not phrase[0].isalnum()}
    return not signs.isdisjoint(said.split())


def _clearness(shown: str, text: str, found: list[str], seconds: bool, lexis: Lexicon) -> float:
    """Falls with a length off the ideal, a question, throat-clearing, and what was masked; and
    where a remark seconds somebody in whatever it said."""
    few, many = IDEAL
    off = max(few / max(1, len(found)), len(found) / many, 1.0)
    clear = math.pow(off, -0.3)
    if "?" in text:
        clear *= 0.6
    if opens_with(found, lexis.phrases("throat")):
        clear *= 0.85
    if seconds or _second_to(found, lexis):
        clear *= 0.5  # whoever is agreed with says it better
    return clear * (0.6 if shown != text else 1.0)


def _second_to(found: list[str], lexis: Lexicon) -> bool:
    """True for "see it that way, too": agreement of several words, which say what they are."""
    return opens_with(found, frozenset(p for p in lexis.phrases("agreement") if " " in p))


def opens_with(found: list[str], phrases: frozenset[str]) -> bool:
    """True where one of the phrases stands at the head of a row of words."""
    return any(" ".join(found[:n]) in phrases for n in range(1, LONGEST_PHRASE + 1))


def has_any(text: str, phrases: frozenset[str]) -> bool:
    """True where one of the phrases stands anywhere: words as words, emoji as signs."""
    row = f" {' '.join(words(text))} "
    return any(f" {p} " in row if p[0].isalnum() else p in text for p in phrases)
