"""Cards as Block Kit, pure.

Words of readings and members go out as `rich_text` and `plain_text`, which Slack does not parse:
nothing in them can ping, link or format. Where Slack parses all the same (the `text` that
notifications show, small print with a time in it) its three control characters are escaped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeGuard

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    ImageBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)
from slack_sdk.models.blocks.basic_components import SlackFile

from bot import phrases
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
    unquoted,
)
from bot.chat.unseen import seen
from bot.model import Room

BLOCKS = 48  # of 50 in a message
LONGEST = 11_000  # of a whole message; Slack refuses from some 13,000, which it does not document
HEADING, LABEL, VALUE, LINE, ALT, NOTE = 150, 75, 2_000, 3_000, 2_000, 2_900
WIDEST = 20  # squares in the longest bar
ZONED = "{date_short_pretty} at {time}"
FORMATTING = re.compile(r"[*_~`]|:\w+:")

Json = dict[str, Any]


def message(card: Card, file: str | None = None, longest: int = LONGEST) -> Json:
    """`text` and `blocks` of a card; `file` is the uploaded picture's id, None: say it in words."""
    made = _within(BLOCKS, _blocks(_fitting(card.parts, longest), file))
    return {"text": text(card), "blocks": [block.to_dict() for block in made]}


def blocks(parts: Sequence[Part], most: int) -> list[Block]:
    """The blocks of words alone, `most` of them at most."""
    return _within(most, _blocks(_fitting(parts, LONGEST), None))


