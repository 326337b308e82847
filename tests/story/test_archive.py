"""The archive: files that say what the store says, and nothing that has left it."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path

import pytest
from story.group import ADA, BEN, ROOM, Group, gathered

from bot import archive, phrases
from bot.snapshot import thaw

LINE = "A vote binds *other* people, so it needs <b>care</b> & experience."
OTHER = "Nobody asked the young people themselves what [they] would do with it."


async def files_of(group: Group) -> dict[str, str | bytes]:
    told: list[str] = []
    entries = await archive.gather(group.study, group.clock.now(), told.append)
    assert told == []
    return dict(archive.contents(entries))


def one(written: dict[str, str | bytes], suffix: str) -> str:
    (name,) = [n for n in written if n.endswith(suffix) and not n.startswith("index")]
    content = written[name]
    assert isinstance(content, str)
    return content


async def test_a_debate_becomes_a_page_markdown_a_chart_and_two_maps(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.summed_up(LINE, OTHER)
        written = await files_of(group)
        ends = sorted(n.rsplit(".")[-1] for n in written if not n.startswith("index"))
        assert ends == ["argdown", "html", "md", "png", "svg"]
        page = one(written, ".html")
        assert "A vote binds *other* people, so it needs &lt;b&gt;care&lt;/b&gt; &amp; exp" in page
        assert "3 of 3 contributors represented" in page
        assert "<script" not in page
        assert not re.search(r'(href|src)="[a-z]+:', page)


async def test_the_index_leads_to_every_page(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.summed_up(LINE, OTHER)
        written = await files_of(group)
        index = written["index.html"]
        assert isinstance(index, str)
        links = re.findall(r'href="([^"]+)"', index)
        assert links
        assert set(links) <= set(written)


async def test_the_map_says_who_supports_and_who_attacks(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.summed_up(LINE, OTHER)
        written = await files_of(group)
        text = one(written, ".argdown")
        assert re.search(r"^  \+ <.*A vote binds", text, re.MULTILINE)
        assert re.search(r"^  - <.*Nobody asked the young", text, re.MULTILINE)
        assert "[they]" not in text
        drawn = ET.fromstring(one(written, ".svg"))  # noqa: S314 - our own drawing
        words = " ".join(text for e in drawn.iter() for text in e.itertext())
        assert "needs <b>care</b>" in words
        assert "attacks" in words


@pytest.mark.parametrize("under", [True, False])
async def test_who_answers_a_line_is_told_and_stands_against_it_in_the_map(
    tmp_path: Path, under: bool
) -> None:
    async with gathered(tmp_path) as group:
        quoted = "" if under else "> Young people need time.\n"
        await group.summed_up("Young people need time.", f"{quoted}{OTHER}", under)
        written = await files_of(group)
        assert "— Ben (against), answering Ada" in one(written, ".md")
        lines = one(written, ".argdown").splitlines()
        (answer,) = [n for n, line in enumerate(lines) if "Nobody asked the young" in line]
        (answered,) = [line for line in lines if "Young people need time" in line]
        title = re.search(r"<Point \d>", answered)
        assert title
        assert lines[answer + 1].split() == ["><", *title[0].split()]


async def test_who_answers_a_line_of_the_prompt_answers_the_reading(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        claim = thaw((await group.opened()).prompt).claim.text
        await group.summed_up(LINE, f"> {claim}\n{OTHER}")
        assert "— Ben (against), answering the reading" in one(await files_of(group), ".md")


async def test_what_a_member_withdraws_leaves_the_archive(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.summed_up(LINE, OTHER)
        await group.chat.ask(ROOM, ADA, "gadfly", "notmine withdraw")
        await group.chat.ask(ROOM, BEN, "gadfly", "notmine anonymise")
        text = one(await files_of(group), ".md")
        assert "A vote binds" not in text
        assert "Nobody asked the young" in text
        assert "Ben" not in text


async def test_words_past_their_time_are_gone_and_their_pages_say_so(tmp_path: Path) -> None:
    async with gathered(tmp_path, retention_days=30) as group:
        await group.summed_up(LINE, OTHER)
        group.clock.move(timedelta(days=31))
        written = await files_of(group)
        assert phrases.WORDS_GONE.split(",")[0] in one(written, ".md")
        assert "A vote binds" not in str(written)


async def test_files_of_debates_that_are_gone_are_taken_away_and_nothing_else(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "of/ours"
    archive.write(folder, {})
    (folder / "2026-01-01-old-debate-0123af.html").write_text("old", encoding="utf-8")
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    archive.write(folder, {"index.md": "# Debates\n"})
    assert sorted(path.name for path in folder.iterdir()) == ["index.md", "notes.md"]
