"""Patterns over words, as one automaton: which cues begin at a word, and how far they reach.

The pattern language is explained in prompts/cues.py. Every pattern is bounded, so a walk ends a few
words after it began: matching takes time linear in the number of words. A state is made when words
lead to it for the first time, and kept; words that fit the same slots are one letter to it, so that
a text, however long, makes no more states than the patterns have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product
from typing import NamedTuple

# What a word, and a mark, is to the automaton that fits no slot: 0 and 1, as shapes.having() tells
# them; and what stands after the last word.
ANY, OTHER, END = "\0", "\1", ""
LEAD = "lead"  # the cue after which a clause has a second head


class Hit(NamedTuple):
    """A cue found at the words `[first, last)` of a text's tokens."""

    cue: str
    first: int
    last: int


Bare = tuple[str, int, int]  # a hit where there are many: one of names takes four times as long


class Slot(NamedTuple):
    """One word of a pattern: which words fit (None: any word), and whether there must be one."""

    words: frozenset[str] | None
    must: bool


class Short(NamedTuple):
    """A word that stands for two: "isn't" for "is" and "not"."""

    word: str
    first: str
    second: str


class Node(NamedTuple):
    """A word of a pattern: which words fit, the nodes that the next one may be, and whether a match
    may end here, which counts or excuses."""

    words: frozenset[str] | None
    after: "tuple[Node, ...]"
    ends: bool
    cue: str
    counts: bool


# What the words so far have matched: cues with their numbers of words, that of a lead, and where
# the next word leads; None where no pattern goes on. A bare tuple, since it is taken apart at every
# word, and one of names takes twice as long.
State = tuple[tuple[tuple[str, int], ...], int, Callable[[str], "State"] | None]
Letters = dict[str, str]  # word -> the first of all words that fit the same slots
Best = dict[str, tuple[int, bool]]  # cue -> the words of its longest match, and whether it counts


class Onward(dict[str, State]):
    """Where each letter leads; found out when it comes for the first time."""

    __slots__ = ("best", "free", "length", "machine", "nodes", "words")

    def __init__(self, machine: "Machine", nodes: list[Node], best: Best, length: int) -> None:
        self.machine, self.nodes, self.best, self.length = machine, nodes, best, length
        self.free = any(node.words is None for node in nodes)  # any word leads on from here
        self.words: frozenset[str] | None = None  # that fit a node; most places are never reached

    def __missing__(self, letter: str) -> State:
        if self.words is None:
            self.words = frozenset[str]().union(*(node.words for node in self.nodes if node.words))
        plain = ANY if self.free and (letter == ANY or letter[:1].isalnum()) else OTHER
        if letter in self.words or letter == plain:
            met = [node for node in self.nodes if _fits(node, letter)]
            self[letter] = state = self.machine.state(met, self.best, self.length + 1)
        else:  # as nine in ten, it is no word of a pattern that goes on here
            self[letter] = state = self[plain]
        return state


class Machine:
    """The states of all patterns of a language."""

    def __init__(self) -> None:
        self._states: dict[tuple[object, ...], State] = {}

    def state(self, met: Iterable[Node], best: Best, length: int) -> State:
        """The state after so many words: `met` are the nodes that the last one fits."""
        nodes = {id(node): node for last in met for node in last.after}
        best = dict(best)
        for node in met:
            if node.ends and length > best.get(node.cue, (0, True))[0]:
                best[node.cue] = length, node.counts
        key = (*best.items(), length, *nodes) if nodes else (*best.items(),)
        if key not in self._states:
            onward = Onward(self, [*nodes.values()], best, length).__getitem__ if nodes else None
            found = tuple((cue, n) for cue, (n, counts) in best.items() if counts)
            self._states[key] = found, dict(found).get(LEAD, 0), onward
        return self._states[key]


def _fits(node: Node, letter: str) -> bool:
    if node.words is None:
        return letter == ANY or letter[:1].isalnum()
    return letter in node.words


# -- compiling ----------------------------------------------------------------------------------


Lists = dict[str, list[str]]
Rows = dict[str, list[Node]]


class Starts(dict[str, "tuple[State, State] | None"]):
    """The states that a letter begins, within a clause and at the head of one; None where no
    pattern begins with it. Found out when it comes for the first time."""

    def __init__(self, anywhere: Rows, heads: Rows) -> None:
        super().__init__()
        self._anywhere, self._heads, self._machine = anywhere, heads, Machine()

    def __missing__(self, letter: str) -> tuple[State, State] | None:
        anywhere, heads = self._anywhere.get(letter, []), self._heads.get(letter, [])
        self[letter] = states = None if not (anywhere or heads) else self._states(anywhere, heads)
        return states

    def _states(self, anywhere: list[Node], heads: list[Node]) -> tuple[State, State]:
        within = self._machine.state(anywhere, {}, 1)
        return within, self._machine.state(anywhere + heads, {}, 1) if heads else within


