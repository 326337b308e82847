"""Files as people have them: what their programs, publishers and sites put around the words."""

import io
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import Work, docx, epub, shelved
from test_odd_files import changed, read, told, web

from prompts.formats import Extract, extractor
from prompts.formats.columns import columns
from prompts.formats.mending import Known, Line, mended
from prompts.formats.placed import Word
from prompts.model import Kind, Reading
from prompts.windows import windows

FIRST = (
    "Schools should ban bells, because children must learn to manage their time without them, "
    "and a good teacher needs no signal to begin."
)
NEXT = (
    "Some fear that lessons would start late. They never have where it was tried, since pupils "
    "who are trusted take more care than pupils who are rung for."
)
BOTH = [(Kind.PARAGRAPH, FIRST), (Kind.PARAGRAPH, NEXT)]


def plain(text: str, suffix: str = "text") -> Extract:
    return extractor(suffix)(text.encode())


def blocks(found: Extract | Reading) -> list[tuple[Kind, str]]:
    return [(b.kind, found.text[b.start : b.end]) for b in found.blocks]


def quotable(found: Extract) -> list[tuple[Kind, str]]:
    return [row for row in blocks(found) if row[0] in (Kind.PARAGRAPH, Kind.LIST, Kind.QUOTE)]


# -- plain text ---------------------------------------------------------------------------------

WRAPPED = [
    "Schools should ban bells, because chil-",
    "dren must learn to manage their time without",
    "them, and a good teacher needs no signal to",
    "begin.",
    "Some fear that lessons would start late. They",
    "never have where it was tried, since pupils who",
    "are trusted take more care than pupils who are",
    "rung for.",
]


def test_a_word_that_was_broken_where_a_line_was_wrapped_is_whole() -> None:
    found = plain("\n".join(WRAPPED[:4]) + "\n\n" + "\n".join(WRAPPED[4:]))
    assert blocks(found) == BOTH
    assert [mend.printed for mend in found.mends] == ["-\n"]


@pytest.mark.parametrize("room", ["   ", "\t"])
def test_paragraphs_that_are_told_by_their_first_lines_are_parted(room: str) -> None:
    lines = [room + line if number in (0, 4) else line for number, line in enumerate(WRAPPED)]
    assert blocks(plain("\n".join(lines))) == BOTH


def test_the_lines_of_an_item_hang_below_its_words() -> None:
    item = "- Schools should ban the bell, because\n  children have a\n  sense of time.\n"
    found = plain(f"{item}- Parents ought to be told\n  of it.\n")
    assert blocks(found) == [
        (
            Kind.LIST,
            "Schools should ban the bell, because children have a sense of time.",
        ),
        (Kind.LIST, "Parents ought to be told of it."),
    ]


def test_a_narrow_text_is_wrapped_and_a_poem_is_not() -> None:
    narrow = [textwrap.fill(words, 36) for words in (FIRST, NEXT)]
    assert blocks(plain("\n\n".join(narrow))) == BOTH
    poem = ["The bell that calls us to the door", "is louder than before,", "and those who ring it"]
    assert len(plain("\n".join([*poem, *poem])).blocks) == 6


FRAMED = f"""The Project Gutenberg eBook of The Bell

This eBook is for the use of anyone anywhere at no cost and should not be sold to anybody.

Title: The Bell

Author: Ida Vale

*** START OF THE PROJECT GUTENBERG EBOOK THE BELL ***

CHAPTER I.

{FIRST}

{NEXT}

*** END OF THE PROJECT GUTENBERG EBOOK THE BELL ***

Volunteers should never be asked to pay, because nobody owns a copyright in these works.
"""


@pytest.mark.parametrize("suffix", ["text", "markdown", "html"])
def test_of_a_book_of_project_gutenberg_the_book_is_read(suffix: str) -> None:
    source = FRAMED.replace("*", r"\*") if suffix == "markdown" else FRAMED
    if suffix == "html":
        source = "<html>" + "".join(f"<p>{part}</p>" for part in source.split("\n\n"))
    found = plain(source, suffix)
    assert [row for row in quotable(found) if "CHAPTER" not in row[1]] == BOTH
    assert (found.meta["title"], found.meta["author"]) == ("The Bell", "Ida Vale")


