"""How alike short texts are: by their words, by what the words speak of, and by their spelling.

Replies in a thread share the motion's words and little else: "too dear" and "costs a fortune"
meet in no word. So a text is weighed by three kinds of features: its stems, the concepts those
stems stand for (`weights/likeness.*.toml`), and four-letter pieces that catch typing errors and
compounds. What the motion already says counts for a fraction; otherwise the replies that only
repeat the motion look the most central. Nothing here knows who wrote what, or when.

Word vectors (GloVe 100d, without their five main axes and the motion's direction, rare words first)
were measured and left out (#8). They tell pairs that say the same as well as the concepts do (area
.76 each, .70 without either, .79 with both), yet what is built on it gains little: by folds over
motions, grouping .36 -> .37, counts .76 -> .77 to .80, rare points .59 -> .58, coverage .825 ->
.82. Giving words without a concept that of their nearest loses too (grouping .36 -> .35).
"""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

import Stemmer

Vector = dict[str, float]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # Thai, Lao, kana, Han
MARKS = "–—“”„…«»‘"  # of a text that is plain ASCII but for these
_BLANKS = bytes(c if chr(c).isalnum() or chr(c) == "'" else ord(" ") for c in range(128)).ljust(256)
LONGEST = 40  # a longer run of letters is no word; cut, so that its pieces stay few
MOST = 1 << 15  # words whose stems are remembered
PIECE = 4
MOTION_SHARE = 0.15
CONCEPT_SHARE = 1.2
PIECE_SHARE = 0.2
FAINT_SHARE = 0.3
FAINT = 0.03  # a weight that changes no likeness anyone would notice; left out for speed


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's texts are compared with; all empty for a language we have no file for."""

    stemmer: str | None
    plain: frozenset[str]
    negations: frozenset[str]
    faint: frozenset[str]  # stems of debates about anything
    concepts: dict[str, tuple[str, ...]]  # stem -> what it speaks of
    contrasts: tuple[tuple[str, str], ...]  # concepts that exclude each other
    talk: dict[str, frozenset[str]]  # how people talk: phrases by kind (greeting, irony, ...)
    _known: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict, compare=False)

    def phrases(self, kind: str) -> frozenset[str]:
        return self.talk.get(kind, frozenset())

    def stem(self, words: Sequence[str]) -> list[str]:
        name = self.stemmer
        return list(words) if name is None else [_stem(name, word) for word in words]

    def features(self, stem: str) -> tuple[tuple[str, float], ...]:
        """One stem's features with their shares; kept, since texts repeat their words."""
        found = self._known.get(stem)
        if found is None:
            named = self.concepts.get(stem, ())
            faint = ((stem, FAINT_SHARE),)
            found = faint if stem in self.faint else tuple(_features(stem, named))
            if len(self._known) < MOST:
                self._known[stem] = found
        return found


