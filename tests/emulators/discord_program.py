"""The whole program, `gadfly run`, on an emulated Discord: nothing between them but addresses."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from begun import SEEDS, begun
from emulators.discord import World
from waiting import LONG, until

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def program(
    world: World, folder: Path, room: str, end: signal.Signals = signal.SIGTERM, **settings: str
) -> AsyncIterator[None]:
    """`gadfly run` while it listens, told only what the environment says; ended with `end`."""
    environment = {
        "DISCORD_TOKEN": world.token,
        "DISCORD_API_URL": world.url,  # which is asked for the gateway
        "PROMPT_ROOMS": f"discord:{room}",
        "PROMPT_AT": "cron: 0 9 29 2 *",  # never during a test
        "FACILITATORS": "discord:*",
        "DATA_DIR": str(begun(folder / "data")),
        "SEEDS_DIR": str(SEEDS),
        "WEB_PORT": "0",
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment
    )
    try:
        await until(lambda: world.gateway.connected and world.commands)
        yield
        running.send_signal(end)
        async with asyncio.timeout(LONG):
            code = await running.wait()
        assert code == (0 if end is signal.SIGTERM else -end)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
