"""The texts with marks beside this file, as the harness of the public corpora reads them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from prompts.mine import reading
from prompts.model import Reading
from prompts.readings import one
from prompts.sentences import sentences

TEXTS = Path(__file__).parent / "texts"
SEEDS = Path(__file__).parents[2] / "seeds"
KINDS = ("essays", "posts", "opeds", "notes")
_MARK = re.compile(r"\[\[([^|\]]+)\|(.*?)\]\]", re.S)
Row = dict[str, Any]


class Span(NamedTuple):
    """A marked stretch of a text: `tag` is what stands before the bar."""

    tag: str
    start: int
    end: int

    @property
    def doubtful(self) -> bool:
        """Whoever set the mark was not sure of it."""
        return "?" in self.tag

    def meets(self, start: int, end: int) -> bool:
        """At least half of the shorter one is shared."""
        both = min(self.end, end) - max(self.start, start)
        return both >= 0.5 * min(self.end - self.start, end - start)


def marked(kind: str) -> Iterator[tuple[str, str, list[Span]]]:
    """Name, bare text and marks of each text of a kind."""
    yield from parted(TEXTS / f"{kind}.txt")


def parted(path: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """Name, bare text and marks of each text of a file."""
    for part in path.read_text(encoding="utf-8").split("#doc ")[1:]:
        name, raw = part.split("\n", 1)
        yield (name.strip(), *bare(raw.strip("\n")))


def bare(raw: str) -> tuple[str, list[Span]]:
    """A text without its marks, and where they stood."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        spans.append(Span(mark[1], len(text), len(text) + len(mark[2])))
        text, at = text + mark[2], mark.end()
    return text + raw[at:], spans


def gold(kind: str) -> list[Row]:
    """The texts of a kind as the harness reads them."""
    return [_gold(name, text, spans) for name, text, spans in marked(kind)]


def _gold(name: str, text: str, spans: list[Span]) -> Row:
    main = [span for span in spans if span.tag.startswith("m")]
    claims = [span for span in spans if span.tag[0] in "cm"]
    views = [span for span in spans if span.tag[0] == "o"]
    edges: list[Row] = []
    for view in views:
        answers = [span for span in claims if f"~{view.tag[1]}" in span.tag]
        edges.append(_place(view) | {"kind": "opponent", "against": [_place(s) for s in main]})
        edges += (_place(s) | {"kind": "refutation", "against": [_place(view)]} for s in answers)
    kinds = {"claim": claims, "central": main, "counter": views}
    units = [
        {"start": start, "end": end}
        | {key: any(span.meets(start, end) for span in found) for key, found in kinds.items()}
        for start, end in _units(reading(text))
    ]
    return {"id": name, "text": text, "units": units, "counterpoints": edges}


def _units(source: Reading) -> Iterator[tuple[int, int]]:
    for block in source.blocks:
        if block.kind != "heading":
            yield from sentences(source.text, block, source.language)


def _place(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def pairs() -> list[Row]:
    """Posts with their replies as the harness reads them."""
    rows = []
    for part in (TEXTS / "pairs.txt").read_text(encoding="utf-8").split("#doc ")[1:]:
        name, raw = part.split("\n", 1)
        (one_, mine), (two, theirs) = (
            bare(text.strip("\n")) for text in raw.split("#A\n")[1].split("\n#B\n")
        )
        found = [
            {"claim": {"doc": "A", **_place(a)}, "counterpoint": {"doc": "B", **_place(b)}}
            for b in theirs
            for a in mine
            if a.tag[1:] == b.tag[1:2] or ("~m" in b.tag and a.tag[0] == "m")
        ]
        documents = [{"id": "A", "text": one_}, {"id": "B", "text": two}]
        rows.append({"id": name.strip(), "documents": documents, "gold": found})
    return rows


def seeds() -> Iterator[tuple[Reading, list[int]]]:
    """Sample readings with the places where their claims begin."""
    for part in (TEXTS / "seeds.txt").read_text(encoding="utf-8").split("#doc ")[1:]:
        name, *openings = part.strip().split("\n")
        source = one(SEEDS / name)
        yield source, [source.text.index(opening) for opening in openings]
