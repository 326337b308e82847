"""The program itself on Slack, started as an admin starts it, killed and started again."""

import asyncio
import signal
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import pytest
from emulators.slack import APP_TOKEN, BOT_TOKEN, SECRET, Fault, Slack, first, lines
from program import running
from waiting import LONG, until

from bot import phrases


def program(
    folder: Path, slack: Slack, port: int, end: signal.Signals, **more: str
) -> AbstractAsyncContextManager[None]:
    """`gadfly run` on that Slack; ended with `end`."""
    secret = {"SLACK_APP_TOKEN": APP_TOKEN}
    if slack.mode != "socket":
        secret = {"SLACK_SIGNING_SECRET": SECRET}
    return running(
        folder,
        end,
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_API_URL=slack.api,
        PROMPT_ROOMS="slack:C0AGORA",
        FACILITATORS="slack:U0LEA",
        WEB_PORT=str(port),
        **secret | more,
    )


async def up(slack: Slack, port: int) -> None:
    """Until it can be reached in the way it is to be reached."""
    if slack.mode == "socket":
        return await until(lambda: any(not s.closed for s in slack.sockets), LONG)
    async with asyncio.timeout(LONG), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return None
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)


def prompts(slack: Slack) -> list[str]:
    """What stands at the top of the channel, but for a line about the summary."""
    posts = slack.posts("C0AGORA")
    return [post["ts"] for post in posts if not post["text"].startswith("Closed")]


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_the_program_holds_a_debate_and_loses_nothing_to_a_kill(
    tmp_path: Path, http: bool, unused_tcp_port: int
) -> None:
    port = unused_tcp_port
    async with Slack().serving() as slack:
        slack.mode = f"http://127.0.0.1:{port}/slack/events" if http else "socket"
        async with program(tmp_path, slack, port, signal.SIGKILL):
            await up(slack, port)
            await slack.slash("U0LEA", "C0AGORA", "/gadfly", "now")
            await until(lambda: bool(slack.posts("C0AGORA")), LONG)
            prompt = slack.posts("C0AGORA")[-1]["ts"]
            await slack.press("U0ANN", "C0AGORA", prompt, "For")
            await slack.say("U0ANN", "C0AGORA", "It stands to reason.", prompt)
        slack.sockets.clear()
        slack.write("U0BEN", "C0AGORA", "I doubt that it would hold.", prompt)
        async with program(tmp_path, slack, port, signal.SIGTERM):
            await up(slack, port)
            await slack.slash("U0LEA", "C0AGORA", "/gadfly", "close")
            await until(lambda: bool(slack.posts("C0AGORA", prompt)), LONG)
        told = "\n".join(lines(slack.posts("C0AGORA", prompt)))
    assert "It stands to reason." in told
    assert "I doubt that it would hold." in told
    assert "2 of 2 contributors represented" in told
    assert prompts(slack) == [prompt]
    assert slack.refused == []


async def test_killed_before_slack_answered_a_prompt_it_hears_who_presses_and_replies(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    """The quiet period is an hour: nobody who has seen the prompt waits for its end (#5)."""
    async with Slack().serving() as slack:
        slack.faults = first(("chat.postMessage", Fault(late=LONG)))
        async with program(tmp_path, slack, unused_tcp_port, signal.SIGKILL, QUIET_PERIOD="1h"):
            await up(slack, unused_tcp_port)
            await slack.slash("U0LEA", "C0AGORA", "/gadfly", "now")
            await until(lambda: bool(slack.posts("C0AGORA")), LONG)
        slack.sockets.clear()
        prompt = slack.posts("C0AGORA")[-1]["ts"]
        slack.write("U0BEN", "C0AGORA", "I doubt that it would hold.", prompt)
        async with program(tmp_path, slack, unused_tcp_port, signal.SIGTERM, QUIET_PERIOD="1h"):
            await up(slack, unused_tcp_port)
            await slack.press("U0ANN", "C0AGORA", prompt, "For")
            await slack.say("U0ANN", "C0AGORA", "It stands to reason.", prompt)
            await slack.slash("U0LEA", "C0AGORA", "/gadfly", "close")
            await until(lambda: bool(slack.posts("C0AGORA", prompt)), LONG)
        told = "\n".join(lines(slack.posts("C0AGORA", prompt)))
    assert "It stands to reason." in told
    assert "I doubt that it would hold." in told
    assert phrases.represented(2, 2) in told
    assert prompts(slack) == [prompt]
