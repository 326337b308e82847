"""Debates as files: word for word, with places, stances and moves, and nobody named unasked."""

import csv
import io
import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from story.group import ADA, BEN, ROOM, Group, gathered

from bot import export
from bot.chat.memory import MemoryChat
from bot.errors import Wrong
from bot.model import Debate, Mark, Marked, Room
from bot.names import Names
from bot.settings import Settings
from prompts.model import Stance

FORMULA = '=HYPERLINK("http://evil.example","x") [link](http://evil.example) <b>@everyone</b>'
WORDS = "Treaties bind nobody.\n\n1. They “fail” | when nobody enforces them."


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verbs read the settings of the group in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SEEDS_DIR", str(Path(__file__).parents[2] / "seeds"))


async def held(group: Group, closed: bool = True) -> Debate:
    """A debate in which Ada writes and moves, and Ben writes like a spreadsheet."""
    debate = await group.opened()
    await group.chat.take(ROOM, debate.id, ADA, Stance.FOR, "since they bind")
    group.clock.move(timedelta(seconds=67))
    await group.chat.say(ROOM, debate.thread, ADA, WORDS)
    group.clock.move(timedelta(minutes=1))
    await group.chat.take(ROOM, debate.id, ADA, Stance.AGAINST)
    await group.chat.say(ROOM, debate.thread, BEN, FORMULA)
    if closed:
        await group.at(hours=20)
    return debate


async def exported(tmp_path: Path, store: bool = False) -> dict[str, str]:
    """The files' texts by their ending."""
    folder = tmp_path / "out"
    said: list[str] = []
    assert await export.export(folder, said.append, store) == 0
    assert "1 debate" in said[0]
    assert {file.stat().st_mode & 0o077 for file in (folder, *folder.iterdir())} == {0}
    return {file.suffix[1:]: file.read_bytes().decode() for file in folder.iterdir()}


async def test_json_holds_every_word_place_stance_and_move(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await held(group)
        told: dict[str, Any] = json.loads((await exported(tmp_path))["json"])
        library = group.study.library
        for part in told["quotations"]:
            assert part["citation"]
            source = part["source"]["key"], part["source"]["sha256"]
            passage = library.passage(*source, part["start"], part["end"])
            assert passage is not None
            assert passage.text == part["text"]
    assert told["debate"] == debate.id
    assert [(r["member"], r["text"], r["stance"]) for r in told["replies"]] == [
        ("Ada", WORDS, "for"),
        ("Ben", FORMULA, None),
    ]
    assert [(s["member"], s["stance"], s["reason"]) for s in told["stances"]] == [
        ("Ada", "for", "since they bind"),
        ("Ada", "against", None),
    ]
    assert [(m["member"], m["from"], m["to"]) for m in told["moves"]] == [("Ada", "for", "against")]
    assert told["summary"]


async def test_csv_is_a_row_each_and_runs_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await held(group)
        text = (await exported(tmp_path))["csv"]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["kind"], row["member"]) for row in rows] == [
        ("stance", "Ada"),
        ("reply", "Ada"),
        ("reply", "Ben"),
        ("stance", "Ada"),
    ]
    texts = {row["text"] for row in rows}
    assert WORDS in texts
    assert f"'{FORMULA}" in texts


async def test_markdown_shows_words_as_they_are_and_nothing_in_them_links(tmp_path: Path) -> None:
    from markdown_it import MarkdownIt

    async with gathered(tmp_path) as group:
        await held(group)
        text = (await exported(tmp_path))["md"]
    page = MarkdownIt().render(text)
    assert "<a " not in page
    assert "<b>" not in page
    assert "<ol>" not in page
    assert "They “fail” | when nobody enforces them." in page
    assert "# " in text


