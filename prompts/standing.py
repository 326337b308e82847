"""Whether a sentence, cut from its text, stands alone: nothing in it points outside.

What points stands under `[standing]` in a cue file: words parted by blanks, and lists of regular
expressions over the sentence in lower case.

    dangling  words that point back where a sentence opens with one, unless it opens with `empty`
    points    what points back wherever it stands, looked for where one of `pointing` is
    holds     the same, each looked for only where one of its words stands
    leans     how a sentence opens that goes on from another
    them      pronouns that need something before them in the sentence: where they are `several`,
              something of `many`, else of `any`; what `verb` matches is no such thing
    object    pronouns that may take up only what stands before one of `bound`
    first     words of the writer's own person
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.cues import code, source, word_set
from prompts.debatable import anywhere
from prompts.edges import NOTHING

SHORTEST = 4  # words
SETS = ("pointing", "them", "several", "first")  # of small words


@dataclass(frozen=True, slots=True)
class Standing:
    """What the module's docstring lists, compiled."""

    dangling: frozenset[str]
    empty: re.Pattern[str]
    pointing: frozenset[str]
    points: re.Pattern[str]
    holds: tuple[tuple[str, re.Pattern[str]], ...]
    leans: re.Pattern[str]
    them: frozenset[str]
    several: frozenset[str]
    pronoun: re.Pattern[str]
    many: re.Pattern[str]
    any: re.Pattern[str]
    verb: re.Pattern[str]
    object: re.Pattern[str]
    bound: re.Pattern[str]
    first: frozenset[str]
    small: re.Pattern[str]  # the words of four sets, looked for at once


def small(words: str, language: str) -> frozenset[str]:
    """The small words of a sentence in lower case: where none stands, no pattern for them need
    be asked."""
    return frozenset(_read(code(language)).small.findall(words))


def personal(found: frozenset[str], language: str) -> bool:
    """Whether one of the small words speaks of the writer."""
    return not _read(code(language)).first.isdisjoint(found)


def stands(words: str, found: frozenset[str], language: str) -> bool:
    """Whether no pronoun points outside a sentence, given in lower case with its small words."""
    own = _read(code(language))
    parts = words.split(None, SHORTEST - 1)
    if len(parts) < SHORTEST:
        return False
    first = parts[0]
    head = first.strip(",'").replace("’", "'").partition("'")[0]
    if (head in own.dangling and not own.empty.match(words)) or own.leans.match(words):
        return False
    if not own.pointing.isdisjoint(found) and own.points.search(words):
        return False
    for sign, pattern in own.holds:
        if sign in words and pattern.search(words):
            return False
    return own.them.isdisjoint(found) or _met(words, len(first), own)


def _met(words: str, first: int, own: Standing) -> bool:
    """Whether a pronoun behind the first word has something before it to take up."""
    pronoun = own.pronoun.search(words, first)
    if pronoun is None:
        return True
    object_ = own.object.search(words, first)
    if object_ and not own.bound.search(words[: object_.start()]):
        return False
    several = pronoun.group() in own.several
    if own.empty.match(words) and not several:
        return True
    named = own.many if several else own.any
    return named.search(own.verb.sub("", words[: pronoun.start()])) is not None


@cache
def _read(known: str) -> Standing:
    own: dict[str, Any] = source(known)["standing"]
    words = {name: word_set(own.get(name, "")) for name in SETS}
    return Standing(
        dangling=word_set(own["dangling"]),
        empty=one_of(own.get("empty", ())),
        pointing=words["pointing"],
        points=one_of(own.get("points", ())),
        holds=tuple((sign, one_of(found)) for sign, found in own.get("holds", {}).items()),
        leans=one_of(own["leans"]),
        them=words["them"],
        several=words["several"],
        pronoun=one_of([rf"\b{word}\b" for word in sorted(words["them"])]),
        many=one_of(own.get("many", ())),
        any=one_of(own.get("any", ())),
        verb=one_of(own.get("verb", ())),
        object=one_of(own.get("object", ())),
        bound=one_of(own.get("bound", ())),
        first=words["first"],
        small=one_of([rf"\b{word}\b" for word in sorted(set().union(*words.values()))]),
    )


def one_of(patterns: str | Sequence[str]) -> re.Pattern[str]:
    """One of the patterns; of none, what never matches."""
    known = [patterns] if isinstance(patterns, str) else patterns
    return re.compile(anywhere(known)) if known else NOTHING
