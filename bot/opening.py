"""The card that opens a debate, and the card it becomes when the debate is closed."""

from collections.abc import Mapping
from datetime import datetime

from bot import phrases
from bot.card import Bars, Button, Buttons, Card, Heading, Moment, Note, Part, Text
from bot.snapshot import Snapshot
from prompts.model import Stance


def prompt_card(prompt: Snapshot, debate: str, closes: datetime) -> Card:
    """The open prompt; `closes` is in the zone to show."""
    passage = Button("passage", phrases.SHOW_PASSAGE, debate)
    parts: tuple[Part, ...] = (
        Heading(prompt.motion),
        *prompt.quotations(),
        Text(prompt.question),
        Note(f"{phrases.WORDING} {phrases.open_until(closes)}", (moment(closes),)),
        Buttons((*stances(debate), passage)),
    )
    return Card(parts, summary=prompt.motion)


def stances(debate: str) -> tuple[Button, ...]:
    """What takes a stance in a debate, wherever it is shown."""
    return tuple(Button(s.value, phrases.SIDES[s], debate) for s in Stance)


def closed_card(prompt: Snapshot, counts: Mapping[Stance, int]) -> Card:
    """The prompt after its close: the same words, where the group stood, nothing to press."""
    parts: tuple[Part, ...] = (
        Heading(prompt.motion),
        *prompt.quotations(),
        Text(prompt.question),
        bars(counts),
        Note(f"{phrases.WORDING} {phrases.CLOSED}"),
    )
    return Card(parts, summary=prompt.motion)


def moment(at: datetime) -> Moment:
    """A time as `phrases` words it."""
    return Moment(phrases.moment(at), at)


def bars(counts: Mapping[Stance, int]) -> Bars:
    return Bars(tuple((phrases.SIDES[stance], counts.get(stance, 0)) for stance in Stance))
