"""Cards in a terminal: a quotation stands between “ and ”, and nothing else does."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot import plain
from bot.card import Bars, Button, Buttons, Card, Heading, Note, Text, said
from prompts.model import Excerpt, Remark


def quotation(text: str):
    return said(Excerpt(Remark("m1", "page:ada", text), 0, len(text)), "Ada")


def test_a_card_reads_from_top_to_bottom() -> None:
    card = Card(
        (
            Heading("Should rivers have rights?"),
            quotation("A river cannot sue."),
            Bars((("For", 2), ("Against", 0))),
            Buttons((Button("for", "For"), Button("against", "Against"))),
        )
    )
    lines = plain.render(card).splitlines()
    assert lines[0] == "Should rivers have rights?"
    assert "  “A river cannot sue.”" in lines
    assert "    — Ada" in lines
    assert "For      ██ 2" in lines
    assert "Against  0" in lines
    assert lines[-1] == "[For]  [Against]"


@given(st.text(), st.text(), st.text())
def test_only_quotations_wear_quotation_marks(heading: str, text: str, note: str) -> None:
    assert not re.search("[“”]", plain.render(Card((Heading(heading), Text(text), Note(note)))))


@given(st.text(alphabet="abc def", min_size=1, max_size=400).filter(str.strip))
def test_wrapping_changes_nothing_but_the_white_space(text: str) -> None:
    card = Card((quotation(text),))
    assert plain.render(card, 40).split() == plain.render(card).split()