def _features(stem: str, named: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The stem as it is, its concepts marked `#`, its pieces of spelling marked `~`."""
    yield stem, 1.0
    yield from (("#" + concept, CONCEPT_SHARE / math.sqrt(len(named))) for concept in named)
    framed = f"^{stem}$"
    yield from (("~" + framed[i : i + PIECE], PIECE_SHARE) for i in range(len(framed) - PIECE + 1))


@lru_cache(maxsize=1 << 15)
def _stem(stemmer: str, word: str) -> str:
    # A stemmer serves one thread and costs more to make than to ask; texts repeat their words.
    return str(Stemmer.Stemmer(stemmer).stemWord(word))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language tag ("en", "de-AT"); one without a file has stems at most, and the
    signs that are the same everywhere (👍, 🙄, /s)."""
    code = language.casefold().split("-")[0].split("_")[0]
    stemmer = code if code.isalpha() and code in _stemmers() else None
    path = resources.files("prompts") / "weights" / f"likeness.{code}.toml"
    if not code.isalpha() or not path.is_file():
        talk = lexicon("en").talk.items()
        signs = {kind: frozenset(p for p in all_ if not p[0].isalnum()) for kind, all_ in talk}
        return Lexicon(stemmer, frozenset(), frozenset(), frozenset(), {}, (), signs)
    cues = tomllib.loads(path.read_text(encoding="utf-8"))
    bare = Lexicon(stemmer, frozenset(), frozenset(), frozenset(), {}, (), {})
    concepts: defaultdict[str, set[str]] = defaultdict(set)
    for concept, words in cues["concepts"].items():
        for stem in bare.stem(words.split()):
            concepts[stem].add(concept)
    return Lexicon(
        stemmer,
        frozenset(cues["plain"].split()),
        frozenset(cues["negations"].split()),
        frozenset(bare.stem(cues.get("faint", "").split())),
        {stem: tuple(sorted(found)) for stem, found in concepts.items()},
        tuple((pair.split()[0], pair.split()[1]) for pair in cues["contrasts"]),
        {name: _phrases(text) for name, text in cues["talk"].items()},
    )


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|") if phrase.strip())


@cache
def _stemmers() -> frozenset[str]:
    """Two-letter codes that Snowball knows; it also takes long names, which we do not offer."""
    codes = "ar da de el en es et fi fr ga hi hu hy id it lt nb ne nl no pt ro ru sr sv ta tr yi"
    known = set()
    for code in codes.split():
        try:
            Stemmer.Stemmer(code)
        except KeyError:
            continue
        known.add(code)
    return frozenset(known)


def words(text: str) -> list[str]:
    """The words of a text, case folded; scripts without spaces give overlapping pairs of signs."""
    found = _whole(text)
    cut = max(map(len, found), default=0) > LONGEST
    return [word[:LONGEST] for word in found] if cut else found


def _whole(text: str) -> list[str]:
    """As `words`, those that are too long uncut: to look for them takes as long as all else."""
    low = text.casefold().replace("’", "'")
    for mark in () if low.isascii() else MARKS:
        low = low.replace(mark, " ")
    found = _plainly(low) if low.isascii() else WORD.findall(low)
    if low.isascii() or not UNSPACED.search(low):
        return found
    return [part for word in found for part in _parts(word)]


def _plainly(low: str) -> list[str]:
    """The words of plain ASCII: without a look at each letter in a fraction of the time."""
    bare = low.encode().translate(_BLANKS).decode()
    if "'" in bare and any(loose in f" {bare} " for loose in (" '", "' ", "''")):
        return WORD.findall(low)
    return bare.split()


def _parts(word: str) -> list[str]:
    if UNSPACED.match(word):
        return [word[i : i + 2] for i in range(max(1, len(word) - 1))]
    return [word[:LONGEST]]


def stems(text: str, language: str = "en") -> list[str]:
    """What a text says beyond the plain words: its stems, in order, repeated as they are."""
    return told(_whole(text), language)


def told(said: Iterable[str], language: str) -> list[str]:
    """As `stems`, of words that were parted already."""
    table = _table(language)
    return [*filter(None, map(table.__getitem__, said))]


class _Table(dict[str, str | None]):
    """Word -> stem, None for the plain words: one look for each word of a text, which are many."""

    def __init__(self, lexis: Lexicon) -> None:
        super().__init__(dict.fromkeys(lexis.plain | lexis.negations))
        self._lexis = lexis

    def __missing__(self, word: str) -> str:
        stem = self._lexis.stem([word[:LONGEST]])[0]
        if len(self) < MOST and len(word) <= LONGEST:
            self[word] = stem
        return stem


@cache
def _table(language: str) -> _Table:
    return _Table(lexicon(language))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts in one debate: rare ones much, the motion's own little."""

    language: str
    of: Vector

    def vector(self, content: Iterable[str]) -> Vector:
        """The weighted features of a text's stems, of length one (empty if it has none)."""
        shares = features(content, lexicon(self.language))
        raw = {f: share * self.of[f] for f, share in shares.items() if f in self.of}
        length = math.sqrt(sum(x * x for x in raw.values()))
        return {f: x / length for f, x in raw.items() if x > FAINT * length}


def features(content: Iterable[str], lexis: Lexicon) -> Vector:
    """Feature -> share, the largest of those that its stems give it."""
    found: Vector = {}
    for stem in sorted(set(content)):  # sums of floats depend on the order
        for feature, share in lexis.features(stem):
            if share > found.get(feature, 0.0):
                found[feature] = share
    return found


def weigh(texts: Iterable[Iterable[str]], motion: Iterable[str], language: str) -> Weights:
    """Weights from the texts (as stems) that will be compared; `log(1 + n / df)`, motion damped."""
    lexis = lexicon(language)
    seen: Counter[str] = Counter()
    count = 0
    for content in texts:
        seen.update(features(content, lexis).keys())
        count += 1
    said = features(motion, lexis)
    rarity = {f: math.log(1 + count / df) for f, df in seen.items()}
    return Weights(language, {f: x * (MOTION_SHARE if f in said else 1) for f, x in rarity.items()})


def likeness(a: Vector, b: Vector) -> float:
    """Cosine of two vectors of length one: 0 (nothing in common) to 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(x * b[f] for f, x in a.items() if f in b)


def neighbours(vectors: Sequence[Vector], first: int | None = None) -> Iterator[dict[int, float]]:
    """For each vector in turn, the earlier ones that share a feature: position -> likeness.

    With `first`, of the earlier ones only so many of the first.
    """
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for here, vector in enumerate(vectors):
        near: defaultdict[int, float] = defaultdict(float)
        for feature, x in vector.items():
            for there, y in postings[feature]:
                near[there] += x * y
            if first is None or here < first:
                postings[feature].append((here, x))
        yield dict(near)
