"""What is seen of a sentence before it is weighed as a claim: its cues, shape, place and words.

How far words lean to claims ("unfair") or to stories ("asked") stands under `[leaning]` in a cue
file, as `claims` and `stories`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from prompts.asking import asks
from prompts.clauses import Clause, Outline, Sentence
from prompts.cues import code, source, word_set
from prompts.expressions import one_of
from prompts.shapes import ADVERB, FIGURE, PAST, POINT, count
from prompts.subject import generic, numbered
from prompts.voices import Spoken

_DIGIT = re.compile(r"\d")
# Places where what is held is the thesis.
HOLDING = {place: f"{place}-held" for place in ("first", "last", "intro", "outro")}
HELD_BY = word_set("deontic stance judge")
DAMP = 5  # words by which a sentence is taken to be longer: a few words tell little
# What cues are signs of that open a sentence.
OPENS = {
    "conclude": "concludes", "so": "concludes", "although": "conceding", "concede": "conceding",
    "dangling": "dangles", "reply": "replies", "after": "follows", "orders": "deontic",
}  # fmt: skip
BARE = {"report": "tells", "i": "bare-i"}  # signs where nobody says that he holds it
TINY = 6  # words; fewer make a sentence tiny
MIDST = 2  # sentences of a paragraph behind which all places are alike


@dataclass(frozen=True, slots=True)
class Shape:
    """The table `[shape]` of a cue file, which says what each is."""

    supposed: frozenset[str]
    breaks: frozenset[str]
    age: re.Pattern[str]
    invites: re.Pattern[str]


@cache
def shape(language: str) -> Shape:
    """What tells the shape of a sentence in a language; English where it has no cue file."""
    own = source(code(language))["shape"]
    invites = one_of(own.get("invites", ()), re.I)
    return Shape(
        word_set(own["supposed"]), word_set(own["breaks"]), re.compile(own["age"]), invites
    )


def signs(doc: Outline, k: int, parts: Spoken) -> dict[str, float]:
    """The signs of a sentence's core: cues, shape and place, each with how much it is there, which
    is mostly 1."""
    sentence = doc.sentences[k]
    counts = parts[0].clause.counts if len(parts) == 1 else _summed(parts)
    found = dict.fromkeys(counts, 1.0)
    for cue in sentence.whole.opening:
        if cue in OPENS:
            found[OPENS[cue]] = 1.0
    firm = "wonder" not in counts and not HELD_BY.isdisjoint(counts)
    for place in places(doc, sentence, firm):
        found[place] = 1.0
    if generic(doc, parts[0].clause):
        found["generic"] = 1.0
    if numbered(doc, sentence.whole):
        found["number"] = 1.0
    if _answered(doc, k):
        found["answered"] = 1.0
    found |= _shape(doc, sentence.whole, counts, firm)
    return found


def _answered(doc: Outline, k: int) -> bool:
    """A contrast opens the next sentence of its paragraph."""
    if k + 1 == len(doc.sentences):
        return False
    after = doc.sentences[k + 1]
    return after.par == doc.sentences[k].par and "reply" in after.clauses[0].opening


def _summed(parts: Spoken) -> dict[str, int]:
    counts = dict(parts[0].clause.counts)
    for part in parts[1:]:
        for cue, n in part.clause.counts.items():
            counts[cue] = counts.get(cue, 0) + n
    return counts


def _shape(doc: Outline, clause: Clause, counts: dict[str, int], firm: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    text, own = doc.text(clause), shape(doc.reading.language)
    first, last = clause.first, clause.last
    flags = doc.tokens.shapes[first:last]
    length = last - first - count(flags, POINT)
    found["present"], found["past"] = _tense(doc, clause, counts, flags)
    found["leaning"] = leaning(doc.words(clause), length, doc.reading.language)
    if "stance" not in counts:
        for cue, sign in BARE.items():
            if cue in counts:
                found[sign] = 1.0
    if firm and "conclude" in counts:
        found["verdict"] = 1.0
    if count(flags, FIGURE) and _proves(text, own):
        found["digits"] = 1.3
    if "“" in text or '"' in text or "«" in text:
        found["quotes"] = 1.0
    if length < TINY:
        found["tiny"] = 0.4 if firm else 1.0
    if count(flags, ADVERB):
        found["adverb"] = 1.0
    # ... or asked in a roundabout way: "the question arises whether"
    if "wonder" in counts or asks(doc, clause):
        found["question"] = 1.0
    return found


def _tense(
    doc: Outline, clause: Clause, counts: dict[str, int], flags: bytes
) -> tuple[float, float]:
    """How much of a sentence is of the present, and how much of the past."""
    present = counts.get("ispresent", 0) + counts.get("deontic", 0) + counts.get("hedge", 0)
    past = counts.get("ispast", 0)
    if not present and counts.get("finite", 0) <= past:
        past += count(flags, PAST)
    if past and not shape(doc.reading.language).supposed.isdisjoint(doc.words(clause)):
        past = 0
    return present / (past + present + 1), past / (past + present + 1)


def _proves(text: str, own: Shape) -> bool:
    """Whether a figure stands there that is no age; "²" marks a note."""
    return _DIGIT.search(own.age.sub("", text.lower())) is not None


def places(doc: Outline, sentence: Sentence, firm: bool) -> tuple[str, ...]:
    """The names of a sentence's places: first, last, intro-last, outro-first, par-first ...; of one
    that is `firm` those of what is held there, too."""
    intro, outro = sentence.par == 0, sentence.par == doc.paragraphs - 1
    pos = sentence.pos
    return _places(intro, outro, pos if pos < MIDST else MIDST, pos == sentence.size - 1, firm)


@cache
def _places(intro: bool, outro: bool, pos: int, last: bool, firm: bool) -> tuple[str, ...]:
    first = pos == 0
    where = {"first": intro and first, "second": intro and pos == 1}
    if outro:
        where |= {"outro": True, "last": last, "outro-first": first}
    elif intro:
        where |= {"intro": True, "intro-last": last}
    else:
        where |= {"par-first": first, "par-last": last}
    names = [place for place, there in where.items() if there]
    return (*(HOLDING[place] for place in names if firm and place in HOLDING), *names)


# -- words that lean ------------------------------------------------------------------------------


def leaning(words: Sequence[str], length: int, language: str) -> float:
    """In log-odds of being a claim, above 0 for claims; `length` is how many of the words are no
    marks. 0 where a cue file lists no such words."""
    known = leanings(code(language))
    return DAMP * sum(map(known.get, words, repeat(0))) / (length + DAMP)


@cache
def leanings(known: str) -> dict[str, int]:
    """1 for each word of arguments, -1 for each of stories; to be looked at, not changed."""
    own = source(known).get("leaning", {"claims": "", "stories": ""})
    return dict.fromkeys(own["claims"].split(), 1) | dict.fromkeys(own["stories"].split(), -1)
