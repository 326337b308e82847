"""What other programs write: Obsidian, Notion, LaTeX, FictionBook, newsletters, meetings."""

import textwrap
from pathlib import Path

import pytest
from makers import Work, fiction
from test_real_life import BOTH, FIRST, NEXT, blocks, plain, printed, quotable

from prompts.formats import extractor
from prompts.formats.mending import Line, mended
from prompts.model import Kind

Row = tuple[float, float, float, str]


def set_out(words: str, x: float = 40, y: float = 300, wide: int = 60) -> list[Row]:
    """Words as the lines of a printed column."""
    lines = textwrap.wrap(words, wide)
    return [(x, y - 12 * n, 10.0, line) for n, line in enumerate(lines)]


# -- print --------------------------------------------------------------------------------------


def test_a_heading_with_its_number_is_text_also_on_the_first_line_of_a_page(tmp_path: Path) -> None:
    feet = [[(200.0, 20.0, 10.0, str(n))] for n in (1, 2, 3)]
    heads: list[list[Row]] = [[(40, 320, 12, "2"), (60, 320, 12, "What Bells Cost")], [], []]
    own = zip(heads, feet, (FIRST, NEXT, f"{NEXT} {FIRST}"), strict=True)
    pages = [[*head, *set_out(words), *foot] for head, foot, words in own]
    pages[1] = [(40.0, 320.0, 12.0, "3"), (60.0, 320.0, 12.0, "Bells at Noon"), *pages[1]]
    heading = [words for kind, words in blocks(printed(tmp_path, *pages)) if kind is Kind.HEADING]
    assert [words[2:] for words in heading if words[0] in "23"] == [
        "What Bells Cost",
        "Bells at Noon",
    ]


def test_a_paragraph_whose_sentence_ends_on_the_last_full_line_goes_on(tmp_path: Path) -> None:
    full = [
        (40.0, 300 - 12 * n, 10.0, "Bells ring for nobody but the clock on the wall.")
        for n in range(3)
    ]
    rest = set_out("They always have, and they are wrong to do so.")
    found = printed(tmp_path, full, rest)
    assert len(blocks(found)) == 1
    assert found.text.endswith(f"wall. {rest[0][3]}")


def test_a_line_may_stand_lower_below_the_mark_of_a_note(tmp_path: Path) -> None:
    rows = set_out(f"{FIRST} {NEXT}")
    low = [(x, y - (5 if n > 1 else 0), size, words) for n, (x, y, size, words) in enumerate(rows)]
    assert len(blocks(printed(tmp_path, low))) == 1


def test_a_narrow_table_of_two_columns_is_not_read_across(tmp_path: Path) -> None:
    rows = [
        ("For", "Bells tell the time to all."),
        ("Against", "Bells tell it"),
        ("Open", "Who rings?"),
    ]
    table: list[Row] = []
    for n, (left, right) in enumerate(rows):
        table += [(90, 220 - 24 * n, 10, left), (150, 220 - 24 * n, 10, right)]
    found = printed(tmp_path, [*set_out(FIRST), *table, *set_out(NEXT, y=120)])
    kept = [words for kind, words in blocks(found) if kind is not Kind.ASIDE]
    assert kept == [FIRST, NEXT]


def test_the_signs_of_tex_s_own_fonts_are_quotation_marks() -> None:
    assert mended([Line("\x10a penny\x11 \x15 or two")]).words == "“a penny” – or two"


# -- pages, documents and books -----------------------------------------------------------------


@pytest.mark.parametrize("sign", ["•", "·", "-", "∙"])
def test_what_stands_behind_a_sign_is_an_item_whatever_its_program_made_of_it(sign: str) -> None:
    found = plain(f"<p>{FIRST}</p><p>{sign} {NEXT}</p>", "html")
    assert blocks(found) == [(Kind.PARAGRAPH, FIRST), (Kind.LIST, NEXT)]


NOTE = '<span class="ltx_note"><sup>1</sup><span>See the <i>Annals</i> of 1906.</span></span>'


@pytest.mark.parametrize(
    "within",
    [
        NOTE,
        '<span class="sidenote">See the Annals of 1906.</span>',
        '<a href="#Annals_of_1906">1</a>',
    ],
)
def test_a_note_in_the_midst_of_a_sentence_is_no_part_of_it(within: str) -> None:
    torn = FIRST.replace("children", f"children{within}")
    assert quotable(plain(f"<p>{torn}</p><p>{NEXT}</p>", "html")) == BOTH


