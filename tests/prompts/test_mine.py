"""The three modes over JSON lines, and the rendering for a person."""

import json
import re
import time
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.cues import source as cue_file
from prompts.engine import analyse
from prompts.mine import answers, reading, serve, show

NASTY = st.text(
    st.sampled_from(
        "aI but.However, some say that“”\"'!?\r\n\té\u0301😀\u200f\u202eשלום。İß\u2028-;:>(#1"
    ),
    max_size=300,
)


def said(pattern: str, sets: dict[str, str]) -> str:
    """Words that a pattern of a cue file fits."""
    slots = [slot.split("|")[0].strip("!?") or slot for slot in pattern.split() if slot[0] != "*"]
    return " ".join(sets[slot[1:-1]].split()[0] if slot[0] == "<" else slot for slot in slots)


CUES = cue_file("en")
PHRASES = [
    said(pattern, CUES["sets"])
    for part in ("cues", "heads")
    for patterns in CUES[part].values()
    for pattern in patterns
]
ENDS = [". ", ". ", ".\n\n", "? ", ", ", "; ", ", however, ", ", though", ", though. ", " "]
SIGNALS = st.lists(st.sampled_from(PHRASES) | st.sampled_from(ENDS), max_size=40).map(" ".join)
TEXT = "Cities should plant trees. Critics say that trees are dear. But a bare street is worse."


def told(*rows: Any) -> list[dict[str, Any]]:
    return list(answers(json.dumps(row) for row in rows))


@given(NASTY | SIGNALS | st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=300)
def test_every_passage_is_a_slice_of_the_text(text: str) -> None:
    source = reading(text)
    found = analyse(source)
    for passage in (
        *(claim.passage for claim in found.claims),
        *(p for point in found.counterpoints for p in (point.passage, point.against)),
    ):
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip()


def test_one_text_gives_claims_and_counterpoints() -> None:
    (row,) = told({"id": "x", "text": TEXT})
    assert row["id"] == "x"
    best, point = row["claims"][0], row["counterpoints"][0]
    assert TEXT[best["start"] : best["end"]] == "Cities should plant trees."
    assert best["motion"] == "Cities should plant trees."
    assert TEXT[point["start"] : point["end"]] == "Critics say that trees are dear."
    assert point["holder"] == "Critics"


def test_two_texts_give_pairs_best_first() -> None:
    documents = [{"id": "A", "text": "Dogs should go."}, {"id": "B", "text": "Dogs should not go."}]
    (row,) = told({"id": 1, "documents": documents})
    assert row["pairs"][0]["claim"] == {"doc": "A", "start": 0, "end": 15}
    scores = [pair["score"] for pair in row["pairs"]]
    assert scores == sorted(scores, reverse=True)


def test_candidates_are_ranked_con_first_with_a_side() -> None:
    candidates = [
        {"id": "off", "text": "Bananas are yellow"},
        {"id": "con", "text": "Zoos protect endangered animals, so we should not abolish zoos"},
        {"id": "pro", "text": "Zoos are cruel to animals and should be abolished"},
    ]
    (row,) = told({"id": 1, "claim": "We should abolish zoos", "candidates": candidates})
    assert row["ranking"][0]["id"] == "con"
    assert {entry["id"]: entry["stance"] for entry in row["ranking"]}["pro"] == "pro"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1 is not JSON"),
        ("[1]", "line 1 is not a JSON object"),
        ('{"id": 7}', "neither"),
        ('{"id": 7, "text": 5}', "a text is a string, not int"),
        ('{"id": 7, "documents": []}', "two documents are compared, not 0"),
        ('{"id": 7, "documents": [1, 2]}', "line 1"),
        ('{"id": 7, "claim": "x"}', "'candidates' is missing"),
        ('{"id": 7, "text": "x", "language": 4}', "line 1"),
        ("[" * 100_000, "line 1 is not JSON"),
        ('{"id": 7, "text": "a\\u0000b"}', "U+0000 at 1"),
        ('{"id": 7, "text": "ab\\ud800"}', "U+D800 at 2"),
        ('{"id": 7, "claim": "x", "candidates": [{"id": 1, "text": "\\u0000"}]}', "U+0000 at 0"),
    ],
)
def test_a_bad_line_is_answered_with_its_fault(line: str, fault: str) -> None:
    (row,) = answers([line])
    assert fault in row["error"]
    assert row["id"] == (7 if '"id": 7' in line else None)


