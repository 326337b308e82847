"""What `gadfly check` finds at Slack: the tokens, the scopes, the rooms, each with its remedy."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.chat.slack_calls import OPEN, Calls
from bot.model import Room
from bot.ports import Finding

# What Gadfly's calls need, and what for; deploy/slack asks for the same (a test compares).
SCOPES = {
    "chat:write": "to post",
    "commands": "for /quote, /counter and /gadfly",
    "channels:history": "to read replies",
    "groups:history": "to read replies in private channels",
    "channels:read": "to see whether a channel is archived",
    "groups:read": "the same for private channels",
    "users:read": "for names in summaries",
    "files:write": "for the chart in summaries",
}
OPTIONAL = {
    "reactions:write": "to nod at replies",
    "im:write": "to tell facilitators what needs them",
    "app_mentions:read": "for commands in threads",
}
ADD = "add it under OAuth & Permissions, and reinstall the app"


async def checked(
    calls: Calls, app_token: str | None, rooms: tuple[Room, ...]
) -> AsyncIterator[Finding]:
    """Live calls, one line for each thing that was looked at."""
    said = await calls("auth.test")
    if not isinstance(said, Mapping):
        yield Finding("SLACK_BOT_TOKEN", *_split(said.why))
        return
    yield Finding(f"SLACK_BOT_TOKEN: {said.get('user', 'Gadfly')} in {said.get('team', 'Slack')}")
    for finding in missing(calls.scopes):
        yield finding
    if app_token:
        opened = await calls(OPEN, app_token=app_token)
        wrong = ("", "") if isinstance(opened, Mapping) else _split(opened.why)
        yield Finding("SLACK_APP_TOKEN", *wrong)
    for room in rooms:
        yield _room(room, await calls("conversations.info", channel=room.id))


def missing(granted: frozenset[str] | None) -> list[Finding]:
    """Scopes that Gadfly goes without. None: Slack did not say what it granted."""
    if granted is None:
        return []
    needed = [
        Finding(f"scope {scope}, {why}", "not granted", ADD)
        for scope, why in SCOPES.items()
        if scope not in granted
    ]
    without = [
        Finding(f"scope {scope}, {why}: not granted, and Gadfly goes without")
        for scope, why in OPTIONAL.items()
        if scope not in granted
    ]
    return needed + without


def _room(room: Room, said: Any) -> Finding:
    if not isinstance(said, Mapping):
        return Finding(str(room), *_split(said.why))
    channel = said["channel"]
    if channel.get("is_archived"):
        return Finding(str(room), "archived", "unarchive it, or take it out of PROMPT_ROOMS")
    if not channel.get("is_member"):
        return Finding(str(room), "Gadfly is not in it", "type /invite @gadfly there")
    return Finding(f"{room} #{channel.get('name', '')}")


def _split(why: str) -> tuple[str, str]:
    wrong, _, remedy = why.partition("; ")
    return wrong, remedy or "try again in a while; if it stays, look at SLACK_API_URL and the net"