HEADS = {
    "YAML with a list": "---\ntitle: The Bell\nauthors:\n  - Ida Vale\n  - Otto Ink\n"
    "date: 2021-05-03\ntags: [school, bells]\ndraft: false\n---\n",
    "YAML with brackets": '---\ntitle: "The Bell"\nauthor: [Ida Vale, "Otto Ink"]\n'
    "published: 3 May 2021\nsummary: >\n  A long one.\n  Of two lines.\n...\n",
    "TOML": '+++\ntitle = "The Bell"\nauthors = ["Ida Vale", "Otto Ink"]\ndate = 2021-05-03\n+++\n',
    "pandoc": "% The Bell\n% Ida Vale, Otto Ink\n% May 2021\n",
    "MultiMarkdown": "Title: The Bell\nAuthor: Ida Vale, Otto Ink\nDate: May 2021\nCSS: a.css\n",
    "a letter": "From: Ida Vale, Otto Ink <ida@example.org>\nTo: all@example.org\n"
    "Subject: The Bell\nDate: Mon, 3 May 2021 10:00:00 +0200\n",
}


@pytest.mark.parametrize("suffix", ["text", "markdown"])
@pytest.mark.parametrize("name", HEADS)
def test_what_stands_above_a_text_is_read_as_its_program_writes_it(name: str, suffix: str) -> None:
    found = plain(f"{HEADS[name]}\n{FIRST}\n\n{NEXT}\n", suffix)
    assert blocks(found) == BOTH
    assert found.meta == {"title": "The Bell", "author": "Ida Vale, Otto Ink", "year": "2021"}
    assert found.notes == ()


@pytest.mark.parametrize(
    "start",
    [
        "ANNA: I say no.\nBEN: I say yes.",
        "Title: a word that is hard to define.",
        "+++ this is no header +++",
        "% of pupils who agree",
        "Note: bells ring.\nWarning: they do so daily.",
    ],
)
def test_lines_with_colons_are_no_header_unless_they_name_the_text(start: str) -> None:
    found = plain(f"{start}\n\n{FIRST}")
    assert " ".join(found.text.split()) == f"{' '.join(start.split())} {FIRST}"
    assert found.meta == {}


def test_keys_of_a_header_that_are_of_no_use_are_told_in_one_line() -> None:
    [note] = plain(f"---\ntitle: A\nautor: Ida\nmood: grim\n---\n\n{FIRST}").notes
    assert "says “autor”, “mood”, which is not used" in note


def test_a_question_that_somebody_asks_is_no_title() -> None:
    found = plain(f"INTERVIEWER: Should schools ban bells?\n\nVALE: {FIRST}")
    assert [kind for kind, _ in blocks(found)] == [Kind.PARAGRAPH] * 2


def test_a_book_of_pictures_is_told_as_one(tmp_path: Path) -> None:
    made = epub(Work("", "", []))
    made = changed(
        made, "OEBPS/c0.xhtml", "<h1></h1>", "<img src='1.jpg'/>", "application/epub+zip"
    )
    (tmp_path / "a.epub").write_bytes(made)
    [trouble] = shelved(tmp_path).troubles
    assert "holds no text; if it shows pages as pictures" in str(trouble)


def test_what_has_no_letter_in_it_is_no_paragraph() -> None:
    found = plain(f"{FIRST}\n\n* * *\n\n----------\n\n2021-05-03\n\n{NEXT}")
    assert quotable(found) == BOTH


def test_sentences_that_end_as_elsewhere_in_the_world_are_no_headings() -> None:
    lines = ["学校は電話を禁止すべきである。", "しかし、保護者は反対している。"]
    assert blocks(plain("\n\n".join(lines))) == [(Kind.PARAGRAPH, line) for line in lines]


def test_who_wrote_a_text_is_told_by_a_line_below_its_title(tmp_path: Path) -> None:
    for number, line in enumerate(("By Ida Vale", "by Ida Vale, 3 May 2021")):
        (tmp_path / f"{number}.txt").write_text(f"The Bell {number}\n\n{line}\n\n{FIRST}\n")
    (tmp_path / "2.txt").write_text(f"The Bell\n\nBy The Sea We Sat And Waited.\n\n{FIRST}\n")
    assert [reading.author for reading in shelved(tmp_path).readings] == ["Ida Vale"] * 2 + [None]


