"""Web pages: the article's own words, without what stands around it.

The walk over the tree also reads what other formats become on their way: DOCX, EPUB.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from prompts.cues import word_set
from prompts.formats.clutter import pruned
from prompts.formats.encodings import meant
from prompts.formats.extract import Extract, Part, Unreadable, lay
from prompts.formats.mending import MARK, UNMARK, Line, mended
from prompts.formats.metatags import said
from prompts.formats.people import by
from prompts.formats.pleas import BARRED, LINKS, barred, heard, notice, within
from prompts.formats.text import clean, decode
from prompts.formats.text import parts as typed
from prompts.model import Kind

NODES = 200_000  # of one page
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_BLANK = re.compile(r"\s+")
_NOTE = re.compile(r"\W{0,2}(?:\d{1,4}|[a-z]|[ivxl]{1,6}|[*†‡§¶#]{1,3})\W{0,2}$", re.I)
_RAISED = re.compile(r"\[?\d{1,3}\]?$|[*†‡§]{1,3}$")
_NOTED = re.compile(
    r"_?(?:(?:sd)?(?:foot|end)?(?:note|fn)s?|ftn|edn|ftnt|cmnt|cite_note)[-_:]?\d{1,4}$", re.I
)
_BACK_TO = re.compile(r"#.*ref[-_:]?\w{0,6}$|#_?footnote-?anchor|#sd(?:foot|end)note\d+anc", re.I)
_NOTES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "footnote-content"))
_BESIDE = frozenset(("ltx_note", "sidenote", "marginnote", "footnote"))
_PAGE = re.compile(r"[\[({]?(?:pg?\.?|page|seite)? ?(\d{1,4}|[ivxlc]{1,8})[\])}]?$", re.I)
_PAGED = frozenset(
    ("pagenum", "pageno", "pagenumber", "page-number", "pb", "page_number", "x-ebookmaker-pageno")
)
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
LEAST = 200  # letters; a page with fewer may have lost its text
PROSE = 90  # letters beside links, from which a block is text
STRAY = 40  # letters; what is shorter and stands in no paragraph is a button or a label
HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
SOLID = HEADINGS | word_set("p li blockquote dd dt figcaption")
SILENT = word_set(
    "script style noscript template head title iframe svg canvas button select textarea object "
    "embed audio video map pre rp rt"
)
BLOCKS = HEADINGS | word_set(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form header hgroup html li main nav ol p section summary table tbody td tfoot th thead "
    "tr ul"
)
# What a book says that a part of it is, and that is none of its text.
FRONT = word_set(
    "cover titlepage title-page halftitlepage copyright-page imprint imprimatur colophon toc "
    "landmarks loi lot index bibliography other-credits contributors"
)
TITLES = word_set("title subtitle msotitle msosubtitle")
STRUCK = word_set("del s strike")
BOLD = word_set("b strong")
HEAD = 120  # letters; what is longer and bold is a paragraph that somebody shouts
KINDS = {
    **dict.fromkeys(HEADINGS, Kind.HEADING),
    **dict.fromkeys(("figcaption", "address", "th"), Kind.ASIDE),
    **dict.fromkeys(("li", "dd", "dt"), Kind.LIST),
    "blockquote": Kind.QUOTE,
}


def extract(data: bytes) -> Extract:
    """The article of a web page. Raises `Unreadable`."""
    source = _decoded(data)
    tree = parsed(source)
    meta = said(tree)
    found = _article(pruned(tree))
    if _length(found) < LEAST:  # a forum, say, which is made of what is clutter elsewhere
        found = max(found, _article(pruned(parsed(source), by_name=False)), key=_length)
    if _length(found) < LEAST:  # a plain text, as browsers show it and old sites put it
        found = max(found, _typed(parsed(source)), key=_length)
    own = [heard(part) for part in found if not barred(part)]
    notes = (BARRED,) if len(own) < len(found) else ()
    laid = lay(own, meta, notes)
    if not laid.text:
        raise Unreadable("holds no text to quote; save the article itself as PDF or .txt.")
    return laid


def _article(root: LexborNode) -> list[Part]:
    return list(within(parts(root, dense=True)))


def _typed(tree: LexborHTMLParser) -> list[Part]:
    """What stands on a page as it was typed, line by line."""
    return [part for node in tree.css("pre") for part in typed(clean(node.text()))]


def _length(found: Iterable[Part]) -> int:
    return sum(len(part.words) for part in found)


def read(source: str, page: str = "") -> Iterator[Part]:
    """The blocks of what another format became on its way. Raises `Unreadable`."""
    body = parsed(source).body
    yield from parts(body, page=page) if body else ()


def parsed(source: str) -> LexborHTMLParser:
    return LexborHTMLParser(source)


def _decoded(data: bytes) -> str:
    """UTF-8 where it is that, else what the page declares, else the likeliest code page."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        if declared:
            try:
                return data.decode(meant(declared[1].decode()), "replace")
            except LookupError:
                pass
        return decode(data)


