"""The batch form: JSON lines of replies in, one line of key points per topic out."""

import json
import os
import subprocess
import sys

import pytest

from prompts.model import Stance
from prompts.sides import SAMPLE, among, mended
from prompts.stance import Motion
from prompts.summarise import SHOWN, kpa

MOTION = "We should ban zoos"
TEXTS = {
    "pro": [
        "Animals suffer in cages.",
        "Caged animals suffer all day.",
        "Zoos waste public money.",
    ],
    "con": [
        "Zoos save endangered species from extinction.",
        "Children learn about wildlife there.",
    ],
}


def lines(topic: str = "t1") -> list[str]:
    rows = [(side, text) for side, texts in TEXTS.items() for text in texts]
    return [
        json.dumps(
            {
                "topic": topic,
                "motion": MOTION,
                "reply_id": f"{topic}-{k}",
                "text": t,
                "stance": side,
            }
        )
        for k, (side, t) in enumerate(rows)
    ]


def test_a_topic_becomes_one_line_with_verbatim_points_of_both_sides() -> None:
    (line,) = kpa(lines())
    found = json.loads(line)
    texts = {row["reply_id"]: row["text"] for row in map(json.loads, lines())}
    assert found["topic"] == "t1"
    assert {point["stance"] for point in found["key_points"]} == {"pro", "con"}
    assert all(point["text"] in texts[point["source"]] for point in found["key_points"])
    assert all(point["source"] in point["members"] for point in found["key_points"])


def test_like_replies_stand_in_one_point() -> None:
    (line,) = kpa(lines())
    assert ["t1-0", "t1-1"] in [point["members"] for point in json.loads(line)["key_points"]]


def test_topics_come_out_in_the_order_in_which_they_came() -> None:
    found = kpa([*lines("b"), *lines("a")])
    assert [json.loads(line)["topic"] for line in found] == ["b", "a"]


def test_a_side_shows_five_points_at_most() -> None:
    words = "money health crime family science art sport law food war".split()  # noqa: SIM905 - read at a glance
    rows = [
        {
            "topic": "t",
            "motion": MOTION,
            "reply_id": w,
            "text": f"It is about {w}.",
            "stance": "pro",
        }
        for w in words
    ]
    (line,) = kpa(json.dumps(row) for row in rows)
    assert len(json.loads(line)["key_points"]) == SHOWN


def judge(_: Motion, text: str) -> float:
    return 0.05 if "not" in text else 0.95


YES, NO = "Zoos should be banned.", "Zoos should not be banned."


def test_sides_stay_as_they_came_where_hardly_any_seems_wrong() -> None:
    rows = [(MOTION, YES, Stance.FOR)] * 60 + [(MOTION, NO, Stance.AGAINST)] * 60
    rows.append((MOTION, NO, Stance.FOR))
    assert mended(rows, judge) == [(side, 1.0) for _, _, side in rows]


def test_of_a_great_many_replies_a_sample_tells_that_no_sides_are_wrong() -> None:
    asked: list[str] = []

    def counting(motion: Motion, text: str) -> float:
        asked.append(text)
        return judge(motion, text)

    right = [(MOTION, f"{YES} {k}", Stance.FOR) for k in range(10 * SAMPLE)]
    assert all(sided == (Stance.FOR, 1.0) for sided in mended(right, counting))
    assert len(asked) <= SAMPLE
    wrong = [(MOTION, f"{NO} {k}", Stance.FOR) for k in range(3 * SAMPLE)]
    assert {side for side, _ in mended([*right, *wrong], judge)} == set(Stance) - {Stance.TORN}


def test_a_side_that_the_words_contradict_is_mended_where_many_are_wrong() -> None:
    rows = (
        [(MOTION, NO, Stance.AGAINST)] * 6 + [(MOTION, NO, Stance.FOR)] * 4 + [(MOTION, YES, None)]
    )
    sides, sure = zip(*mended(rows, judge), strict=True)
    assert sides == (*[Stance.AGAINST] * 10, Stance.FOR)
    assert sure[0] > sure[6]


def test_where_sides_are_missing_some_are_taken_for_guessed() -> None:
    rows = [(MOTION, YES, Stance.FOR)] * 20 + [(MOTION, NO, Stance.FOR), (MOTION, YES, None)]
    sides, sure = zip(*mended(rows, judge), strict=True)
    assert sides[-2:] == (Stance.AGAINST, Stance.FOR)
    assert sure[-2] < sure[0]


def test_a_doubtful_side_follows_the_replies_that_are_like_it() -> None:
    sides = [(Stance.FOR, 0.9), (Stance.FOR, 0.9), (Stance.AGAINST, 0.55), (Stance.AGAINST, 1.0)]
    alike = {"cage": 1.0}
    seen = among(sides, [alike, alike, alike, alike])
    assert seen[2][0] is Stance.FOR
    assert seen[3] == (Stance.AGAINST, 1.0)


def test_the_program_reads_standard_input_and_is_the_same_in_every_process() -> None:
    command = [sys.executable, "-m", "bot", "summarise", "--jsonl"]
    told = subprocess.run(
        command,
        input="\n".join(lines()),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert told.stdout == "".join(line + "\n" for line in kpa(lines()))


def test_reactions_to_replies_become_common_ground() -> None:
    rows = [json.loads(line) for line in lines()]
    topic = rows[0]["topic"]
    rows = [row for row in rows if row["topic"] == topic]
    people = [f"m{n}" for n in range(12)]
    rows[1]["reactions"] = dict.fromkeys(people, 1)
    rows[0]["reactions"] = {who: 1 if n % 2 else -1 for n, who in enumerate(people)}
    (told,) = map(json.loads, kpa(map(json.dumps, rows)))
    assert told["consensus"] == [rows[1]["reply_id"], rows[0]["reply_id"]]
    assert told["key_points"]


def test_a_reaction_that_is_none_is_named_with_its_line() -> None:
    row = {**json.loads(lines()[0]), "reactions": {"m1": "👍"}}
    with pytest.raises(ValueError, match="line 1: reactions are"):
        list(kpa([json.dumps(row)]))
