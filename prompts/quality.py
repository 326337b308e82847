"""How well a short text puts its point: what people who judged thousands of arguments preferred.

Linear, over what can be seen of a text (length, long words, connectives, whom it speaks of, how
surely it takes a side), its stems and its spelling. The weights (`weights/quality.en.bin`) are data
of their own with their licence beside them; `make weights` makes them.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from prompts.bearing import COMMON, stemmed, words
from prompts.cues import word_set
from prompts.stance import FOLDER, Motion, hashed, leaning, table, weighed

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
LETTERS = 3  # in a row; how a text is spelt shows in them
SPELLING = 0.5  # what they count for beside a text's stems, where the weights are learnt
SECONDED = 2.0  # what the worth of texts that say much the same counts for beside a text's own
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

    def alone(self, stems: Sequence[str]) -> float:
        """The share of a text's words that nobody else says: slips, what is beside the point."""
        if not self.count:
            return 0.0
        return sum(self.spread.get(stem, 0) <= 1 for stem in stems) / (len(stems) + 1)

    def vector(self, stems: Iterable[str]) -> dict[str, float]:
        """A text's stems with what they tell in this company, of length one."""
        raw = {
            s: math.log((self.count + 2) / (self.spread.get(s, 0) + 0.5))
            for s in sorted(set(stems))
        }
        length = math.hypot(*raw.values()) or 1.0
        return {stem: x / length for stem, x in raw.items()}


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


def seconded(company: Company, texts: Sequence[str], grades: Sequence[float]) -> list[float]:
    """The grades of texts of one company, each helped by those of texts that say much the same.

    A good point is often made, and made well by somebody; a grade by itself sees one wording.
    """
    said = [company.vector(stemmed(words(text))) for text in texts]
    middle = math.fsum(grades) / (len(grades) or 1)
    weight, worth = defaultdict[str, float](float), defaultdict[str, float](float)
    for vector, grade in zip(said, grades, strict=True):
        for stem, x in vector.items():
            weight[stem] += x
            worth[stem] += x * (grade - middle)
    return [
        grade + SECONDED * (_along(vector, worth) - grade + middle) / _along(vector, weight)
        if vector
        else grade
        for vector, grade in zip(said, grades, strict=True)
    ]


def _along(vector: Mapping[str, float], sums: Mapping[str, float]) -> float:
    return sum(x * sums[stem] for stem, x in vector.items())


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
        _spelling(text)
        | _shape(text, found)
        | _matter(stems, topic)
        | dict.fromkeys(map("= {}".format, marks), share)
        | {"company": company.shares(stems), "alone": 3 * company.alone(stems)}
        | _sided(leaning(_motion(motion), text) if leans is None else leans)
    )


def _spelling(text: str) -> dict[str, float]:
    """The letters of a text, three in a row, each by how often they stand there."""
    low = f" {text.lower()} "
    found = Counter(low[k : k + LETTERS] for k in range(len(low) - LETTERS + 1))
    share = SPELLING / math.sqrt(len(low))
    return {f"~ {row}": n * share for row, n in found.items()}


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
