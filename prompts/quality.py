"""How well a short text puts its point: what people who judged thousands of arguments preferred.

Linear, over what can be seen of a text (length, long words, connectives, whom it speaks of, how
surely it takes a side) and its stems. The weights (`weights/quality.en.bin`) are data of their own
with their licence beside them; `make weights` makes them.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from prompts.bearing import COMMON, stemmed, words
from prompts.cues import word_set
from prompts.stance import Motion, leaning
from prompts.tables import FOLDER, hashed, table, weighed

WEIGHTS = FOLDER / "quality.en.bin"
BUCKETS = 1 << 16
READ = 60  # words beyond which a text is long, however long
CROWD = 400  # texts on a motion, as where the weights were learnt
BECAUSE = word_set("because since as therefore so thus")
RELATIVE = word_set("which that who while although when where by")
PERSON = word_set("i my me i'm")
GROUP = word_set("we our us")
READER = word_set("you your")
MAY = word_set("can could would may might")
SURE = 3.0  # odds of a side beyond which a text is sure, however sure
LONG = 400  # characters, likewise
_GLUED = re.compile(r"[,.;][A-Za-z]")
_CARELESS = re.compile(r"\b(?:dont|cant|doesnt|wont|isnt)\b")
_SMALL = re.compile(r"\bi\b")


@dataclass(frozen=True, slots=True)
class Company:
    """The texts on a motion: what many of them say is seldom beside the point."""

    spread: Mapping[str, int]
    count: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Company":
        bags = [set(stemmed(words(text))) for text in texts]
        return cls(Counter(stem for bag in bags for stem in bag), len(bags))

    def shares(self, stems: Collection[str]) -> float:
        """How much of what a text says the others say as well; 0 where there are none."""
        said = set(stems) if self.count else set()
        common = (math.log(1 + CROWD * self.spread.get(s, 0) / self.count) for s in sorted(said))
        return sum(common) / math.sqrt(len(said) + 1) / 4


NOBODY = Company({}, 0)


def quality(
    motion: str,
    text: str,
    company: Company = NOBODY,
    known: Sequence[int] | None = None,
    leans: float | None = None,
) -> float:
    """How well a text argues on a motion: about 0 (poor) to 1 among English texts of a line or two.

    Higher is better among texts of one company; nothing else is promised of the figure. `known`
    stands in for the shipped weights, without which it is 0; `leans` for what they say of its side.
    """
    weights = table(WEIGHTS, BUCKETS) if known is None else known
    return weighed(entries(motion, text, company, leans), weights)


def entries(
    motion: str, text: str, company: Company = NOBODY, leans: float | None = None
) -> Iterator[tuple[int, float]]:
    """The buckets of a text's features with their values."""
    return hashed(features(motion, text, company, leans), BUCKETS)


def features(
    motion: str, text: str, company: Company = NOBODY, leans: float | None = None
) -> dict[str, float]:
    """A text's features by name."""
    found, topic = words(text), _topic(motion)
    stems = stemmed(found)
    marks = ["TOPIC" if stem in topic else stem for stem in stems]
    share = 1 / math.sqrt(len(stems) + 1)
    return (
        _shape(text, found)
        | _matter(stems, topic)
        | dict.fromkeys(map("= {}".format, marks), share)
        | {"company": company.shares(stems)}
        | _sided(leaning(_motion(motion), text) if leans is None else leans)
    )


def _sided(leans: float) -> dict[str, float]:
    """How surely a text takes a side, and which: the clear ones are preferred."""
    sure = min(SURE, abs(leans))
    signed = math.copysign(sure, leans) / SURE
    return {"sure": sure / 2, "sure squared": sure**2 / 6, "leans": signed, "for": float(leans > 0)}


@lru_cache(maxsize=1 << 8)
def _motion(text: str) -> Motion:
    return Motion(text)


@cache
def _topic(motion: str) -> frozenset[str]:
    return frozenset(stemmed([word for word in words(motion) if word not in COMMON]))


def _shape(text: str, found: list[str]) -> dict[str, float]:
    length = min(len(found), READ) / 20
    width = sum(map(len, found)) / (len(found) + 1) / 5
    said = set(found)
    out = {"bias": 1.0, "length": length, "length squared": length**2, "width": width}
    out |= {"length log": math.log(20 * length + 1), "width squared": width**2}
    out |= {"long": 3 * sum(len(word) > 7 for word in found) / (len(found) + 1)}
    for name, listed in _KINDS.items():
        out[name] = float(not listed.isdisjoint(said))
    out |= {"may": len([word for word in found if word in MAY]) / 2, "and": found.count("and") / 2}
    out |= {"asks for": float(found[:2] == ["we", "should"] or "shouldn't" in said)}
    return out | _marks(text)


_KINDS = {"because": BECAUSE, "relative": RELATIVE, "i": PERSON, "we": GROUP, "you": READER}


def _marks(text: str) -> dict[str, float]:
    return {
        "commas": float(min(3, text.count(","))),
        "stops": min(3, text.count(".")) / 2,
        "ends": float(text.rstrip()[-1:] in tuple(".!?")),
        "capital": float(text[:1].isupper()),
        "asks": float("?" in text),
        "cries": float("!" in text),
        "glued": float(_GLUED.search(text) is not None),
        "careless": float(_CARELESS.search(text.lower()) is not None),
        "small i": float(_SMALL.search(text) is not None),
        "characters": min(len(text), LONG) / 100,
    }


def _matter(stems: list[str], topic: frozenset[str]) -> dict[str, float]:
    count = len(stems) + 1
    on_it = sum(stem in topic for stem in stems)
    return {
        "new": 2 * len(set(stems) - topic) / count,
        "various": 2 * len(set(stems)) / count,
        "on topic": 3 * on_it / count,
        "names topic": float(on_it > 0),
    }