@pytest.mark.parametrize("how", list(Names))
async def test_links_are_asked_of_the_chat_and_given_where_they_name_nobody_unasked(
    how: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMES", how.value)
    closed: list[str] = []

    class Linked(MemoryChat):
        async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
            return f"https://chat.example/{room.id}/{message}"

        async def close(self) -> None:
            closed.append(self.name)

    async with gathered(tmp_path, names=how) as group:

        def chats_of(*_: object) -> dict[str, MemoryChat]:
            return {"page": Linked(group.clock, "page")}

        monkeypatch.setattr(export, "chats_of", chats_of)
        debate = await held(group, closed=False)
        files = await exported(tmp_path)
        said = [reply.message for reply in await group.study.store.replies(debate.id)]
    told = json.loads(files["json"])
    assert told["link"] == f"https://chat.example/agora/{debate.thread}"
    assert f"<{told['link']}>" in files["md"]
    for row, message in zip(told["replies"], said, strict=True):
        link = f"https://chat.example/agora/{message}"
        assert row["link"] == (link if how is Names.NAMES else None)
        assert (link in files["csv"]) == (link in files["md"]) == (how is Names.NAMES)
    assert closed == ["page"]


@pytest.mark.parametrize("how", list(Names))
async def test_members_are_called_as_their_schedule_says_and_nothing_else_leads_to_them(
    how: Names, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMES", how.value)
    async with gathered(tmp_path, names=how) as group:
        debate = await held(group)
        files = await exported(tmp_path)
        replies = await group.study.store.replies(debate.id)
    told = json.loads(files["json"])
    sources = {q["source"]["key"] for q in told["summary"] if q["source"]["kind"] == "reply"}
    assert sources
    assert sources <= {row["message"] for row in told["replies"]}
    for reply in replies:
        leads = (f'"{reply.message}"', reply.at.isoformat())
        traced = [way in text for way in leads for text in files.values()]
        assert any(traced) == (how is Names.NAMES), leads
    for text in files.values():
        assert (ADA.name in text) == (how is Names.NAMES)
        assert ADA.id not in text
        assert ("Member 1" in text) == (how is Names.PSEUDONYMS)
    assert ("A member" in files["md"]) == (how is Names.NONE)


async def test_without_the_tokens_it_goes_without_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gathered(tmp_path) as group:
        await held(group)
    monkeypatch.setenv("PROMPT_ROOMS", "slack:C0123")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    said: list[str] = []
    assert await export.export(tmp_path / "out", said.append) == 0
    assert said[0].startswith("without links: SLACK_BOT_TOKEN")


async def test_who_asked_not_to_be_named_is_not(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await held(group)
        await group.study.store.put_mark(debate.id, Mark(Marked.UNNAMED, ADA.id), group.clock.now())
        files = await exported(tmp_path)
    assert not [form for form, text in files.items() if ADA.name in text]
    assert [form for form, text in files.items() if BEN.name in text] == list(files)


async def test_what_is_erased_is_in_no_later_export(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await held(group)
        await group.chat.ask(ROOM, ADA, "gadfly", "forget")
        files = await exported(tmp_path, store=True)
    assert not [form for form, text in files.items() if "Treaties" in text or ADA.name in text]


async def test_a_group_goes_on_in_another_store_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gathered(tmp_path) as group:
        await held(group)
        await exported(tmp_path, store=True)
        history, clock = group.chat.history, group.clock
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/gadfly.db")
    said: list[str] = []
    assert await export.bring_in(tmp_path / "out", said.append) == 0
    rows = sqlite3.connect(tmp_path / "new/gadfly.db").execute("SELECT count(*) FROM effects")
    assert rows.fetchone()[0] > 1
    moved = Settings(_env_file=None).database_url
    async with gathered(tmp_path, clock=clock, history=history, database_url=moved) as again:
        await again.at(minutes=1)
        assert again.cards() == [post.card for post in again.chat.posts(ROOM) if not post.thread]
        assert len(again.cards()) == 1
    with pytest.raises(Wrong, match="not empty"):
        await export.bring_in(tmp_path / "out/store.jsonl", said.append)


async def test_a_folder_without_a_store_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"gadfly export --store") as caught:
        await export.bring_in(tmp_path, print)
    assert "\n" not in str(caught.value)
