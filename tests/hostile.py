"""Files that are made to do harm, or that came to harm, each as its bytes."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from makers import Work, docx, epub, odt, pdf, slides, zipped

WORDS = "Rivers flow to the sea. A dam only borrows what it holds."
WORK = Work("Rivers", "Ida Vale", [("p", WORDS)])
OFFICE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
)


def replaced(archive: bytes, name: str, content: str | bytes) -> bytes:
    """An archive with one part exchanged."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        parts: dict[str, str | bytes] = {n: old.read(n) for n in old.namelist() if n != "mimetype"}
        first = old.read("mimetype").decode() if "mimetype" in old.namelist() else ""
    return zipped({**parts, name: content}, first)


def body(words: str, head: str = "") -> str:
    return f"{head}<w:document {OFFICE}><w:body>{words}</w:body></w:document>"


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def with_document(document: str) -> bytes:
    return replaced(docx(WORK), "word/document.xml", document)


def lying(archive: bytes) -> bytes:
    """An archive that says that its parts are small."""
    data = bytearray(archive)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at += 4
    return bytes(data)


def locked(archive: bytes) -> bytes:
    """An archive whose directory says that its parts are encrypted."""
    data = bytearray(archive)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    return bytes(data)


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of numbered objects, with a correct table of where they are."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root %d 0 R>>\n" % (len(objects) + 1, root))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
PAGE += b"/Resources<</Font<</F 5 0 R>>>>>>"


def drawn(content: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with this content stream, already packed."""
    stream = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, PAGE, stream, FONT)


def bomb_pdf() -> bytes:
    piece = b"BT /F 9 Tf 1 0 0 1 10 10 Tm (boom boom) Tj ET\n" * 2_000
    packer, out = zlib.compressobj(9), []
    out += [packer.compress(piece) for _ in range(2_500)]
    return drawn(b"".join(out) + packer.flush())


def double_bomb_pdf() -> bytes:
    return drawn(
        zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9), b"/FlateDecode/FlateDecode"
    )


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(10_000))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    pages = b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, FONT, *([page] * 10_000))


def scan_pdf() -> bytes:
    picture = zlib.compress(bytes(200 * 200))
    image = b"<</Type/XObject/Subtype/Image/Width 200/Height 200/ColorSpace/DeviceGray"
    image += b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    content = b"q 600 0 0 800 0 0 cm /I Do Q"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    page += b"/Resources<</XObject<</I 5 0 R>>>>>>"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    return raw_pdf(catalog, pages, page, stream, image % (len(picture), picture))


def looping_pdf() -> bytes:
    """Pages whose parent is their child."""
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    return raw_pdf(
        catalog, b"<</Type/Pages/Kids[3 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"
    )


def forms_pdf() -> bytes:
    """A form that shows another one twice, and so on: a billion words in three kilobytes."""
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"

    def form(content: bytes, held: bytes) -> bytes:
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>/Length %d>>"
        return b"%s\nstream\n%s\nendstream" % (head % (held, len(content)), content)

    twice = [form(b"/X Do /X Do", b"/XObject<</X %d 0 R>>" % (6 + n)) for n in range(30)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<%s>>>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % b"/XObject<</X 5 0 R>>",
        b"<</Length 5>>\nstream\n/X Do\nendstream",
        *twice,
        form(b"BT /F 9 Tf (word) Tj ET", font),
    )


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "Rivers flow to the sea.")
    canvas.save()
    return out.getvalue()


def words_pdf() -> bytes:
    """A page of three hundred thousand words on top of one another."""
    return drawn(zlib.compress(b"BT /F 9 Tf " + b"1 0 0 1 100 400 Tm (word) Tj " * 300_000 + b"ET"))


def nameless_pdf() -> bytes:
    """A font that does not say which letters it shows."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Odd/Encoding<</Differences[65"
    font += b" ".join(b"/g%d" % n for n in range(60)) + b"]>>>>"
    content = zlib.compress(
        b"BT /F 9 Tf 50 700 Td " + b"(ABCDEFGHIJKLMNOPQRSTUVWXYZ) Tj 0 -10 Td " * 60 + b"ET"
    )
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, PAGE, stream, font)


def book(spine: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(epub(WORK))) as old:
        package = old.read("OEBPS/book.opf").decode()
    start, end = package.index("<spine>"), package.index("</spine>")
    return replaced(epub(WORK), "OEBPS/book.opf", package[: start + 7] + spine + package[end:])


