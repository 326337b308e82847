"""Presses, commands and forms: acknowledged within Discord's three seconds, answered in private.

A stance counts at its press. Its form can only be the first answer, so it opens whatever the store
does: with where the group stands where that is known within a moment, else told behind the form.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import discord
from discord.app_commands import Choice

from bot import phrases
from bot.card import Bars, Card, Text
from bot.chat import discord_cards as cards
from bot.chat import discord_view as view
from bot.chat.discord_events import asked, choices, stance, submitted, typed
from bot.chat.discord_rest import TROUBLES, Rest
from bot.chat.discord_spots import Spot, spot
from bot.chat.kept import kept
from bot.events import Asked, Event, Pressed, Took, Typed
from bot.model import Room
from bot.ports import Handle
from prompts.model import Stance

log = logging.getLogger(__name__)

MOMENT = 0.2  # seconds that an acknowledgement waits for the store
ACKNOWLEDGED = 40060  # the answer to an answer that had arrived already
TRIES, PATIENCE = 3, 0.9  # and seconds for each: after three in all, Discord takes no first answer
SHOWING = 5.0  # seconds for each try of one that follows
FORM = "+"  # before the stance, in what a form carries
TAKING = Card((Text(phrases.TAKING),))
FAILED = Card((Text("That did not work just now. Try again in a minute."),))
ELSEWHERE = "Gadfly answers in the channels of its server."
MODAL_TITLE = "Your stance"
Interaction = discord.Interaction[Any]


class Answers:
    """Answers interactions with what `handle` says."""

    def __init__(self, handle: Handle, rest: Rest) -> None:
        self._handle, self._rest = handle, rest

    async def answer(self, it: Interaction) -> None:
        where = spot(it.channel) or (spot(it.message.channel) if it.message else None)
        if where is None:
            return await _elsewhere(it)
        data: Any = it.data or {}
        match it.type:
            case discord.InteractionType.component:
                await self._pressed(it, where, str(data.get("custom_id", "")))
            case discord.InteractionType.modal_submit:
                await self._submitted(it, where, data)
            case discord.InteractionType.application_command:
                await self._later(it, where, self._ask(it, where, data))
            case discord.InteractionType.autocomplete:
                await self._complete(it, where, data)

    def _ask(self, it: Interaction, where: Spot, data: Any) -> Asked:
        command, text = asked(data)
        member = self._rest.author(it.user)
        return Asked(where.room, member, command, text, it.created_at, str(it.id), where.thread)

    async def _pressed(self, it: Interaction, where: Spot, custom_id: str) -> None:
        action, value = cards.unpacked(custom_id, where.room)
        member, at = self._rest.author(it.user), it.created_at
        if taken := stance(action):
            await self._taken(it, where, Took(where.room, value, member, taken, at))
        elif taken := stance(action.removeprefix(FORM)):
            again = Card((Text(phrases.stood(taken, None)),))
            form = _form(where.room, taken, value, again)
            await _sent(lambda: it.response.send_modal(form))
        else:
            pressed = Pressed(where.room, member, action, value, at, str(it.id), where.thread)
            await self._later(it, where, pressed)

    async def _taken(self, it: Interaction, where: Spot, took: Took) -> None:
        """The form for the stance's reason is the answer, unless it is known not to count."""
        keeping = asyncio.ensure_future(self._asked(took))
        await asyncio.wait({keeping}, timeout=MOMENT)
        if keeping.done() and not _counted(keeping.result()):
            if await _put_off(it):
                await _show(it, where.room, keeping.result())
            return
        shown = keeping.result() if keeping.done() else TAKING
        form = _form(where.room, took.stance, took.value, shown)
        opened = await _sent(lambda: it.response.send_modal(form))
        card = await keeping
        if opened and shown is TAKING:
            await _tell(it, cards.pages(card, where.room))

    async def _submitted(self, it: Interaction, where: Spot, data: Any) -> None:
        action, value = cards.unpacked(str(data.get("custom_id", "")), where.room)
        taken = stance(action.removeprefix(FORM))
        if taken is None:
            return await _elsewhere(it)
        member, reason = self._rest.author(it.user), submitted(data) or None
        took = Took(where.room, value, member, taken, it.created_at, reason)
        await self._later(it, where, took)

    async def _later(self, it: Interaction, where: Spot, event: Event) -> None:
        """Put the answer off in a moment, in which what is decided gets into the store; and give it
        when it is there.
        """
        answering = asyncio.ensure_future(self._asked(event))
        await asyncio.wait({answering}, timeout=MOMENT)
        there = await _put_off(it)
        card = await answering
        if there:
            await _show(it, where.room, card)

    async def _complete(self, it: Interaction, where: Spot, data: Any) -> None:
        said = await self._asked(Typed(where.room, str(data.get("name", "")), typed(data)))
        lines = (part.text for part in said.parts if isinstance(part, Text))
        found = choices(lines) if said is not FAILED else []
        offered = [Choice(name=line, value=line) for line in found]
        await _sent(lambda: it.response.autocomplete(offered))

    async def _asked(self, event: Event) -> Card:
        try:
            if isinstance(event, Took):
                return await kept(self._handle, event) or Card(())
            return await self._handle(event) or Card(())
        except Exception:
            log.exception("%s could not be answered", type(event).__name__)
            return FAILED


