"""What claims say, apart from how they put it: two that say the same are asked about once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from prompts.likeness import lexicon, told, words
from prompts.model import Claim

SAME = 0.7  # from here on two claims say the same
MARK = 8  # characters that stand for a claim's words


class Saying(NamedTuple):
    """What a claim says, for comparison: its motion's stems, and whether it denies them.

    `mark` stands for its words in the reading, wherever they stand there. A set of stems would
    take six times the room, and a thousand readings have a quarter of a million of them (#9).
    """

    stems: tuple[str, ...]
    denies: bool
    mark: str = ""


def saying(claim: Claim) -> Saying:
    language = claim.passage.reading.language
    own = words(claim.passage.text)
    said = words(claim.motion) if claim.motion else own
    denials = sum(map(lexicon(language).negations.__contains__, said))
    return Saying(tuple(sorted({*told(said, language)})), denials % 2 == 1, hashed(*own))


def hashed(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:MARK]


def alike(a: Saying, b: Saying) -> bool:
    """Whether two claims say nearly the same, as far as their stems tell."""
    return _alike(a, b, len({*a.stems}.intersection(b.stems)))


def _alike(a: Saying, b: Saying, both: int) -> bool:
    least = min(len(a.stems), len(b.stems))
    return a.denies == b.denies and both >= min(3, least) and both >= SAME * least > 0


class Heard:
    """What was said so far, one saying for each group of those that say the same.

    A thousand books hold hundreds of thousands of claims, so hardly any two may be compared. Two
    that are alike share most of the shorter one's stems, hence one of its few rarest: claims are
    sought by these alone.
    """

    def __init__(self, sayings: Iterable[Saying]) -> None:
        self._spread = Counter(stem for said in sayings for stem in said.stems)
        self._heads: list[tuple[Saying, int]] = []
        self._by_stem: dict[str, list[int]] = {}
        self._by_rare: dict[str, list[int]] = {}

    def group(self, said: Saying, new: int) -> int:
        """The group of the saying that is alike and shares the most stems; if none is, the `new`
        one, for which this saying stands from now on."""
        rare = self._rare(said)
        own, best = {*said.stems}, (0, 0)
        for at in self._near(said, rare):
            head = self._heads[at][0]
            both = len(own.intersection(head.stems))
            if (both, -at) > best and _alike(said, head, both):
                best = both, -at
        if best[0]:
            return self._heads[-best[1]][1]
        self._add(said, rare, new)
        return new

    def _add(self, said: Saying, rare: Sequence[str], group: int) -> None:
        for index, found in ((self._by_stem, said.stems), (self._by_rare, rare)):
            for stem in found:
                index.setdefault(stem, []).append(len(self._heads))
        self._heads.append((said, group))

    def forget(self) -> None:
        """Drop everything, little by little, since it is a million objects and more (#9)."""
        for index in (self._by_stem, self._by_rare):
            while index:
                index.popitem()
        while self._heads:
            del self._heads[-1000:]

    def _near(self, said: Saying, rare: Sequence[str]) -> set[int]:
        """All that may be alike: by a rare stem of the shorter one, whichever that is."""
        shorter = (self._by_rare.get(stem, ()) for stem in said.stems)
        longer = (self._by_stem.get(stem, ()) for stem in rare)
        return set[int]().union(*shorter, *longer)

    def _rare(self, said: Saying) -> list[str]:
        """So many of the rarest stems that whatever shares enough of all shares one of them."""
        rare = sorted(sorted(said.stems), key=self._spread.__getitem__)
        return rare[: len(rare) - int(SAME * len(rare)) + 1]