def test_what_markdown_strikes_out_or_ticks_off_is_not_quoted(tmp_path: Path) -> None:
    text = f"[TOC]\n\n- [x] {FIRST}\n\n{NEXT} ~~It never was.~~ {FIRST}\n"
    found = read(tmp_path, ".md", text.encode())
    assert found.text == f"{FIRST}\n\n{NEXT} {FIRST}"
    assert f"{NEXT} {FIRST}"[-150:] not in [passage.text for passage in windows(found)]


# -- web pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "clutter",
    [
        '<p style="display: none">Words that nobody should see are here.</p>',
        '<p style="color:red;visibility:hidden">Words that nobody should see.</p>',
        '<span class="sr-only">Words that should be read aloud alone.</span>',
        '<div class="thumbcaption">A bell of 1910 in a school that should have none</div>',
        '<p class="wp-caption-text">A bell of 1910 in a school that should have none.</p>',
        "<h2>You have reached your article limit</h2>",
        "<p>Get unlimited access to all that we should have told you.</p>",
        "<p>Cancel anytime, as everybody should.</p>",
        "<p>Every contribution, however big or small, should help us.</p>",
        '<div class="footnote"><a href="#fnref1" id="fn1">1</a><p>A note should say so.</p></div>',
        '<p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>This should be proved, Ida.</span></p>',
        "<p><del>What was struck out should not come back.</del></p>",
    ],
)
def test_what_is_not_the_article_s_own_text_is_not_quoted(tmp_path: Path, clutter: str) -> None:
    found = web(tmp_path, f"<h1>Bells</h1><p>{FIRST}</p>{clutter}<p>{NEXT}</p>")
    rows = [(b.kind, found.text[b.start : b.end]) for b in found.blocks]
    assert [row for row in rows if row[0] not in (Kind.HEADING, Kind.ASIDE)] == BOTH


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><i><a href="/wiki/Citation">citation needed</a></i></sup>'.replace(
            "<sup>", '<sup class="noprint">'
        ),
        '<a class="footnote-anchor" href="#footnote-1">1</a>',
        '<a href="#_ftn1" name="_ftnref1">[1]</a>',
        '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>',
    ],
)
def test_the_mark_of_a_note_is_no_word_of_its_sentence(tmp_path: Path, mark: str) -> None:
    found = web(tmp_path, f"<h1>Bells</h1><p>{FIRST}{mark}</p><p>{NEXT}</p>")
    assert told(found) == BOTH[1:] if found.text.startswith(FIRST) else told(found) == BOTH


def test_a_number_that_is_linked_to_a_place_on_the_page_is_a_word(tmp_path: Path) -> None:
    found = web(tmp_path, f'<p>As section <a href="#s3">3</a> shows, bells should go.</p>{FIRST}')
    assert "As section 3 shows, bells should go." in found.text


def test_a_page_that_is_made_of_comments_is_read(tmp_path: Path) -> None:
    posts = "".join(f'<div class="comment-text"><p>{one}</p></div>' for _, one in BOTH * 2)
    found = web(tmp_path, f"<h1>Should bells ring?</h1>{posts}")
    assert told(found) == BOTH * 2


def test_a_page_that_shows_a_text_as_it_was_typed_is_read_as_that_text(tmp_path: Path) -> None:
    typed = "\n\n".join(textwrap.fill(words, 60) for words in (FIRST, NEXT))
    found = web(tmp_path, f'<pre style="word-wrap: break-word">The Bell\n\n{typed}\n</pre>')
    assert told(found) == BOTH


def test_a_paragraph_of_links_is_text_where_enough_of_it_is_not_linked(tmp_path: Path) -> None:
    links = f"<p><a href=x>{FIRST}</a> {NEXT}</p><p>Read more: <a href=y>{NEXT}</a></p>"
    found = web(tmp_path, f"<h1>Bells</h1>{links}<p>{NEXT}</p>")
    assert told(found) == [(Kind.PARAGRAPH, f"{FIRST} {NEXT}"), BOTH[1]]