def large(name: str, archive: bytes, letter: str, count: int) -> bytes:
    return replaced(archive, name, letter * count)


def named_pages() -> bytes:
    """Twenty pages, each by a name of three hundred thousand letters."""
    kids = b" ".join(b"%d 0 R" % (n + 6) for n in range(20))
    words = b"BT /F 9 Tf 50 700 Td (Rivers flow to the sea, and a dam only borrows.) Tj ET"
    catalog = b"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/D/P(%s)>>]>>>>"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(words), words)
    pages = b"<</Type/Pages/Kids[%s]/Count 20>>" % kids
    return raw_pdf(catalog % (b"L" * 300_000), pages, FONT, stream, FONT, *([PAGE] * 20))


def wide_pdf() -> bytes:
    """A page as wide as a country, with letters as high as a mountain."""
    words = b"BT /F 9 Tf 50 700 Td (Left of it) Tj 900000000 700000000 Td (right of it) Tj "
    words += b"/F 300000000 Tf 1 0 0 1 5 5 Tm (LARGE) Tj ET"
    page = PAGE.replace(b"[0 0 600 800]", b"[0 0 1e9 1e9]")
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(words), words)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream, FONT)


def titled(letters: int) -> bytes:
    """A Word document with a title of so many letters."""
    spaces = 'xmlns:cp="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    core = f"<cp:coreProperties {spaces}><dc:title>{'T' * letters}</dc:title></cp:coreProperties>"
    return replaced(docx(WORK), "docProps/core.xml", core)


def packed_otherwise() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", body(paragraph("A" * 50_000_000)))
    return out.getvalue()


def contents_of_contents() -> bytes:
    """A book with a table of fifty thousand contents, which is named two thousand times."""
    with zipfile.ZipFile(io.BytesIO(epub(WORK))) as old:
        package = old.read("OEBPS/book.opf").decode()
    item = '<item id="n{}" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    items = "".join(item.format(n) for n in range(2_000))
    book = replaced(
        epub(WORK), "OEBPS/book.opf", package.replace("</manifest>", f"{items}</manifest>")
    )
    return replaced(book, "OEBPS/n.xhtml", f"<nav>{'<a href=x>y</a>' * 50_000}</nav>")


def cues(count: int) -> bytes:
    cue = "{0}\n00:00:{1:02},000 --> 00:00:{1:02},500\nSo it goes {0}.\n\n"
    return "".join(cue.format(n, n % 60) for n in range(count)).encode()


def many_slides() -> bytes:
    parts = {f"ppt/slides/slide{n}.xml": "<p/>" for n in range(9_000)}
    with zipfile.ZipFile(io.BytesIO(slides(WORK))) as old:
        parts |= {name: old.read(name).decode() for name in old.namelist()}
    ids = f'<p:sldId xmlns:p="{PRESENTED}" xmlns:r="{RELATED}" r:id="r0"/>' * 9_000
    return zipped({**parts, "ppt/presentation.xml": f"<p>{ids}</p>"})


PRESENTED = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIL = b"From: Ida <i@example.org>\nContent-Type: multipart/mixed; boundary=b\n\n"


