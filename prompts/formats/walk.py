"""The walk over a page's tree: its blocks in order, with what each of them is.

What DOCX, EPUB and others become on their way is read by it, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from prompts.cues import word_set
from prompts.formats.extract import Part, Unreadable
from prompts.formats.mending import MARK, UNMARK, Line, mended
from prompts.formats.people import by
from prompts.formats.pleas import LINKS, notice
from prompts.formats.text import clean
from prompts.model import Kind

NODES = 200_000  # of one page
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
OPEN = BLOCKS | BOLD | {"a"}  # whose end matters


def read(source: str, page: str = "") -> Iterator[Part]:
    """The blocks of what another format became on its way. Raises `Unreadable`."""
    body = parsed(source).body
    yield from parts(body, page=page) if body else ()


def parsed(source: str) -> LexborHTMLParser:
    return LexborHTMLParser(source)


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
    walk, count = Walk(dense, page), 0
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield from walk.left(node)
        elif not walk.took(node):
            tag = node.tag or ""
            yield from walk.entered(node, tag)
            stack += [tag] if tag in OPEN else []
            stack += reversed(list(node.iter(include_text=True)))
        count += 1
        if count > NODES:
            raise Unreadable("has too many parts for a page; save its text as .txt.")
    yield from walk.laid()


class Walk:
    """Where a walk over a page is: the block under way, what it stands in, and on which page."""

    def __init__(self, dense: bool, page: str) -> None:
        self._dense, self._page = dense, page
        self._flow, self._within = Flow(), [Flow()]
        self._links = self._bolds = 0  # that are open

    def took(self, node: LexborNode) -> bool:
        """Take in a node that is not entered, but read as a whole; False for any other."""
        tag, flow = node.tag or "", self._flow
        turned = _turn(node, tag)
        if turned is not None:
            self._page = turned or str(int(self._page) + 1 if self._page.isdigit() else 2)
        elif tag == "-text":
            words = clean(node.text_content or "")
            flow.add(words, self._page, self._links > 0, self._bolds > 0)
        elif tag in ("br", "hr"):
            flow.add("\n" if tag == "br" else "\n\n", self._page)
        elif tag in STRUCK or _is_mark(node, tag, flow.open):
            mark = _BLANK.sub(" ", clean(node.text())).strip()
            flow.add(f"{MARK}{mark}{UNMARK}", self._page)
        else:
            return tag in SILENT
        return True

    def entered(self, node: LexborNode, tag: str) -> Iterator[Part]:
        """An element begins, and with it, if it is a block, the block before it ends."""
        if tag in BLOCKS:
            yield from self.laid()
            cell = tag == "td" or self._within[-1].cell
            self._within.append(Flow(_kind(node, tag, self._within[-1].kind), tag, cell=cell))
            self._flow = replace(self._within[-1], lines=[])
        self._links, self._bolds = self._links + (tag == "a"), self._bolds + (tag in BOLD)

    def left(self, tag: str) -> Iterator[Part]:
        """An element ends."""
        self._links, self._bolds = self._links - (tag == "a"), self._bolds - (tag in BOLD)
        if tag in BLOCKS:
            self._within.pop()
            yield from self.laid()
            self._flow = replace(self._within[-1], lines=[])

    def laid(self) -> Iterator[Part]:
        """The block under way."""
        return _laid(self._flow, self._dense)


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
