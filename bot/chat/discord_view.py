"""Pages as discord.py's components. A view is sent and forgotten: a press tells all by itself."""

import io
from collections.abc import Iterator

import discord
from discord import ui

from bot.chat.discord_cards import Block, Image, Page, Press, Row, Words

WHY, QUOTED = "Why? One line, if you like", "It may be quoted in the summary."
REASON = "reason"  # the name of the modal's one field
LONGEST_REASON = 300
LONGEST_TITLE = 45


def layout(page: Page, mark: int | None = None) -> ui.LayoutView:
    """The page; `mark` is worn by its first component, where it lasts as long as the message."""
    view = ui.LayoutView(timeout=None)
    for number, block in enumerate(page):
        view.add_item(_item(block, mark if number == 0 else None))
    # Finished before it is sent, or discord.py would keep each view for ever (its issue 10405).
    view.stop()
    return view


def files(page: Page) -> list[discord.File]:
    """The pictures of a page, to be sent along with it."""
    images = (block for block in page if isinstance(block, Image))
    return [discord.File(io.BytesIO(i.png), i.name, description=i.alt) for i in images]


def _item(block: Block, mark: int | None) -> "ui.Item[ui.LayoutView]":
    match block:
        case Words(text, None):
            return ui.TextDisplay(text, id=mark)
        case Words(text, accent):
            return ui.Container(ui.TextDisplay(text), accent_colour=accent, id=mark)
        case Image(_, alt, name):
            item = discord.MediaGalleryItem(f"attachment://{name}", description=alt)
            return ui.MediaGallery(item, id=mark)
        case Row(buttons):
            return ui.ActionRow(*_buttons(buttons), id=mark)


def _buttons(buttons: tuple[Press, ...]) -> "Iterator[ui.Button[ui.LayoutView]]":
    for press in buttons:
        style = discord.ButtonStyle(press.style)
        yield ui.Button(label=press.label, custom_id=press.custom_id, style=style)


def modal(title: str, said: str, custom_id: str) -> ui.Modal:
    """The form for one optional line, under what has been said already."""
    form = ui.Modal(title=title[:LONGEST_TITLE], custom_id=custom_id)
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=REASON, required=False, max_length=LONGEST_REASON
    )
    form.add_item(ui.TextDisplay(said))
    form.add_item(ui.Label(text=WHY, description=QUOTED, component=field))
    form.stop()  # for the same reason as a view
    return form
