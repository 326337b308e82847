"""Whether a sentence, cut from its text, stands alone: nothing in it points outside, and it says
what it is about.

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

What leaves a sentence open stands under `[thin]`: how it `opens`, what it `holds`, and a pronoun
(`her`) that points at nobody where no such word (`she`) stands before it.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.cues import code, source, word_set
from prompts.expressions import Beside, Guarded, beside, found, one_of, word_of

SHORTEST = 4  # words, of which a contraction is two
SETS = ("pointing", "them", "several", "first")  # of words


@dataclass(frozen=True, slots=True)
class Standing:
    """The table `[standing]`, compiled."""

    dangling: frozenset[str]
    empty: re.Pattern[str]
    pointing: frozenset[str]
    points: re.Pattern[str]
    holds: Beside
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


@dataclass(frozen=True, slots=True)
class Thin:
    """The table `[thin]`, compiled."""

    opens: re.Pattern[str]
    holds: Beside
    her: Guarded
    she: re.Pattern[str]


def personal(held: frozenset[str], language: str) -> bool:
    """Whether one of a sentence's words speaks of the writer."""
    return not _standing(code(language)).first.isdisjoint(held)


def stands(words: str, held: frozenset[str], language: str) -> bool:
    """Whether no pronoun points outside a sentence, given in lower case with its `parts`."""
    own = _standing(code(language))
    parts = words.split(None, SHORTEST - 1)
    if len(parts) + ("'" in words or "’" in words) < SHORTEST:
        return False
    first = parts[0]
    head = first.strip(",'").replace("’", "'").partition("'")[0]
    if (head in own.dangling and not own.empty.match(words)) or own.leans.match(words):
        return False
    if not own.pointing.isdisjoint(held) and own.points.search(words):
        return False
    if found(own.holds, words, held):
        return False
    return own.them.isdisjoint(held) or _met(words, len(first), own)


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


def thin(words: str, held: frozenset[str], language: str) -> bool:
    """Whether a sentence, given in lower case with its `parts`, leaves open what it is about."""
    own = _thin(code(language))
    if own.opens.match(words) or found(own.holds, words, held):
        return True
    pronoun = own.her.pattern.search(words) if own.her.near(held) else None
    return pronoun is not None and not own.she.search(words, 0, pronoun.start())


@cache
def _standing(known: str) -> Standing:
    own: dict[str, Any] = source(known)["standing"]
    words: Any = {name: word_set(own.get(name, "")) for name in SETS}
    patterns = ("empty", "points", "leans", "many", "any", "verb", "object", "bound")
    shapes: Any = {name: one_of(own.get(name, ())) for name in patterns}
    return Standing(
        **words,
        **shapes,
        dangling=word_set(own["dangling"]),
        holds=beside(own.get("holds", {})),
        pronoun=one_of([rf"\b{word}\b" for word in sorted(words["them"])]),
    )


@cache
def _thin(known: str) -> Thin:
    own: dict[str, Any] = source(known)["thin"]
    her = Guarded(word_set(own["her"]), word_of(own["her"]))
    return Thin(one_of(own["opens"]), beside(own["holds"]), her, word_of(own["she"]))
