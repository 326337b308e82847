"""What was said, as transcripts have it, and what was printed, as plain text has it."""

import textwrap
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import alone, locator, shelved

from prompts.formats import extractor
from prompts.model import Kind, Reading
from prompts.windows import windows

SAID = "Schools should ban bells, because children must learn to manage time without them."
HEAD, TAIL = "Schools should ban bells, because", "children must learn to manage time without them."
OTHER = "Nobody learns to manage time before the age of twelve, and bells do no harm."

RIVER = (
    "Rivers flow to the sea whether we build or not, and a dam only borrows what it holds from "
    "those who live below it."
)
DAM = "Whoever builds a dam should therefore ask the people below it, and not those above it."


def paragraphs(reading: Reading) -> list[str]:
    text = reading.text
    return [text[b.start : b.end] for b in reading.blocks if b.kind is Kind.PARAGRAPH]


SUBRIP = f"""1
00:59:58,000 --> 01:00:01,500
<i>{HEAD}</i>

2
01:00:01,500 --> 01:00:04,000
{{\\an8}}{TAIL}

3
01:00:04,000 --> 01:00:07,000
[applause]

4
01:00:11,000 --> 01:00:15,000
{OTHER}
"""
WEBVTT = f"""WEBVTT
Kind: captions
Language: en

NOTE
Made by hand --

opening
59:58.000 --> 1:00:01.500 align:start position:0%
<v Ida Vale>{HEAD}

1:00:01.500 --> 1:00:04.000
<v Ida Vale>{TAIL}</v>

STYLE
::cue {{ color: red }}

1:00:11.000 --> 1:00:15.000
<v Otto Ink>{OTHER}
"""
BLANK = " "
ROLLING = f"""WEBVTT

00:59:58.000 --> 01:00:01.490 align:start
{BLANK}
Schools<00:59:58.400><c> should</c> ban bells, because

01:00:01.490 --> 01:00:01.500 align:start
{HEAD}
{BLANK}

01:00:01.500 --> 01:00:04.000 align:start
{HEAD}
{TAIL}

01:00:11.000 --> 01:00:15.000
♪ Ding dong ♪
>> {OTHER}
"""
PASTED = (
    f"59:58\n59 minutes, 58 seconds\n{HEAD}\n1:00:01\n{TAIL}\n1:00:11\n{OTHER}\n1:00:20\nYes.\n"
)
MEETING = (
    f"[00:59:58] Ida Vale: {HEAD}\n[01:00:01] {TAIL}\n[01:00:11] Otto Ink: {OTHER}\n"
    "[01:00:20] Ida Vale: Yes.\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", SUBRIP),
        ("a.srt", SUBRIP.replace("\n", "\r\n")),
        ("a.txt", SUBRIP),
        ("a.vtt", WEBVTT),
        ("a.vtt", ROLLING),
        ("a.txt", PASTED),
        ("a.txt", MEETING),
        ("a.sbv", f"59:58.0,1:00:01.5\n{HEAD}\n\n1:00:01.5,1:00:04.0\n{TAIL}\n\n"
                  f"1:00:11.0,1:00:15.0\n{OTHER}\n"),
    ],
)  # fmt: skip
def test_a_transcript_is_what_was_said_and_is_cited_by_the_time(
    tmp_path: Path, name: str, text: str
) -> None:
    found = alone(tmp_path, name, text)
    assert " ".join(paragraphs(found)).startswith(f"{SAID} {OTHER}")
    assert locator(found, SAID) == "at 59:58"
    assert locator(found, TAIL).startswith("at 1:00:01")
    assert {SAID, OTHER} <= {passage.text for passage in windows(found)}


def test_a_name_before_what_somebody_says_is_none_of_his_words(tmp_path: Path) -> None:
    lines = [f"VALE: {HEAD}", TAIL, f"VALE: {OTHER}", "Ink: No.", "Ink: Remember: never."]
    cues = (f"{n}:00.000 --> {n}:59.000\n{line}\n" for n, line in enumerate(lines))
    found = alone(tmp_path, "a.vtt", "WEBVTT\n\n" + "\n".join(cues))
    assert paragraphs(found) == [f"{SAID} {OTHER}", "No. Remember: never."]
    asides = [found.text[b.start : b.end] for b in found.blocks if b.kind is Kind.ASIDE]
    assert asides == ["VALE", "Ink"]


def test_a_conversation_without_times_is_quoted_without_the_names_before_its_turns(
    tmp_path: Path,
) -> None:
    turns = ["Ida Vale: " + RIVER, "OTTO: " + SAID, "Ida Vale: " + DAM, "OTTO: " + OTHER]
    assert paragraphs(alone(tmp_path, "a.txt", "\n\n".join(turns))) == [RIVER, SAID, DAM, OTHER]
    page = "".join(f"<p>{turn}</p>" for turn in turns)
    other = tmp_path / "page"
    other.mkdir()
    assert paragraphs(alone(other, "b.html", page)) == [RIVER, SAID, DAM, OTHER]


