"""What several commands share: a card of plain lines, the debate that is meant, where it stands."""

from bot import joint, phrases
from bot.card import Button, Buttons, Card, Note, Part, Text
from bot.model import Debate, Phase, Room
from bot.opening import bars, moment, stances
from bot.snapshot import thaw
from bot.study import Study
from bot.voices import listen


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
    return latest if latest is not None and latest.phase is Phase.OPEN else None


async def standing(study: Study, debate: Debate, member: str, first: str = "") -> Card:
    """Where the group stands; the counts only for those who have taken a stance themselves, and
    for others the buttons to take one.
    """
    replies = await joint.replies(study, debate)
    # Up to the close, not up to now: a platform's clock may be ahead of ours by a moment.
    until = debate.closed or debate.closes
    voices = listen(replies, await joint.positions(study, debate), until)
    closes = study.local(debate.closes, debate.schedule)
    parts: tuple[Part, ...] = (Text(first or thaw(debate.prompt).motion),)
    if member in voices.last:
        parts += (bars(voices.counts()),)
    elif debate.phase is Phase.OPEN:  # where nobody can be asked unasked, this is where to ask
        parts += (Text(phrases.NO_STANCE_YET), Buttons(stances(debate.id)))
    if voices.first.get(member) is not voices.last.get(member):
        parts += (Buttons((Button("moved", phrases.NAME_ME, debate.id),)),)
    note = Note(phrases.so_far(len(voices.contributors), closes), (moment(closes),))
    return Card((*parts, note), summary=first or "Where the group stands")
