"""Pages as archives, word processors and browsers print them: notes, covers, numbers, boxes."""

import io
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from makers import alone, locator, quotable
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from prompts.model import Kind

SAID = (
    "Schools should ban bells, because children must learn to manage their time without them, and "
    "a good teacher needs no signal to begin the lesson that she has prepared for her class."
)
OTHER = (
    "Nobody learns to manage time before the age of twelve, and bells do no harm to those who have "
    "learned it long ago at home, whatever their teachers may believe about the matter today. A "
    "bell that rings at ten says nothing of those who hear it, and much of those who hung it up."
)
TEXTS = (
    "Bells wake those who sleep, and this is what they were made for in the first place.",
    "No school that gave up its bell has ever hung it up again, as far as anybody knows.",
    "Teachers who ring by hand know when to stop, which no machine has learned until now.",
    "The town should sell its bells and buy clocks, for these tell the time to all alike.",
)
Line = tuple[float, float, float, str]  # x, y from above, size, words


def pdf(*pages: Iterable[Line], title: str = "") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595))
    canvas.setTitle(title)
    for lines in pages:
        for x, y, size, words in lines:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, 595 - y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def set_at(words: str, x: float, y: float, wide: int = 70, size: float = 11) -> list[Line]:
    """A paragraph, line by line."""
    lines = textwrap.wrap(words, wide)
    return [(x, y + 13 * n, size, line) for n, line in enumerate(lines)]


def test_a_note_as_large_as_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    lines = textwrap.wrap(f"{SAID} {OTHER}", 70)
    start = set_at(" ".join(lines[:4]), 50, 60)
    x, y, _, last = start[-1]
    mark = (x + stringWidth(last, "Times-Roman", 11), y - 4, 6, "1")
    note = [(50, 500, 6, "1"), (54, 504, 11, "A note about bells in Leeds.")]
    made = pdf([*start, mark, *note], set_at(" ".join(lines[4:]), 50, 60))
    assert quotable(alone(tmp_path, "a.pdf", made)) == [f"{SAID} {OTHER}"]


@pytest.mark.parametrize("first", [113, 1])
def test_a_page_is_cited_by_its_printed_number(tmp_path: Path, first: int) -> None:
    pages = [
        [(50, 30, 9, f"{first + n} THE JOURNAL OF BELLS"), *set_at(text, 50, 120)]
        for n, text in enumerate(TEXTS)
    ]
    found = alone(tmp_path, "a.pdf", pdf(*pages))
    assert [locator(found, text) for text in TEXTS] == [f"p. {first + n}" for n in range(4)]


def test_numbers_that_do_not_count_the_pages_are_none(tmp_path: Path) -> None:
    heads = ["Vote of 1987", "Vote of 1990", "Vote of 1991", "Vote of 2001"]
    pages = [
        [(50, 30, 9, head), *set_at(text, 50, 120)] for head, text in zip(heads, TEXTS, strict=True)
    ]
    found = alone(tmp_path, "a.pdf", pdf(*pages))
    assert [locator(found, text) for text in TEXTS] == ["p. 1", "p. 2", "p. 3", "p. 4"]


JSTOR = (
    "On Promises and Bells", "Author(s): Ida Vale",
    "Source: The Journal of Bells, Mar., 1987, Vol. 84, No. 3 (Mar., 1987), pp. 113-137",
    "Published by: Stream Press, Inc.", "Stable URL: https://www.jstor.org/stable/2026700",
    "Your use of the JSTOR archive indicates your acceptance of the Terms of Use.",
)  # fmt: skip
TAYLOR = (
    "The Journal of Bells", "ISSN: 0000-0000 (Print)",
    "To cite this article: Ida Vale (1987) On Promises and Bells, The Journal of Bells, 84:3,",
    "113-137, DOI: 10.1000/1", "To link to this article: https://doi.org/10.1000/1",
)  # fmt: skip


@pytest.mark.parametrize("lines", [JSTOR, TAYLOR])
def test_the_cover_of_an_archive_tells_of_the_article_and_is_no_text_of_it(
    tmp_path: Path, lines: Sequence[str]
) -> None:
    cover = [(50.0, 60.0 + 30 * n, 10.0, line) for n, line in enumerate(lines)]
    found = alone(tmp_path, "a.pdf", pdf(cover, set_at(SAID, 50, 60), title="2026700"))
    assert (found.title, found.author, found.year) == ("On Promises and Bells", "Ida Vale", "1987")
    assert quotable(found) == [SAID]