def _counted(card: Card) -> bool:
    """Whether a stance was kept: then the answer shows where the group stands."""
    return any(isinstance(part, Bars) for part in card.parts)


def _form(room: Room, taken: Stance, value: str, card: Card) -> discord.ui.Modal:
    """The form for a stance's reason, under where the group stands."""
    first, *_ = cards.pages(card)
    shown = "\n".join(block.text for block in first if isinstance(block, cards.Words))
    return view.modal(MODAL_TITLE, shown, cards.packed(f"{FORM}{taken.value}", value, room))


async def _elsewhere(it: Interaction) -> None:
    """Nothing of ours is there to be asked about, but nobody is left without an answer."""
    if it.type is discord.InteractionType.autocomplete:
        await _sent(lambda: it.response.autocomplete([]))
    else:
        await _sent(lambda: it.response.send_message(ELSEWHERE, ephemeral=True))


async def _put_off(it: Interaction) -> bool:
    """Tell Discord that the answer comes, for the member alone to see."""
    return await _sent(lambda: it.response.defer(ephemeral=True, thinking=True))


async def _sent(answer: Callable[[], Awaitable[Any]], patience: float = PATIENCE) -> bool:
    """Whether Discord has the answer, which is given again where it did not say: what it has
    already, it does not take twice, and a change is the same change.
    """
    for left in reversed(range(TRIES)):
        try:
            async with asyncio.timeout(patience):
                await answer()
            return True
        except TROUBLES as why:
            if isinstance(why, discord.HTTPException) and why.code == ACKNOWLEDGED:
                return True
            if _final(why) or not left:
                log.warning("an answer did not reach Discord: %s", why or type(why).__name__)
                break
    return False


def _final(why: BaseException) -> bool:
    """Whether Discord has said no, and not that it is overloaded."""
    return isinstance(why, discord.HTTPException) and why.status < 500 and why.status != 429


async def _show(it: Interaction, room: Room, card: Card) -> None:
    """Replace the waiting answer; more pages follow, as private as the first."""
    first, *rest = cards.pages(card, room)

    def shown() -> Awaitable[Any]:
        return it.edit_original_response(view=view.layout(first), attachments=view.files(first))

    if await _sent(shown, SHOWING):
        await _tell(it, rest)


async def _tell(it: Interaction, pages: Iterable[cards.Page]) -> None:
    """More for the member alone, after the first answer, which may have been a form."""
    try:
        for page in pages:
            await it.followup.send(view=view.layout(page), files=view.files(page), ephemeral=True)
    except TROUBLES as why:
        log.warning("an answer was not shown: %s", why)
