"""What stands around an article on a web page: menus, cookie notices, comments, footers."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from prompts.cues import word_set

NEVER = (
    "script, style, noscript, template, iframe, nav, dialog, menu, [hidden], [aria-hidden=true], "
    "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search], "
    "[role=dialog], [role=alertdialog], [role=alert], [role=menu], [role=toolbar]"
)
OUTER = "header, footer, aside, form"  # clutter, unless most of the page stands in them
NAMED = "div, section, ul, ol, aside, p, span, table, article, header, details, li, a, h2, h3, sup"
NAMES = ("class", "id", "data-component", "data-gu-name")  # that say what it is
WORDS = word_set(
    "cookie cookies consent gdpr ccpa banner comment comments disqus respond share sharing "
    "sharebar social related recommended recommendations newsletter subscribe subscription signup "
    "promo promotion sponsor sponsored advert advertisement ads sidebar breadcrumb breadcrumbs "
    "menu navbar navigation nav footer masthead popup modal overlay paywall toolbar pagination "
    "pager tags trending popular widget widgets skip toc outbrain taboola login noprint "
    "printfooter catlinks editsection relatedposts sharedaddy sharethis addtoany recirculation "
    "hatnote infobox navbox ambox regwall gate piano epic donate donation standfirst disclosure"
)
# Of these, what stands in the middle of a sentence is: others there are notes on its words.
INLINE, BUTTONS = (
    ("a", "span", "sup"),
    word_set("editsection noprint share sharing sharebar social"),
)
WITHIN, PROSE = word_set("em i b strong u font q cite"), word_set("p li blockquote dd td")
ARTICLES = "[itemprop=articleBody], article, main, [role=main], .entry-content, .post-content"
# What is not shown, or is read to those alone who do not see.
UNSEEN = ".visually-hidden, .sr-only, .screen-reader-text, .screen-reader-only"
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
MOST = 0.5  # of the prose; what holds more is the page itself, whatever it is called
ARTICLE = 0.6  # of the prose that an article must hold to be the article


def pruned(tree: LexborHTMLParser, by_name: bool = True) -> LexborNode:
    """The part of the page that is its article. The tree is changed.

    Without `by_name` no element is left out for what it is called: a forum is made of comments.
    """
    body = tree.body or tree.root
    if body is None:
        return LexborHTMLParser("<body></body>").root  # type: ignore[return-value]  # it has one
    for node in body.css(NEVER):
        node.decompose()
    whole = _prose(body)
    _drop(body.css(OUTER), whole)
    styled = [n for n in body.css("[style]") if _UNSEEN.search(n.attributes.get("style") or "")]
    _drop([*styled, *body.css(UNSEEN)], whole)
    if by_name:
        _drop([node for node in body.css(NAMED) if _cluttered(node)], whole)
    return _article(body)


def _cluttered(node: LexborNode) -> bool:
    given = node.attributes
    named = " ".join(given.get(name) or "" for name in NAMES)
    words = BUTTONS if node.tag in INLINE and _amid(node) else WORDS
    return any(word.lower() in words for word in _NAME.findall(named))


def _amid(node: LexborNode) -> bool:
    """Whether an element is a part of a sentence: its block says a good deal more."""
    above = node.parent
    while above is not None and above.tag in WITHIN:
        above = above.parent
    if above is None or above.tag not in PROSE:
        return False
    return len(above.text()) > 1.3 * len(node.text())


def _drop(nodes: list[LexborNode], whole: int) -> None:
    """Remove what is clutter by its name, but never the text of the page itself."""
    for node in nodes:
        if node.css_first("h1, [itemprop=articleBody]") is None and _prose(node) <= MOST * whole:
            node.decompose()


def _prose(node: LexborNode) -> int:
    """The letters of an element's paragraphs, or all of them where it has none."""
    paragraphs = sum(len(p.text()) for p in node.css("p"))
    return paragraphs or len(node.text())


def _article(body: LexborNode) -> LexborNode:
    """The innermost element that is an article by name and holds most of the prose."""
    whole, best = _prose(body), body
    for node in body.css(ARTICLES):
        own = _prose(node)
        if own >= ARTICLE * whole:
            whole, best = own, node
    return best
