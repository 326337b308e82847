"""How soon the program acknowledges presses and commands on Discord, in one run.

    PYTHONPATH=.:tests .venv/bin/python tests/bench/acks.py [--seconds 30] [quiet|readings|store]

Ten interactions and twenty messages a second, from an emulated Discord in this process to
`gadfly run` in one of its own: as it is, while 10 MB of new readings are taken in, and while
somebody else holds the store for half of every second.
"""

import argparse
import asyncio
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from emulators.discord import Interaction, Json, Person, World, discord_world
from emulators.discord_program import program
from intake import corpus
from story.group import SEEDS
from waiting import until

Beside = Callable[[Path], Awaitable[None]]


async def quiet(_: Path) -> None:
    """Nothing else goes on."""


async def readings(folder: Path) -> None:
    """10 MB of new readings, twice the time between two looks at the folder before the load."""
    corpus(folder / "seeds", 400, 25_000)
    await asyncio.sleep(20)


async def store(folder: Path) -> None:
    """The store belongs to somebody else for half of every second."""

    def hold() -> None:
        with sqlite3.connect(folder / "data/gadfly.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(0.5)
            other.execute("ROLLBACK")
        other.close()

    async def now_and_then() -> None:
        while True:
            await asyncio.to_thread(hold)
            await asyncio.sleep(0.5)

    busy.append(asyncio.create_task(now_and_then()))


BESIDE: dict[str, Beside] = {"quiet": quiet, "readings": readings, "store": store}
busy: list["asyncio.Task[None]"] = []


async def measured(name: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(SEEDS, folder / "seeds")
        own = {"SEEDS_DIR": str(folder / "seeds")}
        async with discord_world() as world:
            room = world.channel("agora")
            people = [world.person(f"P{n}") for n in range(40)]
            async with program(world, folder, room, **own):
                prompt = await opened(world, people[0], room)
                await BESIDE[name](folder)
                asked = await load(world, people, prompt, seconds * 10)
                for task in busy:
                    task.cancel()
                busy.clear()
                report(name, asked)
            print("  violations:", world.violations[:3])


async def opened(world: World, by: Person, room: str) -> Json:
    await (await by.ask(room, "gadfly", "now")).answered(30)
    await until(lambda: world.posts(room) and world.posts(room)[0]["id"] in world.channels)
    return world.posts(room)[0]


async def load(world: World, people: list[Person], prompt: Json, count: int) -> list[Interaction]:
    """Every third is a command, the others press; all have time to be answered."""
    thread, room = prompt["id"], prompt["channel_id"]
    writing, asked = asyncio.create_task(talk(people, thread)), []
    began = time.monotonic()
    for number in range(count):
        person = people[number % len(people)]
        if number % 3:
            button = world.button(prompt, ("For", "Against", "Torn")[number % 3])
            asked.append(await person.press(room, prompt, button))
        else:
            asked.append(await person.ask(thread, "quote", topic="schools"))
        await asyncio.sleep(max(0.0, began + number / 10 - time.monotonic()))
    writing.cancel()
    await asyncio.gather(*(one.answered(20) for one in asked))
    return asked


async def talk(people: list[Person], thread: str) -> None:
    began = time.monotonic()
    for number in range(10**6):
        await people[number % len(people)].say(thread, f"message {number}")
        await asyncio.sleep(max(0.0, began + number / 20 - time.monotonic()))


def report(name: str, asked: list[Interaction]) -> None:
    waited = [one.waited for one in asked if one.waited is not None]
    cut = statistics.quantiles(waited, n=100)
    shown = {"p50": cut[49], "p95": cut[94], "p99": cut[98], "max": max(waited)}
    line = ", ".join(f"{part} {value * 1000:.0f} ms" for part, value in shown.items())
    pressed = [one for one in asked if one.type == 3]
    forms = sum(one.modal is not None for one in pressed)
    print(f"{name}: {len(waited)} of {len(asked)}, {line}; forms at once {forms}/{len(pressed)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("what", nargs="*", default=list(BESIDE))
    own = parser.parse_args()
    for name in own.what:
        asyncio.run(measured(name, own.seconds))


if __name__ == "__main__":
    main()
