"""A stem as it may stand elsewhere: 16 is sixteen, colour is color, and a lorry is a truck."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from prompts.likeness import stems
from prompts.urged import NUMBERS

LATIN = 5  # letters of a stem that is spelt otherwise elsewhere, at least
# Suspend, suspension; decide, decision; then what is spelt otherwise across the Atlantic.
_VERBS = {"nd": "ns", "id": "is", "ud": "us", "od": "os"}
_BRITISH = {"our": "or", "tr": "ter", "enc": "ens", "ogu": "og", "mm": "m"}
_ENDS = [*_VERBS.items(), *_BRITISH.items()]
_TURNED = {a: b for pair in _ENDS for a, b in (pair, pair[::-1])}
MOST = 1 << 13  # stems of which it is remembered


@lru_cache(MOST)
def spellings(term: str, language: str) -> tuple[str, ...]:
    """The stem itself first, then what else it may be; only in English is there more."""
    if not language.startswith("en"):
        return (term,)
    found = [term, *_same().get(term, ())]
    if len(term) >= LATIN:
        ends = ((term[:-n], _TURNED.get(term[-n:])) for n in (1, 2, 3))
        found += [start + end for start, end in ends if end is not None]
        found += [term[:-2]] if term.endswith("is") and len(term) > LATIN + 1 else []  # legalise
    return tuple(found)


@cache
def _same() -> Mapping[str, tuple[str, ...]]:
    """Numbers and their words, and the words for the same thing, by stem."""
    file = resources.files("prompts") / "weights" / "same.en.toml"
    groups = tomllib.loads(file.read_text(encoding="utf-8")).values()
    alike = [group for text in groups for group in text.replace("\n", " | ").split("|")]
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for said in (stems(text) for text in (*alike, *map(" ".join, NUMBERS.items()))):
        for stem in said:
            found[stem] |= dict.fromkeys(other for other in said if other != stem)
    return {stem: tuple(others) for stem, others in found.items()}
