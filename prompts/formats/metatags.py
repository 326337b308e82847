"""What a web page says of itself: title, author, year, language, address."""

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from prompts.formats.extract import language, year
from prompts.formats.people import BY, named

TITLES = ("citation_title", "dc.title", "og:title", "twitter:title")
AUTHORS = (
    "citation_author", "dc.creator", "author", "byl", "article:author", "parsely-author",
)  # fmt: skip
DATES = (
    "citation_publication_date", "citation_date", "article:published_time", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "dcterms.created",
    "dc.date", "datepublished", "date", "parsely-pub-date",
)  # fmt: skip
_SITE = re.compile(r"\s+(?:[|–—·»]|-)\s+[^|–—·»]{2,40}$")
LONGEST = 200
SAVED = 2_000  # letters from the top, where a browser notes what it saved
_SAVED = re.compile(r"\s*(?:saved from url=\(\d+\)|url: )(https?://\S{3,190})")


def said(tree: LexborHTMLParser) -> dict[str, str]:
    """The keys of a header, as far as the page names them."""
    metas, data = _metas(tree), _linked(tree)
    title = _first(metas, TITLES) or _text(data.get("headline")) or _title(tree)
    author = _people(metas) or _text(data.get("author")) or _byline(tree)
    dated = _first(metas, DATES) or _text(data.get("datePublished")) or _time(tree)
    author = named(author)
    found = {"title": _unsigned(title, author), "author": author, "year": year(dated)}
    found |= {"language": _language(tree), "source": _address(tree)}
    return {key: value for key, value in found.items() if 0 < len(value) <= LONGEST}


def _unsigned(title: str, author: str) -> str:
    """A title without the name of its author behind it."""
    bare, sign, name = title.rpartition(" | ")
    return bare if sign and author and name == author else title


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        given = node.attributes
        name = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
        content = " ".join((given.get("content") or "").split())
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _people(metas: dict[str, list[str]]) -> str:
    """All authors of the best list; an address of a profile is no name."""
    for name in AUTHORS:
        people = [one for one in metas.get(name, []) if "://" not in one]
        if people:
            return "; ".join(dict.fromkeys(people))
    return ""


def _linked(tree: LexborHTMLParser) -> dict[str, Any]:
    """The article of the page's JSON-LD."""
    found = list[dict[str, Any]]()
    for node in tree.css("script[type='application/ld+json']"):
        try:
            found += _items(json.loads(node.text()))
        except (ValueError, RecursionError):
            continue
    item = next((item for item in found if "headline" in item), {})
    names = {one["@id"]: one for one in found if isinstance(one.get("@id"), str) and "name" in one}
    author = item.get("author")
    if isinstance(author, dict) and "name" not in author:  # told elsewhere on the page
        return {**item, "author": names.get(str(author.get("@id")), "")}
    return item


def _items(data: Any) -> Iterator[dict[str, Any]]:
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (i for i in graph if isinstance(i, dict)) if isinstance(graph, list) else ()


def _text(value: Any) -> str:
    """A name as JSON-LD may put it: a text, an object with one, a list of these."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return _text(value.get("name", ""))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value[:10])))
    return ""


def _title(tree: LexborHTMLParser) -> str:
    """The page's title without the site's name, which the first heading tells."""
    node = tree.css_first("head title") or tree.css_first("title")
    title = " ".join(node.text().split()) if node else ""
    head = tree.css_first("h1")
    heading = " ".join(head.text().split()) if head else ""
    if heading and (heading in title or not title):
        return heading
    return siteless(title)


def siteless(title: str) -> str:
    """A page's title without the name of its site."""
    return _SITE.sub("", title) if len(title) > 20 else title


def _byline(tree: LexborHTMLParser) -> str:
    known = "[rel=author], [itemprop=author], .author-name, .byline-name, .byline > a, .author .fn"
    node = tree.css_first(known)
    if node:
        return " ".join(node.text().split())
    lines = (" ".join(node.text().split()) for node in tree.css("[class*=byline], .author")[:5])
    capital = (line[:1].upper() + line[1:] for line in lines)
    return next((found[1] for line in capital if (found := BY.match(line))), "")


def _time(tree: LexborHTMLParser) -> str:
    node = tree.css_first("[itemprop=datePublished], time[pubdate], article time[datetime]")
    return (node.attributes.get("datetime") or node.text()) if node else ""


def _language(tree: LexborHTMLParser) -> str:
    node = tree.css_first("html")
    said = ((node.attributes.get("lang") or node.attributes.get("xml:lang")) if node else "") or ""
    return language(said)


def _address(tree: LexborHTMLParser) -> str:
    node = tree.css_first("link[rel=canonical][href]")
    address = (node.attributes.get("href") or "") if node else ""
    return address if address.startswith(("https://", "http://")) else _saved(tree)


def _saved(tree: LexborHTMLParser) -> str:
    """Where a browser that saved the page says that it was."""
    found = _SAVED.search((tree.html or "")[:SAVED])
    return found[1] if found else ""
