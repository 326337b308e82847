"""Taking readings in: each file once, on with it where it was stopped, what hangs at most twice."""

import os
from pathlib import Path
from typing import Any

import pytest
from makers import Work, page

from prompts import apart, derived, intake, readings
from prompts.apart import Crew, Lost
from prompts.library import Library
from prompts.readings import load

ESSAY = (
    "Town {n} should open its library on Sundays, because families come when they are free. "
    "Critics say that the staff of town {n} deserve a day of rest. But rest can be had on Monday."
)


def put(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n}.html").write_bytes(page(Work(f"Town {n}", "A", [("p", ESSAY.format(n=n))])))


class Heard:
    """What was told to be done, and a stop at some point of it."""

    def __init__(self, stop: int = 0) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.stop = stop

    def __call__(self, doing: str, done: int, of: int) -> None:
        self.told.append((doing, done, of))
        if done == self.stop:
            raise KeyboardInterrupt


def test_an_interrupted_intake_goes_on_where_it_stopped(tmp_path: Path) -> None:
    put(tmp_path / "seeds", 12)
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path / "seeds", tmp_path / "kept", told=Heard(stop=4))
    kept = len(list((tmp_path / "kept").rglob("*.json")))
    assert kept >= 4
    heard = Heard()
    assert len(load(tmp_path / "seeds", tmp_path / "kept", told=heard).readings) == 12
    assert heard.told[-1] == ("Reading", 12 - kept, 12 - kept)


def test_a_change_to_one_file_reads_and_analyses_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "SMALL", 0)
    put(tmp_path / "seeds", 6)
    Library.open(tmp_path / "seeds", tmp_path / "kept")
    changed = tmp_path / "seeds" / "3.html"
    changed.write_text(changed.read_text().replace("Sundays", "Saturdays"))
    heard = Heard()
    again = Library.open(tmp_path / "seeds", tmp_path / "kept", heard)
    assert heard.told == [("Reading", 1, 1), ("Analysing", 1, 1)]
    assert len(again.readings) == 6
    fresh = Library.open(tmp_path / "seeds")
    assert again.cases == fresh.cases
    heard = Heard()
    Library.open(tmp_path / "seeds", tmp_path / "kept", heard)
    assert heard.told == []


def test_what_is_as_it_was_is_the_same_reading_and_nothing_of_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = tmp_path / "seeds"
    put(seeds, 4)
    before = Library.open(seeds)
    (seeds / "0.html").unlink()
    (seeds / "1.html").rename(seeds / "7.html")
    (seeds / "2.html").write_bytes(page(Work("Town 2", "B", [("p", ESSAY.format(n=9))])))
    (seeds / "3.toml").write_text('title = "Another"')
    read: list[str] = []
    texts = readings.texts

    def noted(files: list[intake.File], *rest: Any) -> Any:
        read.extend(file.key for file in files)
        return texts(files, *rest)

    monkeypatch.setattr(readings, "texts", noted)
    after = Library.open(seeds, before=before.shelf)
    assert read == ["2.html", "3.html", "7.html"]
    fresh = Library.open(seeds)
    assert (after.shelf, after.cases) == (fresh.shelf, fresh.cases)
    read.clear()
    again = Library.open(seeds, before=after.shelf)
    assert read == []
    assert all(a is b for a, b in zip(again.readings, after.readings, strict=True))


def test_what_could_not_be_read_is_tried_again_when_the_folder_changes(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 no archive")
    before = load(tmp_path)
    after = load(tmp_path, before=before)
    assert after.troubles == before.troubles
    assert not any(source.used for source in after.sources.values())


def test_a_file_that_hangs_costs_its_time_twice_and_then_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def hangs(self: Crew, request: dict[str, str], seconds: float) -> dict[str, str]:
        asked.append(request["path"])
        raise Lost("took too long to read; save it anew, or split it into parts.")

    monkeypatch.setattr(apart.Crew, "ask", hangs)
    put(tmp_path / "seeds", 1)
    for start in range(4):
        [trouble] = load(tmp_path / "seeds", tmp_path / "kept").troubles
        assert "took too long" in str(trouble)
        assert len(asked) == min(start + 1, 2)
    put(tmp_path / "seeds", 1)
    os.utime(tmp_path / "seeds" / "0.html")
    load(tmp_path / "seeds", tmp_path / "kept")
    assert len(asked) == 2
    (tmp_path / "seeds" / "0.html").write_text("<p>Another text, which may be read in time.")
    load(tmp_path / "seeds", tmp_path / "kept")
    assert len(asked) == 3


def test_a_plain_text_that_is_long_is_read_apart_and_kept(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    text = "\n\n".join(ESSAY.format(n=n) for n in range(200))
    assert len(text) > intake.SMALL
    (tmp_path / "seeds" / "long.txt").write_text(text)
    heard = Heard()
    [reading] = load(tmp_path / "seeds", tmp_path / "kept", told=heard).readings
    assert reading.text == text
    assert heard.told == [("Reading", 1, 1)]
    heard = Heard()
    assert load(tmp_path / "seeds", tmp_path / "kept", told=heard).readings == (reading,)
    assert heard.told == []


def test_nothing_is_kept_of_a_reading_that_is_gone(tmp_path: Path) -> None:
    put(tmp_path / "seeds", 4)
    Library.open(tmp_path / "seeds", tmp_path / "kept")
    three = tmp_path / "three"
    put(three, 3)
    Library.open(three, tmp_path / "fresh")
    (tmp_path / "seeds" / "3.html").unlink()
    Library.open(tmp_path / "seeds", tmp_path / "kept")
    left, fresh = (
        sorted(
            path.relative_to(tmp_path / name).as_posix()
            for path in (tmp_path / name).rglob("*.json")
        )
        for name in ("kept", "fresh")
    )
    assert left == fresh
    assert not any("town 3" in path.read_text() for path in (tmp_path / "kept").rglob("*.json"))
    for path in (tmp_path / "seeds").iterdir():
        path.unlink()
    Library.open(tmp_path / "seeds", tmp_path / "kept")
    assert len(list((tmp_path / "kept").rglob("*.json"))) == len(left)
