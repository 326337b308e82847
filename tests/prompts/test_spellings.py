"""What is spelt or called otherwise is the same word to whoever looks it up (#7)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.library import Library
from prompts.likeness import stems
from prompts.vocabulary import spellings

TEXT = """On many things

Standardized tests tell colleges who is ready. Trucks wear our roads out faster than anything else.
Every child deserves a garden to play in. The labor of nurses is paid too little. Sixteen is old
enough to vote. Gasoline should cost what it costs us all. The old truce came apart within a year.
"""


@pytest.mark.parametrize(
    ("topic", "start"),
    [
        ("standardised tests", "Standardized"),
        ("lorries", "Trucks"),
        ("children", "Every child"),
        ("kids", "Every child"),
        ("labour", "The labor"),
        ("16", "Sixteen"),
        ("petrol", "Gasoline"),
    ],
)
def test_a_topic_is_found_under_its_other_name(tmp_path: Path, topic: str, start: str) -> None:
    (tmp_path / "all.txt").write_text(TEXT, encoding="utf-8")
    found = Library.open(tmp_path).quotes(topic)
    assert any(start in passage.text for passage in found)


@pytest.mark.parametrize("topic", ["boats", "organs", "adults", "seventeen", "candles", "flats"])
def test_what_is_another_thing_is_not_found(tmp_path: Path, topic: str) -> None:
    (tmp_path / "all.txt").write_text(TEXT, encoding="utf-8")
    assert Library.open(tmp_path).quotes(topic) == ()


def test_words_for_the_same_thing_name_each_other() -> None:
    for word in ("lorry", "truck", "children", "unemployed", "16", "marijuana"):
        for other in spellings(stems(word)[0], "en"):
            assert stems(word)[0] in spellings(other, "en"), (word, other)


@given(st.text(max_size=12), st.sampled_from(["en", "en-GB", "de", "fr"]))
def test_a_stem_is_its_own_first_spelling(term: str, language: str) -> None:
    found = spellings(term, language)
    assert found[0] == term
    assert language.startswith("en") or found == (term,)
