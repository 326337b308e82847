"""Files of every format, made from one source: a title, an author, and blocks of text."""

import atexit
import html
import io
import plistlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import cache
from pathlib import Path
from typing import Any

from prompts.apart import Crew
from prompts.model import Passage, Reading
from prompts.passages import cite
from prompts.readings import Shelf, load
from prompts.windows import QUOTABLE

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Work:
    """`blocks` are (kind, words): "h" a heading, "p" a paragraph, "f" a footnote to the last one,
    "b" a page break."""

    title: str
    author: str
    blocks: Sequence[tuple[str, str]]


@cache
def _crew() -> Crew:
    """One process for all files of a run of tests: to start one takes longer than to read most."""
    crew = Crew(1)
    atexit.register(crew.close)
    return crew


def shelved(folder: Path) -> Shelf:
    """What a folder holds, read as ever but by a process that stays."""
    return load(folder, crew=_crew())


def alone(folder: Path, name: str, data: str | bytes) -> Reading:
    """A file put into a folder that holds no other, as a reading."""
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return shelved(folder).readings[0]


def quotable(reading: Reading) -> list[str]:
    """The blocks that may be quoted."""
    return [reading.text[b.start : b.end] for b in reading.blocks if b.kind in QUOTABLE]


def locator(reading: Reading, words: str) -> str:
    """Where words stand, as a citation says it."""
    at = reading.text.index(words)
    return cite(Passage(reading, at, at + len(words))).locator


