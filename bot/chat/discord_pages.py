"""A card as messages of Discord's: the first, and those it goes on in where it is too long for one.

Each is sent with a nonce made of its key, wears a mark made of it for good, and further ones are
keyed by the first one's number; so all of them are found again, replaced, and taken back.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import discord

from bot.chat import discord_cards as cards
from bot.chat import discord_view as view
from bot.chat.discord_events import text_of
from bot.chat.discord_rest import NO_MESSAGE, NO_PINGS

THREAD_ARCHIVED = 50083
NONCE_WAIT = 300.0  # seconds until Discord has forgotten a nonce: "a few minutes"
MOST = 50  # messages of one card
Place = discord.TextChannel | discord.Thread


async def send(
    place: Place | discord.DMChannel,
    page: cards.Page,
    key: str,
    pings: discord.AllowedMentions = NO_PINGS,
) -> int:
    """The number of the one message with that key, sent now or moments ago."""
    try:
        message = await place.send(
            view=view.layout(page, cards.mark(key)),
            files=view.files(page),
            nonce=cards.nonce(key),
            allowed_mentions=pings,
        )
    except discord.NotFound as error:
        if error.code != NO_MESSAGE:
            raise
        # The nonce is known, of a message that has been taken back since.
        raise discord.RateLimited(NONCE_WAIT) from None
    return message.id


async def go_on(place: Place | discord.DMChannel, first: int, rest: Sequence[cards.Page]) -> None:
    """The further messages of the card whose first one is that."""
    for n, page in enumerate(rest, 2):
        await send(place, page, _further(first, n))


def calling(role: int | None, page: cards.Page) -> tuple[cards.Page, discord.AllowedMentions]:
    """The page under a call of the role, and that nobody else may be called by it."""
    if role is None:
        return page, NO_PINGS
    pings = discord.AllowedMentions.none()
    pings.roles = [discord.Object(role)]
    return (cards.Words(f"<@&{role}>"), *page), pings


async def rewrite(held: discord.Message, page: cards.Page) -> None:
    """Another page in its place, in an archived thread too."""
    shown = view.layout(page, _worn(held))  # the same mark, or it could not be found again

    async def edit() -> None:
        # Where there is no content, discord.py leaves the client's allowed mentions out.
        files = view.files(page)
        await held.edit(view=shown, attachments=files, allowed_mentions=NO_PINGS)

    try:
        await edit()
    except discord.HTTPException as error:
        if error.code != THREAD_ARCHIVED or not isinstance(held.channel, discord.Thread):
            raise
        await held.channel.edit(archived=False)
        await edit()


async def rewrite_rest(place: Place, first: discord.Message, rest: Sequence[cards.Page]) -> None:
    """The further messages are those pages, no more and no less."""
    held = {n: message async for n, message in further(place, first)}
    for n, page in enumerate(rest, 2):
        if n in held:
            await rewrite(held.pop(n), page)
        else:
            await send(place, page, _further(first.id, n))
    for message in held.values():
        await message.delete()


async def further(
    place: Place, first: discord.Message
) -> AsyncIterator[tuple[int, discord.Message]]:
    """The further messages that stand there, with their numbers."""
    marks = {cards.mark(_further(first.id, n)): n for n in range(2, MOST)}
    async for message in place.history(after=first, limit=100, oldest_first=True):
        worn = _worn(message)
        if message.author.id == first.author.id and worn in marks:
            yield marks[worn], message


def count(message: discord.Message) -> int:
    """Of how many messages a first one says to be the first."""
    return cards.page_count(text_of(parts(message)))


def parts(message: discord.Message) -> list[dict[str, Any]]:
    """What a message is made of, as Discord tells it."""
    return [dict(component.to_dict()) for component in message.components]


def _further(first: int, n: int) -> str:
    return f"{first}/{n}"


def _worn(message: discord.Message) -> int | None:
    """The mark of a message of ours."""
    return next((part.get("id") for part in parts(message)), None)
