"""Quotations are found again in a text that changed, at the right one of several places."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from prompts.anchors import anchored, around
from prompts.model import Passage, Reading
from prompts.passages import blocks


def reading(text: str) -> Reading:
    return Reading("a", "A", text, blocks(text), hashlib.sha256(text.encode()).hexdigest())


def test_the_place_between_the_same_words_is_chosen() -> None:
    old = reading("First we say it. So it is. Then we say it. So it must be.")
    passage = Passage(old, old.text.rindex("we say it."), old.text.rindex("we say it.") + 10)
    new = reading("A preface. " + old.text)
    found = anchored(new, passage.text, *around(passage))
    assert found is not None
    assert found.start == passage.start + len("A preface. ")


def test_words_that_overlap_their_repetition_are_found_where_they_stood() -> None:
    old = reading("no, no, no")
    passage = Passage(old, 4, 10)
    found = anchored(old, passage.text, *around(passage))
    assert found == passage


def test_words_that_are_gone_are_not_found() -> None:
    assert anchored(reading("Nothing of it."), "we say it", "", "") is None
    assert anchored(reading("Nothing of it."), "", "", "") is None


@given(st.text(min_size=1, max_size=60), st.text(max_size=20), st.data())
def test_what_stands_in_an_unchanged_text_is_found_where_it_stood(
    text: str, more: str, data: st.DataObject
) -> None:
    old = reading(text + more)
    start = data.draw(st.integers(0, len(old.text) - 1))
    passage = Passage(old, start, data.draw(st.integers(start + 1, len(old.text))))
    found = anchored(old, passage.text, *around(passage))
    assert found is not None
    assert found.text == passage.text
    assert around(found) == around(passage)
