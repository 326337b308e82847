"""`gadfly summarise`: what people who script are given, and what they are told when it is wrong."""

import json
from pathlib import Path

import pytest

from bot import phrases
from bot.__main__ import main

MOTION = "Zoos should be closed"
ROWS = [
    ("Ana", "pro", "Animals suffer in cages."),
    ("Ben", "pro", "Caged animals suffer *all* day."),
    ("Cy", "con", "Zoos save endangered species from extinction."),
    ("Dee", None, "# Who pays?"),
]


def file_of(folder: Path) -> Path:
    rows = [
        {
            "topic": "t",
            "motion": MOTION,
            "reply_id": f"r{k}",
            "member": who,
            "text": text,
            "stance": side,
        }
        for k, (who, side, text) in enumerate(ROWS)
    ]
    path = folder / "replies.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_person_reads_markdown_in_which_nothing_of_a_reply_formats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarise", str(file_of(tmp_path))]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Summary: Zoos should be closed")
    assert "4 of 4 contributors represented" in out
    assert "*all*" not in out
    assert "> “Zoos save endangered species from extinction.”" in out


def test_a_person_reads_what_those_who_reacted_agree_on_and_how_many_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"r0": {"Cy": 1, "Dee": 1, "Eli": 1}, "r2": {"Ana": -1, "Ben": -1, "Eli": 1}}
    file = file_of(tmp_path)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(row | {"reactions": given.get(row["reply_id"], {})}) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert main(["summarise", str(file)]) == 0
    agreed = capsys.readouterr().out.split(f"## {phrases.AGREED}\n")[1]
    assert agreed.strip() == "> “Animals suffer in cages.”\n> — Ana; 3 agree"
    assert main(["summarise", str(file_of(tmp_path))]) == 0
    assert phrases.AGREED not in capsys.readouterr().out


def test_a_question_is_open_until_somebody_wrote_under_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path)
    for answers, still in ((None, True), ("r3", False)):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        rows[2]["answers"] = answers
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        assert main(["summarise", str(file)]) == 0
        out = capsys.readouterr().out
        assert (phrases.STILL_OPEN in out) is still
        assert "Who pays?" in out


def test_a_program_reads_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summarise", "--json", str(file_of(tmp_path))]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {point["stance"] for point in found["key_points"]} == {"pro", "con"}


def test_votes_become_common_ground(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comments, votes = tmp_path / "c.jsonl", tmp_path / "v.jsonl"
    comments.write_text('{"topic": "t", "comment_id": "a", "text": "A."}\n', encoding="utf-8")
    voter = {"topic": "t", "voter": "v1", "votes": {"a": 1, "gone": 1}}
    votes.write_text(json.dumps(voter), encoding="utf-8")
    assert main(["summarise", "--jsonl", "--comments", str(comments), "--votes", str(votes)]) == 0
    assert json.loads(capsys.readouterr().out)["consensus"] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.jsonl"], "nowhere.jsonl cannot be read"),
        (["--jsonl", "--votes", "v.jsonl"], "--comments and --votes go together"),
        ([], "name a file of replies, or say --jsonl"),
        ([str(Path(__file__))], "line 1 is no JSON"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarise", *arguments]) == 1
    assert told in capsys.readouterr().err
