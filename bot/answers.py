"""What several commands share: a card of plain lines, and the debate that is meant."""

from bot import doubt
from bot.card import Card, Text
from bot.model import Debate, Phase, Room
from bot.study import Study


def line(*texts: str) -> Card:
    """A card of plain lines."""
    return Card(tuple(Text(text) for text in texts), summary=texts[0])


async def open_debate(study: Study, room: Room, thread: str | None) -> Debate | None:
    """The debate of the thread, else the room's latest open one."""
    if thread is not None:
        found = await study.store.debate_of(room, thread)
        if found is not None:
            return found
    latest = await study.store.latest(room)
    if latest is not None and latest.phase is Phase.OPEN:
        return latest
    return await doubt.here(study, room)
