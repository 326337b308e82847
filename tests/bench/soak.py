"""Memory over many events: the core and a SQLite file, the events of one long debate.

    python tests/bench/soak.py [EVENTS]

Prints the resident memory at every tenth, and the slope per 100,000 events after the first tenth.
Put TMPDIR on a disk in memory for speed: each kept event waits for the disk.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from story.group import ADA, ROOM, Group, gathered  # noqa: E402 - the path comes first

from bot import service  # noqa: E402 - the path comes first
from bot.events import Asked, Edited, Event, Said  # noqa: E402 - as above
from bot.model import Debate, Member  # noqa: E402 - as above

MESSAGES = 200


def resident() -> float:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def events(group: Group, debate: Debate, count: int) -> Iterator[Event]:
    """Replies told again and edited, words in other threads, commands."""
    for number in range(count):
        at = group.clock.now() + timedelta(milliseconds=number)
        member = Member(f"page:{number % MESSAGES}", f"Member {number % MESSAGES}")
        message = f"m{number % MESSAGES}"
        match number % 10:
            case 0 | 1 | 2:
                yield Said(ROOM, debate.thread, message, member, "I doubt treaties.", at)
            case 3 | 4 | 5 | 6:
                yield Edited(ROOM, message, f"I doubt treaties, {number}.", at, debate.thread)
            case 7 | 8:
                yield Said(ROOM, "elsewhere", message, member, "Lunch?", at)
            case _:
                verb = ("quote", "voting") if number % 20 == 9 else ("gadfly", "status")
                yield Asked(ROOM, ADA, *verb, at, f"e{number}")


async def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with gathered(Path(folder)) as group:
            debate = await group.opened()
            seen: list[tuple[int, float]] = []
            for number, event in enumerate(events(group, debate, count), 1):
                await service.handle(group.study, event)
                if number % (count // 10) == 0:
                    seen.append((number, resident()))
                    print(f"{number:>8} events {seen[-1][1]:8.1f} MiB", flush=True)
    (first, before), (last, after) = seen[0], seen[-1]
    print(f"slope {(after - before) / (last - first) * 100_000:.2f} MiB per 100,000 events")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
