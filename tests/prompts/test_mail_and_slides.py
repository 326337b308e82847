"""Rich text, slides, mail and saved pages: what a reader sees of them, and where it stands."""

import tempfile
from pathlib import Path

import pytest
from makers import Work, letter, rtf, saved, shelved, slides, zipped

from prompts.formats import extractor
from prompts.formats.extract import Extract
from prompts.model import Kind, Passage, Reading
from prompts.passages import cite

LINES = [f"Nobody would deny that rule number {n} needs a reason of its own." for n in range(9)]


def read(data: bytes, suffix: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{suffix}").write_bytes(data)
        return shelved(Path(folder)).readings[0]


def rich(body: bytes) -> Extract:
    return extractor("rtf")(b"{\\rtf1\\ansi\\ansicpg1251\\deff0" + body + b"}")


# -- slides -------------------------------------------------------------------------------------


def test_slides_are_cited_by_their_numbers_and_notes_as_notes() -> None:
    blocks = [("h", "On rules"), ("p", LINES[0]), ("f", LINES[1]), ("b", ""), ("p", LINES[2])]
    found = read(slides(Work("Rules", "Ida Vale", blocks)), ".pptx")
    at = [found.text.index(line) for line in LINES[:3]]
    places = [cite(Passage(found, start, start + 9)).locator for start in at]
    assert places == ["slide 2", "slide 2, notes", "slide 3"]
    assert cite(Passage(found, at[0], at[2] + 9)).locator == "slide 2 to slide 3"


@pytest.mark.parametrize(
    ("looks", "kind"), [('<a:buChar char="-"/>', Kind.LIST), ("<a:buNone/>", Kind.PARAGRAPH)]
)
def test_what_has_a_bullet_is_an_item_of_a_list(looks: str, kind: Kind) -> None:
    made = _changed("<a:p>", f"<a:p><a:pPr>{looks}</a:pPr>")
    assert [block.kind for block in extractor("pptx")(made).blocks] == [Kind.HEADING, kind]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p:sld ", '<p:sld show="0" '),
        ("<p:nvPr></p:nvPr>", '<p:nvPr><p:ph type="ftr"/></p:nvPr>'),
    ],
)
def test_a_hidden_slide_and_its_footer_are_not_read(old: str, new: str) -> None:
    assert extractor("pptx")(_changed(old, new)).text == "Rules"


def _changed(old: str, new: str) -> bytes:
    import io
    import zipfile

    made = slides(Work("Rules", "Ida Vale", [("b", ""), ("p", LINES[0])]))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    slide = parts["ppt/slides/slide2.xml"]
    assert isinstance(slide, bytes)
    return zipped({**parts, "ppt/slides/slide2.xml": slide.replace(old.encode(), new.encode())})


def test_slides_of_libreoffice_are_cited_alike() -> None:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("style", "style"),
                            ("draw", "drawing"), ("presentation", "presentation"))
    )  # fmt: skip
    hidden = '<style:style style:name="h"><style:drawing-page-properties '
    hidden += 'presentation:visibility="hidden"/></style:style>'
    box = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes>{box.format('', LINES[1])}</presentation:notes>"
    titled = box.format(' presentation:class="title"', "On rules")
    first = f"<draw:page>{titled}{box.format('', LINES[0])}{notes}</draw:page>"
    second = f'<draw:page draw:style-name="h">{box.format("", LINES[2])}</draw:page>'
    body = f"<office:presentation>{first}{second}</office:presentation>"
    made = f"<office:document-content{spaces}>{hidden}<office:body>{body}</office:body>"
    found = extractor("odt")(zipped({"content.xml": f"{made}</office:document-content>"}))
    assert found.text == f"On rules\n\n{LINES[0]}\n\n{LINES[1]}"
    assert found.blocks[0].kind is Kind.HEADING
    assert [page.label for page in found.pages] == ["slide 1", "slide 1, notes"]


