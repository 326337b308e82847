"""Ranking a heap of documents: the lines that come out, and what stands first in them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.rank import ranked

LINES = [
    "Whaling is cruel and should be banned.",
    "Whaling feeds villages that have no other trade.",
    "Trams are quieter than buses.",
    "Zoos teach children to care about animals.",
]


def documents(texts: list[str]) -> list[str]:
    return [json.dumps({"doc_id": f"d{n}", "text": text}) for n, text in enumerate(texts)]


def first(texts: list[str], text: str, task: str = "quote", **more: object) -> list[str]:
    query = json.dumps({"query_id": "q", "text": text, **more})
    (line,) = ranked(documents(texts), task, [query, ""])
    found = json.loads(line)
    assert found["query_id"] == "q"
    return list(found["ranked"])


def test_what_shares_no_word_with_a_query_is_not_ranked() -> None:
    assert set(first(LINES, "whaling")) == {"d0", "d1"}


def test_a_counter_to_a_line_stands_on_the_other_side() -> None:
    assert first(LINES, "We should ban whaling", "counter")[0] == "d1"


def test_what_a_query_excludes_never_comes_back() -> None:
    assert first(LINES, "whaling", exclude=["d0", "unknown"]) == ["d1"]


def test_candidates_are_all_ranked_and_nothing_else_is() -> None:
    found = first(LINES, "whaling", candidates=["d3", "d1", "unknown"])
    assert found == ["d1", "d3"]


def test_of_candidates_that_say_a_line_as_fully_the_one_that_says_little_else_comes_first() -> None:
    told = "Ships grew, harbours filled, and some who sailed north said whaling is cruel work."
    lines = ["Whaling is cruel.", told, "Zoos teach children."]
    assert first(lines, "whaling is cruel", candidates=["d1", "d2", "d0"]) == ["d0", "d1", "d2"]


@pytest.mark.parametrize(
    "text", ["", "the of and", "\x00\ud800", "日本語", "a AND (b", "x" * 10_000]
)
@pytest.mark.parametrize("task", ["quote", "counter"])
def test_any_query_is_answered(text: str, task: str) -> None:
    assert isinstance(first(LINES, text, task), list)


@settings(max_examples=40)  # the first example reads the weights
@given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=60))
def test_any_texts_can_be_ranked(texts: list[str], query: str) -> None:
    for task in ("quote", "counter"):
        assert set(first(texts, query, task)) <= {f"d{n}" for n in range(len(texts))}


def test_to_quote_on_a_motion_what_shares_only_its_verb_is_beside_the_topic() -> None:
    texts = [
        "We should subsidize farms, because subsidizing farms keeps many villages alive.",
        "Journalism keeps the powerful honest because someone looks at what they do.",
    ]
    assert first(texts, "We should subsidize journalism")[0] == "d1"
