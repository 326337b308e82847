"""What stands around an argument: bylines, captions, author's notes, appeals, a page's foot."""

import re
from itertools import chain

from prompts.tongue import SMALL

NOTE, CAPTION, PLEA, FOOT = 600, 160, 400, 60  # characters that each of them has at most
BIO = 250  # likewise, of one that does not stand at the end
SOUP = 12  # words that stand side by side without a sentence: a menu
LOOSE = 0.15  # of them are small ones, which sentences are full of
TAIL = 20  # characters in which a sentence ends
SHORT = 3  # letters of a word that is small in any language
_SMALL = frozenset(chain.from_iterable(words.split() for words in SMALL.values()))
ENDED = re.compile(r"[.!?…:;。！？；।॥؟۔][\"'”’»」』）)\]*_]*(?:</?\w+>)*\s*$")
_CAPTION = re.compile(
    r"[\[(]?(?:by|photo|image|picture|credit|caption|figure|fig\.|table|source|illustration|"
    r"read more|related|subscribe|advertisement|share|follow|posted|published|updated|copyright|©|https?://|www\.|"
    r"(?:this page was )?last (?:updated|modified|edited|reviewed))"
    r"(?=[\s:/©\d]|$)",
    re.I,
)
_TRADE = (
    r"(?:professor|fellow|author|writer|editor|columnist|journalist|lecturer|director|analyst|"
    r"researcher|scholar|student|reporter|correspondent|contributor|university|college|institute|"
    r"activist|lawyer|historian|economist|consultant|novelist|freelance)"
)
_BYLINE = re.compile(
    r"(?:\w+['’.]?\s){1,5}(?:is|are|was|teaches|writes|works|lives|serves|holds)\s(?:(?:also|currently|"
    r"previously|now)\s)?(?:(?:a|an|the|at|for|on|in|from|as|of)\s)(?:[\w'’-]+\s){0,9}?"
    rf"{_TRADE}\b",
    re.I,
)
# The same wherever it stands, if it begins with a whole name and is short.
_BIO = re.compile(
    r"(?:[-–—*]\s)?(?:About\s)?(?:[A-Z][\w.'’-]*\s){2,5}"
    r"(?:(?:is|was)\s(?:[\w'’,-]+\s){0,9}?(?i:TRADE)\b|"
    r"(?:has written|writes|has worked|has reported) for\b|teaches\b)".replace("TRADE", _TRADE)
)
# How captions are numbered, and what tells of a page itself.
_MARKED = re.compile(
    r"(?:figure|fig\.|table|chart|photo|plate|map|exhibit|box) \d{1,3}(?:\.\d{1,2})?[.:|–—]\s|"
    r"(?:this )?page was last (?:edited|modified)\b|text is available under\b|"
    r"for the (?:film|book|novel|album|band|song|surname|town|village), see\b|"
    r"the neutrality of this article\b",
    re.I,
)
# When a page was written and changed, with bars between.
_DATED = re.compile(r"\|.{0,60}\b(?:19|20)\d\d\b.{0,40}\b(?:updated|published)\b", re.I)
_VIEWS = re.compile(
    r"the views expressed|do not necessarily reflect|\S+@\S+\.\S|\bour newsroom\b|"
    r"\b(?:views|opinions) (?:here )?are (?:solely )?(?:his|her|their|my|the author['’]s)\b|"
    r"\bthis (?:article|piece|column|essay|post|story|op-ed) (?:was|is|has been|first|originally) "
    r"(?:\w+ )?(?:published|appeared|adapted|written|part of)\b",
    re.I,
)
REMARKS = ("views", "opinions", "reflect", "@", "newsroom", "this ")  # one stands in each of them
# The imprint of a book, in small letters: looked for in every block there is, as a pattern cannot
# be in no time.
RIGHTS = (
    "all rights reserved", "isbn ", "isbn-1", "isbn:", "cataloguing-in-publication",
    "cataloging-in-publication", "cataloguing in publication", "no part of this book may be",
    "no part of this publication may be", "no part of this work may be",
)  # fmt: skip
LEADERS = (" . . . . . ", "............")  # dots that lead to a page's number
_CREDIT = re.compile(r"\b(?:photograph|photo|illustration|image)(?: by)?: [^.?!]{2,50}$", re.I)
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
    r"\W*(?:we|i) have a (?:small )?favou?r to ask\b|"
    r"for (?:all )?(?:the )?latest (?:news|updates|stories)\b|"
    r"click (?:here|on the (?:link|image))\b|"
    r"(?:story|article) continues (?:below|after)\b|"
    r"this (?:article|story) was (?:amended|corrected) on\b|"
    r"\W*do you have an opinion on (?:this|the issues)\b|"
    r"(?:use|press|hit) the ['‘\"“]?\w+['’\"”]? (?:link|button)\b|download our app\b|"
    r"(?:follow|like|find) (?:us|me|him|her|them|@\w+|[A-Z][\w ]{1,50}) on (?:twitter|facebook|"
    r"instagram|x|linkedin|tiktok|youtube)\b|"
    r"privacy notice:|sign up(?: (?:to|for)|:) (?:the |our )?[^.!?]{0,60}"
    r"(?:newsletter|inbox|email)|"
    r"want to change how you receive\b|view this e-?mail in your browser\b|"
    r"(?:i|we) hope you (?:appreciated|enjoyed|liked) this\b|before you (?:move on|go),|"
    r"to receive new posts\b|(?:this|\w+ [\w ]{0,30}) is a reader-supported publication\b|"
    r"copyright (?:©|\(c\))? ?\d{4}\b|reach \w+ \w+ at \S+@|sign up: ",
    re.I,
)
# What stands below the headings of what is not the article.
_BEYOND = re.compile(
    r"(?:(?:read|up|what to read) next|related (?:articles|stories|posts|content|links|topics)|"
    r"most (?:read|popular|viewed)|recommended(?: for you| reading| stories)?|more stories|"
    r"more on this (?:story|topic)|you (?:may|might) also (?:like|enjoy)|trending(?: now)?|"
    r"\(?\d+\)? (?:comments?|responses?|replies|thoughts? on)\b.*|comments(?: \(\d+\))?|"
    r"(?:leave|post|add) an? (?:reply|comment)|join the (?:discussion|conversation)|"
    r"welcome to the discussion|comments are closed)\W*$",
    re.I,
)


