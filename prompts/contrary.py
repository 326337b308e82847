"""What sets two claims against each other word by word, by language, from its cue file.

In `cues/<language>.toml` stand, under `[contrary]`, lists of words:

    opposites   pairs of them: one claim says a word of the first, the other one of the second
    nots        words that turn the next one that says something; not behind one of `apart`
    reverses    words that turn a claim without a "not", so that a "not" beside it proves nothing
    bound       words under which a claim is conditional, or held against something else
    urged       words that say what should be

Of a hundred claims on one subject that a word such as "problem" or "less" set apart, or a "not" in
any place, thirty-five stood on two sides; with a plain "not" and nothing of this list, nearly all
(#3).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.cues import code, source, word_set
from prompts.likeness import lexicon
from prompts.stance import AGAINST

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Contrary:
    """What the module's docstring lists, `opposites` and `reverses` in stems; `denying` holds what
    asks against something, in whatever form it stands."""

    opposites: tuple[tuple[Stems, Stems], ...]
    denying: Stems
    reverses: Stems
    nots: frozenset[str]
    apart: frozenset[str]
    bound: frozenset[str]
    urged: frozenset[str]


def contrary(language: str) -> Contrary:
    """The words of a language (`de`, `de-AT`); English where it has no cue file."""
    return _read(code(language))


@cache
def _read(known: str) -> Contrary:
    own: dict[str, Any] = source(known)["contrary"]
    denying = _stems(known, " ".join(sorted(AGAINST))) if known == "en" else frozenset()
    return Contrary(
        opposites=tuple((_stems(known, a), _stems(known, b)) for a, b in own["opposites"]),
        denying=denying,
        reverses=denying | _stems(known, own["reverses"]),
        nots=word_set(own["nots"]),
        apart=word_set(own["apart"]),
        bound=word_set(own["bound"]),
        urged=word_set(own["urged"]),
    )


def _stems(known: str, words: str) -> Stems:
    return frozenset(lexicon(known).stem(words.split()))