@pytest.mark.parametrize(
    "line",
    [
        "The way back from a note leads to its mark.↩︎",
        "Ida Vale, Town Library, ida@desk.example",
        "You are receiving this email because you opted in via our website.",
        "Our mailing address is: The Desk, 12 Library Lane, Springfield",
        "Unsubscribe from this list: https://desk.example/u",
    ],
)
def test_what_tells_of_a_letter_or_its_author_is_no_claim(tmp_path: Path, line: str) -> None:
    found = plain(f"<p>{FIRST}</p><p>{line}</p><p>{NEXT}</p>", "html")
    assert quotable(found) == BOTH


def test_short_cells_of_a_table_are_no_paragraphs() -> None:
    cells = f"<tr><td>Salt Lake City</td><td>0.4 per cent</td></tr><tr><td>{NEXT}</td></tr>"
    assert quotable(plain(f"<p>{FIRST}</p><table>{cells}</table>", "html")) == BOTH


def test_a_book_of_one_file_is_read(tmp_path: Path) -> None:
    noted = fiction(Work("Bells", "Ida Vale", [("h", "One"), ("p", FIRST), ("p", NEXT)]))
    mark = FIRST.replace(",", '<a type="note" xmlns:l="l" l:href="#n1">1</a>,', 1)
    body = b'<body name="notes"><section id="n1"><p>A remark on it.</p></section></body>'
    data = noted.replace(FIRST.encode(), mark.encode(), 1)
    found = extractor("fb2")(data.replace(b"</FictionBook>", body + b"</FictionBook>"))
    assert quotable(found) == BOTH
    assert found.meta == {"title": "Bells", "author": "Ida Vale"}


# -- plain text, Markdown, transcripts, mail ----------------------------------------------------


@pytest.mark.parametrize("encoding", ["mac-roman", "cp1252"])
def test_signs_tell_what_an_old_text_was_saved_in(encoding: str) -> None:
    words = f"{FIRST} “A bell,” said Ida, “is a habit.”"
    found = extractor("text")(words.encode(encoding))
    assert (found.text, found.notes) == (words, ())


def test_what_obsidian_shows_otherwise_is_no_word_of_a_text() -> None:
    marked = FIRST.replace("bells", "[[Bells of the town|bells]]").replace("good", "==good==")
    found = plain(
        f"{marked} %%ask Ida%%\n\n![[bell.png]]\n\n#bells #school\n\n{NEXT}\n", "markdown"
    )
    assert quotable(found) == BOTH


def test_what_notion_and_logseq_write_above_a_text_tells_of_it() -> None:
    notion = plain(f"# Bells\n\nAuthor: Ida Vale\nTags: school\n\n{FIRST}\n\n{NEXT}\n", "markdown")
    logseq = plain(f"title:: Bells\nauthor:: Ida Vale\n\n{FIRST}\n\n{NEXT}\n", "markdown")
    for found in (notion, logseq):
        assert (found.meta, quotable(found)) == ({"title": "Bells", "author": "Ida Vale"}, BOTH)


@pytest.mark.parametrize("head", ["[{}] {}", "{} ({}):", "{}\n{}\n"])
def test_who_speaks_is_told_beside_the_time_as_meetings_write_it(head: str) -> None:
    people = ["Ida Vale", "Otto Ink"] * 2
    heads = [head.format(who, f"00:0{n}:10") for n, who in enumerate(people)]
    turns = zip(heads, [FIRST, NEXT] * 2, strict=True)
    found = plain("\n\n".join(f"{head}\n{words}" for head, words in turns))
    assert [words for kind, words in blocks(found) if kind is Kind.ASIDE] == people
    assert quotable(found) == BOTH * 2


def test_a_letter_is_read_between_what_it_answers() -> None:
    head = "From: Ida Vale <ida@desk.example>\nSubject: Bells\n\nOn Monday Otto Ink wrote:\n"
    answered = f"> Why ban bells?\n\n{FIRST}\n\n> And if they are late?\n\n{NEXT}\n"
    assert quotable(plain(head + answered, "mime")) == BOTH
