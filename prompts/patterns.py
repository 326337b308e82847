"""Patterns over words, as one automaton: which cues begin at a word, and how far they reach.

The pattern language is explained in prompts/cues.py. Every pattern is bounded, so a walk ends a few
words after it began: matching takes time linear in the number of words. A state is made when words
lead to it for the first time, and kept; words that fit the same slots are one letter to it, so that
a text, however long, makes no more states than the patterns have.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
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


hit: Callable[[tuple[str, int, int]], Hit] = partial(tuple.__new__, Hit)  # hits are many


class Slot(NamedTuple):
    """One word of a pattern: which words fit (None: any word), and whether there must be one."""

    words: frozenset[str] | None
    must: bool


class Pattern(NamedTuple):
    """The slots after the first word, and whether a match counts or excuses."""

    cue: str
    rest: tuple[Slot, ...]
    counts: bool


class State(NamedTuple):
    """What the words so far have matched: cues with their numbers of words, and that of a lead.

    `onward` is where the next word leads, None where no pattern goes on.
    """

    found: tuple[tuple[str, int], ...]
    lead: int
    onward: "Onward | None"


Letters = dict[str, str]  # word -> the first of all words that fit the same slots
Place = tuple[Pattern, int]  # a pattern, and the slot that comes next
Best = dict[str, tuple[int, bool]]  # cue -> the words of its longest match, and whether it counts


class Onward(dict[str, State]):
    """Where each letter leads; found out when it comes for the first time."""

    __slots__ = ("best", "length", "machine", "places")

    def __init__(self, machine: "Machine", places: list[Place], best: Best, length: int) -> None:
        self.machine, self.places, self.best, self.length = machine, places, best, length

    def __missing__(self, letter: str) -> State:
        met = [(pattern, k + 1) for pattern, k in self.places if _fits(pattern.rest[k], letter)]
        state = self[letter] = self.machine.state(met, self.best, self.length + 1)
        return state


class Machine:
    """The states of all patterns of a language."""

    def __init__(self) -> None:
        self._states: dict[tuple[object, ...], State] = {}

    def state(self, met: Iterable[Place], best: Best, length: int) -> State:
        """The state after so many words: `met` are the places that the last one led to."""
        open_: dict[tuple[int, int], Place] = {}
        best = dict(best)
        for pattern, k in met:
            for place in _places(pattern, k):
                if place[1] < len(pattern.rest):
                    open_[id(pattern), place[1]] = place
                elif length > best.get(pattern.cue, (0, True))[0]:
                    best[pattern.cue] = length, pattern.counts
        key = (*best.items(), length, *open_) if open_ else (*best.items(),)
        if key not in self._states:
            onward = Onward(self, [*open_.values()], best, length) if open_ else None
            found = tuple((cue, n) for cue, (n, counts) in best.items() if counts)
            self._states[key] = State(found, dict(found).get(LEAD, 0), onward)
        return self._states[key]


def _places(pattern: Pattern, k: int) -> Iterator[Place]:
    """A place in a pattern and those behind it that are reached without a word."""
    yield pattern, k
    while k < len(pattern.rest) and not pattern.rest[k].must:
        k += 1
        yield pattern, k


def _fits(slot: Slot, letter: str) -> bool:
    if slot.words is None:
        return letter == ANY or letter[:1].isalnum()
    return letter in slot.words


# -- compiling ----------------------------------------------------------------------------------


Lists = dict[str, list[str]]
Rows = dict[str, list[Pattern]]
Starts = dict[str, tuple[State, State]]


def compiled(
    anywhere: Lists, heads: Lists, known: dict[str, frozenset[str]]
) -> tuple[Letters, frozenset[str], Starts]:
    """The letters, those of marks, and by letter the states that it begins: within a clause, and at
    the head of one."""
    slots: dict[frozenset[str], None] = {}
    one, two = (_by_word(lists, known, slots) for lists in (anywhere, heads))
    letters, machine = _letters(slots), Machine()

    def start(patterns: list[Pattern]) -> State:
        return machine.state([(pattern, 0) for pattern in patterns], {}, 1)

    marks = frozenset(letter for letter in letters.values() if not letter[0].isalnum())
    return (
        letters,
        marks | {OTHER},
        {
            word: (start(one.get(word, [])), start(one.get(word, []) + two.get(word, [])))
            for word in one | two
            if letters[word] == word
        },
    )


def _letters(slots: Iterable[frozenset[str]]) -> Letters:
    fits: dict[str, list[int]] = {}
    for number, words in enumerate(slots):
        for word in sorted(words):
            fits.setdefault(word, [word[0].isalnum()]).append(number)
    first: dict[tuple[int, ...], str] = {}
    return {word: first.setdefault(tuple(own), word) for word, own in fits.items()}


def _by_word(
    lists: Lists, known: dict[str, frozenset[str]], slots: dict[frozenset[str], None]
) -> Rows:
    """The patterns by the words they begin with; `slots` learns which words may stand in one."""
    found: Rows = {}
    for cue, pattern in ((cue, pattern) for cue, own in lists.items() for pattern in own):
        row = [slot for part in pattern.lstrip("!").split() for slot in _slots(part, known)]
        firsts = row[0].words if row and row[0].must else None
        if firsts is None:
            raise ValueError(f'the pattern "{pattern}" of {cue} must begin with a word')
        made = Pattern(cue, tuple(row[1:]), not pattern.startswith("!"))
        slots |= dict.fromkeys(slot.words for slot in row if slot.words is not None)
        for word in firsts:
            found.setdefault(word, []).append(made)
    return found


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
