"""The quote gate: words that are not their source's are not sent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot import gate
from bot.card import Card, Source, said
from prompts.model import Excerpt, Remark

WORDS = "A treaty is a promise, and promises need keepers."


def line(start: int, end: int, text: str = WORDS) -> Card:
    return Card((said(Excerpt(Remark("m1", "page:ada", text), start, end), "Ada"),))


def look_up(text: str):
    return lambda source: gate.cut_text(text, source)


def test_words_that_stand_in_their_source_pass() -> None:
    assert gate.faults(line(0, 22), look_up(WORDS)) == ()


def test_a_source_that_reads_differently_now_stops_the_card() -> None:
    assert gate.faults(line(0, 22), look_up(WORDS.upper()))


def test_a_source_that_is_gone_stops_the_card() -> None:
    assert gate.faults(line(0, 22), lambda _: None)


def test_a_quotation_without_a_citation_stops_the_card() -> None:
    part = replace(line(0, 22).quotations()[0], citation="")
    assert gate.faults(Card((part,)), look_up(WORDS))


@given(st.text(min_size=1), st.data())
def test_any_slice_passes_and_any_other_words_do_not(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    card = line(start, data.draw(st.integers(start + 1, len(text))), text)
    assert gate.faults(card, look_up(text)) == ()
    part = card.quotations()[0]
    assert gate.faults(Card((replace(part, text=part.text + "!"),)), look_up(text))


def test_the_digest_ties_a_slice_to_one_text() -> None:
    source = Source("reply", "m1", "0" * 64, 0, 3)
    assert gate.cut_text("abc", source) is None
