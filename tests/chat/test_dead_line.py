"""A line that stands and says nothing any more: the running program tells it within 75 seconds."""

import asyncio
import signal
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest
from chat.test_slack_program import program as slack_program
from chat.test_slack_program import up
from emulators.discord import discord_world
from emulators.discord_program import program as discord_program
from emulators.slack import Slack

pytestmark = [pytest.mark.soak, pytest.mark.timeout(180)]


async def ready(port: int) -> bool:
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


async def red_after(port: int, freeze: Callable[[], None]) -> float:
    """Seconds from `freeze` until /readyz says no."""
    async with asyncio.timeout(30):
        while not await ready(port):  # noqa: ASYNC110 - it is another program that changes
            await asyncio.sleep(0.2)
    freeze()
    began = time.monotonic()
    async with asyncio.timeout(100):
        while await ready(port):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.2)
    return time.monotonic() - began


async def test_a_dead_socket_of_slack_turns_ready_red(tmp_path: Path, unused_tcp_port: int) -> None:
    async with Slack().serving() as slack:

        def freeze() -> None:
            slack.silent_sockets = True
            slack.freeze()

        async with slack_program(tmp_path, slack, unused_tcp_port, signal.SIGTERM):
            await up(slack, unused_tcp_port)
            assert await red_after(unused_tcp_port, freeze) < 75


async def test_a_dead_gateway_of_discord_turns_ready_red(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    async with discord_world() as world:
        room = f"discord:{world.channel('agora')}"

        def freeze() -> None:
            world.gateway.refuse = 1_000_000
            world.gateway.freeze()

        port = {"WEB_PORT": str(unused_tcp_port)}
        async with discord_program(world, tmp_path, room, **port):
            assert await red_after(unused_tcp_port, freeze) < 75
