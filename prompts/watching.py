"""The folder while the bot runs: when it has changed and come to rest, and what is new in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from prompts.folder import Stamp
from prompts.readings import Shelf, Trouble

NAMED = 5  # files of one kind that a line names

Stamps = Mapping[str, Stamp]


@dataclass(slots=True)
class Watch:
    """What was taken in last, and what was seen last. A file that is still being copied is left."""

    taken: Stamps
    seen: Stamps

    def settled(self, now: Stamps) -> bool:
        """Whether the folder is another one than was taken in, and the same as a look ago."""
        resting, self.seen = now == self.seen, now
        return resting and now != self.taken


@dataclass(frozen=True, slots=True)
class News:
    """What changed between two looks at a folder, by key."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.troubles)

    def line(self) -> str:
        """All of it in one line, for people."""
        named = (("new", self.new), ("changed", self.changed), ("gone", self.gone))
        counted = (f"{len(keys)} {what} ({_listed(keys)})" for what, keys in named if keys)
        said = f"Readings: {', '.join(counted) or 'nothing new to use'}."
        shown = [str(trouble) for trouble in self.troubles[:NAMED]]
        more = len(self.troubles) - len(shown)
        rest = [f"And {more} more: gadfly readings."] if more else []
        return " ".join([said, *shown, *rest])


def news(before: Shelf, after: Shelf) -> News:
    """What is new on a shelf. A file that was moved is new in one place and gone from the other."""
    old = {reading.key: reading for reading in before.readings}
    now = {reading.key: reading for reading in after.readings}
    known = set(before.troubles)
    return News(
        tuple(key for key in now if key not in old),
        tuple(key for key in now if key in old and now[key] != old[key]),
        tuple(key for key in old if key not in now),
        tuple(trouble for trouble in after.troubles if trouble not in known),
    )


def _listed(keys: tuple[str, ...]) -> str:
    more = len(keys) - NAMED
    return ", ".join(keys[:NAMED]) + (f" and {more} more" if more > 0 else "")
