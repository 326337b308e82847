"""Web pages: the article's own words, without what stands around it.

The walk over the tree also reads what other formats become on their way: DOCX, EPUB.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from prompts.cues import word_set
from prompts.formats.clutter import pruned
from prompts.formats.extract import Extract, Part, Unreadable, lay
from prompts.formats.mending import MARK, UNMARK, Known, Line, mended
from prompts.formats.pagehead import said
from prompts.formats.text import clean, decode
from prompts.model import Kind

NODES = 200_000  # of one page
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_BLANK = re.compile(r"\s+")
_NOTE = re.compile(r"\W{0,2}(?:\d{1,4}|[a-z]|[ivxl]{1,6}|[*†‡§¶#]{1,3})\W{0,2}$", re.I)
_RAISED = re.compile(r"\[?\d{1,3}\]?$|[*†‡§]{1,3}$")
_NOTED = re.compile(r"(?:foot|end)?(?:note|fn)s?[-_:]?\d{1,4}$", re.I)
_COOKIES = re.compile(r"\b(?:we|(?:this|our) (?:web ?)?site) (?:also )?uses? cookies\b", re.I)
# How a page speaks to those who have not paid; an article may speak of it, too, but not so.
_PAYWALL = re.compile(
    r"(?:to )?(?:continue|keep) reading\b|already (?:a |have an? )?(?:subscriber|member|account)\b|"
    r"(?:this|the rest of this) (?:article|story|content|page) is (?:only |exclusive(?:ly)? )?"
    r"(?:available )?(?:for|to) (?:our |paying )?(?:subscribers|members)\b|"
    r"(?:please )?(?:subscribe|sign (?:up|in)|log ?in|register) (?:now |here )?to "
    r"(?:read|continue|keep|unlock)\b",
    re.I,
)
# How a page asks its readers for help, or to come again: no argument of the article's.
_ASKS = re.compile(
    r"(?:please )?(?:consider )?(?:support(?:ing)?|donat(?:e|ing) to|help(?: us)? (?:to )?fund|"
    r"join|follow|subscrib(?:e|ing) to|sign up (?:for|to)) (?:us\b(?!(?: all)? in\b)|"
    r"our (?:work|mission|journalism|reporting|newsroom|newsletter|mailing list|podcast|channel)|"
    r"independent (?:journalism|media)|this (?:site|blog|podcast|newsletter))\b|"
    r"if you (?:have )?(?:like|enjoy|value|appreciate|found)d?\b[^.!?]{0,60}\b(?:please|consider|"
    r"support|donat\w+|subscrib\w+|share|sign up)\b|"
    r"(?:make|give) a (?:tax-deductible |one-time |monthly )?(?:donation|gift|contribution)\b|"
    r"(?:donate|subscribe|support us) (?:now|today|here)\b|"
    r"(?:thanks|thank you) (?:so much )?for (?:reading|your support)\b|"
    r"your (?:support|donation|gift|contribution)s? \w+ (?:us|our|this (?:site|work))\b",
    re.I,
)
# What stands below the headings of what is not the article.
_BEYOND = re.compile(
    r"(?:(?:read|up|what to read) next|related (?:articles|stories|posts|content|links|topics)|"
    r"most (?:read|popular|viewed)|recommended(?: for you| reading| stories)?|more stories|"
    r"more on this (?:story|topic)|you (?:may|might) also (?:like|enjoy)|trending(?: now)?|"
    r"\d+ (?:comments?|responses?|replies)\b.*|comments(?: \(\d+\))?|leave a (?:reply|comment)|"
    r"join the discussion)\W*$",
    re.I,
)
BARRED = "ends where its page asks for a subscription; save the whole article as .pdf or .txt."
LABELS = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_NONE = Known(())
LINKS = 400  # letters; a longer block is text, however much of it is linked
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
KINDS = {
    **dict.fromkeys(HEADINGS, Kind.HEADING),
    **dict.fromkeys(("figcaption", "address", "th"), Kind.ASIDE),
    **dict.fromkeys(("li", "dd", "dt"), Kind.LIST),
    "blockquote": Kind.QUOTE,
}


def extract(data: bytes) -> Extract:
    """The article of a web page. Raises `Unreadable`."""
    tree = parsed(_decoded(data))
    meta = said(tree)
    found = list(_within(parts(pruned(tree), dense=True)))
    own = [_heard(part) for part in found if not _barred(part)]
    notes = (BARRED,) if len(own) < len(found) else ()
    laid = lay(own, meta, notes)
    if not laid.text:
        raise Unreadable("holds no text to quote; save the article itself as PDF or .txt.")
    return laid


def _barred(part: Part) -> bool:
    """Whether a part only says that the rest is for those who pay."""
    return len(part.words) < LINKS and _PAYWALL.match(part.words) is not None


def _heard(part: Part) -> Part:
    """A request to the page's readers is set aside: it is there, and claims nothing."""
    asks = len(part.words) < LINKS and _ASKS.match(part.words) is not None
    return part._replace(kind=Kind.ASIDE) if asks else part


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
                return data.decode(_meant(declared[1].decode()), "replace")
            except LookupError:
                pass
        return decode(data)


def _meant(label: str) -> str:
    """The encoding that browsers take a label for: what calls itself Latin-1 is Windows-1252."""
    return LABELS.get(codecs.lookup(label).name, label)


