"""What was derived is kept by its content and never trusted blindly."""

import dataclasses
import json
from pathlib import Path

import pytest
from begun import shipped

from prompts import cache, packing
from prompts.briefs import brief
from prompts.engine import analyse
from prompts.library import Library
from prompts.model import Analysis

READINGS = shipped()
ONE = READINGS[0]
NAME = cache.name(ONE, "1")
FOR = "Cities should plant trees along every street. Trees cool the pavement in July."
AGAINST = "Cities should not plant trees along every street. Roots break the pipes."


def kept(found: Analysis) -> str:
    return packing.packed(packing.analysis_row(found))


def recalled(folder: Path) -> Analysis | None:
    return cache.recall(folder, NAME, lambda data: packing.analysis(ONE, json.loads(data)))


def test_an_analysis_comes_back_as_it_was(tmp_path: Path) -> None:
    found = analyse(ONE)
    assert cache.keep(tmp_path / "new", NAME, kept(found))
    assert recalled(tmp_path / "new") == found


def test_a_brief_comes_back_as_it_was() -> None:
    found = brief(analyse(ONE))
    assert any(pair.own for pair in found.pairs)
    assert packing.brief(ONE, json.loads(packing.packed(packing.brief_row(found)))) == found


def test_another_text_language_version_or_layout_has_its_own_file() -> None:
    others = [
        dataclasses.replace(ONE, digest="0" * 64),
        dataclasses.replace(ONE, language="de"),
        dataclasses.replace(ONE, blocks=ONE.blocks[1:]),
    ]
    names = {cache.name(reading, "1") for reading in [ONE, *others]} | {cache.name(ONE, "2")}
    assert len(names) == 5


def test_a_moved_reading_keeps_its_analysis() -> None:
    assert cache.name(ONE, "1") == cache.name(dataclasses.replace(ONE, key="other.md"), "1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b'{"claims": 5, "counterpoints": []}',
        b'{"claims": [[0, 99999999, 0.5, "author", null, null]], "counterpoints": []}',
        b'{"claims": [[5, 2, 0.5, "author", null, null]], "counterpoints": []}',
        b'{"claims": [[0, 5, 0.5, "nobody", null, null]], "counterpoints": []}',
        b'{"claims": [["a", 5, 0.5, "author", null, null]], "counterpoints": []}',
        b"[" * 100_000,
    ],
)
def test_a_broken_file_is_the_same_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert recalled(tmp_path) is None


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not cache.keep(tmp_path / "file", NAME, kept(analyse(ONE)))
    assert recalled(tmp_path / "file") is None


def test_nothing_is_left_half_written(tmp_path: Path) -> None:
    cache.keep(tmp_path, NAME, kept(analyse(ONE)))
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_what_is_kept_holds_no_text_that_could_be_quoted(tmp_path: Path) -> None:
    found = analyse(ONE)
    cache.keep(tmp_path, NAME, kept(found))
    [path] = tmp_path.iterdir()
    file = path.read_text(encoding="utf-8")
    for claim in found.claims:
        if claim.motion is None and len(claim.passage.text) > 40:
            assert claim.passage.text not in file


def test_a_reading_that_changes_is_held_anew_against_those_that_do_not(tmp_path: Path) -> None:
    seeds, data = tmp_path / "seeds", tmp_path / "kept"
    seeds.mkdir()
    for name, text in (("a.txt", FOR), ("b.txt", AGAINST)):
        (seeds / name).write_text(text, encoding="utf-8")
    before = Library.open(seeds, data)
    (seeds / "b.txt").write_text(f"{AGAINST} They lift the kerbs.", encoding="utf-8")
    after = Library.open(seeds, data, before=before.shelf)
    for library in (before, after, Library.open(seeds, data)):
        met = {
            p.claim.passage.reading.key: p.other.passage.reading.key
            for p in library.pairs
            if p.other
        }
        assert met == {"a.txt": "b.txt", "b.txt": "a.txt"}
