"""What a paragraph is by the name of its style, in the words of the programs people write with."""

import re

_TAGS = (
    (re.compile(r"(?:heading|(?:sub)?title)\b", re.I), "h2"),
    (re.compile(r"(?:intense )?quot|block text", re.I), "blockquote"),
    (re.compile(r"caption", re.I), "figcaption"),
    (re.compile(r"(?:toc|contents|author|date|table of figures)\b", re.I), "address"),
)


def tag_of(style: str) -> str:
    """The element of a page that a style of that name stands for; "p" if for no other."""
    return next((tag for form, tag in _TAGS if form.match(style.strip())), "p")
