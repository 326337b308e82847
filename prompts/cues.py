"""Cues: phrases that tell what a clause does, kept as data, matched in one pass over the words.

A language is a file, `cues/<language>.toml`. Under `[sets]` stand named word lists; under `[cues]`
patterns per cue that count anywhere, under `[heads]` those that count at the head of a clause: at
the first word of a sentence, after a mark, after a leading connective. A pattern is a row of
slots parted by blanks:

    word        this word, in lower case, with a straight apostrophe
    a|b         one of these words
    <name>      one of the words of a set
    slot?       zero or one of it
    *           any one word (no punctuation mark)
    *3          none to three words
    !pattern    an exception: where it is the longest at its first word, the cue does not count

Under `[shortened]` stand words for two in a row ("isn't": "is not", or for many "-n't": "is|are
not"): where a pattern has the two, the one fits as well. Under `[hasty]` stand endings as they are
spelt in haste ("n't" as "nt"), which fit as well.

Two further sections, `[edges]` and `[denial]`, are told in `edges.py`.

A pattern begins with a word or a set. The longest match at a word wins within one cue. Matching
takes time linear in the number of words: every pattern is bounded.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, product, starmap
from pathlib import Path
from typing import Any

from prompts import patterns
from prompts.patterns import END, Bare, Hit, Letters, Short, Starts
from prompts.shapes import MARK, having, shapes

FOLDER = Path(__file__).parent / "cues"
# A token and the white space after it.
_TOKEN = re.compile(r"(?:[^\W_]++(?:['\-‑][^\W_]++)*+|[^\w\s]|_)\s*+")
_SIMPLE = re.compile(r"(?:\w++(?:['\-‑]\w++)*+|[^\w\s])\s*+")  # of a text without "_", sooner


def word_set(words: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(words.split())


NOTHING: frozenset[str] = frozenset()
BARE = word_set("because although even whereas but unless though")  # clauses without a mark


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and punctuation marks of a text, in lower case, where each begins, and the flags
    of each (prompts/shapes.py)."""

    words: list[str]
    starts: list[int]
    shapes: bytes

    def end(self, at: int) -> int:
        """Where the token ends."""
        return self.starts[at] + len(self.words[at])


class Sets(dict[str, frozenset[str]]):
    """The word sets of a language by their names; several are joined when first asked for."""

    def __missing__(self, names: str) -> frozenset[str]:
        self[names] = words = NOTHING.union(*(self.get(n, NOTHING) for n in names.split("|")))
        return words


@dataclass(frozen=True, slots=True)
class Cues:
    """A compiled cue file: what may begin at a word (prompts/patterns.py), and the word sets."""

    letters: Letters
    marks: frozenset[str]
    starts: Starts
    sets: Sets

    def known(self, names: str) -> frozenset[str]:
        """The words of a set, or of several ("say|view"); none where a language has no such set."""
        return self.sets.get(names) or self.sets[names]

    def hits(self, text: Tokens, first: int, last: int) -> list[Hit]:
        """Every cue in the sentence `[first, last)`, in the order of its first word."""
        part = Tokens(text.words[first:last], [], text.shapes[first:last])
        return [*map(Hit._make, self.met(text, first, self.spelt(part)))]

    def spelt(self, text: Tokens) -> list[str]:
        """The letter of each word of a text (prompts/patterns.py)."""
        known = having(text.shapes, MARK).decode()
        return [*map(self.letters.get, text.words, known)]

    def met(self, text: Tokens, first: int, letters: list[str]) -> list[Bare]:
        """As `hits`, of the sentence that begins at `first` and has these letters."""
        found: list[Bare] = []
        seen, words, marks = [*letters, END], text.words, self.marks
        head = 0
        for k, states in enumerate(map(self.starts.__getitem__, letters)):
            if states is None:
                continue
            within, heads = states
            opens = heads is not within and (
                k == head or seen[k - 1] in marks or words[first + k] in BARE
            )
            cued, lead, onward = heads if opens else within
            after = k
            while onward is not None:
                after += 1
                cued, lead, onward = onward(seen[after])
            at = first + k
            for cue, length in cued:
                found.append((cue, at, at + length))
            if opens and lead:  # after a leading connective ("But") the clause has a second head
                head = k + lead
        return found


def tokens(text: str) -> Tokens:
    """The tokens of a text; a word keeps its hyphens and apostrophes ("don't" is one word)."""
    low = lower(text)
    parts = (_TOKEN if "_" in text else _SIMPLE).findall(low)
    words = [*map(str.rstrip, parts)]
    starts = [*accumulate(map(len, parts), initial=len(low) - len(low.lstrip()))]
    del starts[-1]  # where the text ends
    return Tokens(words, starts, shapes(words))


def lower(text: str) -> str:
    """Lower case with straight apostrophes, one code point for one, so that offsets stay."""
    low = text.lower()
    if len(low) != len(text):  # "İ" becomes two code points
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.replace("’", "'")


# -- the files --------------------------------------------------------------------------------


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a cue file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def code(language: str) -> str:
    """The cue file by which a language (`de`, `de-AT`) is read; `en` where it has none."""
    known = language.lower().replace("_", "-").split("-")[0]
    return known if known in languages() else "en"


def cues(language: str) -> Cues:
    """The cues of a language; English where it has no file of its own."""
    return load(code(language))


@cache
def source(known: str) -> dict[str, Any]:
    """What the file `cues/<known>.toml` holds; to be looked at, not changed."""
    return tomllib.loads((FOLDER / f"{known}.toml").read_text(encoding="utf-8"))


@cache
def load(known: str) -> Cues:
    """The cues of `cues/<known>.toml`. Raises ValueError with the file and pattern at fault."""
    data = source(known)
    try:
        short, hasty = data.get("shortened", {}), data.get("hasty", {})
        return compiled(data["sets"], data["cues"], data["heads"], short, hasty)
    except ValueError as error:
        raise ValueError(f"{known}.toml: {error}") from None


def compiled(
    sets: dict[str, str],
    anywhere: dict[str, list[str]],
    heads: dict[str, list[str]],
    shortened: Mapping[str, str] | None = None,
    hasty: Mapping[str, str] | None = None,
) -> Cues:
    """Cues from word sets ("say says said"), patterns per cue, words that stand for two, and
    endings as they are spelt in haste."""
    known = {name: word_set(words) for name, words in sets.items()}
    short = [*chain.from_iterable(starmap(_short, (shortened or {}).items()))]
    return Cues(*patterns.compiled(anywhere, heads, known, short, hasty), Sets(known))


def _short(word: str, two: str) -> Iterator[Short]:
    firsts, seconds = (words.split("|") for words in two.split())
    for first, second in product(firsts, seconds):
        yield Short(first + word[1:] if word.startswith("-") else word, first, second)
