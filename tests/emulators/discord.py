"""A Discord of one's own on 127.0.0.1: what it holds, what its people do, what it lets the bot do.

The real discord.py stands on the other side. What the bot does that Discord forbids, or that a
well-behaved bot does not do, is in `violations`.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import canaries
from aiohttp import web
from emulators import discord_rules as rules
from emulators.discord_gateway import Gateway
from emulators.discord_rest import PREFIX, Json, Rest
from emulators.discord_rules import EPHEMERAL, No
from waiting import LONG

EPOCH = 1420070400000
TEXT, DM, THREAD, FORUM = 0, 1, 11, 15
REPLY = 19  # a message under another
DEADLINE = 3.0  # seconds for the first answer to an interaction
CONTENT_FLAG = 1 << 19  # GATEWAY_MESSAGE_CONTENT_LIMITED


@dataclass
class Interaction:
    """One press, command or submission, and what came back."""

    id: str
    token: str
    type: int
    member: "Person"
    began: float = field(default_factory=time.monotonic)
    kind: int | None = None  # of the first answer
    data: Json = field(default_factory=dict)
    waited: float | None = None
    first: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    message: Json | None = None
    more: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the member reads: the message, or the modal."""
        return rules.words(self.message) if self.message else rules.words(self.data)

    @property
    def modal(self) -> Json | None:
        return self.data if self.kind == 9 else None

    async def answered(self, within: float = LONG) -> "Interaction":
        """Wait for the whole answer."""
        async with asyncio.timeout(within):
            await self.done.wait()
        return self


@dataclass
class Person:
    """A member of the server, and what they can do in it."""

    world: "World"
    id: str
    name: str
    roles: list[str] = field(default_factory=list)
    nick: str | None = None

    @property
    def user(self) -> Json:
        return _user(self.id, self.name)

    @property
    def member(self) -> Json:
        return {**self.world.members[self.id], "nick": self.nick, "roles": self.roles}

    async def say(self, channel: str, text: str, kind: int = 0, answers: str | None = None) -> str:
        message = self.world.message(channel, self.user, text, kind=REPLY if answers else kind)
        if answers:
            message["message_reference"] = {
                "type": 0,
                "message_id": answers,
                "channel_id": channel,
                "guild_id": self.world.guild,
            }
        await self.world.tell("MESSAGE_CREATE", message, self)
        return message["id"]

    async def edit(self, channel: str, message: str, text: str) -> None:
        held = self.world.messages[channel][message]
        held.update(content=text, edited_timestamp=_iso(), mentions=self.world.mentioned(text))
        await self.world.tell("MESSAGE_UPDATE", held, self)

    async def delete(self, channel: str, *messages: str) -> None:
        for message in messages:
            del self.world.messages[channel][message]
        where = {"channel_id": channel, "guild_id": self.world.guild}
        if len(messages) > 1:
            await self.world.gateway.dispatch(
                "MESSAGE_DELETE_BULK", {"ids": list(messages), **where}
            )
        else:
            await self.world.gateway.dispatch("MESSAGE_DELETE", {"id": messages[0], **where})

    async def open(self, channel: str, message: str) -> None:
        """Open a thread under a message, as anybody may."""
        held = self.world.messages[channel][message]
        made = self.world.thread(message, held["channel_id"], {"name": "a thread"})
        await self.world.gateway.dispatch("THREAD_CREATE", {**made, "newly_created": True})

    async def press(self, channel: str, message: Json, custom_id: str) -> Interaction:
        data = {"custom_id": custom_id, "component_type": 2}
        return await self.world.interact(self, 3, channel, data, message=message)

    async def submit(self, channel: str, pressed: Interaction, text: str) -> Interaction:
        """Send off the modal that a press opened."""
        assert pressed.modal is not None
        return await self.world.interact(self, 5, channel, _filled(pressed.modal, text))

    async def ask(self, channel: str, name: str, *path: str, **options: str) -> Interaction:
        return await self.world.interact(self, 2, channel, self.world.asked(name, path, options))

    async def type(self, channel: str, name: str, option: str, text: str) -> Interaction:
        """Type into an option that completes itself."""
        data = self.world.asked(name, (), {option: text})
        data["options"][0]["focused"] = True
        return await self.world.interact(self, 4, channel, data)

    async def menu(self, channel: str, name: str, message: str) -> Interaction:
        """Use a command of a message's menu."""
        data = self.world.asked(name, (), {}, 3)
        held = self.world.messages[channel][message]
        data |= {"target_id": message, "resolved": {"messages": {message: held}}}
        return await self.world.interact(self, 2, channel, data)


