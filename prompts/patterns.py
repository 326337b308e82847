"""Patterns over words, compiled once: which cue begins at a word, and how far it reaches.

The pattern language is explained in prompts/cues.py. Matching takes time linear in the number of
words: every pattern is bounded.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import NamedTuple


class Hit(NamedTuple):
    """A cue found at the words `[first, last)` of a text's tokens."""

    cue: str
    first: int
    last: int


_hit: Callable[[tuple[str, int, int]], Hit] = partial(tuple.__new__, Hit)  # hits are many


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
    """What may match at a word whose next word is known.

    `sure` holds each cue that matches without a further look, with its number of words, `excused`
    those that an exception of that length forbids. The patterns in `longer` must be walked; where
    none of the words in `need` stands among the next `reach` words, none of them matches.
    """

    sure: tuple[tuple[str, int], ...]
    excused: tuple[tuple[str, int], ...]
    longer: tuple[Pattern, ...]
    need: frozenset[str]
    reach: int


class Branch(NamedTuple):
    """What may follow a first word: `always` where the next word tells nothing, else `next`."""

    always: Ahead
    next: dict[str, Ahead]


def match(known: Ahead, words: list[str], at: int, last: int, found: list[Hit]) -> None:
    """Adds the longest match of each cue at a word."""
    sure, excused, longer, need, reach = known
    if not longer or (need and need.isdisjoint(words[at + 1 : at + reach])):
        for cue, length in sure:
            found.append(_hit((cue, at, at + length)))
        return
    best = {cue: (at + length, True) for cue, length in sure}
    for cue, length in excused:
        best[cue] = (at + length, False)
    for cue, rest, counts, must, far in longer:
        if must and must.isdisjoint(words[at + 1 : at + far]):
            continue
        end = _walk(rest, 0, words, at + 1, last)
        if end and (cue not in best or end > best[cue][0]):
            best[cue] = (end, counts)
    for cue, (end, counts) in best.items():
        if counts:
            found.append(_hit((cue, at, end)))


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


Lists = dict[str, list[str]]
Found = dict[str, list[Pattern]]
NONE = Ahead((), (), (), frozenset(), 0)


def index(
    anywhere: Lists, heads: Lists, known: dict[str, frozenset[str]]
) -> dict[str, tuple[Branch, Branch]]:
    """By the word they begin with: the patterns that count anywhere, and those at a head too.

    What is the same for many words is one object: the smaller the table, the sooner it is read.
    """
    one, two = _by_word(anywhere, known), _by_word(heads, known)
    shared: dict[tuple[int, ...], Ahead] = {(): NONE}
    same: dict[tuple[int, ...], Branch] = {}

    def branch(patterns: list[Pattern]) -> Branch:
        key = tuple(map(id, patterns))
        return same[key] if key in same else same.setdefault(key, _branch(patterns, shared))

    return {
        word: (branch(one.get(word, [])), branch(one.get(word, []) + two.get(word, [])))
        for word in one | two
    }


def _by_word(lists: Lists, known: dict[str, frozenset[str]]) -> Found:
    found: Found = {}
    for cue, pattern in ((cue, pattern) for cue, own in lists.items() for pattern in own):
        slots = tuple(_slot(part, known) for part in pattern.lstrip("!").split())
        if not slots or slots[0].words is None or slots[0].least == 0:
            raise ValueError(f'the pattern "{pattern}" of {cue} must begin with a word')
        rest = slots[1:]
        made = Pattern(cue, rest, not pattern.startswith("!"), _needed(rest), _reach(rest))
        for word in slots[0].words:
            found.setdefault(word, []).append(made)
    return found


def _needed(rest: tuple[Slot, ...]) -> frozenset[str]:
    return next((slot.words for slot in reversed(rest) if slot.least and slot.words), frozenset())


def _reach(rest: tuple[Slot, ...]) -> int:
    return 1 + sum(slot.most for slot in rest)


def _branch(patterns: list[Pattern], shared: dict[tuple[int, ...], Ahead]) -> Branch:
    following = [(pattern, _following(pattern.rest)) for pattern in patterns]
    words = frozenset(chain.from_iterable(ahead for _, ahead in following if ahead))

    def known(rows: list[Pattern]) -> Ahead:
        key = tuple(map(id, rows))
        return shared[key] if key in shared else shared.setdefault(key, _parted(rows))

    return Branch(
        known([p for p, ahead in following if ahead is None]),
        {w: known([p for p, ahead in following if ahead is None or w in ahead]) for w in words},
    )


def _parted(patterns: Iterable[Pattern]) -> Ahead:
    """The patterns that begin with two known words, by what else must be looked at."""
    longer = []
    best: dict[str, tuple[int, bool]] = {}
    for pattern in patterns:
        length = _settled(pattern.rest)
        if length is None:
            longer.append(pattern)
        elif length > best.get(pattern.cue, (0, False))[0] and (length > 1 or pattern.counts):
            best[pattern.cue] = (length, pattern.counts)
    sure = all(p.need for p in longer)
    need = frozenset(chain.from_iterable(p.need for p in longer)) if sure else frozenset()
    counted, excused = (
        tuple((cue, n) for cue, (n, counts) in best.items() if counts is wanted)
        for wanted in (True, False)
    )
    return Ahead(counted, excused, tuple(longer), need, max((p.reach for p in longer), default=0))


def _settled(rest: tuple[Slot, ...]) -> int | None:
    """How many words a pattern has that two words settle; None if more must be looked at."""
    if not rest:
        return 1
    return 2 if len(rest) == 1 and rest[0].least and rest[0].words is not None else None


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
