"""Rejected alternatives inside one sentence: "rather than A, B"; "not A but rather B"."""

from collections.abc import Iterator

from prompts.clauses import Outline, Sentence

Span = tuple[int, int]
ONLY = frozenset(("only", "just", "merely", "simply", "necessarily", "all", "a", "sure", "always"))
ADDS = frozenset(("also", "too", "even", "because", "still", "for"))


def alternatives(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    """Pairs of what is turned down and what is put in its place, as code-point spans."""
    whole = sentence.whole
    if "instead" in whole.opening:
        yield from _instead(doc, sentence)
    elif "but" in doc.tokens.words[whole.first : whole.last]:
        yield from _not_but(doc, sentence)


def _instead(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    at = whole.opening["instead"]
    if words[at - 1] not in ("than", "of"):
        return
    comma = next((k for k in range(at, whole.last) if words[k] == ","), None)
    if comma is None or comma - at < 3 or whole.last - comma < 5:
        return
    yield _span(doc, at - 2, comma), (doc.tokens.starts[comma + 1], whole.end)


def _not_but(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    but = next((k for k in range(whole.first + 3, whole.last - 3) if words[k] == "but"), None)
    if but is None or words[but + 1] in ADDS:
        return
    no = next(
        (k for k in range(but - 1, max(whole.first, but - 18), -1) if words[k] == "not"), None
    )
    if no is None or but - no < 3 or words[no + 1] in ONLY or not _parallel(words, no, but):
        return
    if any(mark in words[no:but] for mark in ";:.") or words[no + 1 : but].count(",") > 1:
        return
    end = but if words[but - 1] != "," else but - 1
    begin = but + 2 if words[but + 1] in ("rather", "instead") else but + 1
    yield _span(doc, no, end), (doc.tokens.starts[begin], whole.end)


def _parallel(words: list[str], no: int, but: int) -> bool:
    """Both halves begin alike ("not to A but to B"), or "but rather" says so."""
    if words[but + 1] in ("rather", "instead"):
        return True
    return words[but + 1] in words[no + 1 : no + 3] and words[but + 1] not in ("it", "they", "i")


def _span(doc: Outline, first: int, last: int) -> Span:
    return doc.tokens.starts[first], doc.tokens.ends[last - 1]
