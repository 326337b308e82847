"""Web pages as browsers save them, texts as mail and scans give them: the article alone."""

import textwrap
from pathlib import Path

import pytest
from makers import alone, quotable, shelved

from prompts.asides import is_aside
from prompts.formats import extractor
from prompts.formats.layout import rows
from prompts.formats.people import named
from prompts.formats.placed import Word
from prompts.model import Kind

SAID = (
    "Schools should ban bells, because children must learn to manage their time without them, and "
    "a good teacher needs no signal to begin."
)
OTHER = (
    "Nobody learns to manage time before the age of twelve, and bells do no harm to those who have "
    "learned it long ago at home."
)
THIRD = (
    "Whoever rings a bell should therefore ask those who must listen to it, and those who sleep "
    "near the school while it rings."
)
BODY = f"<p>{SAID}</p><p>{OTHER}</p>"


@pytest.mark.parametrize(
    "clutter",
    [
        '<div data-gu-name="standfirst"><p>Everybody quarrels about bells at school.</p></div>',
        '<div data-component="email-signup"><p>Get our letters on bells each week.</p></div>',
        "<p>Advertisement</p>",
        "<p>Sign up to The Long Bell: our weekly newsletter on schools</p>",
        "<p><b>Privacy Notice: </b>Newsletters may contain information about charities.</p>",
        "<p>[RELATED: Board delays vote on the bell for the third time]</p>",
        "<p>IDA VALE | Jan. 2, 2026 at 8:00 a.m. | UPDATED: Jan. 3, 2026 at 9:12 a.m.</p>",
        "<p>Follow the River Herald Opinion section on Facebook, Instagram, TikTok.</p>",
        "<p>Reach Ida Vale at ivale@riverherald.com or 555-0101.</p>",
        "<p>Figure 3: The share of pupils who think that a bell is fair grows with their age.</p>",
        "<p>Pupils who hate the bell above their heads. Photograph: Ada Ink/The Herald</p>",
        "<p>Copyright 1999 Ida Vale. Last updated 3 March 1999. You are visitor number 42.</p>",
        "<h2>External links</h2><ul><li>Bells that ring at the ministry of education</li></ul>",
    ],
)  # fmt: skip
def test_what_stands_around_an_article_is_not_quoted(tmp_path: Path, clutter: str) -> None:
    page = f"<html><body><article><h1>On bells</h1>{BODY}{clutter}</article></body></html>"
    assert quotable(alone(tmp_path, "a.html", page)) == [SAID, OTHER]


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ('<meta name="byl" content="By Ida Vale">', ""),
        ("", '<span class="byline"> by <a class="url fn" href="#">Ida Vale</a></span>'),
        ("", "<i>by Ida Vale</i>"),
        ('<meta name="author" content="Ida Vale, Senior Lecturer, University of Lyon">', ""),
        ('<meta name="author" content="Ida Vale"><meta property="og:title" '
         'content="On bells | Ida Vale">', ""),
    ],
)  # fmt: skip
def test_an_author_is_a_name_and_no_part_of_a_title(tmp_path: Path, head: str, line: str) -> None:
    title = "<title>On bells</title>"
    page = f"<html><head>{title}{head}</head><body><h1>On bells</h1>{line}{BODY}</body></html>"
    found = alone(tmp_path, "a.html", page)
    assert (found.title, found.author) == ("On bells", "Ida Vale")


def test_names_with_a_post_behind_them_are_names_and_several_stay_several() -> None:
    assert named("Ida Vale, Otto Ink") == "Ida Vale, Otto Ink"
    assert named("By Ida Vale, Otto Ink, Professor of Bells") == "Ida Vale, Otto Ink"


def test_sentences_that_speak_of_such_things_are_no_clutter() -> None:
    for words in (
        "Figure 3 shows that bells harm nobody who does not hear them.",
        "Privacy notices should be short.",
        "Copyright should end on the day on which its owner dies.",
        "Table manners are taught at home. Bells are not.",
        "Follow the money and you will find a bell on the way.",
    ):
        assert not is_aside(words, last=False), words


def test_a_letter_s_own_headers_and_what_it_answers_are_no_text_of_it(tmp_path: Path) -> None:
    mail = (
        "From: Ida Vale <ida@example.org>\nSent: Friday, January 2, 2026 8:00 AM\n"
        f"Subject: On bells\nAttachments: rule.pdf\n\n{textwrap.fill(SAID, 70)}\n\n-- \nIda Vale\n"
    )
    found = alone(tmp_path, "a.txt", mail)
    assert (found.title, found.author, quotable(found)) == ("On bells", "Ida Vale", [SAID])
    assert shelved(tmp_path).troubles == ()


# -- texts that were printed or scanned ---------------------------------------------------------


@pytest.mark.parametrize("below", [False, True])
def test_a_page_s_number_in_the_middle_of_a_text_parts_no_sentence(
    tmp_path: Path, below: bool
) -> None:
    said = (w.replace("e", letter) for letter in "abcdfghi" for w in (SAID, OTHER, THIRD))
    lines = textwrap.wrap(" ".join(said), 44)
    parts = [lines[n : n + 18] for n in range(0, len(lines), 18)]
    heads = [f"{n}{'' if below else '          ON BELLS'}" for n in range(112, 112 + len(parts))]
    pages = [
        "\n".join(["", *part, "", head] if below else [head, "", *part, ""])
        for part, head in zip(parts, heads, strict=True)
    ]
    found = alone(tmp_path, "a.txt", "\n".join(pages))
    assert " ".join(found.text.split()) == " ".join(lines)
    assert [page.label for page in found.pages] == [str(112 + n) for n in range(len(parts))]


def test_lines_below_one_another_are_paragraphs_where_some_end_early() -> None:
    wrapped = "\n".join(line for words in (SAID, OTHER, THIRD) for line in textwrap.wrap(words, 62))
    found = extractor("text")(wrapped.encode())
    assert found.text.split("\n\n") == [SAID, OTHER, THIRD]


def test_a_rule_parts_a_heading_from_what_is_below_it() -> None:
    found = extractor("text")(f"{SAID}\n\nOn silence\n----------\n{OTHER}\n=====\n".encode())
    kinds = [(b.kind, found.text[b.start : b.end]) for b in found.blocks]
    heading = (Kind.HEADING, "On silence")
    assert kinds == [(Kind.PARAGRAPH, SAID), heading, (Kind.PARAGRAPH, OTHER)]


def test_a_soft_hyphen_at_a_line_s_end_breaks_a_word_of_a_text() -> None:
    found = extractor("text")(SAID.replace("children", "chil\u00ad\ndren").encode())
    assert found.text == SAID


def test_a_hyphen_that_a_program_puts_apart_belongs_to_the_word_before_it() -> None:
    line = [Word("chil", 0, 20, 0, 10), Word("\u00ad", 20, 23, 0, 10), Word("x", 40, 45, 0, 10)]
    assert [row.text for row in rows(line)] == ["chil\u00ad x"]
