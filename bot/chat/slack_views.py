"""Slack's windows and its Home, pure: a card as a view, and what a window was told as an event."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, PlainTextObject
from slack_sdk.models.views import View

from bot import phrases
from bot.card import Bars, Buttons, Card, Part, Text
from bot.chat.slack_cards import Json, blocks
from bot.events import Took
from bot.model import Member, Room
from prompts.model import Stance

BLOCKS = 98  # of 100 in a view
REASON = 300  # characters


def home(card: Card) -> Json:
    """The App Home."""
    return _json(View(type="home", blocks=_view(card.parts)))


def stand(took: Took, card: Card | None) -> Json:
    """The window after a stance: where the group stands, and room for a reason.

    None: the store is still at it. A card without counts has no place for a reason: the stance
    was not taken, and the card says why.
    """
    parts = card.parts if card else (Text(phrases.TAKING),)
    shown = _view([part for part in parts if not isinstance(part, Buttons)])
    counted = any(isinstance(part, Bars) for part in parts)
    return _json(
        View(
            type="modal",
            callback_id="reason",
            title=PlainTextObject(text="Gadfly", emoji=False),
            close=PlainTextObject(text="Close", emoji=False),
            submit=PlainTextObject(text="Add reason", emoji=False) if counted else None,
            # However the window ends, the press is told again: it may have been acknowledged before
            # the store had it.
            notify_on_close=True,
            private_metadata=json.dumps(
                [took.room.id, took.value, took.stance.value, took.at.isoformat()]
            ),
            blocks=[*shown, *([_reason(took)] if counted else [])],
        )
    )


def untaken(card: Card) -> str | None:
    """Why a stance or its reason was not taken; None where it was, as the counts show."""
    if any(isinstance(part, Bars) for part in card.parts):
        return None
    return f"{card.summary} {phrases.NOT_KEPT}"


def _reason(took: Took) -> Block:
    field = PlainTextInputElement(action_id="reason", multiline=False, max_length=REASON)
    label = PlainTextObject(text=phrases.WHY.format(stance=took.stance.value), emoji=False)
    return InputBlock(block_id="reason", label=label, element=field, optional=True)


def _view(parts: Sequence[Part]) -> list[Block]:
    return blocks(parts or [Text("Gadfly")], BLOCKS)


def _json(view: View) -> Json:
    made: Json = view.to_dict()
    return made


def told(view: Mapping[str, Any], member: Member) -> list[Took]:
    """The press that `stand` made the window for, once more, and the reason that was given in it.

    Slack does not say when, and our clock is not Slack's: by ours, a reason might come after a
    change of mind that followed it. It stands right behind the press that it is a reason for.
    """
    room, value, stance, pressed = json.loads(view["private_metadata"])
    at = datetime.fromisoformat(pressed)
    press = Took(Room("slack", room), value, member, Stance(stance), at)
    state = (view.get("state") or {}).get("values") or {}
    words = " ".join((state.get("reason", {}).get("reason", {}).get("value") or "").split())
    if not words:
        return [press]
    behind = at + timedelta(microseconds=1)
    return [press, replace(press, at=behind, reason=words[:REASON])]
