"""Posts on Discord: in channels, forums and threads; made once, found again, changed.

A message in a thread is called `thread/message`; one at the top of a room, and a forum's post,
by its own number, which is its thread's number too.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

import discord

from bot.card import Card
from bot.chat import discord_cards as cards
from bot.chat import discord_pages as pages
from bot.chat import discord_view as view
from bot.chat.discord_events import asks, remedy, wears
from bot.chat.discord_pages import Place
from bot.chat.discord_rest import Home, Missing, NotOurs, Rest, history, is_gone, number
from bot.model import Room

WEEK: Literal[10080] = 10080  # minutes of silence until a thread is archived: Discord's longest
LOOKED_AT = 1000  # messages that are looked through where nobody says since when
FORUM_LOOKED_AT = 50  # posts of a forum
THREAD_EXISTS, NO_PERMISSION = 160004, 50013


class Posts:
    """Makes, changes and finds posts; raises what `told` and `asked` know how to tell."""

    def __init__(self, rest: Rest, ping_role: int | None, notices: Room | None) -> None:
        self._rest, self._ping_role, self._notices = rest, ping_role, notices
        self._mute: set[Room] = set()  # where no thread could be opened

    async def top(self, room: Room, card: Card, key: str) -> str:
        """A post at the top of a room; a prompt's further pages come with its thread."""
        home = await self._rest.home(room)
        first, *rest = cards.pages(card, room)
        first, pings = pages.calling(self._ping_role if cards.prompts(card) else None, first)
        if isinstance(home, discord.ForumChannel):
            name = cards.thread_name(card)
            place: Place = await self._forum_post(home, first, name, key, pings)
            message = place.id
        elif cards.prompts(card):
            await self._answerable(home, room)
            return str(await pages.send(home, first, key, pings))
        else:
            message, place = await pages.send(home, first, key), home
        await pages.go_on(place, message, rest)
        return str(message)

    async def open(self, room: Room, message: str, card: Card) -> str:
        """The thread under a prompt, and in it what of the card did not fit into one message."""
        home = await self._rest.home(room)
        if isinstance(home, discord.ForumChannel):
            return message  # it is a thread
        under = home.get_partial_message(number(message))
        try:
            thread = await self._opened(home, under, cards.thread_name(card))
        except discord.Forbidden:
            self._mute.add(room)
            raise
        self._mute.discard(room)
        if rest := cards.pages(card, room)[1:]:
            await pages.rewrite_rest(thread, await under.fetch(), rest)
        return message

    async def _answerable(self, home: discord.TextChannel, room: Room) -> None:
        """A prompt under which no thread may be opened is refused; after the first, that is."""
        if room in self._mute:
            granted = await self._rest.granted(home)
            if not granted.create_public_threads:
                raise NotOurs(remedy(NO_PERMISSION, room))

    async def within(self, room: Room, card: Card, key: str, thread: str) -> str:
        """A post in a thread. One that somebody deleted is not opened again."""
        place = await self._rest.thread(await self._rest.home(room), thread)
        if place is None:
            raise Missing(_gone(thread))
        first, *rest = cards.pages(card, room)
        message = await pages.send(place, first, key)
        await pages.go_on(place, message, rest)
        return f"{thread}/{message}"

    async def tell(self, member: str, card: Card) -> str:
        """To a person in private; to a role, which is called, in the channel for it."""
        ident = number(member.rpartition(":")[2])
        role = ident if member.startswith("discord:role:") else None
        place = await self._direct(ident) if role is None else await self._noticed()
        first, *rest = cards.pages(card)
        first, pings = pages.calling(role, first)
        message = await pages.send(place, first, f"{member}/{card}", pings)
        await pages.go_on(place, message, rest)
        return str(message)

    async def _direct(self, person: int) -> discord.DMChannel:
        return await (await self._rest.client()).create_dm(discord.Object(person))

    async def _noticed(self) -> discord.TextChannel:
        home = await self._rest.home(self._notices) if self._notices else None
        if not isinstance(home, discord.TextChannel):
            raise NotOurs("DISCORD_NOTICE_CHANNEL has to be a text channel's id to tell roles")
        return home

    async def link(self, room: Room, message: str, thread: str | None) -> str:
        home = await self._rest.home(room)
        own, _, ident = message.rpartition("/")
        within = own or (thread if thread != ident else None)  # a prompt is called as its thread
        where = within or (ident if isinstance(home, discord.ForumChannel) else home.id)
        return f"https://discord.com/channels/{home.guild.id}/{where}/{ident}"

    async def stands(self, room: Room, message: str) -> bool:
        home = await self._rest.home(room)
        try:
            place, ident = await self._place(home, message)
            await place.fetch_message(ident)
        except NotOurs:  # nor is its thread
            return False
        except discord.NotFound as why:
            if is_gone(why):
                return False
            raise
        return True

    async def _forum_post(
        self,
        home: discord.ForumChannel,
        page: cards.Page,
        name: str,
        key: str,
        pings: discord.AllowedMentions,
    ) -> discord.Thread:
        tags = [tag for tag in home.available_tags if not tag.moderated]
        made = await home.create_thread(
            name=name,
            applied_tags=tags[:1] if home.flags.require_tag else [],
            auto_archive_duration=WEEK,
            view=view.layout(page, cards.mark(key)),
            files=view.files(page),
            allowed_mentions=pings,
        )
        return made.thread

    async def _opened(
        self, home: discord.TextChannel, under: discord.PartialMessage, name: str
    ) -> discord.Thread:
        """The thread under a message; made if it is not there."""
        try:
            return await under.create_thread(name=name, auto_archive_duration=WEEK)
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
        thread = await self._rest.thread(home, str(under.id))
        if thread is None:
            raise Missing(_gone(str(under.id)))
        return thread

    # Changing.

    async def edit(self, room: Room, message: str, card: Card) -> str:
        home = await self._rest.home(room)
        place, ident = await self._place(home, message)
        held = await place.fetch_message(ident)
        first, *rest = cards.pages(card, room)
        await pages.rewrite(held, first)
        if rest or pages.count(held) > 1:
            under = await self._rest.thread(home, message) if place == home else place
            await pages.rewrite_rest(under or place, held, rest)
        return message

    async def _place(self, home: Home, message: str) -> tuple[Place, int]:
        thread, _, ident = message.rpartition("/")
        if not thread and isinstance(home, discord.TextChannel):
            return home, number(ident)
        found = await self._rest.thread(home, thread or ident)
        if found is None:
            raise Missing(_gone(thread or ident))
        return found, number(ident)

    # Finding.

    async def find(
        self, room: Room, key: str, thread: str | None, since: datetime | None
    ) -> str | None:
        """The post, if it stands whole; what stands in part is taken back first."""
        home = await self._rest.home(room)
        if thread is None and isinstance(home, discord.ForumChannel):
            return await self._in_forum(home, room, key)
        place: Home | discord.Thread | None = home
        if thread is not None:
            place = await self._rest.thread(home, thread)
        if not isinstance(place, Place):
            return None
        message = await self._marked(place, room, key, since)
        if message is None or not await self._whole(home, place, message):
            return None
        return f"{thread}/{message.id}" if thread is not None else str(message.id)

    async def _marked(
        self, place: Place, room: Room, key: str, since: datetime | None
    ) -> discord.Message | None:
        limit = None if since else LOOKED_AT
        async for message in history(place, limit=limit, after=since, oldest_first=False):
            if message.author.id == self._rest.me and wears(pages.parts(message), key, room):
                return message
        return None

    async def _whole(self, home: Home, place: Place, message: discord.Message) -> bool:
        count = pages.count(message)
        if count == 1 or (place == home and asks(pages.parts(message))):  # then `open` sees to it
            return True
        further = [page async for _, page in pages.further(place, message)]
        if len(further) == count - 1:
            return True
        for part in (*further, message):
            await part.delete()
        return False

    async def _in_forum(self, home: discord.ForumChannel, room: Room, key: str) -> str | None:
        async for thread in self._threads(home):
            try:
                message = await thread.fetch_message(thread.id)
            except discord.NotFound:  # its first message was deleted
                continue
            if wears(pages.parts(message), key, room):
                return str(thread.id)
        return None

    async def _threads(self, home: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
        """Our own posts in a forum, the newest first."""
        active = [t for t in await home.guild.active_threads() if t.parent_id == home.id]
        archived = [t async for t in home.archived_threads(limit=FORUM_LOOKED_AT)]
        ours = {t.id: t for t in (*active, *archived) if t.owner_id == self._rest.me}
        for ident in sorted(ours, reverse=True)[:FORUM_LOOKED_AT]:
            yield ours[ident]


def _gone(thread: str) -> str:
    return f"the thread {thread} is gone; somebody deleted it"