def test_a_line_that_is_bold_from_end_to_end_is_a_heading(tmp_path: Path) -> None:
    body = f"<h1>Bells</h1><p><b>The case</b></p><p>{FIRST}</p><p><b>No bells.</b> {NEXT}</p>"
    found = told(web(tmp_path, body))
    assert found[:2] == [(Kind.HEADING, "The case"), BOTH[0]]
    assert found[2] == (Kind.PARAGRAPH, f"No bells. {NEXT}")


HEAD = (
    '<meta name="citation_author" content="Vale, Ida">'
    '<meta name="citation_author" content="Ink, Otto">',
    '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "Bells", '
    '"author": {"@id": "#p"}}, {"@id": "#p", "name": "Ida Vale, Otto Ink"}]}</script>',
)


@pytest.mark.parametrize("head", HEAD)
def test_who_wrote_a_page_is_named_as_people_are(tmp_path: Path, head: str) -> None:
    found = web(tmp_path, f"<h1>Bells</h1><p>{FIRST}</p>", f"<meta charset=utf-8>{head}")
    assert found.author == "Ida Vale, Otto Ink"


def test_a_page_that_a_browser_saved_says_where_it_was(tmp_path: Path) -> None:
    page = f"<!-- saved from url=(0027)https://bell.example.org/a -->\n<html><p>{FIRST}</p>"
    assert read(tmp_path, ".html", page.encode()).source == "https://bell.example.org/a"


# -- word processors and books ------------------------------------------------------------------


def test_a_program_s_name_is_no_author_s_and_struck_words_are_not_quoted(tmp_path: Path) -> None:
    made = docx(Work("Bells", "Microsoft Office User", [("p", "by Ida Vale"), ("p", FIRST)]))
    run = "<w:r><w:rPr><w:strike/></w:rPr><w:t>Bells should stay.</w:t></w:r>"
    made = changed(made, "word/document.xml", f"{FIRST}</w:t></w:r>", f"{FIRST}</w:t></w:r>{run}")
    found = read(tmp_path, ".docx", made)
    assert found.author == "Ida Vale"
    assert "Bells should stay" not in found.text


def test_the_contents_of_a_word_file_are_no_text_of_it(tmp_path: Path) -> None:
    made = docx(Work("Bells", "Ida", [("p", "The case 1"), ("p", FIRST)]))
    run = "<w:r><w:t>The case 1"
    looks = f'<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run}'
    style = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    made = changed(made, "word/styles.xml", "</w:styles>", f"{style}</w:styles>")
    found = read(tmp_path, ".docx", changed(made, "word/document.xml", run, looks))
    assert told(found) == [(Kind.ASIDE, "The case 1"), BOTH[0]]


def test_a_book_s_parts_about_itself_are_known_by_their_names(tmp_path: Path) -> None:
    ours = [("h", "Bells"), ("p", FIRST), ("h", "About the Author"), ("p", NEXT)]
    made = epub(Work("The Bell", "Vale, Ida", [("p", NEXT), *ours]))
    found = read(tmp_path, ".epub", made)
    assert found.author == "Ida Vale"
    assert told(found)[1:] == [
        (Kind.HEADING, "Bells"),
        BOTH[0],
        (Kind.ASIDE, "About the Author"),
        (Kind.ASIDE, NEXT),
    ]


def test_the_numbers_of_printed_pages_are_pages_and_no_words(tmp_path: Path) -> None:
    kind = "application/epub+zip"
    made = epub(Work("The Bell", "Ida Vale", [("h", "Bells"), ("p", FIRST), ("p", NEXT)]))
    mark = '<span class="pagenum">[Pg 12]</span>'
    found = read(tmp_path, ".epub", changed(made, "OEBPS/c1.xhtml", NEXT, mark + NEXT, kind))
    assert (Kind.PARAGRAPH, NEXT) in told(found)
    assert [page.label for page in found.pages] == ["12"]


# -- print --------------------------------------------------------------------------------------


