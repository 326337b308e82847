"""How far the words of a sentence lean to claims ("unfair") or to stories ("asked")."""

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from pathlib import Path

from prompts.cues import code

FOLDER = Path(__file__).parent / "weights"
DAMP = 5  # words by which a sentence is taken to be longer: a few words tell little


def leaning(words: Sequence[str], length: int, language: str) -> float:
    """In log-odds of being a claim, above 0 for claims; `length` is how many of the words are no
    marks. 0 in a language without `weights/leaning.CODE.toml`."""
    known = leanings(code(language))
    return DAMP * sum(map(known.get, words, repeat(0))) / (length + DAMP)


@cache
def leanings(known: str) -> dict[str, float]:
    """What each word of a language adds; to be looked at, not changed."""
    path = FOLDER / f"leaning.{known}.toml"
    tiers = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {word: int(tenths) / 10 for tenths, row in tiers.items() for word in row.split()}