def compiled(
    anywhere: Lists,
    heads: Lists,
    known: dict[str, frozenset[str]],
    short: Sequence[Short] = (),
    hasty: Mapping[str, str] | None = None,
) -> tuple[Letters, frozenset[str], Starts]:
    """The letters, those of marks, and by letter the states that it begins."""
    slots: dict[frozenset[str], None] = {}
    parted = cache(partial(_slots, sets=known))
    rows = (_rows(lists, parted, short) for lists in (anywhere, heads))
    starts = Starts(*(_by_word((_spelt(row, hasty or {}) for row in own), slots) for own in rows))
    letters = _letters(slots)
    marks = frozenset(letter for letter in letters.values() if not letter[0].isalnum())
    return letters, marks | {OTHER}, starts


def _letters(slots: Iterable[frozenset[str]]) -> Letters:
    fits: dict[str, list[int]] = {}
    for number, words in enumerate(slots):
        for word in sorted(words):
            fits.setdefault(word, [word[0].isalnum()]).append(number)
    first: dict[tuple[int, ...], str] = {}
    return {word: first.setdefault(tuple(own), word) for word, own in fits.items()}


class Row(NamedTuple):
    """A pattern of a cue, which counts or is an exception."""

    cue: str
    slots: tuple[Slot, ...]
    counts: bool


def _rows(
    lists: Lists, parted: Callable[[str], list[Slot]], short: Sequence[Short]
) -> Iterator[Row]:
    """The patterns of all cues, each in all its forms."""
    for cue, pattern in ((cue, pattern) for cue, own in lists.items() for pattern in own):
        slots = tuple(slot for part in pattern.lstrip("!").split() for slot in parted(part))
        if not (slots and slots[0].must and slots[0].words):
            raise ValueError(f'the pattern "{pattern}" of {cue} must begin with a word')
        yield from (Row(cue, f, not pattern.startswith("!")) for f in _forms(slots, short))


def _forms(slots: tuple[Slot, ...], short: Sequence[Short]) -> Iterator[tuple[Slot, ...]]:
    """The slots as they stand, and with one for two wherever a word stands for both."""
    if len(slots) < 2:
        yield slots
        return
    yield from ((slots[0], *rest) for rest in _forms(slots[1:], short))
    (first, must), (second, follows) = slots[:2]
    if must and follows and first and second:
        one = frozenset(s.word for s in short if s.first in first and s.second in second)
        yield from ((Slot(one, True), *rest) for rest in _forms(slots[2:], short) if one)


def _spelt(row: Row, hasty: Mapping[str, str]) -> Row:
    """A pattern that knows its words in haste, too."""
    slots = tuple(slot._replace(words=_hasty(slot.words, hasty)) for slot in row.slots)
    return row._replace(slots=slots)


def _hasty(words: frozenset[str] | None, hasty: Mapping[str, str]) -> frozenset[str] | None:
    if words is None:
        return None
    ways = product(words, hasty.items())
    return words | {
        word.removesuffix(end) + other for word, (end, other) in ways if word.endswith(end)
    }


def _by_word(rows: Iterable[Row], slots: dict[frozenset[str], None]) -> Rows:
    """The first nodes of the patterns by word; `slots` learns which words may stand in one."""
    found: Rows = {}
    for row in rows:
        node = _node(row)
        slots |= dict.fromkeys(slot.words for slot in row.slots if slot.words is not None)
        for word in node.words or ():
            found.setdefault(word, []).append(node)
    return found


def _node(row: Row) -> Node:
    """The first node of a pattern, which must be there."""
    after: tuple[Node, ...] = ()
    ends = True
    for slot in reversed(row.slots[1:]):
        node = Node(slot.words, after, ends, row.cue, row.counts)
        after, ends = ((node,), False) if slot.must else ((node, *after), ends)
    return Node(row.slots[0].words, after, ends, row.cue, row.counts)


def _slots(part: str, sets: dict[str, frozenset[str]]) -> list[Slot]:
    if part[0] == "*":
        return [Slot(None, False)] * int(part[1:]) if part[1:] else [Slot(None, True)]
    must = not (part.endswith("?") and len(part) > 1)
    words: frozenset[str] = frozenset()
    for word in (part if must else part[:-1]).split("|"):
        words |= _words(word, sets)
    return [Slot(words, must)]


def _words(word: str, sets: dict[str, frozenset[str]]) -> frozenset[str]:
    if not (word.startswith("<") and word.endswith(">")):
        return frozenset([word])
    if word[1:-1] not in sets:
        raise ValueError(f"no set {word}")
    return sets[word[1:-1]]
