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

Two further sections, `[edges]` and `[denial]`, are told in `edges.py`.

A pattern begins with a word or a set. The longest match at a word wins within one cue. Matching
takes time linear in the number of words: every pattern is bounded.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "cues"
_TOKEN = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*|[^\w\s]|_")


def word_set(words: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(words.split())


BARE = word_set("because although even whereas but unless though")  # clauses without a mark


class Tokens(NamedTuple):
    """The words and punctuation marks of a text, in lower case, and where each begins."""

    words: list[str]
    starts: list[int]

    def end(self, at: int) -> int:
        """Where the token ends."""
        return self.starts[at] + len(self.words[at])


class Hit(NamedTuple):
    """A cue found at the words `[first, last)` of a text's tokens."""

    cue: str
    first: int
    last: int


class Slot(NamedTuple):
    """One slot of a pattern: which words fit (None: any word), how few and how many."""

    words: frozenset[str] | None
    least: int
    most: int


class Pattern(NamedTuple):
    """What must follow the first word, and whether a match counts or excuses.

    `need` holds the words of the last slot that must be filled: where none of them stands among
    the next `reach` words, no walk is needed.
    """

    cue: str
    rest: tuple[Slot, ...]
    counts: bool
    need: frozenset[str]
    reach: int


class Ahead(NamedTuple):
    """The patterns that may match at a word: cues of one word, and longer patterns.

    Where none of the words in `need` stands among the next `reach` words, no longer one matches.
    """

    single: tuple[str, ...]
    longer: tuple[Pattern, ...]
    need: frozenset[str]
    reach: int


class Branch(NamedTuple):
    """What may follow a first word: `always` holds the patterns that need no look at the next
    word, `next` by the next word those and the ones that go on with it."""

    always: Ahead
    next: dict[str, Ahead]


class Cues(NamedTuple):
    """A compiled cue file: patterns by the word they begin with, and the word sets."""

    anywhere: dict[str, Branch]
    heads: dict[str, Branch]
    sets: dict[str, frozenset[str]]
    both: dict[str, tuple[Branch | None, Branch | None]]  # the two by their first word at once

    def hits(self, words: list[str], first: int, last: int) -> list[Hit]:
        """Every cue in the sentence `words[first:last]`, in the order of its first word."""
        found: list[Hit] = []
        index = self.both
        head = first
        for at in range(first, last):
            word = words[at]
            if word not in index:
                continue
            within, branch = index[word]
            if within is not None:
                _match(_ahead(within, words, at, last), words, at, last, found)
            if branch is not None and (
                at == head or word in BARE or not words[at - 1][0].isalnum()
            ):
                before = len(found)
                _match(_ahead(branch, words, at, last), words, at, last, found)
                head = _lead(before, found, head)
        return found


def tokens(text: str) -> Tokens:
    """The tokens of a text; a word keeps its hyphens and apostrophes ("don't" is one word)."""
    low = lower(text)
    return Tokens(_TOKEN.findall(low), [match.start() for match in _TOKEN.finditer(low)])


def lower(text: str) -> str:
    """Lower case with straight apostrophes, one code point for one, so that offsets stay."""
    low = text.lower()
    if len(low) != len(text):  # "İ" becomes two code points
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.replace("’", "'")


def _ahead(branch: Branch, words: list[str], at: int, last: int) -> Ahead:
    return branch.next.get(words[at + 1], branch.always) if at + 1 < last else branch.always


def _match(ahead: Ahead, words: list[str], at: int, last: int, found: list[Hit]) -> None:
    """Adds the longest match of each cue at a word."""
    best: dict[str, tuple[int, bool]] = {}
    hopeless = ahead.need and ahead.need.isdisjoint(words[at + 1 : at + ahead.reach])
    for cue, rest, counts, need, reach in () if hopeless else ahead.longer:
        if len(rest) == 1 and rest[0].least and rest[0].words is not None:  # the most common
            end = at + 2 if at + 1 < last and words[at + 1] in rest[0].words else 0
        elif need and need.isdisjoint(words[at + 1 : at + reach]):
            continue
        else:
            end = _walk(rest, 0, words, at + 1, last)
        if end and (cue not in best or end > best[cue][0]):
            best[cue] = (end, counts)
    for cue in ahead.single:
        if cue not in best:
            found.append(Hit(cue, at, at + 1))
    for cue, (end, counts) in best.items():
        if counts:
            found.append(Hit(cue, at, end))


def _lead(before: int, found: list[Hit], head: int) -> int:
    """After a leading connective ("But", "In short") the clause has a second head."""
    return next((hit.last for hit in found[before:] if hit.cue == "lead"), head)


def _walk(slots: tuple[Slot, ...], k: int, words: list[str], at: int, last: int) -> int:
    """The furthest end of `slots[k:]` from the word `at`, or 0."""
    if k == len(slots):
        return at
    allowed, least, most = slots[k]
    end = _walk(slots, k + 1, words, at, last) if least == 0 else 0
    for step in range(1, most + 1):
        if at >= last or not (words[at] in allowed if allowed is not None else _is_word(words[at])):
            break
        at += 1
        if step >= least:
            end = max(end, _walk(slots, k + 1, words, at, last))
    return end


def _is_word(token: str) -> bool:
    return token[0].isalnum()


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


def source(known: str) -> dict[str, Any]:
    """What the file `cues/<known>.toml` holds."""
    return tomllib.loads((FOLDER / f"{known}.toml").read_text(encoding="utf-8"))


@cache
def load(known: str) -> Cues:
    """The cues of `cues/<known>.toml`. Raises ValueError with the file and pattern at fault."""
    data = source(known)
    try:
        return compiled(data["sets"], data["cues"], data["heads"])
    except ValueError as error:
        raise ValueError(f"{known}.toml: {error}") from None


def compiled(
    sets: dict[str, str], anywhere: dict[str, list[str]], heads: dict[str, list[str]]
) -> Cues:
    """Cues from word sets ("say says said") and patterns per cue."""
    known = {name: frozenset(words.split()) for name, words in sets.items()}
    one, two = _index(anywhere, known), _index(heads, known)
    return Cues(one, two, known, {word: (one.get(word), two.get(word)) for word in one | two})


def _index(lists: dict[str, list[str]], known: dict[str, frozenset[str]]) -> dict[str, Branch]:
    index: dict[str, list[Pattern]] = {}
    for cue, pattern in chain.from_iterable(((c, p) for p in ps) for c, ps in lists.items()):
        slots = [_slot(part, known) for part in pattern.lstrip("!").split()]
        head = slots[0] if slots else None
        if head is None or head.words is None or (head.least, head.most) != (1, 1):
            raise ValueError(f'the pattern "{pattern}" of {cue} must begin with a word')
        for word in head.words:
            rest = tuple(slots[1:])
            made = Pattern(cue, rest, not pattern.startswith("!"), _needed(rest), _reach(rest))
            index.setdefault(word, []).append(made)
    return {word: _branch(patterns) for word, patterns in index.items()}


def _needed(rest: tuple[Slot, ...]) -> frozenset[str]:
    return next((slot.words for slot in reversed(rest) if slot.least and slot.words), frozenset())


def _reach(rest: tuple[Slot, ...]) -> int:
    return 1 + sum(slot.most for slot in rest)


def _branch(patterns: list[Pattern]) -> Branch:
    following = [(pattern, _following(pattern.rest)) for pattern in patterns]
    words = frozenset(chain.from_iterable(ahead for _, ahead in following if ahead))
    return Branch(
        _parted(p for p, ahead in following if ahead is None),
        {w: _parted(p for p, ahead in following if ahead is None or w in ahead) for w in words},
    )


def _parted(patterns: Iterable[Pattern]) -> Ahead:
    known = list(patterns)
    single = dict.fromkeys(p.cue for p in known if not p.rest and p.counts)
    longer = tuple(p for p in known if p.rest)
    sure = all(p.need for p in longer)
    need = frozenset(chain.from_iterable(p.need for p in longer)) if sure else frozenset()
    return Ahead(tuple(single), longer, need, max((p.reach for p in longer), default=0))


def _following(rest: tuple[Slot, ...]) -> frozenset[str] | None:
    """The words that must come next, or None where any may, or none need."""
    following: frozenset[str] = frozenset()
    for slot in rest:
        if slot.words is None:
            return None
        following |= slot.words
        if slot.least:
            return following
    return None


def _slot(part: str, sets: dict[str, frozenset[str]]) -> Slot:
    if part[0] == "*":
        return Slot(None, 0, int(part[1:])) if part[1:] else Slot(None, 1, 1)
    least = 0 if part.endswith("?") and len(part) > 1 else 1
    words: frozenset[str] = frozenset()
    for word in (part[:-1] if least == 0 else part).split("|"):
        words |= _words(word, sets)
    return Slot(words, least, 1)


def _words(word: str, sets: dict[str, frozenset[str]]) -> frozenset[str]:
    if not (word.startswith("<") and word.endswith(">")):
        return frozenset([word])
    if word[1:-1] not in sets:
        raise ValueError(f"no set {word}")
    return sets[word[1:-1]]