def test_a_rubbish_line_is_told_and_the_lines_after_it_are_answered() -> None:
    out, trouble = StringIO(), StringIO()
    lines = [b"\xff\xfe{\n", b"{bad\n", b'{"id": 3, "text": "Plant trees."}\r\n']
    assert serve(lines, out, trouble) == 1
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [None, None, 3]
    assert [line[:18] for line in trouble.getvalue().splitlines()] == [
        "line 1 is not JSON",
        "line 2 is not JSON",
    ]
    assert serve(lines[2:], out, trouble) == 0


def test_blank_lines_are_passed_over_and_empty_texts_are_not() -> None:
    assert [row["id"] for row in answers(["\n", '{"id": 1, "text": ""}', "  "])] == [1]


def test_what_is_shown_in_quotation_marks_is_in_the_source() -> None:
    shown = show(reading(TEXT + "\n\nHe said “no” to it."))
    assert "Critics" in shown
    assert "asserted" in shown
    for quotation in re.findall("“((?:[^“”]|“[^“”]*”)*)”", shown):
        assert quotation in TEXT + "\n\nHe said “no” to it."


def test_an_answer_is_shown_once_with_all_that_it_meets() -> None:
    views = ["Critics say that trees are dear.", "It is argued that they break pipes, too."]
    answer = "However, I agree with the belief that trees belong in a town."
    text = f"{views[0]} First, they believe that shade is a luxury. {views[1]}\n\n{answer}"
    (_, shown) = show(reading(f"{text}\n\nTrees cool the street.\n\nNothing else is known.")).split(
        "Counterpoints"
    )
    assert shown.count(f"stands against, para. 2 [{text.index(answer)}") == 1
    assert shown.index(views[0]) < shown.index(answer) < shown.index("as does") < len(shown)
    assert shown.index("as does") < shown.rindex(views[1])


# The first ones took time squared once: marks that cut without a word between them, and quotation
# marks that the boundary finder takes for open ones.
SLOW = [";", "`", "“", "'", "a", ". ", "but ", "I ", ", ", "; ", "although, ", "is but "]
MARKS = [
    *(chr(code) for code in range(33, 127)),
    *"„«»‹›「」『』‘’–—…。？，中é\u0301\u200d\u202e\u2028😀\r\n\t",
]
PATTERNS = ["Ab. ", "- a\n", '" ', "\r\n", "a\n\n", ".\n", "> a\n", "(1) ", "Yes. But ", "“a” "]


def seconds(text: str) -> float:
    begin = time.process_time()
    analyse(reading(text))
    return time.process_time() - begin


@pytest.mark.parametrize("pattern", SLOW + PATTERNS)
def test_what_repeats_is_analysed_no_slower_than_prose(pattern: str) -> None:
    assert seconds(pattern * (100_000 // len(pattern))) < 0.8


@pytest.mark.parametrize(
    "pattern", ["a\n", "a\n\n", ". ", "\n\n", "“", "but ", "😀", "But so. ", "“a” "]
)
def test_four_times_as_much_of_what_repeats_takes_four_times_as_long(pattern: str) -> None:
    # Time squared would take sixteen times as long; a busy machine takes up to twice its time.
    text = pattern * (30_000 // len(pattern))
    once = min(seconds(text) for _ in range(3))
    more = min(seconds(4 * text) for _ in range(2))
    assert more < 10 * once + 0.02


@pytest.mark.parametrize(
    "sentences",
    [
        "Although it is so, it is not, although. ",  # each was held against all of the text's turns
        "I disagree with this.\n\nHowever, I believe that. ",  # each looked back to the beginning
    ],
)
def test_sixteen_times_as_many_signals_take_sixteen_times_as_long(sentences: str) -> None:
    # Time squared would take some sixty times as long.
    text = sentences * (12_500 // len(sentences))
    once, more = min(seconds(text) for _ in range(3)), seconds(16 * text)
    assert more < 32 * once


@pytest.mark.soak
@pytest.mark.parametrize("pattern", SLOW + PATTERNS + ["a\n", "😀\n", "\n\n"])
def test_a_megabyte_of_a_short_string_is_analysed_in_two_seconds(pattern: str) -> None:
    assert seconds(pattern * (1_000_000 // len(pattern))) < 2


@pytest.mark.soak
@pytest.mark.parametrize("mark", MARKS)
def test_a_megabyte_of_one_character_is_analysed_in_two_seconds(mark: str) -> None:
    assert seconds(mark * 1_000_000) < 2


@pytest.mark.parametrize("end", ["It fails, though", "It fails though", "But", "However,", "Yes"])
def test_a_text_may_break_off_at_any_word(end: str) -> None:
    for view in ("Critics say the plan is fine.", "Of course it is dear.", "Is it dear?"):
        assert told({"id": 1, "text": f"{view} {end}"})[0]["claims"]