class World:
    """One server with its channels, a bot, and people."""

    def __init__(self) -> None:
        self.token = canaries.DISCORD
        self.url = self.gateway_url = ""
        self.violations: list[str] = []
        self.pings: list[tuple[str, list[str]]] = []
        self._last = 0
        self.app = self.fresh()
        self.me = {**_user(self.fresh(), "Gadfly"), "bot": True}
        self.guild = self.fresh()
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.members: dict[str, Json] = {}
        self.people: dict[str, Person] = {}
        self.commands: dict[str | None, list[Json]] = {}
        self.nonces: dict[tuple[str, str], str] = {}
        self.interactions: dict[str, Interaction] = {}
        self.files: dict[str, bytes] = {}
        self.synced = 0
        self.shards, self.remaining = 1, 1000
        self.bot_role = self.fresh()
        self.guilds[self.guild] = _guild(self.guild, self.bot_role, self.me["id"])
        self._member(self.me, [self.bot_role])
        self.gateway, self.rest = Gateway(self), Rest(self)

    # Its people's and its administrators' hands.

    def fresh(self) -> str:
        self._last = max(self._last + 1, (int(time.time() * 1000) - EPOCH) << 22)
        return str(self._last)

    def wrong(self, line: str) -> None:
        self.violations.append(line)

    def person(self, name: str, *roles: str, nick: str | None = None) -> Person:
        person = Person(self, self.fresh(), name, list(roles), nick)
        self._member(person.user, person.roles)
        self.people[person.id] = person
        return person

    def _member(self, user: Json, roles: list[str]) -> None:
        self.members[user["id"]] = {
            "user": user,
            "roles": roles,
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "nick": None,
        }

    def channel(self, name: str, kind: int = TEXT) -> str:
        ident = self.fresh()
        self.channels[ident] = {
            "id": ident,
            "guild_id": self.guild,
            "type": kind,
            "name": name,
            "position": len(self.channels),
            "permission_overwrites": [],
            "nsfw": False,
            "parent_id": None,
            "topic": None,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
        self.messages[ident] = {}
        return ident

    def deny(self, channel: str, permission: int) -> None:
        over = {"id": self.me["id"], "type": 1, "allow": "0", "deny": str(permission)}
        self.channels[channel]["permission_overwrites"] = [over]

    def flags(self) -> int:
        return CONTENT_FLAG if self.gateway.content_allowed else 0

    def posts(self, channel: str) -> list[Json]:
        """The bot's messages in a channel, oldest first."""
        held = self.messages.get(channel, {})
        return [m for m in held.values() if m["author"]["id"] == self.me["id"]]

    def button(self, message: Json, label: str) -> str:
        """The custom_id of the button so labelled."""
        return next(
            c["custom_id"] for c in rules.walk(message["components"]) if c.get("label") == label
        )

    def guild_create(self, guild: str) -> Json:
        top = [c for c in self.channels.values() if c.get("guild_id") == guild]
        return {
            **self.guilds[guild],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [self.members[self.me["id"]]],
            "channels": [c for c in top if c["type"] != THREAD],
            "threads": [
                c for c in top if c["type"] == THREAD and not c["thread_metadata"]["archived"]
            ],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    async def remove_guild(self, unavailable: bool = False) -> None:
        data = {"id": self.guild} | ({"unavailable": True} if unavailable else {})
        await self.gateway.dispatch("GUILD_DELETE", data)

    async def tell(self, event: str, message: Json, person: Person | None = None) -> None:
        data = {**message, "guild_id": self.guild}
        if person is not None:
            data["member"] = {k: v for k, v in person.member.items() if k != "user"}
        await self.gateway.dispatch(event, data)

    def message(self, channel: str, author: Json, text: str = "", **more: Any) -> Json:
        ident = self.fresh()
        made = {
            "id": ident,
            "channel_id": channel,
            "author": author,
            "content": text,
            "timestamp": _iso(ident),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": self.mentioned(text),
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": more.pop("kind", 0),
            "flags": 0,
            **more,
        }
        self.messages[channel][ident] = made
        place = self.channels[channel]
        place["last_message_id"] = ident
        if place["type"] == THREAD:
            place["message_count"] += 1
            place["thread_metadata"]["archived"] = False
        return made

    def mentioned(self, text: str) -> list[Json]:
        everyone = {self.me["id"]: self.me} | {p.id: p.user for p in self.people.values()}
        return [user for ident, user in everyone.items() if f"<@{ident}>" in text]

    def as_seen(self, message: Json, content: bool) -> Json:
        """A message as an application sees it, with or without the message-content intent."""
        mine = message["author"]["id"] == self.me["id"]
        named = any(user["id"] == self.me["id"] for user in message["mentions"])
        if content or mine or named:
            return message
        return {**message, "content": "", "embeds": [], "attachments": [], "components": []}

    async def archive(self, thread: str, locked: bool = False) -> None:
        meta = self.channels[thread]["thread_metadata"]
        meta.update(archived=True, locked=locked)
        await self.gateway.dispatch("THREAD_UPDATE", self.channels[thread])

    async def delete_channel(self, channel: str) -> None:
        gone = self.channels.pop(channel)
        under = [c["id"] for c in self.channels.values() if c.get("parent_id") == channel]
        for ident in (channel, *under):
            self.channels.pop(ident, None)
            self.messages.pop(ident, None)
        event = "THREAD_DELETE" if gone["type"] == THREAD else "CHANNEL_DELETE"
        await self.gateway.dispatch(event, gone)

    # Interactions.

    def asked(self, name: str, path: Any, options: dict[str, str], kind: int = 1) -> Json:
        """The data of a command as the bot registered it. KeyError where it did not."""
        known = [c for held in self.commands.values() for c in held]
        command = next(c for c in known if c["name"] == name and c.get("type", 1) == kind)
        given = [{"name": k, "type": 3, "value": v} for k, v in options.items()]
        declared = command.get("options", [])
        for step in reversed(path):
            given = [{"name": step, "type": 1, "options": given}]
        names = {o["name"] for o in declared}
        if not {g["name"] for g in given} <= names:
            raise KeyError(f"/{name} has {names}, not {given}")
        return {"id": command["id"], "name": name, "type": kind, "options": given}

    async def interact(
        self, person: Person, kind: int, channel: str, data: Json, message: Json | None = None
    ) -> Interaction:
        ident = self.fresh()
        made = Interaction(ident, f"token-{ident}", kind, person)
        self.interactions[made.token] = made
        payload = {
            "id": ident,
            "application_id": self.app,
            "type": kind,
            "data": data,
            "guild_id": self.guild,
            "guild": {"id": self.guild, "locale": "en-US", "features": []},
            "channel": self.channels[channel],
            "channel_id": channel,
            "member": {**person.member, "permissions": str(rules.ENOUGH)},
            "token": made.token,
            "version": 1,
            "app_permissions": str(rules.ENOUGH),
            "locale": "en-US",
            "guild_locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": self.guild},
            "context": 0,
            "attachment_size_limit": 10_485_760,
        }
        if message is not None:
            payload["message"] = message
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return made

    # REST, in the order of `Rest.mount`.

    async def get_gateway(self, *_: Any) -> Json:
        limit = {"total": 1000, "remaining": self.remaining, "reset_after": 1500}
        start = {**limit, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": self.shards, "session_start_limit": start}

    async def get_me(self, *_: Any) -> Json:
        return self.me

    async def get_application(self, *_: Any) -> Json:
        return {
            "id": self.app,
            "name": "Gadfly",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00",
            "flags": self.flags(),
            "owner": _user(self.app, "owner"),
            "team": None,
        }

    async def put_commands(self, request: web.Request, body: Any, _: Any) -> list[Json]:
        self.synced += 1
        where = request.match_info.get("guild")
        made = [{**c, "id": self.fresh(), "application_id": self.app, "version": "1"} for c in body]
        self.commands[where] = made
        return made

    async def get_commands(self, request: web.Request, *_: Any) -> list[Json]:
        # Defaults that were sent are left out of what is told, as Discord does.
        held = json.loads(json.dumps(self.commands.get(request.match_info["guild"], [])))
        for option in (o for command in held for o in command.get("options", ())):
            if option.get("required") is False:
                del option["required"]
        return [{**c, "default_member_permissions": None, "nsfw": False} for c in held]

    async def post_dm(self, _: web.Request, body: Any, __: Any) -> Json:
        person = self.people.get(str(body["recipient_id"]))
        if person is None:
            raise No(400, 50033, "Invalid Recipient(s)")
        found = next((c for c in self.channels.values() if c.get("to") == person.id), None)
        if found is None:
            ident = self.fresh()
            found = {"id": ident, "type": DM, "recipients": [person.user], "to": person.id}
            found["last_message_id"] = None
            self.channels[ident], self.messages[ident] = found, {}
        return found

    def _place(self, request: web.Request, *needed: int) -> Json:
        channel = self.channels.get(request.match_info["channel"])
        if channel is None:
            raise No(404, 10003, "Unknown Channel")
        if channel["type"] != DM:
            self._may(channel, rules.VIEW, 50001, "Missing Access")
            for permission in needed:
                self._may(channel, permission, 50013, "Missing Permissions")
        return channel

    def _may(self, channel: Json, permission: int, code: int, message: str) -> None:
        if not self._has(channel, permission):
            raise No(403, code, message)

    def _has(self, channel: Json, permission: int) -> bool:
        room = self.channels[channel["parent_id"]] if channel["type"] == THREAD else channel
        guild = self.guilds.get(room["guild_id"])
        if guild is None:
            raise No(403, 50001, "Missing Access")
        return bool(rules.permissions(guild, room, self.members[self.me["id"]]) & permission)

    async def get_channel(self, request: web.Request, *_: Any) -> Json:
        return self._place(request)

    async def patch_channel(self, request: web.Request, body: Any, _: Any) -> Json:
        channel = self._place(request)
        meta = channel["thread_metadata"]
        if meta["locked"]:
            self._may(channel, rules.MANAGE_THREADS, 50013, "Missing Permissions")
        meta.update({k: v for k, v in body.items() if k in ("archived", "locked")})
        return channel

    async def post_message(self, request: web.Request, body: Any, files: Any) -> Json:
        channel = self._place(request)
        if channel["type"] == FORUM:
            raise No(400, 50008, "Cannot send messages in a non-text channel")
        if channel["type"] == THREAD:
            self._may(channel, rules.SEND_IN_THREADS, 50013, "Missing Permissions")
            if channel["thread_metadata"]["locked"]:
                raise No(400, 160005, "Thread is locked")
        elif channel["type"] == TEXT:
            self._may(channel, rules.SEND, 50013, "Missing Permissions")
        rules.check_message(body, len(files))
        key = (channel["id"], str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self.nonces:
            held = self.messages[channel["id"]].get(self.nonces[key])
            if held is None:
                raise No(404, 10008, "Unknown Message")
            return held
        if not body.get("enforce_nonce"):
            self.wrong("a message without enforce_nonce")
        made = await self._post(channel["id"], body, files)
        self.nonces[key] = made["id"]
        return {**made, "nonce": body.get("nonce")}

    def forget_nonces(self) -> None:
        """Some minutes pass."""
        self.nonces.clear()

    async def _post(self, channel: str, body: Any, files: Any) -> Json:
        made = self.message(channel, self.me, **self._content(body, files))
        await self.tell("MESSAGE_CREATE", {**made, "nonce": body.get("nonce")})
        return made

    def _content(self, body: Any, files: dict[str, bytes]) -> Json:
        """What a body makes of a message; its files become attachments with addresses."""
        self._mentions(body)
        attached = []
        for number, (name, data) in enumerate(files.items()):
            self.files[name] = data
            given = next((a for a in body.get("attachments", ()) if a["id"] == number), {})
            url = f"https://cdn.discordapp.com/attachments/1/{name}"
            attached.append(
                {
                    "id": self.fresh(),
                    "filename": name,
                    "size": len(data),
                    "url": url,
                    "proxy_url": url,
                    "content_type": "image/png",
                    "description": given.get("description"),
                }
            )
        for component in rules.walk(body.get("components")):
            for item in component.get("items", ()):
                name = item["media"]["url"].removeprefix("attachment://")
                found = next((a for a in attached if a["filename"] == name), None)
                if found is None:
                    raise No(400, 50035, f"Invalid Form Body: no attachment {name}")
                item["media"] = {"url": found["url"], "proxy_url": found["proxy_url"]}
        made = {k: body.get(k) or [] for k in ("embeds", "components")}
        return {
            **made,
            "text": body.get("content") or "",
            "flags": body.get("flags") or 0,
            "attachments": attached,
        }

    def _mentions(self, body: Any) -> None:
        allowed = body.get("allowed_mentions")
        if allowed is None or allowed.get("parse"):
            self.wrong(f"allowed_mentions is {allowed}")
        called = rules.pings(body)
        if called:
            self.pings.append((rules.words(body), called))

    async def get_messages(self, request: web.Request, *_: Any) -> list[Json]:
        channel = self._place(request)
        if channel["type"] != DM and not self._has(channel, rules.HISTORY):
            return []  # no refusal: as if nobody had written
        held = sorted(self.messages[channel["id"]].values(), key=lambda m: int(m["id"]))
        limit = int(request.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise No(400, 50035, "limit: 1 to 100")
        if "after" in request.query:
            held = [m for m in held if int(m["id"]) > int(request.query["after"])][:limit]
        elif "before" in request.query:
            held = [m for m in held if int(m["id"]) < int(request.query["before"])][-limit:]
        else:
            held = held[-limit:]
        return [self.as_seen(m, self.gateway.content_allowed) for m in reversed(held)]

    def _held(self, request: web.Request) -> Json:
        channel = self._place(request)
        held = self.messages[channel["id"]].get(request.match_info["message"])
        if held is None:
            raise No(404, 10008, "Unknown Message")
        return held

    async def get_message(self, request: web.Request, *_: Any) -> Json:
        self._place(request, rules.HISTORY)
        return self.as_seen(self._held(request), self.gateway.content_allowed)

    async def patch_message(self, request: web.Request, body: Any, files: Any) -> Json:
        held = self._held(request)
        if held["author"]["id"] != self.me["id"]:
            raise No(403, 50005, "Cannot edit a message authored by another user")
        place = self.channels[held["channel_id"]]
        if place["type"] == THREAD and place["thread_metadata"]["archived"]:
            raise No(400, 50083, "Thread is archived")
        if held["flags"] & rules.V2 and not (body.get("flags") or rules.V2) & rules.V2:
            raise No(400, 50035, "the flag of components v2 cannot be taken back")
        body = {**body, "flags": held["flags"]}
        rules.check_message(body, len(files))
        made = self._content(body, files)
        held.update(content=made.pop("text"), edited_timestamp=_iso(), **made)
        await self.tell("MESSAGE_UPDATE", held)
        return held

    async def delete_message(self, request: web.Request, *_: Any) -> None:
        held = self._held(request)
        del self.messages[held["channel_id"]][held["id"]]
        where = {"channel_id": held["channel_id"], "guild_id": self.guild}
        await self.gateway.dispatch("MESSAGE_DELETE", {"id": held["id"], **where})

    async def post_thread(self, request: web.Request, body: Any, _: Any) -> Json:
        held = self._held(request)
        self._place(request, rules.CREATE_THREADS)
        if held["id"] in self.channels:
            raise No(400, 160004, "A thread has already been created for this message")
        made = self.thread(held["id"], held["channel_id"], body)
        starter = self.message(made["id"], self.me, kind=21)
        starter["message_reference"] = {
            "message_id": held["id"],
            "channel_id": held["channel_id"],
            "guild_id": self.guild,
        }
        await self.gateway.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        return made

    def thread(self, ident: str, parent: str, body: Any) -> Json:
        if not 1 <= len(body["name"]) <= 100:
            raise No(400, 50035, "name: 1 to 100")
        made = {
            "id": ident,
            "guild_id": self.guild,
            "parent_id": parent,
            "owner_id": self.me["id"],
            "name": body["name"],
            "type": THREAD,
            "last_message_id": None,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "flags": 0,
            "total_message_sent": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": body.get("auto_archive_duration") or 4320,
                "archive_timestamp": _iso(),
                "locked": False,
                "create_timestamp": _iso(),
            },
        }
        self.channels[ident], self.messages[ident] = made, {}
        return made

    async def post_forum(self, request: web.Request, body: Any, files: Any) -> Json:
        channel = self._place(request, rules.SEND)
        if channel["type"] != FORUM:
            raise No(400, 50024, "Cannot execute action on this channel type")
        rules.check_message(body["message"], len(files))
        if channel["flags"] & rules.REQUIRE_TAG and not body.get("applied_tags"):
            raise No(400, 40067, "A tag is required to create a forum post in this channel")
        ident = self.fresh()
        made = self.thread(ident, channel["id"], body)
        message = self.message(ident, self.me, **self._content(body["message"], files))
        del self.messages[ident][message["id"]]
        message["id"] = ident  # a forum post's first message has the thread's id
        self.messages[ident][ident] = message
        await self.gateway.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        await self.tell("MESSAGE_CREATE", message)
        return {**made, "message": message}

    async def get_archived(self, request: web.Request, *_: Any) -> Json:
        channel = self._place(request, rules.HISTORY)
        return self._threads(lambda c: c["parent_id"] == channel["id"], archived=True)

    async def get_active(self, *_: Any) -> Json:
        return self._threads(lambda _: True, archived=False)

    def _threads(self, fits: Any, archived: bool) -> Json:
        found = [
            c
            for c in self.channels.values()
            if c["type"] == THREAD and c["thread_metadata"]["archived"] is archived and fits(c)
        ]
        return {"threads": found, "members": [], "has_more": False}

    async def get_guild(self, request: web.Request, *_: Any) -> Json:
        if request.match_info["guild"] not in self.guilds:
            raise No(403, 50001, "Missing Access")
        return self.guilds[request.match_info["guild"]]

    async def get_roles(self, request: web.Request, *_: Any) -> list[Json]:
        return (await self.get_guild(request))["roles"]

    async def get_member(self, request: web.Request, *_: Any) -> Json:
        if request.match_info["user"] not in self.members:
            raise No(404, 10007, "Unknown Member")
        return self.members[request.match_info["user"]]

    async def post_callback(self, request: web.Request, body: Any, files: Any) -> Any:
        made = self.interactions.get(request.match_info["token"])
        waited = time.monotonic() - made.began if made else 0.0
        if made is None or waited > DEADLINE:
            self.wrong(f"an interaction was answered {waited:.1f} s late")
            raise No(404, 10062, "Unknown interaction")
        if made.kind is not None:
            raise No(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        self._allowed(made, body["type"], data)
        made.kind, made.data, made.waited = body["type"], data, waited
        made.first.set()
        if body["type"] == 4:
            rules.check_message(data, len(files))
            made.message = {**data, **self._content(data, files), "id": self.fresh()}
        if body["type"] not in (5, 6):
            made.done.set()
        return {"interaction": {"id": made.id, "type": made.type}}

    def _allowed(self, made: Interaction, kind: int, data: Json) -> None:
        fitting = {2: (4, 5, 9), 3: (4, 5, 6, 7, 9), 4: (8,), 5: (4, 5, 6, 7)}[made.type]
        if kind not in fitting:
            raise No(400, 50035, f"type {kind} does not answer {made.type}")
        if kind == 9 and not (1 <= len(data["title"]) <= 45 and 1 <= len(data["components"]) <= 5):
            raise No(400, 50035, "a modal has a title of 45 and five components at most")
        if kind == 9 and len(data["custom_id"]) > 100:
            raise No(400, 50035, "custom_id: 100 or fewer")
        if kind == 8:
            for choice in data["choices"]:
                if not 1 <= len(choice["name"]) <= 100 or len(str(choice["value"])) > 100:
                    raise No(400, 50035, "choices: 1 to 100 characters")
            if len(data["choices"]) > 25:
                raise No(400, 50035, "choices: 25 or fewer")

    def _token(self, request: web.Request) -> Interaction:
        made = self.interactions.get(request.match_info["token"])
        if made is None:
            raise No(401, 50027, "Invalid Webhook Token")
        if made.kind is None:
            raise No(404, 10015, "Unknown Webhook")
        return made

    async def patch_original(self, request: web.Request, body: Any, files: Any) -> Json:
        made = self._token(request)
        flags = (body.get("flags") or 0) | (made.data.get("flags") or 0)
        rules.check_message({**body, "flags": flags}, len(files))
        content = self._content({**body, "flags": flags}, files)
        made.message = {**content, "content": content["text"], "id": self.fresh()}
        made.done.set()
        return self._answer_of(made)

    def _answer_of(self, made: Interaction) -> Json:
        assert made.message is not None
        base = self.message.__get__(self)  # the same fields as any message
        where = next(iter(self.channels))
        whole = base(where, self.me)
        del self.messages[where][whole["id"]]
        return {**whole, **{k: v for k, v in made.message.items() if k != "text"}}

    async def get_original(self, request: web.Request, *_: Any) -> Json:
        return self._answer_of(self._token(request))

    async def post_followup(self, request: web.Request, body: Any, files: Any) -> Json:
        made = self._token(request)
        rules.check_message(body, len(files))
        content = self._content(body, files)
        flags = body.get("flags") or 0
        made.more.append({**content, "content": content["text"], "flags": flags})
        made.message = made.message or made.more[-1]
        return {**self._answer_of(made), **content, "id": self.fresh()}

    def ephemeral(self, made: Interaction) -> bool:
        """Whether the member alone sees the answer."""
        return bool((made.data.get("flags") or 0) & EPHEMERAL)


def _user(ident: str, name: str) -> Json:
    made = {"id": ident, "username": name.lower(), "global_name": name, "discriminator": "0"}
    return {**made, "avatar": None, "public_flags": 0}


def _guild(ident: str, bot_role: str, owner: str) -> Json:
    def role(role_id: str, name: str, permissions: int) -> Json:
        plain = {"color": 0, "hoist": False, "managed": False, "mentionable": True, "flags": 0}
        made = {**plain, "id": role_id, "name": name, "position": 0, "icon": None}
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {**made, "permissions": str(permissions), "unicode_emoji": None, "colors": colors}

    return {
        "id": ident,
        "name": "Seminar",
        "icon": None,
        "owner_id": str(int(owner) + 1),
        "roles": [role(ident, "@everyone", 0), role(bot_role, "Gadfly", rules.ENOUGH)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "afk_timeout": 300,
        "afk_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "preferred_locale": "en-US",
        "premium_tier": 0,
        "nsfw_level": 0,
        "premium_progress_bar_enabled": False,
        "region": "",
        "application_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "splash": None,
        "discovery_splash": None,
    }


def _filled(modal: Json, text: str) -> Json:
    """A modal as it is sent off, its text input holding `text`."""
    parts = []
    for part in modal["components"]:
        inner = part.get("component") or (part.get("components") or [None])[0]
        if inner is None or inner["type"] != 4:
            parts.append({"type": part["type"], "id": 1})
            continue
        value = {"type": 4, "id": 2, "custom_id": inner["custom_id"], "value": text}
        kind = part["type"]
        held = {"component": value} if kind == 18 else {"components": [value]}
        parts.append({"type": kind, "id": 1, **held})
    return {"custom_id": modal["custom_id"], "components": parts}


def _iso(ident: str | None = None) -> str:
    at = ((int(ident) >> 22) + EPOCH) / 1000 if ident else time.time()
    return datetime.fromtimestamp(at, UTC).isoformat()


@asynccontextmanager
async def discord_world() -> AsyncIterator[World]:
    """A Discord that listens on a free port of this machine."""
    world = World()
    app = web.Application(client_max_size=30 * 1024 * 1024)
    app.router.add_get("/gateway/", world.gateway.handle)
    app.router.add_get("/gateway", world.gateway.handle)
    world.rest.mount(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    world.url = f"http://127.0.0.1:{port}{PREFIX}"
    world.gateway_url = f"ws://127.0.0.1:{port}/gateway/"
    try:
        yield world
    finally:
        await world.gateway.close()
        await runner.cleanup()
