"""The program as it is typed: what each verb prints, and one line for whatever is wrong."""

import asyncio
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from begun import SEEDS, begun
from makers import Work, pdf

from bot import menu, phrases
from bot.__main__ import main
from bot.model import Effect, Room, State
from bot.store.store import Store
from prompts.readings import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, without a .env of the developer's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(begun(tmp_path / "data")))
    monkeypatch.setenv("SEEDS_DIR", str(SEEDS))


def folder(tmp_path: Path, name: str, data: bytes) -> str:
    seeds = tmp_path / "mine"
    seeds.mkdir()
    (seeds / name).write_bytes(data)
    return str(seeds)


@pytest.mark.parametrize("verb", ["quote", "counter"])
def test_nothing_asked_is_answered_with_what_to_write(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, " "])
    assert ended.value.code == 2
    assert "it is empty; write a few words" in capsys.readouterr().err


# One of each place where a setting is read; `test_check.py` has a row for everything.
WRONG = [
    ("WEB_PORT", "eighty", "eighty"),
    ("CLOSE_AFTER", "20", "20h"),
    ("PROMPT_ROOMS", "irc:#agora", "irc:#agora"),
    ("SEEDS_DIR", "nowhere", "nowhere"),
    ("DATA_DIR", "/proc/nowhere", "/proc/nowhere"),
    ("DATABASE_URL", "mysql://nobody@nowhere/x", "postgresql+asyncpg"),
]


def test_without_a_verb_the_verbs_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "run the bot" in capsys.readouterr().err