def printed(tmp_path: Path, *pages: list[tuple[float, float, float, str]]) -> Reading:
    """A PDF of words at places: x, y from below, size, words."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 400), invariant=1)
    for page in pages:
        for x, y, size, words in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return read(tmp_path, ".pdf", out.getvalue())


def test_a_sentence_ends_before_the_mark_of_its_note(tmp_path: Path) -> None:
    first = textwrap.wrap(f"{FIRST} {FIRST}", 60)
    width = 50 + 4.4 * len(first[-1])
    page = [(50.0, 380 - 12 * n, 10.0, line) for n, line in enumerate(first)]
    below = [(50.0, 380 - 12 * n, 10.0, line) for n, line in enumerate(textwrap.wrap(NEXT, 60))]
    found = printed(tmp_path, [*page, (width - 12, 384 - 12 * (len(first) - 1), 6.0, "7")], below)
    assert NEXT in found.text.split("\n\n")


LINES = textwrap.wrap(f"{FIRST} {NEXT}", 52)


@pytest.mark.parametrize(("step", "x"), [(1, 20), (5, 370)])
def test_numbers_that_count_the_lines_of_a_page_are_no_words_of_it(
    tmp_path: Path, step: int, x: float
) -> None:
    rows = [line for _ in range(4) for line in LINES]
    page = [(50.0, 380 - 14 * n, 10.0, line) for n, line in enumerate(rows)]
    counts = [(x, 380 - 14 * n, 7.0, str(n + 1)) for n in range(len(rows)) if (n + 1) % step == 0]
    assert " ".join(printed(tmp_path, [*page, *counts]).text.split()) == " ".join(rows)


def test_numbers_of_lines_between_columns_or_two_on_a_page_are_no_words_of_it(
    tmp_path: Path,
) -> None:
    narrow = textwrap.wrap(" ".join([FIRST, NEXT] * 4), 30)[:20]
    sides = [(x, 380 - 14 * n, 10.0, row) for x in (40.0, 220.0) for n, row in enumerate(narrow)]
    counts = [(198.0, 380 - 14 * n, 7.0, str(n + 1)) for n in (4, 9, 14, 19)]
    assert " ".join(printed(tmp_path, [*sides, *counts]).text.split()) == " ".join(narrow * 2)
    said = [[line.replace("e", letter) for line in LINES * 5][:22] for letter in "aou"]
    pages = [
        [(50.0, 380 - 14 * n, 10.0, line) for n, line in enumerate(rows)]
        + [(30.0, 380 - 14 * n, 7.0, str(n + 1)) for n in (9, 19)]
        for rows in said
    ]
    found = " ".join(printed(tmp_path, *pages).text.split())
    assert found == " ".join(line for rows in said for line in rows)


def test_cells_of_a_table_are_not_read_across(tmp_path: Path) -> None:
    text = [(50.0, 380 - 12 * n, 10.0, line) for n, line in enumerate(LINES)]
    rows = (("Toll", "Whoever drives here should", "The poor have no choice of"),
            ("", "pay for what he uses.", "when they drive."),
            ("Bus lane", "A bus should not wait for", "An empty lane makes those"),
            ("", "one man in a car.", "angry who stand beside it."))  # fmt: skip
    top = 350 - 12 * len(LINES)
    cells = [
        (x, top - 12.0 * n - 8 * (n // 2), 10.0, words)
        for n, row in enumerate(rows)
        for x, words in zip((50.0, 110.0, 240.0), row, strict=True)
    ]
    below = [(50.0, top - 100 - 12 * n, 10.0, line) for n, line in enumerate(LINES)]
    found = blocks(printed(tmp_path, [*text, *cells, *below]))
    assert {words for kind, words in found if kind is not Kind.ASIDE} == {f"{FIRST} {NEXT}"}
    cell = "Whoever drives here should pay for what he uses."
    assert any(cell in words for _, words in found)


PLACED = st.lists(
    st.builds(
        lambda x, y, wide, size: Word("word", x, x + wide, y, y + size),
        st.integers(0, 400),
        st.integers(0, 60).map(lambda n: 6 * n),
        st.integers(5, 120),
        st.sampled_from((6, 9, 10, 10, 10, 14, 30)),
    ),
    max_size=80,
    unique=True,
)


@given(PLACED)
@settings(max_examples=60)
def test_every_word_of_a_page_is_in_one_of_its_columns(words: list[Word]) -> None:
    found = [word for column, _ in columns(words) for word in column]
    assert sorted(found) == sorted(words)


def test_numbers_of_a_table_stay(tmp_path: Path) -> None:
    page = [(50.0, 380 - 14 * n, 10.0, line) for n, line in enumerate(LINES)]
    rows = [(50.0, 200 - 14 * n, 10.0, f"{7 * n % 5 + 3}") for n in range(6)]
    assert "3 5" in " ".join(printed(tmp_path, [*page, *rows]).text.split())


def test_a_bar_that_a_browser_prints_over_every_page_is_no_text(tmp_path: Path) -> None:
    pages = [
        [(50.0, 340 - 14 * n, 10.0, line) for n, line in enumerate(lines)]
        + [(46.0, 340 - 14 * 2 - 3, 9.0, "We use cookies to make this site work"),
           (300.0, 340 - 14 * 2 - 5, 9.0, "Accept")]
        for lines in (
            LINES,
            textwrap.wrap(f"Perhaps so. {NEXT} Yet they say: {FIRST}", 52),
            textwrap.wrap(f"Nobody knows that. {FIRST} {NEXT} So it ends.", 52),
        )
    ]  # fmt: skip
    found = printed(tmp_path, *pages).text
    assert FIRST in found
    assert "cookies" not in found
    assert "Accept" not in found


SIDE = ["In numbers", "Two thirds of pupils agree.", "Few", "Half of them would ring", "no bell."]


def test_a_box_beside_the_text_comes_between_no_two_of_its_lines(tmp_path: Path) -> None:
    wide = textwrap.wrap(f"{FIRST} {NEXT}", 72)
    thin = textwrap.wrap(f"{NEXT} {FIRST}", 38)
    rows = [*wide, *thin, *wide]
    page = [(40.0, 380 - 12 * n, 10.0, line) for n, line in enumerate(rows)]
    box = [(260.0, 380 - 12 * len(wide) - 11 * n, 9.0, line) for n, line in enumerate(SIDE)]
    found = printed(tmp_path, [*page, *box])
    own = [found.text[b.start : b.end] for b in found.blocks if b.kind is Kind.PARAGRAPH]
    assert " ".join(own) == " ".join(rows)
    assert " ".join(SIDE) in " ".join(found.text.split())


def test_two_articles_of_three_columns_on_one_page_are_read_one_after_the_other(
    tmp_path: Path,
) -> None:
    lines = textwrap.wrap(f"{FIRST} {NEXT} {FIRST}", 24)
    whole = len(lines) // 3 * 3

    def set_in(top: float, words: list[str]) -> list[tuple[float, float, float, str]]:
        each = len(words) // 3
        return [
            (30.0 + 120 * (n // each), top - 12 * (n % each), 10.0, line)
            for n, line in enumerate(words)
        ]

    body = lines[:whole]
    page = [*set_in(370, body), (30.0, 215.0, 15.0, "The other"), *set_in(185, body[::-1])]
    assert " ".join(printed(tmp_path, page).text.split()) == " ".join(
        [*body, "The other", *body[::-1]]
    )


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (["What ex\u2010", "actly is right of nine fifteen-", "year-olds?"],
         "What exactly is right of nine fifteen-year-olds?"),
        (["The seven-", "teen-year-old is no seventeen-year-old."],
         "The seventeen-year-old is no seventeen-year-old."),
        (["A year of fifteen-year-", "olds."], "A year of fifteen-year-olds."),
        (["They pro-", "pose it."], "They propose it."),
        (["Their self-", "control grows."], "Their self-control grows."),
        (["ליד בית-", "ספר גדול"], "ליד בית-ספר גדול"),  # Hebrew breaks no words
        (["ליד בית\u05be", "הספר"], "ליד בית\u05beהספר"),
    ],
)  # fmt: skip
def test_a_broken_word_keeps_its_own_hyphens_alone(broken: list[str], whole: str) -> None:
    known = Known(broken)
    assert mended([Line(line) for line in broken], known=known).words == whole


def test_an_item_of_a_list_is_quoted_without_its_marker() -> None:
    found = plain(f"Reasons:\n\n- {FIRST}\n\n2. {NEXT}\n")
    assert blocks(found)[1:] == [(Kind.LIST, FIRST), (Kind.LIST, NEXT)]
