"""Gadfly's own messages on Slack: posted once, changed, found again, linked to."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.card import Card, Picture
from bot.chat import slack_cards
from bot.chat.slack_calls import Answer, Calls, Denied, Silent
from bot.ports import Clock, Done, Outcome, Refused, Unsure

APART = 1.1  # seconds between two posts in a channel; Slack allows one a second
LONGEST_TURN = 5.0  # seconds that a post waits for its turn; longer, and it comes back later
SHORT = 2.5  # seconds that a post waits out by itself when Slack asks for a rest
UPLOAD = 5.0  # seconds for a picture on its way up; later, the post goes without
SHARING = (0.5, APART, 1.4, 2.0)  # seconds before each try; a file is ready a little later
NEVER, JUST_NOW = -1e9, 30.0  # seconds
MOST_READ = 1_000  # threads of which is known when they were read
LOOKED_BACK = timedelta(days=8)  # longer than anything in the outbox waits


@dataclass(slots=True)
class Posts:
    """Nothing here is tried again by itself but what Slack certainly refused."""

    calls: Calls
    clock: Clock
    turns: dict[str, float] = field(default_factory=dict)
    read: dict[tuple[str, str], float] = field(default_factory=dict)  # threads, by the loop's clock

    async def post(self, channel: str, card: Card, key: str | None, thread: str | None) -> Outcome:
        """One message, in a thread that exists; `key` goes into its metadata."""
        wait = await self._turn(channel)
        if wait is not None:
            return wait
        if thread is not None:
            gone = await self._gone(channel, thread)
            if gone is not None:
                return gone
        marked = {"metadata": keyed(key)} if key else {}
        placed = {"thread_ts": thread} if thread else {}
        said = await self._sent(
            card, "chat.postMessage", channel=channel, **marked, **placed, **STILL
        )
        over = asyncio.get_running_loop().time() + APART  # a picture may have taken several tries
        self.turns[channel] = max(over, self.turns[channel])
        return _outcome(said)

    async def edit(self, channel: str, message: str, card: Card) -> Outcome:
        """The post with other words; its metadata stays, since none is given."""
        # Unlike the others, chat.update looks for names and addresses in `text` unless told not to.
        where = {"channel": channel, "ts": message, "parse": "none"}
        return _outcome(await self._sent(card, "chat.update", **where))

    async def find(
        self, channel: str, key: str, thread: str | None, since: datetime | None
    ) -> str | None:
        """The post with the key; looks as far back as anything can have been in doubt.

        What was told to a person carries no key, and rather comes twice than not at all.
        """
        if channel.startswith(PEOPLE):
            return None
        oldest = f"{(since or self.clock.now() - LOOKED_BACK).timestamp():.6f}"
        asked: dict[str, Any] = {"channel": channel, "include_all_metadata": True}
        if thread is None:
            pages = self.calls.pages("conversations.history", "messages", oldest=oldest, **asked)
        else:
            pages = self.calls.pages("conversations.replies", "messages", ts=thread, **asked)
        try:
            async for message in pages:
                if key_of(message) == key:
                    return str(message["ts"])
        except Silent as silent:
            if silent.error != "thread_not_found":
                raise
        return None

    async def stands(self, channel: str, message: str) -> bool:
        """Whether a post is there; of one with replies, Slack leaves a tombstone."""
        found = await self.calls("conversations.replies", channel=channel, ts=message, limit=1)
        if isinstance(found, Mapping):
            return bool(found["messages"][0].get("subtype") != "tombstone")
        if isinstance(found, Denied) and found.error == "thread_not_found":
            return False
        raise Silent(found)

    async def tell(self, user: str, card: Card) -> Outcome:
        """A direct message. Without im:write Slack takes the person's id for the channel."""
        opened = await self.calls("conversations.open", users=user)
        if isinstance(opened, Denied) and opened.error == "missing_scope":
            return await self.post(user, card, None, None)
        if not isinstance(opened, Mapping):
            return opened
        return await self.post(opened["channel"]["id"], card, None, None)

    async def link(self, channel: str, message: str) -> str | None:
        said = await self.calls("chat.getPermalink", channel=channel, message_ts=message)
        return str(said["permalink"]) if isinstance(said, Mapping) else None

    def stands_now(self, channel: str, thread: str) -> None:
        """Somebody has just read the thread."""
        if len(self.read) >= MOST_READ:
            self.read.clear()
        self.read[channel, thread] = asyncio.get_running_loop().time()

    async def _gone(self, channel: str, thread: str) -> Denied | None:
        """Why not to post in a thread: Slack's answer in one that is gone is not documented.

        One that was read for what is posted there now stands, and is not asked for again.
        """
        if asyncio.get_running_loop().time() - self.read.pop((channel, thread), NEVER) < JUST_NOW:
            return None
        asked = {"channel": channel, "ts": thread, "limit": 1}
        said = await self._rested("conversations.replies", **asked)
        return said if isinstance(said, Denied) else None

    async def _rested(self, method: str, **arguments: Any) -> Answer | Denied | Unsure:
        """A call that waits out one short rest, rather than have a post made anew for it."""
        said = await self.calls(method, **arguments)
        if isinstance(said, Denied) and said.wait is not None and said.wait <= SHORT:
            await asyncio.sleep(said.wait)
            said = await self.calls(method, **arguments)
        return said

    async def _turn(self, channel: str) -> Refused | None:
        """Wait until the channel may be posted in again, or say when."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self.turns.get(channel, 0.0))
        if turn - now > LONGEST_TURN:
            return Refused("many posts wait for this channel", wait=turn - now)
        self.turns[channel] = turn + APART
        await asyncio.sleep(turn - now)
        return None

    async def _sent(self, card: Card, method: str, **where: Any) -> Answer | Denied | Unsure:
        """The card with its picture; in words alone where Slack does not take the picture."""
        picture = next((part for part in card.parts if isinstance(part, Picture)), None)
        file = await self._uploaded(picture) if picture else None
        for wait in SHARING if file else ():
            await asyncio.sleep(wait)
            said = await self._worded(card, file, method, where)
            if not (isinstance(said, Denied) and said.error in FILELESS):
                return said
            if said.error != "invalid_blocks":
                break
        if file:
            await asyncio.sleep(APART)  # what Slack refused was a call in the channel, too
        return await self._worded(card, None, method, where)

    async def _worded(
        self, card: Card, file: str | None, method: str, where: Mapping[str, Any]
    ) -> Answer | Denied | Unsure:
        """One call; with less in it where Slack says that it is too long."""
        said = await self._rested(method, **slack_cards.message(card, file), **where)
        if isinstance(said, Denied) and said.error in TOO_LONG:
            await asyncio.sleep(APART)
            short = slack_cards.message(card, file, slack_cards.LONGEST // 2)
            said = await self.calls(method, **short, **where)
        return said

    async def _uploaded(self, picture: Picture) -> str | None:
        """The file's id, or None where the way up is blocked: a picture is never worth a post."""
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            async with asyncio.timeout(UPLOAD):
                return await self._upload(picture)
        return None

    async def _upload(self, picture: Picture) -> str | None:
        alt = slack_cards.shortened(picture.alt, slack_cards.ALT // 2)
        slot = await self.calls(
            "files.getUploadURLExternal",
            filename="stances.png",
            length=len(picture.png),
            alt_txt=alt,
        )
        if not isinstance(slot, Mapping) or self.calls.session is None:
            return None
        async with self.calls.session.post(slot["upload_url"], data=picture.png) as answer:
            if answer.status != 200:
                return None
        files = [{"id": slot["file_id"], "title": alt}]
        done = await self.calls("files.completeUploadExternal", files=files)
        return str(slot["file_id"]) if isinstance(done, Mapping) else None


PEOPLE = ("U", "W")  # how people's ids begin
KEYED = "gadfly_post"  # the event type of our metadata
# Slack's words for a picture that it does not take, or not yet; and for a message that is too long
# by a measure of its own, which it does not document.
FILELESS = (
    *("invalid_blocks", "missing_file_data", "file_deleted", "file_not_found"),
    "slack_connect_file_link_sharing_blocked",
)
TOO_LONG = ("msg_too_long", "msg_blocks_too_long")
STILL = {"unfurl_links": False, "unfurl_media": False}


def keyed(key: str) -> dict[str, Any]:
    """The metadata that marks a post with its key; Slack has no other idempotency key."""
    return {"event_type": KEYED, "event_payload": {"key": key}}


def key_of(message: Mapping[str, Any]) -> str | None:
    """The key in a message's metadata, if it is a post of ours."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != KEYED:
        return None
    return (metadata.get("event_payload") or {}).get("key")


def _outcome(said: Answer | Denied | Unsure) -> Outcome:
    return said if isinstance(said, Refused | Unsure) else Done(str(said["ts"]))
