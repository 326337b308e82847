"""Blocks, sentences and citations of a plain text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prompts.mine import reading
from prompts.model import Block, Kind, Page, Passage, Reading
from prompts.passages import RULE, blocks, cite
from prompts.sentences import sentences

TEXTS = st.text(
    st.sampled_from("ab Z.!?,;:\n\r\t“”\"'’‘()[]-—…#>1é\u0301😀\u200f\u202eשع。İß\x0b\u2028«»"),
    max_size=200,
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in blocks(text)]


def split(text: str, language: str = "en") -> list[str]:
    return [text[a:b] for block in blocks(text) for a, b in sentences(text, block, language)]


@given(TEXTS)
@example("-#—")
def test_blocks_stand_in_order_and_lose_no_word(text: str) -> None:
    found = blocks(text)
    edges = [0, *(edge for block in found for edge in (block.start, block.end)), len(text)]
    assert edges == sorted(edges)
    left = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert all(sign.isspace() or sign in RULE for sign in left)


@given(TEXTS)
def test_sentences_cover_their_block_and_stay_inside(text: str) -> None:
    for block in blocks(text):
        spans = sentences(text, block)
        assert all(block.start <= a < b <= block.end for a, b in spans)
        kept = "".join("".join(text[a:b] for a, b in spans).split())
        assert kept == "".join(text[block.start : block.end].split())


@pytest.mark.parametrize("blank", "\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000")
def test_a_blank_of_any_kind_may_stand_before_a_full_stop(blank: str) -> None:
    text = f"Schools want plan A{blank}. Plan B{blank}. is worse."
    spans = sentences(text, Block(0, len(text)))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


def test_paragraphs_may_stand_on_one_line_each() -> None:
    text = "The first thing is said here.\nThe second thing is said here."
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_wrapped_by_hand_are_one_paragraph(end: str) -> None:
    lines = [
        "Schools should ban smartphones for the whole of the school day, break and",
        "lunch included, because a school gives children six hours of one another's",
        "company and the telephone takes it away.",
    ]
    text = end.join(lines) + end * 2 + "Another paragraph begins here."
    assert kinds(text) == [
        ("paragraph", end.join(lines)),
        ("paragraph", "Another paragraph begins here."),
    ]


def test_headings_bylines_captions_and_references_are_set_aside() -> None:
    text = (
        "The Case for Roads\n\nBy Ada Stone\n\nRoads should be repaired before others are built."
        "\n\n"
        "Photo: a bridge in the rain\n\nAda Stone is a professor at Columbia University.\n\n"
        "References\n\nStone, A. (2020). On roads. Journal of Roads."
    )
    found = [kind for kind, _ in kinds(text)]
    assert found[:4] == ["heading", "aside", "paragraph", "aside"]
    assert found[-2:] == ["aside", "aside"] or found[-1] == "aside"


def test_a_list_and_a_quotation_are_known_by_their_marks() -> None:
    text = "- one thing\n- another thing\n\n> he said so\n\nAnd we answer him here."
    assert [kind for kind, _ in kinds(text)] == ["list", "list", "quote", "paragraph"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith left. He was tired.", 2),
        ("It costs approx. 5 euros. That is much.", 2),
        ("They refuted it.[4, 5] The next claim stands.", 2),
        ("(He was wrong.) The next claim stands.", 2),
        ("J. R. Stone argued so. Nobody listened.", 2),
        ("See Fig. 2 for more. It is plain.", 2),
        ("Some critics say no. But we say yes.", 2),
        ("He lives at no. 5 of the road.", 1),
        ("The U.S. army left in 1994. It came back.", 2),
        ("The Mexican-U.S. border is long. It is closed.", 2),
        ("“Testing works.” That is what they say.", 2),
        ("Prices rose by 3.5 per cent. Nobody noticed.", 2),
        ("People should vote at 16. They work at that age.", 2),
        ("He lives in section 16. That is far.", 1),
        ("1. The town needs trees. 2. The trees need water.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_citation_names_page_or_heading_and_paragraph() -> None:
    text = "Work\n\nFirst paragraph of it all.\n\nOn Breaks\n\nSecond paragraph of it all."
    source = Reading("a.txt", "Work", text, blocks(text), "x", author="A", year="2026")
    where = text.index("Second")
    assert str(cite(Passage(source, where, where + 6))) == "A, Work (2026), § On Breaks, para. 2"
    assert cite(Passage(source, 6, 11)).locator == "para. 1"
    pages = (Page(0, "iv"), Page(14, "v"))
    paged = Reading("a", "W", text, (Block(0, len(text)),), "x", pages=pages)
    assert cite(Passage(paged, 6, 11)).locator == "p. iv"
    assert cite(Passage(paged, 6, 14)).locator == "p. iv"
    assert cite(Passage(paged, 6, 15)).locator == "pp. iv–v"
    assert cite(Passage(paged, 14, 15)).locator == "p. v"


def test_every_passage_of_a_long_reading_is_cited_and_kept_in_time() -> None:
    text = "\n\n".join(f"Cars of the kind {n} should be banned." for n in range(20_000))
    source = reading(text)
    begin = time.process_time()
    places = {Passage(source, block.start, block.end): "" for block in source.blocks}
    for passage in places:
        places[passage] = cite(passage).locator
    assert list(places.values()) == [f"para. {n}" for n in range(1, 20_001)]
    assert time.process_time() - begin < 2  # a minute, when each looked through all before it


@pytest.mark.parametrize(
    "letter", ["a", ".", "“", "'", "‘", '"', "(", "\n", "\r", "!", "-", "1", " ", "。"]
)
def test_a_megabyte_of_one_character_is_read_in_time(letter: str) -> None:
    text = letter * 1_000_000
    begin = time.process_time()
    for block in blocks(text):
        sentences(text, block)
    assert time.process_time() - begin < 2


def test_nothing_is_found_in_nothing() -> None:
    assert blocks("") == blocks(" \n\r\n\t") == ()
    assert reading("").blocks == ()


def test_a_paragraph_in_leftover_tags_is_no_heading() -> None:
    found = blocks("<p>Cars should be banned.</p>\n<p>Some critics say that shops will die.</p>")
    assert [block.kind for block in found] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
