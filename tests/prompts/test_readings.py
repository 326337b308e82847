"""A folder of readings: what can be used is used, and nothing is skipped without a word."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.intake import LARGEST
from prompts.model import Passage
from prompts.readings import Shelf, load

WORDS = "Rivers flow to the sea. A dam only borrows what it holds."


def put(folder: Path, name: str, data: str | bytes = WORDS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def keys(shelf: Shelf) -> list[str]:
    return [reading.key for reading in shelf.readings]


def said(shelf: Shelf, file: str) -> str:
    [trouble] = [t for t in shelf.troubles if t.file == file]
    assert "\n" not in str(trouble)
    return str(trouble)


def test_readings_come_sorted_from_all_folders_without_hidden_files_and_the_readme(
    tmp_path: Path,
) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/README.md",
        "readme.txt",
        ".hidden.txt",
        ".git/x.txt",
        "~$b.txt",
    ):
        put(tmp_path, name, f"{name} {WORDS}")
    shelf = load(tmp_path)
    assert keys(shelf) == ["a/z.md", "b.txt"]
    assert shelf.troubles == ()


@pytest.mark.parametrize("name", ["", "none", "file.txt"])
def test_an_empty_or_missing_folder_says_so_in_one_line(tmp_path: Path, name: str) -> None:
    if name == "file.txt":
        put(tmp_path, name)
    [trouble] = load(tmp_path / name).troubles
    assert str(tmp_path) in trouble.file
    assert "put" in str(trouble)


def test_every_file_that_cannot_be_used_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "empty.txt", " \n")
    put(tmp_path, "picture.txt", b"\x89PNG\x00\x00")
    put(tmp_path, "paper.pdf", b"%PDF")
    put(tmp_path, "old.doc", b"Word")
    put(tmp_path, "notes", "No ending.")
    shelf = load(tmp_path)
    assert keys(shelf) == ["good.txt"]
    assert "is empty" in said(shelf, "empty.txt")
    assert "not a text" in said(shelf, "picture.txt")
    assert "no PDF can be read from it" in said(shelf, "paper.pdf")
    assert "save it as .docx or .pdf" in said(shelf, "old.doc")
    assert "has no ending" in said(shelf, "notes")


def test_the_same_text_twice_is_used_once_and_told_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.md", WORDS + "\n")
    shelf = load(tmp_path)
    assert keys(shelf) == ["a.txt"]
    assert "the same text as a.txt" in said(shelf, "b.md")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "large.txt", "")
    os.truncate(path, LARGEST + 1)
    assert "larger than 20 MB" in said(load(tmp_path), "large.txt")


@pytest.mark.parametrize("value", ["[" * 40_000, "9" * 90_000, "= ="])
def test_a_sidecar_or_a_header_that_is_a_trap_costs_itself_and_nothing_else(
    tmp_path: Path, value: str
) -> None:
    words = "Rivers should be left alone, because nobody owns the water in them."
    (tmp_path / "a.txt").write_text(words)
    (tmp_path / "a.toml").write_text(f"title = {value}")
    (tmp_path / "b.md").write_text(f"+++\ntitle = {value[:9_000]}\n+++\n\n{words} Really.")
    (tmp_path / "c.txt").write_text(f"{words} Again.")
    shelf = load(tmp_path)
    assert [reading.key for reading in shelf.readings] == ["a.txt", "b.md", "c.txt"]
    assert [trouble.file for trouble in shelf.troubles] == ["a.toml"]
    assert len(str(shelf.troubles[0])) < 200


def test_two_names_that_look_the_same_are_told(tmp_path: Path) -> None:
    (tmp_path / "caf\u00e9.txt").write_text("Rivers should be left alone by us.")
    (tmp_path / "cafe\u0301.txt").write_text("Rivers should not be left alone by us.")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes them for one")
    shelf = load(tmp_path)
    assert len(shelf.readings) == 1
    assert [str(trouble) for trouble in shelf.troubles] == [
        "caf\u00e9.txt is there twice, under names that look the same; rename one of them."
    ]


def test_a_link_to_a_folder_elsewhere_and_one_to_nowhere_are_told_as_what_they_are(
    tmp_path: Path,
) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "up").symlink_to(tmp_path)
    (tmp_path / "seeds" / "gone.txt").symlink_to(tmp_path / "seeds" / "nowhere.txt")
    shelf = load(tmp_path / "seeds")
    assert "leads out of the folder" in said(shelf, "up")
    assert "is gone, or a link that leads nowhere" in said(shelf, "gone.txt")


def test_links_that_leave_the_folder_are_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.txt", "The password is swordfish.")
    seeds = tmp_path / "seeds"
    put(seeds, "own.txt")
    (seeds / "file.txt").symlink_to(tmp_path / "outside/secret.txt")
    (seeds / "folder.txt").symlink_to(tmp_path / "outside")
    (seeds / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    shelf = load(seeds)
    assert keys(shelf) == ["own.txt"]
    for name in ("file.txt", "folder.txt", "gone.txt"):
        assert "leads out of the folder" in said(shelf, name)


def test_links_within_the_folder_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "..data/week/text.txt")
    (tmp_path / "week").symlink_to("..data/week")
    (tmp_path / "..data/week/loop").symlink_to(tmp_path)
    assert keys(load(tmp_path)) == ["week/text.txt"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in said(load(tmp_path), "pipe.txt")


def test_a_socket_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("line.txt")
        assert "not a regular file" in said(load(tmp_path), "line.txt")


def test_a_name_that_cannot_be_shown_is_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text(WORDS)
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(WORDS)
    shelf = load(tmp_path)
    assert shelf.readings == ()
    assert len(shelf.troubles) == 2
    assert all(str(trouble).isprintable() for trouble in shelf.troubles)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    put(tmp_path, "locked.txt").chmod(0)
    assert "change its permissions" in said(load(tmp_path), "locked.txt")


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("x.md", "---\ntitle: From the header\n---\n# A heading\n\n" + WORDS, "From the header"),
        ("x.md", "# A *heading*\n\n" + WORDS, "A heading"),
        ("a/the-paper_shield.txt", WORDS, "The paper shield"),
    ],
)
def test_a_title_is_the_header_s_the_heading_or_the_file_s_name(
    tmp_path: Path, name: str, data: str, title: str
) -> None:
    put(tmp_path, name, data)
    assert load(tmp_path).readings[0].title == title


def test_an_unknown_key_in_a_header_is_told_and_the_reading_used(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"---\nmood: grim\n---\n{WORDS}")
    shelf = load(tmp_path)
    assert keys(shelf) == ["a.txt"]
    assert "“mood”" in said(shelf, "a.txt")


@given(data=st.binary(max_size=200))
def test_any_file_content_is_a_reading_or_a_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    put(folder, "a.txt", data)
    shelf = load(folder)
    assert len(shelf.readings) == 1 or len(shelf.troubles) == 1
    for reading in shelf.readings:
        for block in reading.blocks:
            assert Passage(reading, block.start, block.end).text in reading.text


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_sidecar_names_the_encoding_of_a_text(tmp_path: Path, suffix: str) -> None:
    text = "Größe ist für Städte kein Maß. " * 20
    name = {"txt": "cp500", "html": "cp437"}[suffix]
    put(tmp_path, f"mass.{suffix}", f"<p>{text}</p>".encode(name))
    put(tmp_path, "mass.toml", f'encoding = "{name}"')
    shelf = load(tmp_path)
    assert shelf.troubles == ()
    assert "Größe ist für Städte kein Maß." in shelf.readings[0].text
