"""One group on Slack and on Discord at once: both real adapters, both platforms on loopback."""

import asyncio
import contextlib
import time
from functools import partial
from pathlib import Path

from chat.slack_group import AGORA, VERBS
from emulators import discord_rules as rules
from emulators.discord_stage import discord_chat, room_of, until
from emulators.slack import APP_TOKEN, BOT_TOKEN, Slack, lines
from story.group import no_settings

from bot import app, phrases, service
from bot.chat.slack_adapter import Keys, SlackChat
from bot.clock import SystemClock

ANNS = "Schools should settle this by themselves, since no rule from above fits every classroom."
BENS = "One rule for everybody is better, because otherwise only the strong ones are protected."


async def test_one_prompt_two_threads_one_summary(tmp_path: Path) -> None:
    clock, readies = SystemClock(), []
    async with Slack(time.time).serving() as slack, discord_chat(clock) as (world, discord):
        channel = next(iter(world.channels))
        rooms = (str(AGORA), str(room_of(channel)))
        given = {"joint": True, "facilitators": ("discord:*",), "prompt_at": "daily 04:00"}
        own = no_settings(tmp_path, prompt_rooms=rooms, **given)
        chat = SlackChat(Keys(BOT_TOKEN, APP_TOKEN, None, slack.api), (AGORA,), clock, VERBS)
        async with app.opened(own, clock, {"slack": chat, "discord": discord}, "test") as study:
            handle = partial(service.handle, study)
            listening = [
                asyncio.create_task(one.run(handle, lambda: readies.append(1)))
                for one in (chat, discord)
            ]
            try:
                await until(lambda: len(readies) == 2 and world.commands)
                ben = world.person("Ben")
                await (await ben.ask(channel, "gadfly", "now")).answered()
                for _ in range(2):
                    await service.tick(study, clock.now())
                here, there = [await study.store.latest(r) for r in (AGORA, room_of(channel))]
                assert here is not None
                assert there is not None
                assert here.prompt == there.prompt

                await slack.press("U0ANN", "C0AGORA", here.thread, "For")
                await slack.say("U0ANN", "C0AGORA", ANNS, here.thread)
                prompt = world.posts(channel)[0]
                pressed = await ben.press(channel, prompt, world.button(prompt, "Against"))
                assert "For      █ 1" in (await pressed.answered()).text
                await ben.say(there.thread, BENS)

                await (await ben.ask(there.thread, "gadfly", "close")).answered()
                for _ in range(3):
                    await service.tick(study, clock.now())
                on_slack = "\n".join(lines(slack.posts("C0AGORA", here.thread)))
                on_discord = "\n".join(rules.words(m) for m in world.posts(there.thread))
                for words in (ANNS, BENS, phrases.represented(2, 2)):
                    assert words in on_slack
                    assert words in on_discord
                assert world.violations == []
            finally:
                for task in listening:
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task