def test_words_before_a_colon_are_no_names_where_few_paragraphs_have_them(tmp_path: Path) -> None:
    rows = ["Note: " + RIVER, SAID, "Note: " + DAM, OTHER, RIVER, "Warning: " + SAID]
    assert paragraphs(alone(tmp_path, "a.txt", "\n\n".join(rows))) == rows


def test_who_alone_speaks_in_a_transcript_is_its_author_and_its_name_the_title(
    tmp_path: Path,
) -> None:
    found = alone(tmp_path, "On-bells.en.vtt", WEBVTT.replace("Otto Ink", "Ida Vale"))
    assert (found.title, found.author) == ("On bells", "Ida Vale")


def test_what_stands_above_the_first_time_of_a_transcript_is_read(tmp_path: Path) -> None:
    found = alone(tmp_path, "a.txt", f"On bells\n\n{RIVER}\n\n{PASTED}")
    assert found.title == "On bells"
    assert paragraphs(found)[0] == RIVER
    assert " ".join(paragraphs(found)[1:]).startswith(f"{SAID} {OTHER}")


def test_the_owner_of_a_transcript_without_full_stops_is_told(tmp_path: Path) -> None:
    cues = (f"{n}:00.000 --> {n}:59.000\nwe say one thing and then number {n}\n" for n in range(60))
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))
    (trouble,) = shelved(tmp_path).troubles
    assert "has no full stops" in str(trouble)


def test_times_that_a_text_speaks_of_make_no_transcript_of_it(tmp_path: Path) -> None:
    text = f"School begins at 8:30 and ends at 13:15.\n\n{SAID}\n\n9:15 is early. {OTHER}\n"
    found = alone(tmp_path, "a.txt", text)
    assert found.pages == ()
    assert "9:15 is early." in found.text


WORDS = st.lists(
    st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=6, unique=True
).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(WORDS, min_size=1, max_size=12))
@settings(max_examples=60)
def test_every_word_that_is_said_is_read_once_and_in_order(said: list[str]) -> None:
    said = [said[0], *(b for a, b in pairwise(said) if a != b)]
    cues = (f"{n}\n00:{n:02}:00,000 --> 00:{n:02}:30,000\n{s}\n" for n, s in enumerate(said))
    found = extractor("subtitles")("\n".join(cues).encode())
    assert found.text.split() == " ".join(said).split()


# -- printed ------------------------------------------------------------------------------------


def page(words: str, number: int, head: str = "The River Report") -> str:
    return f"{head:<50}{number}\n\n{textwrap.fill(words, 60)}\n"


def test_a_form_feed_ends_a_page_and_a_sentence_goes_on_over_it(tmp_path: Path) -> None:
    lines = textwrap.wrap(f"{SAID} {RIVER}", 60)
    pages = (" ".join(lines[:2]), " ".join(lines[2:]), DAM)
    text = "".join(f"{page(words, n)}\f" for n, words in enumerate(pages, start=211))
    found = alone(tmp_path, "a.txt", text)
    assert paragraphs(found) == [f"{SAID} {RIVER}", DAM]
    places = [locator(found, words) for words in (SAID, RIVER, DAM)]
    assert places == ["p. 211", "pp. 211–212", "p. 213"]


def test_two_columns_of_a_printed_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = (textwrap.wrap(" ".join([words] * 8), 40) for words in (SAID, OTHER))
    lines = (f"{a:46}{b}" for a, b in zip_longest(left, right, fillvalue=""))
    found = alone(tmp_path, "a.txt", "\n".join([*lines, f"\f{RIVER}"]))
    assert paragraphs(found)[:2] == [" ".join([SAID] * 8), " ".join([OTHER] * 8)]


def test_pages_without_numbers_are_counted_and_chapters_are_none(tmp_path: Path) -> None:
    found = alone(tmp_path, "a.txt", f"{SAID}\n\f{OTHER}\n\f{RIVER}\n")
    assert [locator(found, words) for words in (SAID, OTHER, RIVER)] == ["p. 1", "p. 2", "p. 3"]
    chapters = "\f".join(f"{words}\n\n" * 400 for words in (SAID, OTHER))
    assert alone(tmp_path, "a.txt", chapters).pages == ()


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_that_count_the_lines_of_a_text_are_no_words_of_it(
    tmp_path: Path, step: int
) -> None:
    lines = [*textwrap.wrap(f"{SAID} {RIVER}", 40), "", *textwrap.wrap(f"{OTHER} {DAM}", 40)]
    lines = [*lines, "", *lines]
    numbers = iter(range(1, 100))
    rows = [
        f"{n if (n := next(numbers)) % step == 0 else '':>4}  {row}" if row else "" for row in lines
    ]
    found = alone(tmp_path, "a.txt", "\n".join(rows))
    assert paragraphs(found) == [f"{SAID} {RIVER}", f"{OTHER} {DAM}"] * 2


def test_a_list_whose_items_are_numbered_stays_one(tmp_path: Path) -> None:
    rows = [f"{n}. {words}" for n, words in enumerate((SAID, OTHER, RIVER, DAM) * 3, start=1)]
    assert "3. " in alone(tmp_path, "a.txt", "\n".join(rows)).text
