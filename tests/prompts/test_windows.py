"""Passages that are quoted stand alone: nothing in them points to what is not shown."""

import hashlib

import pytest

from prompts.model import Passage, Reading
from prompts.passages import blocks
from prompts.quotes import diverse
from prompts.windows import alone, sentence, whole, windows


def reading(text: str) -> Reading:
    return Reading("a.txt", "A", text, blocks(text), hashlib.sha256(text.encode()).hexdigest())


def cut(text: str, words: str) -> Passage:
    at = text.index(words)
    return Passage(reading(text), at, at + len(words))


TEXT = (
    "Critics of the dam point to the flood of 1996. They say that nobody was warned in time. "
    "However, such a failure has many fathers. What went wrong? The sirens were silent. "
    "The dam still guards the valley, and its keepers have learned from that night."
)


@pytest.mark.parametrize(
    "text",
    [
        "The dam guards the valley.",
        "“Let it stand,” said the mayor.",
        "There are three reasons for it.",
        "Is this so? No dam has ever failed here.",
        "Dams such as these guard valleys.",
    ],
)
def test_a_plain_statement_stands_alone(text: str) -> None:
    assert alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "They say so.",
        "However, it stood.",
        "But the dam stood.",
        "“But it stood,” he said.",
        "In fact the dam stood.",
        "There is a further difficulty with dams.",
        "It’s gone.",
        "The mayor made such claims.",
        "which nobody knew.",
        "What went wrong?",
        "There were three reasons:",
        "The mayor said: “Let it stand.",
        "",
    ],
)
def test_what_points_back_or_breaks_off_does_not(text: str) -> None:
    assert not alone(text)


def test_a_passage_takes_the_sentence_it_points_back_to() -> None:
    found = whole(cut(TEXT, "nobody was warned"))
    assert found is not None
    assert found.text.startswith("Critics of the dam")
    assert found.text.endswith("in time.")
    bare = sentence(cut(TEXT, "nobody was warned"))
    assert bare is not None
    assert bare.text == "They say that nobody was warned in time."


def test_a_question_takes_its_answer() -> None:
    found = whole(cut(TEXT, "What went wrong?"))
    assert found is not None
    assert found.text == "What went wrong? The sirens were silent."


def test_windows_stand_alone_and_are_short() -> None:
    found = list(windows(reading(TEXT)))
    assert found
    for window in found:
        assert alone(window.text)
        assert len(window.text) <= 480


def test_a_passage_outside_every_block_has_no_sentence() -> None:
    text = "One paragraph stands here.\n\nAnother stands there."
    at = text.index("\n")
    assert sentence(Passage(reading(text), at, at + 1)) is None
    assert whole(Passage(reading(text), at, at + 1)) is None


def test_overlapping_passages_are_shown_once() -> None:
    text = TEXT
    whole_text, part = cut(text, text[:88]), cut(text, "nobody was warned")
    assert diverse([whole_text, part], 3) == (whole_text,)
    far = cut(text, "The dam still guards the valley")
    assert diverse([whole_text, part, far], 3) == (whole_text, far)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Some will, as some adults copy their spouses.", False),
        ("Many of them have never voted.", False),
        ("Some North Korea watchers may see it as a warning.", True),
        ("Many kind people argue that children must learn control.", True),
    ],
)
def test_a_counted_group_stands_alone_only_when_it_is_named(text: str, stands: bool) -> None:
    assert alone(text) is stands


@pytest.mark.parametrize("marks", [",", ", , ,", "," * 80])
def test_marks_without_a_word_are_no_passage_and_stop_no_other(marks: str) -> None:
    assert not alone(marks)
    found = windows(reading(f"{marks}\n\n{TEXT}\n\n{marks} {marks}\n"))
    assert any("still guards" in passage.text for passage in found)