def zipped(parts: dict[str, str | bytes], first: str = "") -> bytes:
    """An archive of these parts; `first` is stored unpacked in front, as EPUB wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def text(work: Work) -> bytes:
    words = [work.title, *(words for kind, words in work.blocks if kind in "hp")]
    return "\n\n".join(words).encode()


def markdown(work: Work) -> bytes:
    head = f"---\ntitle: {work.title}\nauthor: {work.author}\n---\n\n# {work.title}\n\n"
    marks = {"h": "## ", "p": ""}
    rows = (f"{marks[kind]}{words}" for kind, words in work.blocks if kind in marks)
    return (head + "\n\n".join(rows)).encode()


def page(work: Work) -> bytes:
    body = [f"<h1>{html.escape(work.title)}</h1>"]
    tags = {"h": "h2", "p": "p"}
    for kind, words in work.blocks:
        if kind in tags:
            body.append(f"<{tags[kind]}>{html.escape(words)}</{tags[kind]}>")
    head = f'<title>{html.escape(work.title)}</title><meta name="author" content="{work.author}">'
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
    return f"{head}<body>{''.join(body)}</body></html>".encode()


def docx(work: Work) -> bytes:
    body, notes = [_heading(work.title, 1)], list[str]()
    for kind, words in work.blocks:
        if kind == "h":
            body.append(_heading(words, 2))
        elif kind == "p":
            body.append(f"<w:p><w:r><w:t>{html.escape(words)}</w:t></w:r></w:p>")
        elif kind == "b":
            body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        elif kind == "f":
            notes.append(words)
            mark = f'<w:r><w:footnoteReference w:id="{len(notes) + 1}"/></w:r></w:p>'
            body[-1] = body[-1].removesuffix("</w:p>") + mark
    core = f"<dc:title>{html.escape(work.title)}</dc:title><dc:creator>{work.author}</dc:creator>"
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _rels((f"{REL}/officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _rels(
                (f"{REL}/styles", "styles.xml"), (f"{REL}/footnotes", "footnotes.xml")
            ),
            "word/styles.xml": f"<w:styles {W}>{_style(1)}{_style(2)}</w:styles>",
            "word/footnotes.xml": f"<w:footnotes {W}>{_notes(notes)}</w:footnotes>",
            "word/document.xml": f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>",
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
            'package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{core}</cp:coreProperties>",
        }
    )


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def _rels(*rows: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rows)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _style(level: int) -> str:
    named = f'<w:name w:val="heading {level}"/>'
    return f'<w:style w:type="paragraph" w:styleId="Heading{level}">{named}</w:style>'


def _heading(words: str, level: int) -> str:
    style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
    return f"<w:p>{style}<w:r><w:t>{html.escape(words)}</w:t></w:r></w:p>"


def _notes(notes: Sequence[str]) -> str:
    return "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{html.escape(words)}</w:t></w:r></w:p></w:footnote>'
        for n, words in enumerate(notes, start=2)
    )


_FONTS = "<office:font-face-decls/><office:automatic-styles/>"  # empty, but pandoc wants them
_STYLES = f"<office:styles/>{_FONTS}<office:master-styles/>"


def odt(work: Work) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "meta", "table")
    )
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = [f'<text:h text:outline-level="1">{html.escape(work.title)}</text:h>']
    for kind, words in work.blocks:
        if kind == "h":
            body.append(f'<text:h text:outline-level="2">{html.escape(words)}</text:h>')
        elif kind == "p":
            body.append(f"<text:p>{html.escape(words)}</text:p>")
        elif kind == "f":
            note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            note += f"<text:p>{html.escape(words)}</text:p></text:note-body></text:note></text:p>"
            body[-1] = body[-1].removesuffix("</text:p>") + note
    meta = f"<dc:title>{html.escape(work.title)}</dc:title><dc:creator>{work.author}</dc:creator>"
    return zipped(
        {
            "content.xml": f"<office:document-content {spaces}>{_FONTS}<office:body><office:text>"
            f"{''.join(body)}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "styles.xml": f"<office:document-styles {spaces}>{_STYLES}</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        },
        "application/vnd.oasis.opendocument.text",
    )


def epub(work: Work) -> bytes:
    chapters: list[list[str]] = [[f"<h1>{html.escape(work.title)}</h1>"]]
    for kind, words in work.blocks:
        if kind == "h":
            chapters.append([f"<h2>{html.escape(words)}</h2>"])
        elif kind == "p":
            chapters[-1].append(f"<p>{html.escape(words)}</p>")
    numbers = range(len(chapters))
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    meta = f"<dc:title>{html.escape(work.title)}</dc:title><dc:creator>{work.author}</dc:creator>"
    meta += "<dc:date>1859-01-01</dc:date><dc:language>en</dc:language>"
    return zipped(
        {
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{meta}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"OEBPS/c{n}.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x'
                f"</title></head><body>{''.join(chapter)}</body></html>"
                for n, chapter in enumerate(chapters)
            },
        },
        "application/epub+zip",
    )


def fiction(work: Work) -> bytes:
    forms = {"h": "<title><p>{}</p></title>", "p": "<p>{}</p>"}
    rows = [forms[kind].format(html.escape(words)) for kind, words in work.blocks if kind in forms]
    told = f"<book-title>{html.escape(work.title)}</book-title><author><last-name>{work.author}"
    return (
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>'
        f"{told}</last-name></author></title-info></description><body><title><p>"
        f"{html.escape(work.title)}</p></title><section>{''.join(rows)}</section></body>"
        "</FictionBook>"
    ).encode()


def pdf(work: Work, columns: int = 1, heads: str = "", **settings: Any) -> bytes:
    """A PDF with so many columns, a running head and page numbers if `heads` is given."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

    width, height = A4
    style = {"fontName": "Times-Roman", "fontSize": 10, "leading": 12, "spaceAfter": 5}
    plain = ParagraphStyle("p", **(style | {"alignment": TA_JUSTIFY} | settings))
    title = ParagraphStyle("t", fontName="Times-Bold", fontSize=16, leading=20, spaceAfter=10)
    head = ParagraphStyle("h", fontName="Times-Bold", fontSize=12, leading=15, spaceAfter=4)
    flow: list[Any] = [Paragraph(html.escape(work.title), title)]
    for kind, words in work.blocks:
        if kind == "b":
            flow.append(PageBreak())
        elif kind in "hp":
            flow.append(Paragraph(html.escape(words), head if kind == "h" else plain))

    def decorate(canvas: Any, page: Any) -> None:
        if heads:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, height - 35, heads)
            canvas.drawRightString(width - 60, 30, f"{page.page}")

    wide = (width - 120 - 20 * (columns - 1)) / columns
    frames = [
        Frame(60 + n * (wide + 20), 60, wide, height - 120, 0, 0, 0, 0) for n in range(columns)
    ]
    out = io.BytesIO()
    made = BaseDocTemplate(out, pagesize=A4, title=work.title, author=work.author)
    made.addPageTemplates([PageTemplate(frames=frames, onPage=decorate)])
    made.build(flow)
    return out.getvalue()


