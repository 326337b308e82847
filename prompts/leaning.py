"""How far the words of a sentence lean to claims ("unfair") or to stories ("asked").

The words stand under `[leaning]` in a cue file, as `claims` and `stories`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import repeat

from prompts.cues import code, source

DAMP = 5  # words by which a sentence is taken to be longer: a few words tell little


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
