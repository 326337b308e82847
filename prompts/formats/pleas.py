"""What a page says to its readers besides its article: who should pay, give, agree or read on."""

import re
from collections.abc import Iterable, Iterator

from prompts.asides import asks, beyond, replies
from prompts.formats.extract import Part
from prompts.model import Kind

LINKS = 400  # letters; a longer block is text, however much of it is linked
TEASER = 250  # letters; a longer one is text, too, and does not tell of another article
_COOKIES = re.compile(
    r"\b(?:we|(?:this|our) (?:web ?)?site) (?:also )?uses? (?:some )?(?:essential )?cookies\b|"
    r"\bwe and our (?:\d+ )?partners (?:store|use|process)\b",
    re.I,
)
# How a page speaks to those who have not paid; an article may speak of it, too, but not so.
_PAYWALL = re.compile(
    r"(?:to )?(?:continue|keep) reading\b|already (?:a |have an? )?(?:subscriber|member|account)\b|"
    r"(?:this|the rest of this) (?:article|story|content|page) is (?:only |exclusive(?:ly)? )?"
    r"(?:available )?(?:for|to) (?:our |paying )?(?:subscribers|members)\b|"
    r"(?:please )?(?:subscribe|sign (?:up|in)|log ?in|register) (?:now |here )?to "
    r"(?:read|continue|keep|unlock)\b|"
    r"you(?:['’]ve| have) (?:reached|read|used) (?:your|all)\b.{0,40}\b(?:limit|articles)\b|"
    r"(?:get|enjoy) (?:full|unlimited) (?:digital )?access\b|"
    r"cancel any ?time\b",
    re.I,
)
BARRED = "ends where its page asks for a subscription; save the whole article as .pdf or .txt."


def barred(part: Part) -> bool:
    """Whether a part only says that the rest is for those who pay."""
    return len(part.words) < LINKS and _PAYWALL.match(part.words) is not None


def heard(part: Part) -> Part:
    """A request to the page's readers is set aside: it is there, and claims nothing."""
    pleads = len(part.words) < LINKS and asks(part.words)
    return part._replace(kind=Kind.ASIDE) if pleads else part


def within(found: Iterable[Part]) -> Iterator[Part]:
    """The article's own parts: not what stands under "Read next" or "3 comments".

    A box that names other articles holds no paragraph: with one the article goes on.
    """
    heading = ""
    for part in found:
        if part.kind is Kind.HEADING:
            heading = part.words if beyond(part.words) else ""
        elif len(part.words) > TEASER and heading and not replies(heading):
            heading = ""
        if not heading:
            yield part


def notice(words: str) -> bool:
    """Whether a block tells of cookies, wherever on the page it stands."""
    return len(words) < LINKS and _COOKIES.search(words) is not None
