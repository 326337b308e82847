"""Patterns over words, compiled once: which cue begins at a word, and how far it reaches.

The pattern language is explained in prompts/cues.py. Matching takes time linear in the number of
words: every pattern is bounded.
"""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple


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


def ahead(branch: Branch, words: list[str], at: int, last: int) -> Ahead:
    return branch.next.get(words[at + 1], branch.always) if at + 1 < last else branch.always


def match(known: Ahead, words: list[str], at: int, last: int, found: list[Hit]) -> None:
    """Adds the longest match of each cue at a word."""
    best: dict[str, tuple[int, bool]] = {}
    hopeless = known.need and known.need.isdisjoint(words[at + 1 : at + known.reach])
    for cue, rest, counts, need, reach in () if hopeless else known.longer:
        if len(rest) == 1 and rest[0].least and rest[0].words is not None:  # the most common
            end = at + 2 if at + 1 < last and words[at + 1] in rest[0].words else 0
        elif need and need.isdisjoint(words[at + 1 : at + reach]):
            continue
        else:
            end = _walk(rest, 0, words, at + 1, last)
        if end and (cue not in best or end > best[cue][0]):
            best[cue] = (end, counts)
    for cue in known.single:
        if cue not in best:
            found.append(Hit(cue, at, at + 1))
    for cue, (end, counts) in best.items():
        if counts:
            found.append(Hit(cue, at, end))


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


# -- compiling ----------------------------------------------------------------------------------


def index(lists: dict[str, list[str]], known: dict[str, frozenset[str]]) -> dict[str, Branch]:
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
