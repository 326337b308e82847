"""The program itself on Discord, started as an admin starts it, killed and started again."""

import signal
from pathlib import Path

import pytest
from emulators import discord_rules as rules
from emulators.discord import FORUM, TEXT, Json, Person, World, discord_world
from emulators.discord_program import program
from waiting import until

from bot import phrases

ANNS = "Schools should settle this by themselves, because no rule from above fits every classroom."
BENS = "One rule for everybody is better, because otherwise only the strong ones are protected."
WHY = "A rule that everybody had a hand in is kept without anybody having to watch over it."
AWAY = "Nobody was asked about it, although it is the pupils who have to live with it every day."
GAP = "It would cost more to enforce than all of it is worth, since somebody has to stand guard."


async def prompted(world: World, room: str, by: Person) -> tuple[Json, str]:
    """The prompt that a facilitator asked for, and its thread."""
    await (await by.ask(room, "gadfly", "now")).answered()
    await until(lambda: [c for c in world.channels.values() if c.get("parent_id") == room])
    [thread] = [c["id"] for c in world.channels.values() if c.get("parent_id") == room]
    where = room if world.channels[room]["type"] == TEXT else thread
    await until(lambda: world.posts(where))
    return world.posts(where)[0], thread


async def stand(world: World, person: Person, prompt: Json, label: str, why: str = "") -> None:
    where = prompt["channel_id"]
    pressed = await person.press(where, prompt, world.button(prompt, label))
    await pressed.answered()
    if why:
        assert pressed.modal, pressed.data
        await (await person.submit(where, pressed, why)).answered()


async def asked(person: Person, channel: str, *words: str, **options: str) -> str:
    return (await (await person.ask(channel, *words, **options)).answered()).text


def pictures(message: Json) -> list[str]:
    """What the pictures of a message say to who cannot see them."""
    galleries = (c for c in rules.walk(message["components"]) if c["type"] == 12)
    return [item["description"] for gallery in galleries for item in gallery["items"]]


@pytest.mark.parametrize(
    "kind",
    [pytest.param(TEXT, id="channel"), pytest.param(FORUM, id="forum", marks=pytest.mark.soak)],
)
async def test_the_program_holds_a_debate_and_loses_nothing_to_a_kill(
    tmp_path: Path, kind: int
) -> None:
    async with discord_world() as world:
        room = world.channel("seminar", kind)
        ann, ben, cem, dan = [world.person(name) for name in ("Ann", "Ben", "Cem", "Dan")]
        async with program(world, tmp_path, room, signal.SIGKILL):
            prompt, thread = await prompted(world, room, ann)
            await stand(world, ann, prompt, "For", WHY)
            await stand(world, ben, prompt, "Against")
            anns = await ann.say(thread, "Schools shuld settle this.")
            await ann.edit(thread, anns, ANNS)
            bens = await ben.say(thread, "What was rash is taken back.")
            slip = await dan.say(thread, "What was wrong is deleted.")
            await dan.delete(thread, slip)
            flood = [await dan.say(thread, f"What was said {n} times goes.") for n in range(3)]
        await dan.delete(thread, *flood)  # by a moderator, at one stroke
        await ben.edit(thread, bens, BENS)
        await cem.say(thread, AWAY)
        async with program(world, tmp_path, room):
            world.gateway.cut()
            gap = await dan.say(thread, GAP)
            await until(lambda: world.gateway.resumes)
            await stand(world, dan, prompt, "Torn")
            assert "Castellane" in await asked(cem, thread, "quote", topic="smartphones")
            assert "“" in await asked(cem, thread, "counter")
            assert await asked(ann, thread, "gadfly", "close") == phrases.CLOSING
            await until(lambda: rules.words(world.posts(thread)[-1]).startswith("## Summary"))
            summary = world.posts(thread)[-1]
            told = rules.words(summary)
            for words in (ANNS, BENS, WHY, AWAY, GAP, phrases.represented(4, 4)):
                assert words in told
            assert "What was" not in told
            assert pictures(summary) != []
            await until(lambda: phrases.CLOSED in rules.words(prompt))
            await asked(dan, thread, "gadfly", "forget")
            await until(lambda: GAP not in rules.words(summary))
            assert phrases.represented(3, 3) in rules.words(summary)
            assert gap in world.messages[thread]  # what Dan wrote is Dan's and stays where it is
    prompts = [m for held in world.messages.values() for m in held.values() if is_prompt(m)]
    assert prompts == [prompt]
    assert world.violations == []
    assert world.pings == []


def is_prompt(message: Json) -> bool:
    return "**Counterpoint**" in rules.words(message)
