"""The whole program, `gadfly run`, on an emulated Discord: nothing between them but addresses."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from emulators.discord import World
from emulators.discord_stage import until

ROOT = Path(__file__).parents[2]


def soon(seconds: float = 2.0) -> str:
    """A schedule whose next slot is in some seconds: a cron line with the minute it falls in."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return f"daily {at:%H:%M}"


@asynccontextmanager
async def program(
    world: World, folder: Path, rooms: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`gadfly run`, listening; ended with SIGTERM, and its exit must be clean."""
    env = {
        "PATH": os.environ["PATH"],
        "DISCORD_TOKEN": world.token,
        "DISCORD_API_URL": world.url.removesuffix("/api/v10"),
        "DISCORD_GATEWAY_URL": world.gateway_url,
        "PROMPT_ROOMS": rooms,
        "PROMPT_AT": "daily 04:00",
        "DATA_DIR": str(folder),
        "SEEDS_DIR": str(ROOT / "seeds"),
        "WEB_PORT": "0",
        "FACILITATORS": "discord:*",
        **settings,
    }
    log = (folder / "log.txt").open("ab")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=env, stdout=log, stderr=log
    )
    try:
        await until(lambda: world.gateway.connected and world.commands, 20)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        code = await asyncio.wait_for(process.wait(), 10)
        log.close()
        assert code == 0, (folder / "log.txt").read_text()
