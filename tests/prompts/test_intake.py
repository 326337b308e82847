"""Taking readings in: each file once, on with it where it was stopped, what hangs at most twice."""

import os
from pathlib import Path

import pytest
from makers import Work, page

from prompts import apart, derived, intake
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
