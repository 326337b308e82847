"""The way back from words to where they were said: the addresses that a chat gives its messages."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot import joint
from bot.card import Card, Part, Quotation
from bot.exchange import REASON
from bot.model import Debate
from bot.ports import Chat
from bot.study import Study

PATIENCE = 5.0  # seconds for one address
AT_ONCE = 8  # addresses asked for at a time


async def links(chat: Chat, debate: Debate, messages: Iterable[str]) -> dict[str, str]:
    """The addresses of messages in a debate's thread; none where the first has none."""
    first, *rest = messages
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(message: str) -> str | None:
        try:
            async with turns, asyncio.timeout(PATIENCE):
                return await chat.link(debate.room, message, debate.thread)
        except TimeoutError:
            return None

    found = {first: await ask(first)}
    if found[first] is not None:
        found |= dict(zip(rest, await asyncio.gather(*map(ask, rest)), strict=True))
    return {message: link for message, link in found.items() if link}


async def linked(study: Study, debate: Debate, card: Card, may: Collection[str]) -> Card:
    """The card, with those of members' words that `may` lead to their messages, where any can."""
    keys = {q.source.key for q in card.quotations() if q.source.kind == "reply"} & {*may}
    written = {key for key in keys if not key.startswith(REASON)}  # a reason is no message
    found = await _found(study, debate, written)

    def leading(part: Part) -> Part:
        if not isinstance(part, Quotation) or part.source.kind != "reply":
            return part
        return replace(part, link=found.get(part.source.key, ""))

    return replace(card, parts=tuple(map(leading, card.parts)))


async def _found(study: Study, debate: Debate, keys: Collection[str]) -> dict[str, str]:
    """Address by the name under which a message is quoted."""
    found: dict[str, str] = {}
    together = await joint.debates(study, debate)
    for one in together:
        chat, mark = study.chats.get(one.room.platform), joint.mark(one) if together[1:] else ""
        here = [key.removeprefix(mark) for key in keys if key.startswith(mark)]
        if chat is not None and here:
            told = await links(chat, one, here)
            found |= {f"{mark}{message}": link for message, link in told.items()}
    return found
