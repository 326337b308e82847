"""The whole program, `gadfly run`, on an emulated Discord: nothing between them but addresses."""

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from emulators.discord import World
from program import running
from waiting import until


@asynccontextmanager
async def program(
    world: World, folder: Path, room: str, end: signal.Signals = signal.SIGTERM, **settings: str
) -> AsyncIterator[None]:
    """`gadfly run` while it listens; ended with `end`."""
    on_discord = {
        "DISCORD_TOKEN": world.token,
        "DISCORD_API_URL": world.url,  # which is asked for the gateway
        "PROMPT_ROOMS": f"discord:{room}",
        "FACILITATORS": "discord:*",
        "WEB_PORT": "0",
    }
    async with running(folder, end, **on_discord | settings):
        await until(lambda: world.gateway.connected and world.commands)
        yield