def rtf(work: Work) -> bytes:
    told = f"{{\\info{{\\title {_rich(work.title)}}}{{\\author {_rich(work.author)}}}}}"
    styles = "{\\stylesheet{\\s1 heading 1;}{\\s2 heading 2;}}"
    rows = [f"\\pard\\plain\\s1 {_rich(work.title)}"]
    for kind, words in work.blocks:
        if kind in "hp":
            rows.append(f"\\pard\\plain\\s{2 if kind == 'h' else 0} {_rich(words)}")
        elif kind == "f":
            rows[-1] += f"{{\\super\\chftn{{\\footnote\\chftn\\pard\\plain {_rich(words)}}}}}"
        elif kind == "b":
            rows.append("\\page")
    body = "\\par\n".join(rows)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{styles}{told}\n{body}\\par}}".encode("ascii")


def _rich(words: str) -> str:
    codes = memoryview(words.encode("utf-16-le", "surrogatepass")).cast("H")
    letters = (chr(c) if c < 128 and chr(c) not in "\\{}" else f"\\u{c}\\'3f" for c in codes)
    return "".join(letters)


def letter(work: Work) -> bytes:
    sent = EmailMessage()
    sent["From"], sent["Subject"] = f"{work.author} <ida@example.org>", work.title
    sent["Date"] = "Fri, 2 Jan 2026 08:00:00 +0000"
    words = [words for kind, words in work.blocks if kind in "hp"]
    sent.set_content("\n\n".join(words))
    sent.add_alternative(page(work).decode(), subtype="html")
    return sent.as_bytes()


def saved(work: Work) -> bytes:
    """A page as a browser saves it with its pictures."""
    whole = MIMEMultipart("related")
    whole["Subject"] = work.title
    whole["Snapshot-Content-Location"] = "https://example.org/essays"
    whole.attach(MIMEText(page(work).decode(), "html", "utf-8"))
    whole.attach(MIMEText("p { color: red }", "css", "utf-8"))
    return b"From: <Saved by Blink>\n" + whole.as_bytes()


def archived(work: Work) -> bytes:
    page_of = {"WebResourceData": page(work), "WebResourceURL": "https://example.org/essays"}
    return plistlib.dumps({"WebMainResource": page_of}, fmt=plistlib.FMT_BINARY)


SPACES = " ".join(
    f'xmlns:{name}="http://schemas.openxmlformats.org/{place}"'
    for name, place in (
        ("a", "drawingml/2006/main"),
        ("p", "presentationml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
    )
)


def slides(work: Work) -> bytes:
    """Slides with a title for each heading, and a note of the speaker's for each footnote."""
    rows: list[list[str]] = [[_box(work.title, "ctrTitle")]]
    parts: dict[str, str | bytes] = {}
    for kind, words in work.blocks:
        if kind == "h":
            rows.append([_box(words, "title")])
        elif kind == "p":
            rows[-1].append(_box(words))
        elif kind == "b":
            rows.append([])
        elif kind == "f":
            name, n = f"notesSlide{len(rows)}.xml", len(rows)
            parts[f"ppt/notesSlides/{name}"] = _drawn(_box(words, "body"))
            beside = (f"{REL}/notesSlide", f"../notesSlides/{name}")
            parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = _rels(beside)
    for n, boxes in enumerate(rows, start=1):
        parts[f"ppt/slides/slide{n}.xml"] = _drawn("".join(boxes))
    shown = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(len(rows)))
    links = ((f"{REL}/slide", f"slides/slide{n + 1}.xml") for n in range(len(rows)))
    core = f"<dc:title>{html.escape(work.title)}</dc:title><dc:creator>{work.author}</dc:creator>"
    return zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{shown}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": _rels(*links),
            "docProps/core.xml": f'<c xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</c>',
            **parts,
        }
    )


def _drawn(boxes: str) -> str:
    return f"<p:sld {SPACES}><p:cSld><p:spTree>{boxes}</p:spTree></p:cSld></p:sld>"


def _box(words: str, place: str = "") -> str:
    held = f'<p:ph type="{place}"/>' if place else ""
    run = f"<a:p><a:r><a:t>{html.escape(words)}</a:t></a:r></a:p>"
    return f"<p:sp><p:nvSpPr><p:nvPr>{held}</p:nvPr></p:nvSpPr><p:txBody>{run}</p:txBody></p:sp>"


FORMATS: dict[str, Callable[[Work], bytes]] = {
    ".txt": text,
    ".md": markdown,
    ".html": page,
    ".docx": docx,
    ".odt": odt,
    ".epub": epub,
    ".pdf": pdf,
    ".rtf": rtf,
    ".eml": letter,
    ".mhtml": saved,
    ".webarchive": archived,
    ".pptx": slides,
    ".fb2": fiction,
}
