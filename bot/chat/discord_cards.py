"""Cards as Discord shows them, pure: text with everything foreign escaped, in messages that fit.

A card becomes pages, one message each.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.card import (
    Bars,
    Button,
    Buttons,
    Card,
    Heading,
    Link,
    Moment,
    Note,
    Part,
    Picture,
    Quotation,
    Text,
)
from bot.chat.discord_text import escaped, flat, pieces, plain, size
from bot.chat.unseen import seen
from bot.model import Room
from prompts.model import Stance

LONGEST_TEXT = 4000  # characters in all text of a message
PAGE_NOTE = 50  # characters kept free to say which page of how many it is, and to call a role
MOST_PARTS = 30  # of the 40 components; a row of buttons counts once more for each button
LONGEST_ID = 100  # of what a button carries
LONGEST_LABEL = 80
LONGEST_ALT = 1024
LONGEST_NAME = 100  # of a thread
WIDEST_BAR = 20

CLAIM, COUNTER, PLAIN = 0x3B82F6, 0xF59E0B, 0x9CA3AF
GREEN, RED, GREY, BLUE = 3, 4, 2, 1  # Discord's numbers for how a button looks
STYLES = {Stance.FOR.value: GREEN, Stance.AGAINST.value: RED, "next": BLUE}
HERE = "⌂"  # stands for the room in what a button carries, which has to be short

PAGE = re.compile(r"^-# 1 of (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """Markdown that is safe to show; with an accent it stands in a box of that colour."""

    text: str
    accent: int | None = None
    gap: str = "\n\n"  # what stands before it, where it follows other text


@dataclass(frozen=True, slots=True)
class Image:
    png: bytes
    alt: str
    name: str


@dataclass(frozen=True, slots=True)
class Press:
    label: str
    custom_id: str
    style: int


@dataclass(frozen=True, slots=True)
class Row:
    buttons: tuple[Press, ...]


Block = Words | Image | Row
Page = tuple[Block, ...]


def pages(card: Card, room: Room | None = None) -> tuple[Page, ...]:
    """The card as messages within Discord's limits, in order; one at least.

    No quotation loses a word. Where there are several, each says which it is and of how many.
    """
    made: list[list[Block]] = [[]]
    a_list = all(isinstance(part, Text) for part in card.parts)
    for block in chain.from_iterable(_blocks(part, room, a_list) for part in card.parts):
        if made[-1] and not _fits(made[-1], block):
            made.append([])
        made[-1].append(block)
    if len(made) > 1:
        for number, page in enumerate(made, 1):
            page.append(Words(f"-# {number} of {len(made)}"))
    return tuple(tuple(_joined(page or [Words("…")])) for page in made)


def page_count(text: str) -> int:
    """Of how many messages a first page says to be one."""
    found = PAGE.search(text)
    return int(found[1]) if found else 1


def _fits(page: Sequence[Block], block: Block) -> bool:
    whole = [*page, block]
    text = sum(size(b.text) + 2 for b in whole if isinstance(b, Words))
    parts = sum(1 + (len(b.buttons) if isinstance(b, Row) else 1) for b in _joined(whole))
    return text + PAGE_NOTE <= LONGEST_TEXT and parts <= MOST_PARTS


def _joined(page: Iterable[Block]) -> Iterator[Block]:
    """Plain text that follows plain text becomes one piece: a message has few pieces to give."""
    held = ""
    for block in page:
        if isinstance(block, Words) and block.accent is None:
            held = f"{held}{block.gap}{block.text}" if held else block.text
            continue
        if held:
            yield Words(held)
            held = ""
        yield block
    if held:
        yield Words(held)


def _blocks(part: Part, room: Room | None, a_list: bool) -> Iterator[Block]:
    match part:
        case Heading(text):
            yield from _long(plain(flat(text)), "## ")
        case Text(text, moments, place):
            yield from _long(_timed(text, moments, place), "", "\n" if a_list else "\n\n")
        case Note(text=text, moments=moments):
            yield from _long(_timed(flat(text), moments), "-# ", "\n")
        case Quotation():
            yield from _quoted(part)
        case Link(text, url):
            yield Words(_link(text, url))
        case Bars(rows):
            yield Words(_bars(rows))
        case Picture(png, alt):
            name = f"{hashlib.sha256(png).hexdigest()[:12]}.png"
            yield Image(png, alt[:LONGEST_ALT] or "Picture", name)
        case Buttons(buttons):
            yield from _rows(buttons, room)


def _link(text: str, url: str) -> str:
    """Words that lead to a message; the brackets keep Discord from showing it below."""
    return f"[{plain(flat(text))}](<{url}>)"


def _timed(text: str, moments: Iterable[Moment], place: Room | None = None) -> str:
    """Times are shown in each member's own zone, a room of Discord's by its name."""
    shown = plain(text)
    for moment in moments:
        shown = shown.replace(plain(moment.words), f"<t:{int(moment.at.timestamp())}:F>", 1)
    named = place is not None and place.platform == "discord"
    return shown.replace(plain(str(place)), f"<#{place.id}>", 1) if place and named else shown


def _long(shown: str, mark: str, gap: str = "\n\n") -> Iterator[Words]:
    for piece in pieces(shown, LONGEST_TEXT - PAGE_NOTE - 10):
        yield Words(f"{mark}{piece}", gap=gap)


def _quoted(part: Quotation) -> Iterator[Words]:
    """Label, words, citation. Words that fill more than a message go on in the next."""
    accent = _accent(part.label)
    label = f"**{plain(flat(part.label))}**\n" if part.label else ""
    by = _link(part.citation, part.link) if part.link else plain(flat(part.citation))
    citation = f"\n-# {by}"
    room = LONGEST_TEXT - size(label) - size(citation) - PAGE_NOTE - 40
    # One line break of a reading is its typesetting; an empty line is a paragraph.
    said = [" ".join(p.split()) for p in re.split(r"\n\s*\n", escaped(part.text))]
    texts = list(pieces("\n".join(p for p in said if p), room - 2 * len(said)))
    for number, text in enumerate(texts, 1):
        first, last = number == 1, number == len(texts)
        lines = f"{'“' if first else ''}{text}{'”' if last else ''}".replace("\n", "\n> ")
        end = citation if last else ""
        yield Words(f"{label if first else ''}> {lines}{end}", accent)


def _accent(label: str) -> int | None:
    if not label:
        return None
    return CLAIM if label == "Claim" else COUNTER if label.startswith("Counter") else PLAIN


def _bars(rows: Iterable[tuple[str, int]]) -> str:
    held = tuple((label.replace("`", "'"), count) for label, count in rows)
    longest = max((len(label) for label, _ in held), default=0)
    most = max((count for _, count in held), default=0)
    unit = max(1.0, most / WIDEST_BAR)
    lines = (
        f"{label:<{longest}}  {'█' * max(round(count / unit), bool(count))} {count}"
        for label, count in held
    )
    return "```\n" + "\n".join(lines) + "\n```"


def _rows(buttons: Sequence[Button], room: Room | None) -> Iterator[Row]:
    made = [_press(button, room) for button in buttons]
    kept = [press for press in made if len(press.custom_id) <= LONGEST_ID]
    for start in range(0, len(kept), 5):
        yield Row(tuple(kept[start : start + 5]))


def _press(button: Button, room: Room | None) -> Press:
    label = button.label[:LONGEST_LABEL] or button.action
    custom_id = packed(button.action, button.value, room)
    return Press(label, custom_id, STYLES.get(button.action, GREY))


def packed(action: str, value: str, room: Room | None) -> str:
    """What a button carries: its action and its value, the room's name shortened."""
    short = value.replace(str(room), HERE) if room is not None and HERE not in value else value
    return f"{action}:{short}"


def unpacked(custom_id: str, room: Room) -> tuple[str, str]:
    """The action and the value of a button that was pressed in the room."""
    action, _, value = custom_id.partition(":")
    return action, value.replace(HERE, str(room))


def thread_name(card: Card) -> str:
    """What the thread under a card is called."""
    heading = next((p.text for p in card.parts if isinstance(p, Heading)), card.summary)
    return short_name(heading)


def short_name(heading: str) -> str:
    """A heading as the name of a thread."""
    name = flat(seen(heading)) or "Debate"
    if size(name) <= LONGEST_NAME:
        return name
    short = next(pieces(name, LONGEST_NAME - 1))
    return f"{short}…"


def prompts(card: Card) -> bool:
    """Whether the card asks for stances: then it is a prompt and has a thread."""
    rows = [part.buttons for part in card.parts if isinstance(part, Buttons)]
    return any(button.action in list(Stance) for row in rows for button in row)


def nonce(key: str) -> str:
    """The same key is the same nonce, so that Discord itself keeps a second post out."""
    return hashlib.sha256(key.encode()).hexdigest()[:25]


def mark(key: str) -> int:
    """A number that a post wears on its first component for good, since nonces are forgotten."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % (2**31 - 1) + 1