def is_aside(words: str, last: bool) -> bool:
    """Bylines, captions and credits are short; the author's note stands at the end."""
    low = words.lower() if len(words) < NOTE else ""
    if any(map(low.__contains__, RIGHTS)) or any(dots in words for dots in LEADERS):
        return True
    if last and low and (_BYLINE.match(words) or _remarks(words, low)):
        return True
    if len(words) < PLEA and (_MARKED.match(words) or asks(words) or _soup(words)):
        return True
    if len(words) < BIO and _BIO.match(words):
        return True
    if len(words) > CAPTION:
        return False
    if _DATED.search(words) or _CREDIT.search(words):
        return True
    return _CAPTION.match(words) is not None and (not ENDED.search(words) or words.count(" ") < 8)


def _remarks(words: str, low: str) -> bool:
    return any(map(low.__contains__, REMARKS)) and _VIEWS.search(words) is not None


def asks(words: str) -> bool:
    """Whether a block asks a page's readers for something."""
    return _ASKS.match(words) is not None


def beyond(words: str) -> bool:
    """Whether a line opens what stands below an article: comments, other articles."""
    return len(words) < FOOT and _BEYOND.match(words) is not None


def _soup(words: str) -> bool:
    """Many words and no sentence: the names of buttons, a menu, tags."""
    if words.count(" ") < SOUP - 1 or ENDED.search(words[-TAIL:]):
        return False
    row = words.lower().split()
    if len(row) < SOUP:
        return False
    return sum(len(word) <= SHORT or word in _SMALL for word in row) < LOOSE * len(row)