# -- the walk -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Flow:
    """The block under way: its lines (a new one for each page), and how much of it is links."""

    kind: Kind = Kind.PARAGRAPH
    tag: str = ""
    lines: list[tuple[str, list[str]]] = field(default_factory=list)  # page, words
    linked: int = 0
    bold: int = 0
    cell: bool = False  # of a table

    @property
    def open(self) -> bool:
        """Whether a word has just ended, and no blank followed."""
        last = self.lines[-1][1][-1] if self.lines else ""
        return last[-1:].strip() != ""

    def add(self, words: str, page: str, linked: bool = False, bold: bool = False) -> None:
        if not self.lines or self.lines[-1][0] != page:
            self.lines.append((page, []))
        self.lines[-1][1].append(words)
        self.linked += len(words) if linked else 0
        self.bold += len(words) if bold or not words.strip() else 0


def parts(root: LexborNode, dense: bool = False, page: str = "") -> Iterator[Part]:
    """The blocks below a node in order. `dense`: leave out those that are mostly links.

    `page` is the label of the page that it begins on, where that is known.
    """
    flow, within, linked, bold, count = Flow(), [Flow()], 0, 0, 0
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):  # the end of an element
            linked, bold = linked - (node == "a"), bold - (node in BOLD)
            if node in BLOCKS:
                within.pop()
                yield from _laid(flow, dense)
                flow = replace(within[-1], lines=[])
            continue
        tag, count = node.tag or "", count + 1
        if count > NODES:
            raise Unreadable("has too many parts for a page; save its text as .txt.")
        turned = _turn(node, tag)
        if turned is not None:
            page = turned or str(int(page) + 1 if page.isdigit() else 2)
        elif tag == "-text":
            flow.add(clean(node.text_content or ""), page, linked > 0, bold > 0)
        elif tag in ("br", "hr"):
            flow.add("\n" if tag == "br" else "\n\n", page)
        elif tag in STRUCK or _is_mark(node, tag, flow.open):
            flow.add(f"{MARK}{_BLANK.sub(' ', clean(node.text())).strip()}{UNMARK}", page)
        elif tag not in SILENT:
            if tag in BLOCKS:
                yield from _laid(flow, dense)
                cell = tag == "td" or within[-1].cell
                within.append(Flow(_kind(node, tag, within[-1].kind), tag, cell=cell))
                flow = replace(within[-1], lines=[])
            if tag in BLOCKS or tag == "a" or tag in BOLD:
                stack.append(tag)
                linked, bold = linked + (tag == "a"), bold + (tag in BOLD)
            stack += reversed(list(node.iter(include_text=True)))
    yield from _laid(flow, dense)


def _turn(node: LexborNode, tag: str) -> str | None:
    """The label of the page that begins here, empty where it has none; None if none begins."""
    if tag not in ("span", "div", "hr", "a"):
        return None
    given = node.attributes
    named = f"{_role(node)} {given.get('class') or ''}"
    if not _PAGED.isdisjoint(named.split()):
        printed = _PAGE.match(" ".join(node.text().split()))
        return printed[1] if printed else None
    if "pagebreak" not in named and "page-break" not in named:
        return None
    label = given.get("aria-label") or given.get("title") or node.text()
    return " ".join((label or "").split())[:12]


def _role(node: LexborNode) -> str:
    """What an element says that it is, in a book or on a page."""
    given = node.attributes
    return f"{given.get('epub:type') or ''} {given.get('role') or ''}"


