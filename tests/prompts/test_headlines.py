"""Whether a text opens with a headline that runs into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.corpus import Corpus
from prompts.manner import Headlines
from prompts.replying import answers

HEAP = [
    "Some say that almost all of it was done by Parliament in the United Kingdom.",
    "There almost nobody trusts the United Nations, and zoos breed what is rare.",
    "It is rare that this House, or the Council, does so.",
]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Negotiation saves lives Almost all of them would talk.", True),
        ("Zoos help what is rare Zoos breed it.", True),
        ("Negotiation saves lives. Almost all of them would talk.", False),  # a stop ends it
        ("It was signed by almost all in Parliament.", False),  # names are written so everywhere
        ("They trust the United Nations more.", False),
        ("We can say that Almost is a word.", False),  # nothing ends with "that"
        ("In failing schools it IS fine.", False),  # emphasis
        ("zoos", False),
        ("", False),
    ],
)
def test_a_capital_within_a_sentence_where_no_name_stands_ends_a_headline(
    text: str, heads: bool
) -> None:
    assert Headlines([*HEAP, text]).heads(text) is heads


def test_what_opens_with_a_headline_answers_less_than_what_opens_with_none() -> None:
    point = "Zoos save lives Almost all of what is rare would die without zoos, so they must stay."
    told = "Almost all of what is rare lives outside of zoos, and zoos save few lives of it."
    asked = f"{point} Nobody else breeds what is rare, and nobody else saves their lives so well."
    corpus = Corpus([*HEAP, point, f"Zoos save animals. {told}", f"Zoos save animals {told}"])
    assert [corpus.heads(number) for number in (3, 4, 5)] == [True, False, True]
    found = answers(corpus, asked, corpus.read(asked), (4, 5), 3)
    assert found[4] - found[5] > 2


@given(st.lists(st.text()), st.text())
def test_any_text_can_be_asked(texts: list[str], text: str) -> None:
    assert Headlines(texts).heads(text) in (True, False)
