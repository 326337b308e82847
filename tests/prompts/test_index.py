"""Searching: any text may be asked, and the answer is about it or empty."""

from functools import cache

import pytest
from begun import shipped
from bench.indexed import over
from hypothesis import given
from hypothesis import strategies as st

from prompts.index import Index
from prompts.mine import reading

READINGS = shipped()


@cache
def index() -> Index:
    return over(READINGS)


def test_what_is_found_is_a_slice_of_its_reading_and_names_the_word() -> None:
    hits = index().search("bullying")
    assert hits
    for hit in hits:
        passage = hit.passage
        assert passage.text == passage.reading.text[passage.start : passage.end]
        assert "bull" in passage.text.lower()
        assert 0 <= hit.covered <= 1


def test_forms_of_a_word_and_words_made_with_it_meet() -> None:
    assert index().search("inspections")
    found = " ".join(hit.passage.text.lower() for hit in index().search("phone"))
    assert "smartphone" in found
    assert "telephone" in found


def test_only_the_readings_asked_for_are_searched() -> None:
    keys = [r.key for r in READINGS if r.key.startswith("voting")]
    assert index().search("school")
    found = {hit.passage.reading.key for hit in index().search("school", keys)}
    assert found <= set(keys)
    assert index().search("school", []) == []


def test_restricting_the_readings_changes_no_score() -> None:
    every = {hit.passage: hit.score for hit in index().search("ballot", limit=500)}
    for hit in index().search("ballot", [r.key for r in READINGS], limit=500):
        assert hit.score == pytest.approx(every[hit.passage])


@pytest.mark.parametrize(
    "query", ["", "the of and", "?!…", "\x00\x1b\n", "zzxqy", "日本語", "🙂", "\ud800"]
)
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert index().search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "arms AND (control",
        '"arms control',
        "body:arms",
        "arms^9 control~2",
        "+arms -control",
        "[a TO control]",
    ],
)
def test_operators_of_a_query_language_are_words_or_nothing(query: str) -> None:
    assert any("arms" in hit.passage.text.lower() for hit in index().search(query))


def test_ten_thousand_characters_are_a_question_like_another() -> None:
    assert index().search("arms control " * 800)
    assert index().search("x" * 10_000) == []


def test_no_readings_make_an_index_that_finds_nothing() -> None:
    assert over(()).search("anything") == []


@given(st.text(max_size=300))
def test_any_text_may_be_asked(query: str) -> None:
    for hit in index().search(query, limit=5):
        assert hit.passage.text in hit.passage.reading.text


def test_a_word_of_a_query_does_not_speak_for_the_others() -> None:
    text = "Few languages enjoy the power of English, and that power is old and not shared at all."
    found = over([reading(text)]).search("solar power")
    assert found
    assert all(hit.covered < 0.5 for hit in found)