def test_a_printed_text_is_called_by_its_largest_line(tmp_path: Path) -> None:
    page = [(50, 30, 9, "THE MORNING BELL"), (50, 60, 24, "Town Bans Its Bells")]
    assert alone(tmp_path, "a.pdf", pdf([*page, *set_at(SAID, 50, 100)])).title == (
        "Town Bans Its Bells"
    )


def test_a_list_of_contents_gives_no_title(tmp_path: Path) -> None:
    page = [(50, 60, 24, "Contents"), *set_at(SAID, 50, 100)]
    assert alone(tmp_path, "the-bell.pdf", pdf(page)).title == "The bell"


def test_a_line_that_runs_over_two_columns_is_in_neither(tmp_path: Path) -> None:
    """Its blanks may stand right where the gutter is."""
    start, end = "The last words of what stands here,", "above the columns of a page."
    x = 50 + stringWidth(start, "Times-Roman", 11) + 4
    across = [(50.0, 60.0, 11.0, start), (x, 60.0, 11.0, end)]
    left, right = set_at(f"{OTHER} {SAID}", 50, 76, 30), set_at(f"{SAID} {OTHER}", x, 76, 30)
    found = quotable(alone(tmp_path, "a.pdf", pdf([*across, *left, *right])))
    assert found == [f"{start} {end}", f"{OTHER} {SAID}", f"{SAID} {OTHER}"]


@pytest.mark.parametrize("box", ["More on this story", "Mehr zum Thema"])
def test_a_box_that_names_other_articles_does_not_end_its_own(tmp_path: Path, box: str) -> None:
    teasers = "<ul><li>Ten bells that fell this year</li><li>How the bell came back</li></ul>"
    page = f"<h1>Bells</h1><p>{SAID}</p><div><h3>{box}</h3>{teasers}</div><p>{OTHER}</p>"
    assert quotable(alone(tmp_path, "a.html", page.encode())) == [SAID, OTHER]


def test_what_readers_say_below_an_article_stays_theirs_however_long_it_is(tmp_path: Path) -> None:
    page = f"<h1>Bells</h1><p>{SAID}</p><h3>12 comments</h3><p>{OTHER}</p><p>{OTHER}</p>"
    assert quotable(alone(tmp_path, "a.html", page.encode())) == [SAID]


def test_a_word_that_is_explained_where_it_stands_is_read(tmp_path: Path) -> None:
    marked = SAID.replace("ban bells", '<i><a href="#" class="popup">ban</a></i> bells')
    share = '<p><a class="popup" href="#">Look this up in our dictionary of all bells</a></p>'
    page = f"<p>{marked}</p>{share}<p>{OTHER}</p>"
    assert quotable(alone(tmp_path, "a.html", page.encode())) == [SAID, OTHER]


def test_the_text_goes_on_after_a_list_of_notes(tmp_path: Path) -> None:
    page = f"<p>{SAID}</p><p>Notes:</p><ul><li>Bells are loud.</li></ul><p>{OTHER}</p>"
    assert quotable(alone(tmp_path, "a.html", page.encode())) == [SAID, OTHER]


def test_notes_of_libreoffice_s_web_pages_are_notes(tmp_path: Path) -> None:
    note = '<div id="sdfootnote1"><p><a href="#sdfootnote1anc">1</a> A note on bells.</p></div>'
    head = '<meta name="dcterms.date" content="1987-03-01">'
    found = alone(tmp_path, "a.html", f"{head}<p>{SAID}</p><p>{OTHER}</p>{note}".encode())
    assert quotable(found) == [SAID, OTHER]
    assert found.year == "1987"
    assert Kind.ASIDE in {block.kind for block in found.blocks}


def test_the_lines_of_a_scan_are_one_text_though_each_was_measured_by_itself(
    tmp_path: Path,
) -> None:
    sizes = (10.0, 10.4, 9.5, 10.7, 9.8, 10.2)
    lines = textwrap.wrap(f"{SAID} {OTHER}", 64)
    page = [(50, 60 + 13 * n, sizes[n % len(sizes)], line) for n, line in enumerate(lines)]
    assert quotable(alone(tmp_path, "a.pdf", pdf(page))) == [f"{SAID} {OTHER}"]


def test_a_list_of_contents_is_no_text(tmp_path: Path) -> None:
    rows = [f"{n}. On the bell of year {n} " + ". " * 20 + f"{n * 7}" for n in range(1, 6)]
    contents = [(50.0, 60.0 + 20 * n, 11.0, row) for n, row in enumerate(rows)]
    found = alone(tmp_path, "a.pdf", pdf(contents, set_at(SAID, 50, 120)))
    assert quotable(found) == [SAID]
    assert ". . ." not in found.text