def test_each_verb_says_in_its_own_help_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    listed = " ".join(capsys.readouterr().err.split())
    for verb in (*menu.ORDERS, "run", "demo", "import", "mine", "stance"):
        with pytest.raises(SystemExit):
            main([verb, "--help"])
        told = capsys.readouterr().out.split("\n\n")[1].split()
        assert f"{verb} {told[0].lower()} {' '.join(told[1:]).removesuffix('.')}" in listed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("next --count -3", "'-3' is not a number from 1"),
        ("next --count 99999", "'99999' is not a number from 1 to 10000"),
        ("audit --days 0", "'0' is not a number from 1"),
        ("pause --until soon", "'soon' is not a date; write such as 2027-01-10"),
    ],
)
def test_a_wrong_word_behind_a_verb_is_told_with_what_to_write(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("next --zone Berlin", "--zone: 'Berlin' is not a time zone; did you mean Europe/Berlin?"),
        ("next --from soon", "--from: 'soon' is no instant; write such as"),
        ("mine no/such.txt", "no/such.txt: is no file; name a reading"),
        ("rank --corpus no/such", "no/such cannot be read (No such file or directory); name"),
        ("import no/such", "no/such: No such file or directory; write one with"),
    ],
)
def test_what_cannot_be_done_as_it_was_typed_is_one_line(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed.split()) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"gadfly: {said}")


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_bad_setting_is_one_line_with_its_name_and_what_to_do(
    name: str,
    value: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["run"]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert name in line
    assert said in line


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", bytes(range(256)) * 9), ("a.txt", b""), ("a.pdf", b"%PDF-1.7"), ("a.md", b"\n\n")],
)
def test_a_file_that_cannot_be_read_is_one_line_with_its_name(
    name: str,
    data: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SEEDS_DIR", folder(tmp_path, name, data))
    assert main(["run"]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "SEEDS_DIR" in line
    assert name in line


def test_a_reading_with_nothing_to_argue_about_is_said_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEEDS_DIR", folder(tmp_path, "walk.txt", b"We walked home. It rained."))
    assert main(["readings"]) == 1
    assert "walk.txt makes no claim" in capsys.readouterr().out


ARGUED = [
    ("p", "Schools should abolish the bell, because it teaches children to stop thinking."),
    ("p", "The bell must go, since no other workplace would tolerate it for a single week."),
]


def test_readings_tells_pages_words_claims_and_prompts_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apart = [ARGUED[0], ("h", "At work"), ARGUED[1]]
    seeds = folder(tmp_path, "bells.pdf", pdf(Work("On Bells", "Ida Vale", apart)))
    (tmp_path / "mine/bells.toml").write_text('year = 1999\ntitle = "On School Bells"\nmood = 1')
    (tmp_path / "mine/old.doc").write_bytes(b"?")
    monkeypatch.setenv("SEEDS_DIR", seeds)
    assert main(["readings"]) == 1
    first, *troubles, last = capsys.readouterr().out.splitlines()
    assert first == (
        "bells.pdf: Ida Vale, On School Bells, 1999; 1 page, 31 words, en; 2 claims, 2 prompts left"
    )
    assert troubles[0].startswith("Trouble: bells.toml says “mood”, which is not used")
    assert troubles[1].startswith(
        "Trouble: old.doc is of a kind that is not read (.doc); save it as .docx"
    )
    assert last == "2 prompts in 1 reading"
    assert main(["readings", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [row["pages"] for row in found["readings"]] == [1]
    assert [row["file"] for row in found["troubles"]] == ["bells.toml", "old.doc"]


def test_a_transcript_has_times_and_no_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cues = "".join(f"{n}:00.000 --> {n}:30.000\n{words}\n\n" for n, (_, words) in enumerate(ARGUED))
    monkeypatch.setenv("SEEDS_DIR", folder(tmp_path, "bells.vtt", f"WEBVTT\n\n{cues}".encode()))
    assert main(["readings"]) == 0
    assert capsys.readouterr().out.startswith("bells.vtt: Bells; 27 words, en; ")


def test_next_names_seven_moments_and_their_prompts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", "--from", "2026-11-22T12:00:00Z"]) == 0
    out = capsys.readouterr().out
    assert "every weekday at 09:00, UTC, in page:agora" in out
    assert len({line for line in out.splitlines() if line.endswith(".md]")}) == 7
    assert "Mon 2026-11-23 09:00 UTC" in out


def test_next_says_where_a_schedule_has_no_readings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READINGS", "nothing/*")
    assert main(["next", "--count", "1"]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("READINGS=nothing/* matches no reading that makes a claim; ")


def test_next_reads_beside_a_bot_that_is_running(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = asyncio.run(Store.at(f"sqlite:///{tmp_path}/data/gadfly.db"))
    assert main(["next", "--count", "1"]) == 0
    assert main(["run"]) == 1
    assert "another Gadfly process" in capsys.readouterr().err
    asyncio.run(running.close())


def test_next_says_which_slot_is_skipped_and_keeps_its_prompt_for_the_one_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["next", "--from", "2026-11-22T12:00:00Z", "--count", "2"]
    assert main(asked) == 0
    [first, _] = [line for line in capsys.readouterr().out.splitlines() if "  page:agora: " in line]

    async def skip() -> None:
        store = await Store.at(f"sqlite:///{tmp_path}/data/gadfly.db")
        at, room = datetime(2026, 11, 23, 9, tzinfo=UTC), Room("page", "agora")
        key = "prompt/main/page:agora/2026-11-23"
        effect = Effect(key, "prompt", "main", room, at, at, {}, state=State.SKIPPED, why="no")
        await store.plan(effect)
        await store.close()

    asyncio.run(skip())
    assert main(asked) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "  page:agora: " in line]
    assert told == ["  page:agora: no", first]


@pytest.mark.parametrize(
    ("typed", "code"), [("archive out", 1), ("export out --store", 1), ("audit", 0)]
)
def test_before_the_first_start_there_is_nothing_to_tell(
    typed: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed.split()) == code
    assert capsys.readouterr().out == f"{phrases.NO_DATABASE}\n"
    assert not (tmp_path / "out").exists()


def test_next_prints_instants_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["next", "--at", "daily 02:30", "--zone", "Europe/Berlin", "--count", "3", "--json"]
    assert main([*asked, "--from", "2026-03-27T12:00:00Z"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["utc"] for row in rows] == [
        "2026-03-28T01:30:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-30T00:30:00Z",
    ]
    assert [row["mark"] for row in rows] == ["", "gap", ""]


def test_quote_and_counter_answer_with_citations_or_say_no(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["quote", "turnout"]) == 0
    assert "— " in capsys.readouterr().out
    assert main(["quote", "xylophones"]) == 1
    assert "Nothing in the readings speaks about xylophones." in capsys.readouterr().out
    assert main(["counter", "Xylophones", "are", "best"]) == 1


def test_mine_shows_a_reading_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mine", str(SEEDS / "phones-in-school" / "six-hours-of-company.md")]) == 0
    assert "Schools should ban smartphones" in capsys.readouterr().out
    assert main(["mine", "no-such-file.txt"]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "no-such-file.txt" in line


def test_quote_and_counter_answer_programs_with_slices(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quote", "turnout", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["passages"]
    texts = {reading.key: reading.text for reading in load(SEEDS).readings}
    assert rows
    assert all(texts[row["key"]][row["start"] : row["end"]] == row["text"] for row in rows)
    assert main(["counter", "Xylophones are best", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "none"


def test_rank_and_stance_read_and_write_json_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"doc_id": "d", "text": "Zoos teach children."}\n', encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO('{"query_id": 7, "text": "zoos"}\n'))
    assert main(["rank", "--corpus", str(corpus), "--task", "counter"]) == 0
    assert json.loads(capsys.readouterr().out) == {"query_id": 7, "ranked": ["d"]}
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "text": "zoos"}\n'))
    assert main(["stance"]) == 1
    assert "line 1 lacks 'motion'" in capsys.readouterr().err


def test_the_demo_plays_its_samples_where_gadfly_is_installed_without_its_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed, elsewhere = tmp_path / "site/bot", tmp_path / "elsewhere"
    installed.mkdir(parents=True)
    elsewhere.mkdir()
    for part in (*(ROOT / "bot").iterdir(), ROOT / "seeds"):
        (installed / part.name).symlink_to(part)
    (tmp_path / "site/prompts").symlink_to(ROOT / "prompts")
    monkeypatch.delenv("SEEDS_DIR")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-m", "bot", "demo"]
    done = subprocess.run(
        command, cwd=elsewhere, env=env, capture_output=True, text=True, check=False
    )
    assert "Nikhil Castellane" in done.stdout, done.stderr
    assert list(elsewhere.iterdir()) == []
