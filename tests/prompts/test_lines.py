"""JSON lines from people who script: each is read, or told with its number in one line."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from prompts.rank import ranked
from prompts.summarise import kpa, polis
from prompts.together import judged

ODD: tuple[Any, ...] = (None, True, -1, 1.5, "", "x", [], [1], [[]], {}, {"a": [1]}, float("nan"))
REPLY = {
    "topic": "t",
    "motion": "Zoos should close",
    "reply_id": "r",
    "text": "So.",
    "stance": None,
}
COMMENT = {"topic": "t", "comment_id": "a"}
VOTER = {"topic": "t", "voter": "v", "votes": {"a": 1}}
QUERY = {"query_id": 1, "text": "zoos"}
READERS: dict[str, tuple[dict[str, Any], Callable[[str], Iterator[str]]]] = {
    "replies": (REPLY | {"member": "m", "reactions": {"b": 1}}, lambda line: kpa([line])),
    "comments": (COMMENT, lambda line: polis([line], [json.dumps(VOTER)])),
    "votes": (VOTER, lambda line: polis([json.dumps(COMMENT)], [line])),
    "pairs": ({"id": 1, "motion": "Zoos should close", "text": "So."}, lambda line: judged([line])),
    "documents": ({"doc_id": 1, "text": "So."}, lambda line: ranked([line], "quote", ["", ""])),
    "queries": (
        QUERY | {"exclude": [1], "candidates": [1]},
        lambda line: ranked(['{"doc_id": 1, "text": "Zoos."}'], "counter", [line]),
    ),
}


def told(kind: str, line: str) -> str:
    """What is wrong with a line; empty where it is read, and each answer is JSON."""
    try:
        for answer in READERS[kind][1](line):
            json.loads(answer)
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("kind", READERS)
def test_whatever_a_line_holds_is_read_or_told_with_its_number(kind: str) -> None:
    row = READERS[kind][0]
    assert told(kind, json.dumps(row)) == ""
    for field in row:
        said = [told(kind, json.dumps(row | {field: odd})) for odd in ODD]
        assert not [line for line in said if line and not line.startswith("line 1")], field
        assert "\n" not in "".join(said)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("line", ["{", "[]", "[" * 100_000, "9" * 5_000, "{}", '{"topic": "t"}'])
def test_what_is_no_object_or_lacks_something_is_told(kind: str, line: str) -> None:
    with pytest.raises(ValueError, match=r"line 1( of the \w+)? (is no JSON|lacks)"):
        list(READERS[kind][1](line))
