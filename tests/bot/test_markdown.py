"""Cards as Markdown: words are read as they were written, by people and by programs."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.card import Bars, Card, Heading, Link, Picture, Text
from bot.markdown import escaped, render

SIGNS = [*"\\`*_{}[]<>()#+-.!|~$^&=:\"'/ \n", "1.", "2)", "---", "===", "```", "![", "](", "<b>"]
LINES = ["\n- ", "\n# ", "\n1. ", "\n---\n", "\n+ ", "\n===\n", "\n2) "]
TEXTS = st.lists(
    st.sampled_from([*SIGNS, *LINES, "word", "end.", "&amp;", "https://x.org"]), max_size=12
)
READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])


@given(TEXTS)
def test_no_text_formats_links_or_begins_anything(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = READER.render(f"Before {escaped(text)}")
    # Two blanks before a line break keep it, and it is the text's own: no markup was added.
    assert set(re.findall(r"</?(\w+)", shown)) <= {"p", "br"}
    read = html.unescape(re.sub(r"</?p>|<br />", " ", shown))
    assert read.split() == ["Before", *text.split()]


def test_plain_prose_stays_as_it_was_written() -> None:
    prose = "Well (as Ada says): under-tens, 50 % + tax = more! Is that #1?"
    assert escaped(prose) == prose


def test_a_picture_is_told_as_bars_and_a_link_leads_to_its_message() -> None:
    picture = Picture(b"", "3 for", (Text("At first:"), Bars((("For", 3),))))
    card = Card((Heading("Zoos"), picture, Link("Its summary", "https://chat.example/1")))
    assert render(card) == (
        "# Zoos\n\nAt first:\n\n- For: 3\n\n[Its summary](<https://chat.example/1>)\n"
    )