def text(card: Card) -> str:
    """The one line of notifications and screen readers."""
    words = card.summary or next((p.text for p in card.parts if isinstance(p, Heading | Text)), "")
    line = escaped(shortened(unquoted(words), LINE // 2)) or "Gadfly"
    for room in (part.room for part in card.parts if isinstance(part, Text)):
        line = line.replace(str(room), f"<#{room.id}>", 1) if _named(room) else line
    return line


def escaped(words: str) -> str:
    """Words in which Slack finds nothing to parse but formatting."""
    return seen(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(words: str, longest: int) -> str:
    """One line of Gadfly's own wording, cut at a word. Never for a quotation."""
    line = " ".join(seen(words).split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0] + "…"


def _blocks(parts: Iterable[Part], file: str | None) -> list[Block]:
    used: dict[str, int] = {}
    return [block for part in parts for block in _block(part, file, used)]


def _block(part: Part, file: str | None, used: dict[str, int]) -> Iterator[Block]:
    match part:
        case Heading(words) if len(words) <= HEADING:
            yield HeaderBlock(text=_plain(words, HEADING))
        case Heading(words):
            yield _rich(_section(_words(unquoted(words), bold=True)))
        case Text(words, moments, room):
            yield _rich(_section(*_told(unquoted(words), moments, room)))
        case Note(words, moments):
            yield ContextBlock(elements=[_small(unquoted(words), moments)])
        case Quotation():
            yield _rich(*_quoted(part))
        case Link(words, url):
            yield _rich(_section(_link(words, url)))
        case Bars(rows):
            yield _rich(RichTextPreformattedElement(elements=[_words(_bars(rows))]))
        case Picture(alt=alt) if file is not None:
            words = shortened(unquoted(alt), ALT)
            yield ImageBlock(slack_file=SlackFile(id=file), alt_text=words)
        case Picture(instead=instead) if instead:
            for more in instead:
                yield from _block(more, None, used)
        case Picture(alt=alt):
            yield _rich(_section(_words(unquoted(alt))))
        case Buttons(buttons):
            yield ActionsBlock(elements=[_button(button, used) for button in buttons])


def _quoted(part: Quotation) -> Iterator[RichTextElement]:
    """The words as they stand and are read, set as a quotation, and whose they are."""
    if part.label:
        yield _section(_words(f"{unquoted(part.label)}:", bold=True))
    yield RichTextQuoteElement(elements=[_words(f"“{part.text}”")])
    by = f"— {unquoted(part.citation)}"
    yield _section(_link(by, part.link, italic=True) if part.link else _words(by, italic=True))


def _rich(*elements: RichTextElement) -> RichTextBlock:
    return RichTextBlock(elements=list(elements))


def _section(*elements: RichTextElement) -> RichTextElement:
    return RichTextSectionElement(elements=list(elements))


def _words(words: str, **style: bool) -> RichTextElement:
    return RichTextElementParts.Text(text=seen(words) or " ", style=dict(style) or None)


def _link(words: str, url: str, **style: bool) -> RichTextElement:
    return RichTextElementParts.Link(url=url, text=seen(unquoted(words)), style=dict(style) or None)


def _told(words: str, moments: Sequence[Moment], room: Room | None) -> list[RichTextElement]:
    """A line with its times, which Slack shows in each reader's own zone, and a room's name."""
    told: list[RichTextElement] = []
    for before, moment in _split(words, moments):
        if before:
            told += _placed(before, room)
        if moment is not None:
            told.append(_date(moment))
    return told or [_words(words)]


def _placed(words: str, room: Room | None) -> Iterator[RichTextElement]:
    """Words with a room of Slack's in them, which it shows by name to whoever may see it."""
    before, found, after = words.partition(str(room)) if _named(room) else (words, "", "")
    if before:
        yield _words(before)
    if found and _named(room):
        yield RichTextElementParts.Channel(channel_id=room.id)
    if after:
        yield _words(after)


def _named(room: Room | None) -> TypeGuard[Room]:
    return room is not None and room.platform == "slack"


def _date(moment: Moment) -> RichTextElement:
    at = int(moment.at.timestamp())
    return RichTextElementParts.Date(timestamp=at, format=ZONED, fallback=moment.words)


def _small(words: str, moments: Sequence[Moment]) -> PlainTextObject | MarkdownTextObject:
    """Small print; parsed only where it has a time and nothing in it that would format."""
    if not moments or FORMATTING.search(words):
        return _plain(words, NOTE)
    told = ""
    for before, moment in _split(shortened(words, NOTE), moments):
        told += escaped(before)
        if moment is not None:
            fallback = escaped(moment.words)
            told += f"<!date^{int(moment.at.timestamp())}^{ZONED}|{fallback}>"
    return MarkdownTextObject(text=told)


def _split(words: str, moments: Sequence[Moment]) -> Iterator[tuple[str, Moment | None]]:
    """The line cut at its times: what comes before each, and the rest with None."""
    for moment in moments:
        before, found, after = words.partition(moment.words)
        if found:
            yield before, moment
            words = after
    yield words, None


def _bars(rows: Iterable[tuple[str, int]]) -> str:
    rows = tuple(rows)
    widest = max((len(label) for label, _ in rows), default=0)
    most = max([count for _, count in rows] + [WIDEST])
    lines = (
        f"{label:<{widest}}  {'█' * -(-count * WIDEST // most)}{' ' if count else ''}{count}"
        for label, count in rows
    )
    return "\n".join(lines)


def _button(button: Button, used: dict[str, int]) -> ButtonElement:
    """A button whose `action_id` is its action, numbered where the message has it already."""
    count = used[button.action] = used.get(button.action, 0) + 1
    ident = button.action if count == 1 else f"{button.action}:{count}"
    value = button.value if len(button.value) <= VALUE else ""
    return ButtonElement(text=_plain(button.label, LABEL), action_id=ident, value=value or None)


def _plain(words: str, longest: int) -> PlainTextObject:
    return PlainTextObject(text=shortened(unquoted(words), longest) or " ", emoji=False)


def _fitting(parts: Sequence[Part], longest: int) -> list[Part]:
    """The parts that one message holds, whole; what is left out is counted, never cut."""
    kept: list[Part] = []
    left, dropped = longest - sum(_length(p) for p in parts if isinstance(p, Note | Buttons)), 0
    for part in parts:
        if isinstance(part, Note | Buttons):
            kept.append(part)
            continue
        left -= _length(part)
        if left >= 0:
            kept.append(part)
        elif isinstance(part, Quotation):
            dropped += 1
    return [*kept, Note(phrases.left_out(dropped))] if dropped else kept


def _length(part: Part) -> int:
    match part:
        case Quotation(words, citation, _, label):
            return len(words) + len(citation) + len(label) + 6
        case Picture(alt=alt, instead=instead):
            return max(len(alt), sum(map(_length, instead)))
        case Heading(words) | Text(text=words) | Note(text=words) | Link(text=words):
            return len(words)
        case Bars(rows):
            return (WIDEST + 20) * len(rows)
        case Buttons(buttons):
            return sum(len(button.label) for button in buttons)


def _within(most: int, made: list[Block]) -> list[Block]:
    """No more blocks than Slack takes: where there are too many, neighbours of text are joined."""
    if len(made) <= most:
        return made
    joined: list[Block] = []
    for rich, run in groupby(made, key=lambda block: isinstance(block, RichTextBlock)):
        alike = list(run)
        joined += [_rich(*_elements(alike))] if rich else alike
    return joined[:most]


def _elements(run: Iterable[Block]) -> Iterator[RichTextElement]:
    for block in run:
        if isinstance(block, RichTextBlock):
            yield from (part for part in block.elements if isinstance(part, RichTextElement))
