"""The program itself, `gadfly run`, started as an admin starts it, and ended as one ends it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from begun import SEEDS, begun
from waiting import LONG

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def running(folder: Path, end: signal.Signals, **settings: str) -> AsyncIterator[None]:
    """A process that is told only what the settings say; `end` must end it as it should."""
    environment = {
        "PROMPT_AT": "cron: 0 9 29 2 *",  # never during a test
        "DATA_DIR": str(begun(folder / "data")),
        "SEEDS_DIR": str(SEEDS),
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment
    )
    try:
        yield
        process.send_signal(end)
        async with asyncio.timeout(LONG):
            code = await process.wait()
        assert code == (0 if end is signal.SIGTERM else -end)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