def letters_in_letters() -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    return b"".join(head % (n, n) for n in range(50_000)) + WORDS.encode()


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("a.docx", lambda: with_document(body(paragraph("A" * 300_000_000)))),
    "zip bomb that lies": (
        "a.docx",
        lambda: lying(with_document(body(paragraph("A" * 50_000_000)))),
    ),
    "zip of many parts": ("a.docx", lambda: zipped({f"word/{n}.xml": "" for n in range(20_000)})),
    "billion laughs": (
        "a.docx",
        lambda: with_document(body(paragraph("&l11;"), f"<!DOCTYPE w [{LAUGHS}]>")),
    ),
    "foreign entity": (
        "a.docx",
        lambda: with_document(
            body(paragraph("&x;"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
        ),
    ),
    "cut off zip": ("a.docx", lambda: docx(WORK)[:-300]),
    "cut off document": ("a.docx", lambda: with_document(body(paragraph("Rivers."))[:-40])),
    "deep document": (
        "a.docx",
        lambda: with_document(
            body("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000)
        ),
    ),
    "no document": ("a.docx", lambda: zipped({"word/other.xml": "<a/>"})),
    "old Word": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)),
    "locked zip": ("a.docx", lambda: locked(docx(WORK))),
    "program": ("a.docx", lambda: b"MZ\x90\x00" + bytes(range(256)) * 40),
    "laughing text document": (
        "a.odt",
        lambda: replaced(odt(WORK), "content.xml", f"<!DOCTYPE w [{LAUGHS}]><w>&l11;</w>"),
    ),
    "deep text document": (
        "a.odt",
        lambda: replaced(odt(WORK), "content.xml", "<a>" * 100_000 + "</a>" * 100_000),
    ),
    "locked text document": (
        "a.odt",
        lambda: replaced(odt(WORK), "META-INF/manifest.xml", "<m><encryption-data/></m>"),
    ),
    "text document bomb": ("a.odt", lambda: large("content.xml", odt(WORK), "A", 200_000_000)),
    "book without contents": ("a.epub", lambda: zipped({"a.txt": "b"}, "application/epub+zip")),
    "book of one chapter for ever": ("a.epub", lambda: book('<itemref idref="c0"/>' * 100_000)),
    "book bomb": ("a.epub", lambda: large("OEBPS/c0.xhtml", epub(WORK), "<p>A</p>", 30_000_000)),
    "protected book": (
        "a.epub",
        lambda: replaced(
            epub(WORK), "META-INF/encryption.xml", '<e><CipherReference URI="OEBPS/c0.xhtml"/></e>'
        ),
    ),
    "PDF bomb": ("a.pdf", bomb_pdf),
    "PDF bomb in a bomb": ("a.pdf", double_bomb_pdf),
    "cut off PDF": ("a.pdf", lambda: pdf(WORK)[:500]),
    "encrypted PDF": ("a.pdf", encrypted_pdf),
    "ten thousand pages": ("a.pdf", many_pages),
    "scan": ("a.pdf", scan_pdf),
    "looping PDF": ("a.pdf", looping_pdf),
    "PDF of nothing": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 100),
    "empty PDF": ("a.pdf", lambda: b""),
    "picture as PDF": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000)),
    "PDF of one crowded page": ("a.pdf", words_pdf),
    "PDF without letters' names": ("a.pdf", nameless_pdf),
    "deep page": ("a.html", lambda: b"<div>" * 400_000),
    "page of brackets": ("a.html", lambda: b"<" * 10_000_000),
    "page of tables": ("a.html", lambda: b"<table><tr><td>" * 300_000),
    "page of attributes": (
        "a.html",
        lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">",
    ),
    "page of formatting": ("a.html", lambda: b"<b><i><a href=x>" * 50_000),
    "page without text": ("a.html", lambda: b"<script>1</script>" * 100_000),
    "words broken without end": ("a.txt", lambda: b"a-\n" * 300_000),
    "paragraphs without end": ("a.txt", lambda: b"A\n\n" * 500_000),
    "entities in entities of a book": (
        "a.epub",
        lambda: replaced(
            epub(WORK),
            "OEBPS/book.opf",
            f'<!DOCTYPE a [<!ENTITY x "{"A" * 100_000}">]><package>{"&x;" * 20_000}</package>',
        ),
    ),
    "foreign entity of a text document": (
        "a.odt",
        lambda: replaced(
            odt(WORK), "content.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        ),
    ),
    "book that leads out of itself": (
        "a.epub",
        lambda: replaced(
            epub(WORK),
            "META-INF/container.xml",
            '<c xmlns="urn:x"><rootfile full-path="../../../../etc/passwd"/></c>',
        ),
    ),
    "PDF of forms in forms": ("a.pdf", forms_pdf),
    "PDF whose pages are each other's": (
        "a.pdf",
        lambda: raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
        ),
    ),
    "page of hidden elements": ("a.html", lambda: b'<p style="display:none"><i>' * 50_000),
    "runs without end": (
        "a.docx", lambda: with_document(body("<w:p>" + "<w:r/>" * 300_000 + "</w:p>"))
    ),
    "NULs": ("a.txt", lambda: b"Rivers\x00flow" * 1_000),
    "half a UTF-16": ("a.txt", lambda: b"\xff\xfeR\x00i"[:5]),
    "random bytes": ("a.md", lambda: bytes((n * 7919) % 256 for n in range(100_000))),
    "empty text": ("a.txt", lambda: b" \n" * 100),
    "encoding of half letters": (
        "a.txt", lambda: b"---\nencoding: utf-7\n---\nWords +2AA- of a text."
    ),
    "text of a million lines": ("a.txt", lambda: b"----\nA word.\n" * 500_000),
    "Hebrew without end": ("a.txt", lambda: ("\u05e9\u05dc\u05d5\u05dd " * 1_200_000).encode()),
    "cues without end": ("a.srt", lambda: cues(61_000)),
    "title without end": ("a.docx", lambda: titled(39_000_000)),
    "PDF whose pages have endless names": ("a.pdf", named_pages),
    "PDF as wide as a country": ("a.pdf", wide_pdf),
    "zip that is packed otherwise": ("a.docx", packed_otherwise),
    "menus in menus": ("a.html", lambda: b"<div class=nav>" * 50_000 + b"words " * 100),
    "book of contents of contents": ("a.epub", contents_of_contents),
    "ten thousand slides": ("a.pptx", many_slides),
    "slide bomb": ("a.pptx", lambda: large("ppt/slides/slide1.xml", slides(WORK), "A", 50_000_000)),
    "slide whose notes are a secret": (
        "a.pptx",
        lambda: replaced(
            slides(WORK),
            "ppt/_rels/presentation.xml.rels",
            '<R><R Id="r0" Type="slide" Target="../../../../etc/passwd"/></R>',
        ),
    ),
    "cut off slides": ("a.pptx", lambda: slides(WORK)[:-200]),
    "letters in letters": ("a.eml", letters_in_letters),
    "letter of a million parts": (
        "a.eml", lambda: MAIL + b"\n--b\nContent-Type: image/png\n\n\n" * 1_000_000
    ),
    "letter of nothing but heads": ("a.eml", lambda: b"X: y\n" * 1_000_000),
    "letter of a large picture": (
        "a.eml",
        lambda: MAIL + b"--b\nContent-Type: image/png\n\n" + b"QUFB\n" * 6_000_000,
    ),
    "page in a page without end": (
        "a.mhtml",
        lambda: b"Content-Type: multipart/related; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/related; boundary=x\n\n" * 100_000,
    ),
    "laughing archive of a page": (
        "a.webarchive",
        lambda: f'<!DOCTYPE p [{LAUGHS}]><plist><string>&l11;</string></plist>'.encode(),
    ),
    "braces without end": ("a.rtf", lambda: b"{\\rtf1" + b"{" * 10_000_000),
    "notes in notes": ("a.rtf", lambda: b"{\\rtf1 " + b"{\\footnote a" * 100_000),
    "blob in rich text": ("a.rtf", lambda: b"{\\rtf1 \\bin99999999 " + bytes(10_000_000)),
    "pages without end": ("a.txt", lambda: b"\f" * 1_400_000),
    "pictures without end": ("a.rtf", lambda: b"{\\rtf1 {\\pict " + b"00ff" * 5_000_000),
    "rich text of blobs": ("a.rtf", lambda: b"{\\rtf1 " + b"\\bin1 {" * 10_000_000),
    "picture as rich text": ("a.rtf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000)),
    "laughing book": (
        "a.fb2", lambda: f"<!DOCTYPE w [{LAUGHS}]><FictionBook>&l11;</FictionBook>".encode()
    ),
    "book of sections without end": (
        "a.fb2",
        lambda: b"<a>" + b"<body>" * 9_000 + b"</body>" * 9_000 + b"</a>",
    ),
    "letter in a letter for ever": (
        "a.eml", lambda: b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 100_000
    ),
    "deep slides": (
        "a.odp",
        lambda: replaced(odt(WORK), "content.xml", "<g>" * 50_000 + "</g>" * 50_000),
    ),
    "halves of letters": ("a.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * 1_000_000),
    "PDF of objects in themselves": (
        "a.pdf",
        lambda: raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /ObjStm /N 1 /First 4 /Extends 3 0 R /Length 4 >>\nstream\n4 0 \nendstream",
        ),
    ),
    "too large": ("a.txt", lambda: b"A" * 20_000_001),
}  # fmt: skip


SLOW = frozenset(
    (
        "page of hidden elements", "runs without end", "PDF of forms in forms",
        "zip bomb", "PDF bomb", "PDF bomb in a bomb", "deep page", "page of tables",
        "page of attributes", "page of formatting", "PDF of one crowded page",
        "text document bomb", "page of brackets", "PDF as wide as a country", "menus in menus",
        "book of contents of contents", "cues without end", "rich text of blobs",
        "words broken without end", "page in a page without end", "Hebrew without end", "book bomb",
    )
)  # fmt: skip # seconds each, some of them to make
READ = frozenset(
    (
        "book of one chapter for ever", "PDF of one crowded page", "PDF without letters' names",
        "title without end", "PDF whose pages have endless names", "PDF as wide as a country",
    )
)  # fmt: skip
