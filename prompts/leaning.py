"""How far the words of a sentence lean to claims ("unfair") or to stories ("asked").

The words stand under `[leaning]` in a cue file, as `claims` and `stories`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, repeat

from prompts.cues import code, source

DAMP = 5  # words by which a sentence is taken to be longer: a few words tell little


def leant(words: Sequence[str], language: str) -> list[int]:
    """How far the words before each of a text's words lean, and all of them; no number is other
    than 0 where a cue file lists no such words."""
    known = leanings(code(language))
    return [*accumulate(map(known.get, words, repeat(0)), initial=0)]


def leaning(words: int, length: int) -> float:
    """In log-odds of being a claim, above 0 for claims, what a sentence's words lean by in all;
    `length` is how many of them are no marks."""
    return DAMP * words / (length + DAMP)


@cache
def leanings(known: str) -> dict[str, int]:
    """1 for each word of arguments, -1 for each of stories; to be looked at, not changed."""
    own = source(known).get("leaning", {"claims": "", "stories": ""})
    return dict.fromkeys(own["claims"].split(), 1) | dict.fromkeys(own["stories"].split(), -1)