def _is_mark(node: LexborNode, tag: str, amid: bool) -> bool:
    """Whether an element is the mark of a note: raised and linked, or said to be one; or, in the
    midst of a sentence, the note itself. `amid`: right behind a word."""
    if tag not in ("sup", "a", "span"):
        return False
    if tag == "span" and not _BESIDE.isdisjoint((node.attributes.get("class") or "").split()):
        return True
    if "noteref" not in _role(node):
        href = _anchor(node)
        if tag == "a" and href:
            back = node.text().strip() in ("↑", "↩", "↩︎", "^")
            noted = amid or _BACK_TO.match(href) is not None
            return back or (noted and _NOTE.match(node.text().strip()) is not None)
        link = node.css_first("a") if tag == "sup" else None
        if link is None or not _anchor(link):
            return tag == "sup" and _RAISED.match(node.text().strip()) is not None
    return _NOTE.match(node.text().strip()) is not None


def _kind(node: LexborNode, tag: str, above: Kind) -> Kind:
    """What the blocks in an element are; a quotation holds quotations, a note holds notes."""
    given, said = node.attributes, _role(node)
    if "footnote" in said or "endnote" in said or _NOTED.match(given.get("id") or ""):
        return Kind.ASIDE
    classes = (given.get("class") or "").lower().split()
    if not FRONT.isdisjoint(said.split()) or not _NOTES.isdisjoint(classes) or _backs(node):
        return Kind.ASIDE
    if any("caption" in name for name in classes):
        return Kind.ASIDE
    if tag == "p" and not TITLES.isdisjoint(classes):
        return Kind.HEADING
    if above in (Kind.QUOTE, Kind.ASIDE):
        return above
    return KINDS.get(tag, above if tag in ("p", "div", "span") else Kind.PARAGRAPH)


def _backs(node: LexborNode) -> bool:
    """Whether what an element holds begins with the way back to the mark of a note."""
    first = node.first_child
    while first is not None and first.tag == "-text" and not (first.text_content or "").strip():
        first = first.next
    return first is not None and first.tag == "a" and _BACK_TO.match(_anchor(first)) is not None


def _anchor(link: LexborNode) -> str:
    """Where on its page a link leads: browsers that save one put its address before that."""
    _, sign, name = (link.attributes.get("href") or "").partition("#")
    return sign + name


def _laid(flow: Flow, dense: bool) -> Iterator[Part]:
    """A block's words, parted where a page has two line breaks instead of paragraphs."""
    joined = [(page, "".join(words)) for page, words in flow.lines]
    length = sum(len(words) for _, words in joined)
    sparse = length - flow.linked < PROSE and flow.linked > 0.5 * length and length < LINKS
    if not length or (dense and sparse):
        return
    if flow.tag == "p" and flow.kind is Kind.PARAGRAPH and flow.bold == length <= HEAD:
        flow.kind = _headed("".join(words for _, words in joined))
    lines: list[Line] = []
    for page, words in joined:
        first, *more = _GAP.split(words)
        lines.append(Line(_BLANK.sub(" ", first).strip(" "), page))
        for stretch in more:
            yield from _whole(lines, flow, dense)
            lines = [Line(_BLANK.sub(" ", stretch).strip(" "), page)]
    yield from _whole(lines, flow, dense)


def _headed(words: str) -> Kind:
    """What a paragraph is that is bold from end to end: a heading, unless it ends as one does
    not, or asks to be read as text."""
    plain = words.strip()
    text = plain.endswith((".", "!", ":", ",", ";", "…", "”", '"'))
    return Kind.PARAGRAPH if text or "\n" in plain else Kind.HEADING


def _whole(lines: list[Line], flow: Flow, dense: bool) -> Iterator[Part]:
    part = mended([line for line in lines if line.words], flow.kind)
    label = 0 < len(part.words) < STRAY and part.words[-1] not in ".!?…:"
    stray = dense and label and flow.tag not in SOLID and not by([part.words])
    if part.words and not stray and not (dense and notice(part.words)):
        number = flow.cell and label and part.kind is Kind.PARAGRAPH
        yield part._replace(kind=Kind.ASIDE) if number else part