def _within(found: Iterable[Part]) -> Iterator[Part]:
    """The article's own parts: not what stands under "Read next" or "3 comments"."""
    beyond = False
    for part in found:
        beyond = _BEYOND.match(part.words) is not None if part.kind is Kind.HEADING else beyond
        if not beyond:
            yield part


# -- the walk -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Flow:
    """The block under way: its lines (a new one for each page), and how much of it is links."""

    kind: Kind = Kind.PARAGRAPH
    tag: str = ""
    lines: list[tuple[str, list[str]]] = field(default_factory=list)  # page, words
    linked: int = 0

    def add(self, words: str, page: str, linked: bool) -> None:
        if not self.lines or self.lines[-1][0] != page:
            self.lines.append((page, []))
        self.lines[-1][1].append(words)
        self.linked += len(words) if linked else 0


def parts(root: LexborNode, dense: bool = False, page: str = "") -> Iterator[Part]:
    """The blocks below a node in order. `dense`: leave out those that are mostly links.

    `page` is the label of the page that it begins on, where that is known.
    """
    flow, within, linked, count = Flow(), [Flow()], 0, 0
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):  # the end of an element
            linked -= node == "a"
            if node != "a":
                within.pop()
                yield from _laid(flow, dense)
                flow = Flow(within[-1].kind, within[-1].tag)
            continue
        tag, count = node.tag or "", count + 1
        if count > NODES:
            raise Unreadable("has too many parts for a page; save its text as .txt.")
        turned = _turn(node, tag)
        if turned is not None:
            page = turned or str(int(page) + 1 if page.isdigit() else 2)
        elif tag == "-text":
            flow.add(clean(node.text_content or ""), page, linked > 0)
        elif tag in ("br", "hr"):
            flow.add("\n" if tag == "br" else "\n\n", page, False)
        elif _is_mark(node, tag):
            flow.add(f"{MARK}{_BLANK.sub('', clean(node.text()))}{UNMARK}", page, False)
        elif tag not in SILENT:
            if tag in BLOCKS:
                yield from _laid(flow, dense)
                within.append(Flow(_kind(node, tag, within[-1].kind), tag))
                flow = Flow(within[-1].kind, tag)
            if tag in BLOCKS or tag == "a":
                stack.append(tag)
                linked += tag == "a"
            stack += reversed(list(node.iter(include_text=True)))
    yield from _laid(flow, dense)


def _turn(node: LexborNode, tag: str) -> str | None:
    """The label of the page that begins here, empty where it has none; None if none begins."""
    if tag not in ("span", "div", "hr", "a"):
        return None
    given = node.attributes
    named = f"{given.get('epub:type') or ''} {given.get('role') or ''} {given.get('class') or ''}"
    if "pagebreak" not in named and "page-break" not in named:
        return None
    label = given.get("aria-label") or given.get("title") or node.text()
    return " ".join((label or "").split())[:12]


def _is_mark(node: LexborNode, tag: str) -> bool:
    """Whether an element is the mark of a note: raised and linked, or said to be one."""
    if tag not in ("sup", "a", "span"):
        return False
    given = node.attributes
    said = f"{given.get('epub:type') or ''} {given.get('role') or ''}"
    if "noteref" not in said:
        if tag == "a" and (given.get("href") or "").startswith("#"):
            return node.text().strip() in ("↑", "↩", "↩︎", "^")
        link = node.css_first("a") if tag == "sup" else None
        if link is None or "#" not in (link.attributes.get("href") or ""):
            return tag == "sup" and _RAISED.match(node.text().strip()) is not None
    return _NOTE.match(node.text().strip()) is not None


def _kind(node: LexborNode, tag: str, above: Kind) -> Kind:
    """What the blocks in an element are; a quotation holds quotations, a note holds notes."""
    given = node.attributes
    said = f"{given.get('epub:type') or ''} {given.get('role') or ''}"
    if "footnote" in said or "endnote" in said or _NOTED.match(given.get("id") or ""):
        return Kind.ASIDE
    if not FRONT.isdisjoint(said.split()):
        return Kind.ASIDE
    if above in (Kind.QUOTE, Kind.ASIDE):
        return above
    return KINDS.get(tag, above if tag in ("p", "div", "span") else Kind.PARAGRAPH)


def _laid(flow: Flow, dense: bool) -> Iterator[Part]:
    """A block's words, parted where a page has two line breaks instead of paragraphs."""
    joined = [(page, "".join(words)) for page, words in flow.lines]
    length = sum(len(words) for _, words in joined)
    if not length or (dense and flow.linked > 0.5 * length and length < LINKS):
        return
    lines: list[Line] = []
    for page, words in joined:
        first, *more = _GAP.split(words)
        lines.append(Line(_BLANK.sub(" ", first).strip(" "), page))
        for stretch in more:
            yield from _whole(lines, flow, dense)
            lines = [Line(_BLANK.sub(" ", stretch).strip(" "), page)]
    yield from _whole(lines, flow, dense)


def _whole(lines: list[Line], flow: Flow, dense: bool) -> Iterator[Part]:
    part = mended([line for line in lines if line.words], _NONE, flow.kind)
    stray = dense and flow.tag not in SOLID and len(part.words) < STRAY
    notice = dense and len(part.words) < LINKS and _COOKIES.search(part.words)
    if part.words and not notice and not (stray and part.words[-1] not in ".!?…:"):
        yield part
