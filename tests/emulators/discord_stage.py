"""The real adapter on an emulated Discord, with a person's hands: for the contract of chats."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from emulators.discord import FORUM, TEXT, World, discord_world
from waiting import until

from bot.chat.discord_adapter import DiscordChat, use_addresses
from bot.chat.discord_cards import packed
from bot.events import Event
from bot.model import Room
from bot.ports import Clock


@asynccontextmanager
async def discord_chat(
    clock: Clock, world: World | None = None, rooms: Sequence[Room] | None = None, **more: Any
) -> AsyncIterator[tuple[World, DiscordChat]]:
    """A Discord with the channels `agora` and `stoa`, and the adapter for both.

    Given a world that stands already, it is the adapter alone, as after a restart.
    """
    async with contextlib.AsyncExitStack() as stack:
        if world is None:
            world = await stack.enter_async_context(discord_world())
            world.channel("agora")
            world.channel("stoa")
        use_addresses(world.url, world.gateway_url)
        all_rooms = [c["id"] for c in world.channels.values() if c["type"] in (TEXT, FORUM)]
        named = rooms or [room_of(room) for room in all_rooms]
        chat = DiscordChat(world.token, named, clock, asks_gateway=False, **more)
        stack.push_async_callback(chat.close)
        yield world, chat


def room_of(channel: str) -> Room:
    return Room("discord", channel)


async def act(world: World, channel: str, heard: list[Event], done: dict[str, Any]) -> str:
    """Do what a window of the page would, as Ann; returns what she was answered."""
    before = len(heard)
    ann = next(iter(world.people.values()), None) or world.person("Ann")
    thread = done.get("thread")
    if thread is not None and thread not in world.channels:
        await ann.open(channel, thread)
    where = thread or channel
    match done["do"], done.get("text", ""):
        case "write", text if text.startswith("/"):
            command, _, rest = text[1:].partition(" ")
            await until(lambda: world.commands)
            asked = await ann.ask(where, command, topic=rest)
            return (await asked.answered()).text
        case "write", text:
            await ann.say(where, text)
        case "edit", text:
            await ann.edit(_where(world, done["message"]), done["message"], text)
        case "delete", _:
            await ann.delete(_where(world, done["message"]), done["message"])
        case "take" | "press", _:
            carried = packed(done.get("stance") or done["action"], done["value"], None)
            message = world.message(channel, world.me)
            pressed = await ann.press(where, message, carried)
            del world.messages[channel][message["id"]]
            return (await pressed.answered()).text
    await until(lambda: len(heard) > before)
    return ""


def _where(world: World, message: str) -> str:
    return next(channel for channel, held in world.messages.items() if message in held)
