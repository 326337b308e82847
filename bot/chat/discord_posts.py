"""Posts on Discord: made with a nonce, marked for good, found again, changed.

A message in a thread is called `thread/message`; one at the top of a room, and a forum's post,
by its own number, which is its thread's number too. A card too long for one message goes on in
further ones, each known by the first one's number.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal

import discord

from bot.card import Card
from bot.chat import discord_cards as cards
from bot.chat import discord_view as view
from bot.chat.discord_events import asks, heading, text_of, wears
from bot.chat.discord_rest import NO_MESSAGE, NO_PINGS, Home, NotOurs, Rest, is_gone, number
from bot.model import Room

WEEK: Literal[10080] = 10080  # minutes of silence until a thread is archived: Discord's longest
LOOKED_AT = 1000  # messages of a channel that are looked through for a post of ours
FORUM_LOOKED_AT = 50  # posts of a forum
THREAD_EXISTS, THREAD_ARCHIVED = 160004, 50083
NONCE_WAIT = 300.0  # seconds until Discord has forgotten a nonce: "a few minutes"
Place = discord.TextChannel | discord.Thread


class Posts:
    """Makes, changes and finds posts; raises what `told` and `asked` know how to tell."""

    def __init__(self, rest: Rest, ping_role: int | None = None) -> None:
        self._rest = rest
        self._call = cards.Words(f"<@&{ping_role}>") if ping_role is not None else None
        roles = [discord.Object(ping_role)] if ping_role is not None else []
        self._called = discord.AllowedMentions(
            everyone=False, users=False, replied_user=False, roles=roles
        )

    async def top(self, room: Room, card: Card, key: str) -> str:
        """A post at the top of a room; a prompt's thread is opened with it."""
        home = await self._rest.home(room)
        first, *rest = cards.pages(card, room)
        if cards.prompts(card) and self._call is not None:
            first = (self._call, *first)
        if isinstance(home, discord.ForumChannel):
            place: Place = await self._forum_post(home, first, cards.thread_name(card), key)
            message = place.id
        else:
            message, place = await self._send(home, first, key), home
            if cards.prompts(card):
                place = await self._opened_or_taken_back(home, message, cards.thread_name(card))
        await self._go_on(place, message, rest)
        return str(message)

    async def within(self, room: Room, card: Card, key: str, thread: str) -> str:
        """A post in a thread, which is opened where a prompt still has none."""
        home = await self._rest.home(room)
        place = await self._rest.thread(home, thread)
        if place is None and isinstance(home, discord.TextChannel):
            place = await self._opened(home, number(thread), cards.thread_name(card))
        if place is None:
            raise NotOurs(_gone(thread))
        first, *rest = cards.pages(card, room)
        message = await self._send(place, first, key)
        await self._go_on(place, message, rest)
        return f"{thread}/{message}"

    async def tell(self, member: str, card: Card) -> str:
        if member.startswith("discord:role:"):
            raise NotOurs("a role has no private messages; name a person in FACILITATORS, too")
        client = await self._rest.client()
        direct = await client.create_dm(discord.Object(number(member.rpartition(":")[2])))
        first, *rest = cards.pages(card)
        message = await self._send(direct, first, f"{member}/{card}")
        await self._go_on(direct, message, rest)
        return str(message)

    async def link(self, room: Room, message: str) -> str:
        home = await self._rest.home(room)
        thread, _, ident = message.rpartition("/")
        where = thread or (ident if isinstance(home, discord.ForumChannel) else home.id)
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

    async def _send(self, place: Place | discord.DMChannel, page: cards.Page, key: str) -> int:
        try:
            message = await place.send(
                view=view.layout(page, cards.mark(key)),
                files=view.files(page),
                nonce=cards.nonce(key),
                allowed_mentions=self._mentions(page),
            )
        except discord.NotFound as error:
            if error.code != NO_MESSAGE:
                raise
            # The nonce is known, of a message that has been taken back since.
            raise discord.RateLimited(NONCE_WAIT) from None
        return message.id

    async def _go_on(
        self, place: Place | discord.DMChannel, first: int, rest: Sequence[cards.Page]
    ) -> None:
        for n, page in enumerate(rest, 2):
            await self._send(place, page, _further(first, n))

    async def _forum_post(
        self, home: discord.ForumChannel, page: cards.Page, name: str, key: str
    ) -> discord.Thread:
        tags = [tag for tag in home.available_tags if not tag.moderated]
        made = await home.create_thread(
            name=name,
            applied_tags=tags[:1] if home.flags.require_tag else [],
            auto_archive_duration=WEEK,
            view=view.layout(page, cards.mark(key)),
            files=view.files(page),
            allowed_mentions=self._mentions(page),
        )
        return made.thread

    def _mentions(self, page: cards.Page) -> discord.AllowedMentions:
        return self._called if self._call is not None and page[0] == self._call else NO_PINGS

    async def _opened_or_taken_back(
        self, home: discord.TextChannel, message: int, name: str
    ) -> discord.Thread:
        """A new prompt's thread. One that nobody can answer is no prompt: refused is not posted."""
        try:
            return await self._opened(home, message, name)
        except discord.Forbidden:
            await home.get_partial_message(message).delete()
            raise

    async def _opened(self, home: discord.TextChannel, message: int, name: str) -> discord.Thread:
        """The thread under a message; made if it is not there."""
        under = home.get_partial_message(message)
        try:
            return await under.create_thread(name=name, auto_archive_duration=WEEK)
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
        thread = await self._rest.thread(home, str(message))
        if thread is None:
            raise NotOurs(_gone(str(message)))
        return thread

    # Changing.

    async def edit(self, room: Room, message: str, card: Card) -> str:
        home = await self._rest.home(room)
        place, ident = await self._place(home, message)
        held = await place.fetch_message(ident)
        first, *rest = cards.pages(card, room)
        await self._rewrite(place, held, first)
        if rest or _count(held) > 1:
            under = await self._rest.thread(home, message) if place == home else place
            await self._rewrite_rest(under or place, ident, rest)
        return message

    async def _place(self, home: Home, message: str) -> tuple[Place, int]:
        thread, _, ident = message.rpartition("/")
        if not thread and isinstance(home, discord.TextChannel):
            return home, number(ident)
        found = await self._rest.thread(home, thread or ident)
        if found is None:
            raise NotOurs(_gone(thread or ident))
        return found, number(ident)

    async def _rewrite(self, place: Place, held: discord.Message, page: cards.Page) -> None:
        worn = _worn(held)
        shown = view.layout(page, worn)  # the same mark, or it could not be found again

        async def rewrite() -> None:
            # Where there is no content, discord.py leaves the client's allowed mentions out.
            files = view.files(page)
            await held.edit(view=shown, attachments=files, allowed_mentions=NO_PINGS)

        try:
            await rewrite()
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED or not isinstance(place, discord.Thread):
                raise
            await place.edit(archived=False)
            await rewrite()

    async def _rewrite_rest(self, place: Place, first: int, rest: Sequence[cards.Page]) -> None:
        held = {number: m async for number, m in self._further(place, first)}
        for n, page in enumerate(rest, 2):
            if n in held:
                await self._rewrite(place, held.pop(n), page)
            else:
                await self._send(place, page, _further(first, n))
        for message in held.values():
            await message.delete()

    async def _further(
        self, place: Place, first: int
    ) -> AsyncIterator[tuple[int, discord.Message]]:
        """The further pages of a post that stand there, with their numbers."""
        marks = {cards.mark(_further(first, number)): number for number in range(2, 50)}
        after = discord.Object(first)
        async for message in place.history(after=after, limit=100, oldest_first=True):
            worn = _worn(message)
            if message.author.id == self._rest.me and worn in marks:
                yield marks[worn], message

    # Finding.

    async def find(self, room: Room, key: str, thread: str | None) -> str | None:
        """The post, whole and with its thread; what stands in part is taken back first."""
        home = await self._rest.home(room)
        if thread is None and isinstance(home, discord.ForumChannel):
            return await self._in_forum(home, room, key)
        place: Home | discord.Thread | None = home
        if thread is not None:
            place = await self._rest.thread(home, thread)
        if not isinstance(place, Place):
            return None
        message = await self._marked(place, room, key)
        if message is None or not await self._whole(home, place, message):
            return None
        return f"{thread}/{message.id}" if thread is not None else str(message.id)

    async def _marked(self, place: Place, room: Room, key: str) -> discord.Message | None:
        async for message in place.history(limit=LOOKED_AT):
            if message.author.id == self._rest.me and wears(_parts(message), key, room):
                return message
        return None

    async def _whole(self, home: Home, place: Place, message: discord.Message) -> bool:
        under: Place = place
        if isinstance(home, discord.TextChannel) and place == home and asks(_parts(message)):
            name = cards.short_name(heading(_parts(message)))
            under = await self._opened_or_taken_back(home, message.id, name)
        count = _count(message)
        if count == 1:
            return True
        further = [page async for _, page in self._further(under, message.id)]
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
            if wears(_parts(message), key, room):
                return str(thread.id)
        return None

    async def _threads(self, home: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
        """Our own posts in a forum, the newest first."""
        active = [t for t in await home.guild.active_threads() if t.parent_id == home.id]
        archived = [t async for t in home.archived_threads(limit=FORUM_LOOKED_AT)]
        ours = {t.id: t for t in (*active, *archived) if t.owner_id == self._rest.me}
        for ident in sorted(ours, reverse=True)[:FORUM_LOOKED_AT]:
            yield ours[ident]


def _further(first: int, number: int) -> str:
    return f"{first}/{number}"


def _parts(message: discord.Message) -> list[dict[str, Any]]:
    return [dict(component.to_dict()) for component in message.components]


def _worn(message: discord.Message) -> int | None:
    """The mark of a message of ours."""
    return next((part.get("id") for part in _parts(message)), None)


def _count(message: discord.Message) -> int:
    return cards.page_count(text_of(_parts(message)))


def _gone(thread: str) -> str:
    return f"the thread {thread} is gone; somebody deleted it"
