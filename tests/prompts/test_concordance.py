"""What can be looked up in a reading is kept, comes back as it was, and answers as if new."""

import json
import shutil
from pathlib import Path

import pytest
from begun import SEEDS, shipped
from bench.indexed import over

from prompts import cache, derived
from prompts.concordance import as_row, concordance, of_row
from prompts.engine import analyse
from prompts.index import Index
from prompts.library import Library

READINGS = shipped()[:4]
ASKED = ("phones in school", "Sixteen-year-olds should vote.", "treaties", "xylophones")


def test_a_concordance_comes_back_as_it_was() -> None:
    one = concordance(READINGS[0], analyse(READINGS[0]))
    assert len(one.windows) > 20
    assert one.answered
    assert of_row(one.reading, json.loads(json.dumps(as_row(one)))) == one


@pytest.mark.parametrize("part", ["terms", "windows", "claims", "asserted", "views", "phrases"])
def test_one_that_does_not_fit_its_reading_is_the_same_as_none(tmp_path: Path, part: str) -> None:
    longest = max(READINGS, key=lambda reading: len(reading.text))
    other = as_row(concordance(longest, analyse(longest)))[part]
    shorter = min(READINGS, key=lambda reading: len(reading.text))
    wrong: list[object] = [None, [], 5, "?" * 7, *([other] if part == "windows" else [])]
    for row in wrong:
        kept = {**as_row(concordance(shorter, analyse(shorter))), part: row}
        cache.keep(tmp_path, "1.json", json.dumps(kept))
        fitting = cache.recall(tmp_path, "1.json", lambda data: of_row(shorter, json.loads(data)))
        assert fitting is None


def test_an_index_of_what_was_kept_finds_the_same_as_a_new_one() -> None:
    known = Index.joined([concordance(r, analyse(r)) for r in READINGS])
    new = over(READINGS)
    assert list(known.passages) == list(new.passages)
    for asked in ASKED:
        assert known.search(asked) == new.search(asked)


def test_a_library_answers_the_same_from_what_was_kept_apart_or_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Library.open(SEEDS)
    monkeypatch.setattr(derived, "SMALL", 0)
    for _ in range(2):
        warm = Library.open(SEEDS, tmp_path)
        assert not warm.warmed
        warm.warm()
        assert warm.warmed
        for asked in ASKED:
            assert warm.quotes(asked) == plain.quotes(asked)
            for pattern in (None, "voting-at-sixteen/*"):
                found = warm.counter(asked, pattern=pattern)
                assert found == plain.counter(asked, pattern=pattern)
        assert (warm.pairs, warm.cases, warm.topics()) == (plain.pairs, plain.cases, plain.topics())


def test_a_library_that_takes_the_place_of_another_answers_as_one_that_is_opened_anew(
    tmp_path: Path,
) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    before = Library.open(seeds, tmp_path / "kept")
    before.warm()
    path = seeds / READINGS[0].key
    path.write_text(path.read_text() + "\n\nNobody should own a xylophone before thirty.\n")
    (seeds / READINGS[1].key).unlink()
    after = Library.open(seeds, tmp_path / "kept", before=before.shelf)
    after.warm()
    new = Library.open(seeds)
    assert after.readings[-1] is before.readings[-1]
    for asked in ASKED:
        assert after.quotes(asked) == new.quotes(asked)
        assert after.counter(asked) == new.counter(asked)
    assert after.quotes("xylophones") != before.quotes("xylophones")
    assert (after.cases, after.pairs, after.topics()) == (new.cases, new.pairs, new.topics())


def test_a_start_over_what_was_kept_looks_through_nothing_and_a_change_through_one_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "SMALL", 0)
    seeds = tmp_path / "seeds"
    for reading in READINGS:
        path = seeds / reading.key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((SEEDS / reading.key).read_text())

    def looked_through() -> int:
        heard: list[str] = []
        Library.open(seeds, tmp_path / "kept").warm(lambda doing, *_: heard.append(doing))
        return heard.count("Looking through")

    assert [looked_through(), looked_through()] == [4, 0]
    path.write_text(path.read_text() + "\n\nOne more word.\n")
    assert looked_through() == 1