# -- rich text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"\'cf\'f0\'e0\'e2\'e8\'eb\'ee\par", "Правило"),
        (rb"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}\f1 \'f8e\'e8\f0 \'e9\par", "řečй"),
        (rb"\uc2\u8364\'88\'80 and \uc1\u-10179?\u-8704? so\u8230 .\par", "€ and 😀 so…"),
        (rb"A \{rule\} that holds \'97 {\v or not }for all\~of us.\par",
         "A {rule} that holds — for all of us."),
        (rb'A {\field{\*\fldinst HYPERLINK "x.org"}{\fldrslt rule}} holds.', "A rule holds."),
        (rb"One{\*\unknown{ two}} {\pict 00ff}rule{\header Two.}.\par", "One rule."),
        (b"One \\bin5 }}{{\\rule.\\par", "One rule."),
        (b"One rule\nof two.\\\nAnother.", "One ruleof two.\n\nAnother."),
        (rb"\trowd One.\cell Two.\cell\row", "One.\n\nTwo."),
        (rb"One {\strike old }rule{\super 2}.\par", "One rule."),
    ],
)  # fmt: skip
def test_rich_text_is_read_as_it_is_shown(body: bytes, text: str) -> None:
    assert rich(body).text == text


def test_a_note_stands_below_its_paragraph_and_its_mark_is_left_out() -> None:
    made = rtf(Work("Rules", "Ida Vale", [("p", LINES[0]), ("f", LINES[1]), ("p", LINES[2])]))
    found = extractor("rtf")(made)
    assert [(b.kind, found.text[b.start : b.end]) for b in found.blocks] == [
        (Kind.HEADING, "Rules"),
        (Kind.PARAGRAPH, LINES[0]),
        (Kind.ASIDE, LINES[1]),
        (Kind.PARAGRAPH, LINES[2]),
    ]
    assert [mend.printed for mend in found.mends] == ["1"]


# -- mail and saved pages -----------------------------------------------------------------------


def test_a_letter_is_cited_by_who_wrote_it_and_what_came_along_is_told() -> None:
    words = f"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n{LINES[0]} It\x92s so.\r\n"
    sheet = "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nNo."
    head = "From: =?utf-8?q?Vale=2C_Ida?= <i@example.org>\r\nSubject: RE: =?utf-8?b?w5xiZXI=?=\r\n"
    head += "Date: Fri, 2 Jan 2026 08:00:00 +0000\r\n"
    whole = f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    found = extractor("mime")(f"{whole}{sheet}\r\n--b\r\n{words}--b--".encode("latin-1"))
    assert found.meta == {"title": "Über", "author": "Ida Vale", "year": "2026"}
    assert found.text == f"{LINES[0]} It’s so."
    assert found.notes == ("has 1 files attached, which are not read; save them here.",)


@pytest.mark.parametrize("made", [letter, saved])
def test_a_letter_is_from_somebody_and_a_page_from_somewhere(made: object) -> None:
    assert callable(made)
    found = extractor("mime")(made(Work("Rules", "Ida Vale", [("p", LINES[0])])))
    told = {"title": "Rules", "author": "Ida Vale"}
    own = {"year": "2026"} if made is letter else {"source": "https://example.org/essays"}
    assert {**told, **own}.items() <= found.meta.items()


def test_a_saved_page_is_known_by_how_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(saved(Work("Rules", "Ida Vale", [("p", LINES[0])])))
    assert LINES[0] in shelved(tmp_path).readings[0].text


@pytest.mark.parametrize(
    "below",
    [
        "-- \nIda Vale\nRiver School\n",
        f"On Mon, Jan 5, 2026 Otto Ink <o@example.org>\nwrote:\n\n> {LINES[1]}\n",
        f"-----Original Message-----\nFrom: Otto Ink\n\n{LINES[1]}\n",
    ],
)
def test_a_letter_s_author_is_not_cited_for_the_words_of_others(below: str) -> None:
    head = "From: Ida Vale (Staff) <i@example.org>\n\n"
    own = " ".join(LINES[3:])
    found = extractor("mime")(f"{head}{own}\n\n{below}".encode())
    assert (found.text, found.meta["author"]) == (own, "Ida Vale")
    passed = extractor("mime")(f"{head}See:\n\n{below}{LINES[2]}\n".encode())
    assert LINES[2] in passed.text
    assert "author" not in passed.meta
