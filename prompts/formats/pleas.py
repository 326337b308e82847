"""What a page says to its readers besides its article: who should pay, give, agree or read on."""

import re
from collections.abc import Iterable, Iterator

from prompts.formats.extract import Part
from prompts.model import Kind

LINKS = 400  # letters; a longer block is text, however much of it is linked
_COOKIES = re.compile(r"\b(?:we|(?:this|our) (?:web ?)?site) (?:also )?uses? cookies\b", re.I)
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
    r"your (?:support|donation|gift|contribution)s? \w+ (?:us|our|this (?:site|work))\b|"
    r"every (?:contribution|gift|donation), (?:however|no matter|big|large)\b|"
    r"\W*(?:we|i) have a (?:small )?favou?r to ask\b",
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


def barred(part: Part) -> bool:
    """Whether a part only says that the rest is for those who pay."""
    return len(part.words) < LINKS and _PAYWALL.match(part.words) is not None


def heard(part: Part) -> Part:
    """A request to the page's readers is set aside: it is there, and claims nothing."""
    asks = len(part.words) < LINKS and _ASKS.match(part.words) is not None
    return part._replace(kind=Kind.ASIDE) if asks else part


def within(found: Iterable[Part]) -> Iterator[Part]:
    """The article's own parts: not what stands under "Read next" or "3 comments"."""
    beyond = False
    for part in found:
        beyond = _BEYOND.match(part.words) is not None if part.kind is Kind.HEADING else beyond
        if not beyond:
            yield part


def notice(words: str) -> bool:
    """Whether a block tells of cookies, wherever on the page it stands."""
    return len(words) < LINKS and _COOKIES.search(words) is not None
