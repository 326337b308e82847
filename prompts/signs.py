"""What is seen of a sentence before it is weighed as a claim: its cues, shape, place and words."""

import re
from dataclasses import dataclass
from functools import cache

from prompts.asking import asks
from prompts.clauses import Clause, Outline, Sentence
from prompts.cues import code, source, word_set
from prompts.expressions import one_of
from prompts.leaning import leaning
from prompts.shapes import ADVERB, FIGURE, PAST, POINT, count
from prompts.voices import Spoken

_DIGIT = re.compile(r"\d")
ASKS = word_set("negate deontic hedge judge")  # a question with one of these is no inquiry
# Places where what is held is the thesis.
HOLDING = {place: f"{place}-held" for place in ("first", "last", "intro", "outro")}
HELD_BY = word_set("deontic stance judge")


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
    """The signs of a sentence's core: cues, shape and place, mostly 0 or 1."""
    sentence = doc.sentences[k]
    counts = parts[0].clause.counts if len(parts) == 1 else _summed(parts)
    found = dict.fromkeys(counts, 1.0)
    found |= _shape(doc, sentence.whole, counts)
    found |= dict.fromkeys(places(doc, sentence), 1.0)
    if not HELD_BY.isdisjoint(counts):
        found |= {held: 1.0 for place, held in HOLDING.items() if place in found}
    if k + 1 < len(doc.sentences) and doc.sentences[k + 1].par == sentence.par:
        after = doc.sentences[k + 1].clauses[0].opening
        found["answered"] = "reply" in after
    return found


def _summed(parts: Spoken) -> dict[str, int]:
    counts = dict(parts[0].clause.counts)
    for part in parts[1:]:
        for cue, n in part.clause.counts.items():
            counts[cue] = counts.get(cue, 0) + n
    return counts


def _shape(doc: Outline, clause: Clause, counts: dict[str, int]) -> dict[str, float]:
    text, own = doc.text(clause), shape(doc.reading.language)
    first, last = clause.first, clause.last
    flags = doc.tokens.shapes[first:last]
    length = last - first - count(flags, POINT)
    figures = count(flags, FIGURE)
    present = counts.get("ispresent", 0) + counts.get("deontic", 0) + counts.get("hedge", 0)
    past = counts.get("ispast", 0)
    if not present and counts.get("finite", 0) <= past:
        past += count(flags, PAST)
    past = 0 if past and not own.supposed.isdisjoint(doc.words(clause)) else past
    asked, opening = asks(doc, clause), clause.opening
    held, firm = "stance" in counts, not HELD_BY.isdisjoint(counts)
    return {
        "conclude": "conclude" in opening or "so" in opening,
        "conceding": "although" in opening or "concede" in opening,
        "report": "report" in counts and not held,
        "present": present / (past + present + 1),
        "past": past / (past + present + 1),
        "digits": 1.3 if figures and _proves(text, own) else 0,
        "quotes": "“" in text or '"' in text or "«" in text,
        "question": asked,
        "inquires": asked and "inquire" in opening and "negate" not in counts,
        "rhetorical": asked and not ASKS.isdisjoint(counts),
        "bare-i": "i" in counts and not held,
        "tiny": (0.4 if firm else 1.0) if length < 6 else 0,
        "short": 6 <= length < 9,
        "dangling": "dangling" in opening,
        "replies": "reply" in opening,
        "after": "after" in opening,
        "verdict": "conclude" in counts and firm,
        "adverb": count(flags, ADVERB) > 0,
        "leaning": leaning(doc.leant[last] - doc.leant[first], length),
    }


def _proves(text: str, own: Shape) -> bool:
    """Whether a figure stands there that is no age; "²" marks a note."""
    return _DIGIT.search(own.age.sub("", text.lower())) is not None


def places(doc: Outline, sentence: Sentence) -> tuple[str, ...]:
    """The names of a sentence's places: first, last, intro-last, outro-first, par-first ..."""
    intro, outro = sentence.par == 0, sentence.par == doc.paragraphs - 1
    return _places(intro, outro, min(sentence.pos, 2), sentence.pos == sentence.size - 1)


@cache
def _places(intro: bool, outro: bool, pos: int, last: bool) -> tuple[str, ...]:
    first = pos == 0
    where = {"first": intro and first, "second": intro and pos == 1}
    if outro:
        where |= {"outro": True, "last": last, "outro-first": first}
    elif intro:
        where |= {"intro": True, "intro-last": last}
    else:
        where |= {"par-first": first, "par-last": last}
    return tuple(place for place, there in where.items() if there)
