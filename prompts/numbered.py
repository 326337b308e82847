"""What many readings hold, numbered through them all; each thing is made when it is asked for."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TypeVar, overload

Thing = TypeVar("Thing")


class Numbered(Sequence[Thing]):
    """Things by their numbers, from 0 through all readings in turn.

    A thousand readings hold a million of them: what is kept is how many each reading has, and
    `make` makes one from the number of its reading and its place there.
    """

    def __init__(self, make: Callable[[int, int], Thing], counts: Iterable[int] = ()) -> None:
        self._make = make
        self.first = [0, *accumulate(counts)]

    def add(self, count: int) -> None:
        """How many things the next reading has."""
        self.first.append(self.first[-1] + count)

    def place(self, number: int) -> tuple[int, int]:
        """The number of a thing's reading, and its place there."""
        row = bisect_right(self.first, number) - 1
        return row, number - self.first[row]

    def __len__(self) -> int:
        return self.first[-1]

    @overload
    def __getitem__(self, at: int) -> Thing: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Thing]: ...
    def __getitem__(self, at: int | slice) -> Thing | Sequence[Thing]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        return self._make(*self.place(range(len(self))[at]))
