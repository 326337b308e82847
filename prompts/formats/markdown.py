"""Markdown as a reader sees it: the words without their marks, and what each block is.

Code, tables, pictures and HTML are set aside: nobody argues over them.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from prompts.formats.extract import Extract, Part, lay
from prompts.formats.mending import MARK, UNMARK, Line, mended
from prompts.formats.text import head, notes
from prompts.model import Kind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_NOTED = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_TASK = re.compile(r"\[[ xX]\] ")  # before what is to be done, or is
_CONTENTS = re.compile(r"\[\[?_?toc_?\]\]?$", re.I)
# What Obsidian shows elsewhere or not at all, and what names a heading.
_HIDDEN = re.compile(
    r"!\[\[[^\[\]]*\]\]|%%[^%]*%%|^\[![\w-]+\][+-]?|\{[#.][^{}]*\}$|^(?:#[\w/-]+\s*)+$"
)
_LINKED = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]|==(\S[^=]*)==")
_MARKED = re.compile(r"[*_`\[\]<>&\\!~]")
_BLANK = re.compile(r"\s+")
DENSE = 400  # marks in one paragraph; beyond it they are no writing, and take time squared


def extract(data: bytes) -> Extract:
    """Headings, paragraphs, quotations and list items of a Markdown file. Raises `Unreadable`."""
    (meta, unknown, body), doubts = head(data)
    return lay(
        _parts(_parser().parse(body.replace("\f", "\n\n"))), meta, (*doubts, *notes(unknown))
    )


@cache
def _parser() -> "MarkdownIt":
    """Blocks alone; what stands in a line is parsed only where it holds marks."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def _parts(tokens: "list[Token]") -> Iterator[Part]:
    within: list[str] = []  # the blocks that are open here
    for token in tokens:
        if token.nesting > 0:
            within.append(token.type.removesuffix("_open"))
        elif token.nesting < 0:
            within.pop()
        elif token.type == "inline" and "table" not in within:
            words = _words(token.content)
            if words:
                yield mended([Line(words)], _kind(within, token.content))


def _kind(within: list[str], content: str) -> Kind:
    if "blockquote" in within:
        return Kind.QUOTE
    if "heading" in within:
        return Kind.HEADING
    if "list_item" in within:
        return Kind.LIST
    return Kind.ASIDE if _NOTED.match(content) else Kind.PARAGRAPH


def _words(content: str) -> str:
    """What a reader sees of a line of Markdown, on one line, with the marks of notes as marks."""
    head = _NOTED.match(content) or _TASK.match(content) or _CONTENTS.match(content)
    plain = _HIDDEN.sub("", content[head.end() :] if head else content)
    plain = _LINKED.sub(lambda found: found[1] or found[2], plain)
    plain = _NOTE.sub(rf"{MARK}\g<0>{UNMARK}", plain.replace(MARK, "").replace(UNMARK, ""))
    if 0 < len(_MARKED.findall(plain)) <= DENSE:
        children: list[Token] = []
        _parser().inline.parse(plain, _parser(), {}, children)
        plain = "".join(_shown(child) for child in children)
    return _BLANK.sub(" ", plain).strip()


def _shown(token: "Token") -> str:
    """What is seen of a token; between signs, as a mark is, what was struck out."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in ("s_open", "s_close"):
        return MARK if token.type == "s_open" else UNMARK
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
