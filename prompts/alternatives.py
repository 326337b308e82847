"""Rejected alternatives inside one sentence: "rather than A, B"; "not A but rather B"."""

from collections.abc import Iterator

from prompts.clauses import Outline, Sentence

Span = tuple[int, int]
# "not A but B" where the second word of the pair says it by itself: nicht/sondern, no/sino
PAIRS = {
    "de": (frozenset(("nicht", "kein", "keine", "keinen")), "sondern"),
    "fr": (frozenset(("pas", "point")), "mais"),
    "es": (frozenset(("no",)), "sino"),
}
SURE = frozenset(("sondern", "sino"))
INSTEAD = frozenset(("rather", "instead", "plutôt"))
ONLY = frozenset(
    (
        "nur",
        "bloß",
        "allein",
        "seulement",
        "uniquement",
        "solo",
        "sólo",
        "solamente",
        "only",
        "just",
        "merely",
        "simply",
        "necessarily",
        "all",
        "a",
        "sure",
        "always",
    )
)
ADDS = frozenset(
    ("auch", "aussi", "también", "encore", "also", "too", "even", "because", "still", "for")
)


def alternatives(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    """Pairs of what is turned down and what is put in its place, as code-point spans."""
    whole = sentence.whole
    if "instead" in whole.opening:
        yield from _instead(doc, sentence)
    elif _pair(doc)[1] in doc.tokens.words[whole.first : whole.last]:
        yield from _not_but(doc, sentence)


def _instead(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    at = whole.opening["instead"]
    english = doc.reading.language.lower().startswith("en")
    if english and words[at - 1] not in ("than", "of"):
        return
    comma = next((k for k in range(at, whole.last) if words[k] == ","), None)
    if comma is None or comma - at < 3 or whole.last - comma < 5:
        return
    begin = next(k for k in range(whole.first, at) if words[k][0].isalnum())
    yield _span(doc, at - 2 if english else begin, comma), (doc.tokens.starts[comma + 1], whole.end)


def _not_but(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    nots, turn = _pair(doc)
    but = next((k for k in range(whole.first + 3, whole.last - 2) if words[k] == turn), None)
    if but is None or words[but + 1] in ADDS:
        return
    no = next((k for k in range(but - 1, max(whole.first, but - 18), -1) if words[k] in nots), None)
    if no is None or but - no < 3 or words[no + 1] in ONLY or not _parallel(words, no, but):
        return
    if any(mark in words[no:but] for mark in ";:.") or words[no + 1 : but].count(",") > 1:
        return
    end = but if words[but - 1] != "," else but - 1
    begin = but + 2 if words[but + 1] in INSTEAD else but + 1
    yield _span(doc, no, end), (doc.tokens.starts[begin], whole.end)


def _pair(doc: Outline) -> tuple[frozenset[str], str]:
    return PAIRS.get(doc.reading.language.lower()[:2], (frozenset(("not",)), "but"))


def _parallel(words: list[str], no: int, but: int) -> bool:
    """Both halves begin alike ("not to A but to B"), or "but rather" says so."""
    if words[but + 1] in INSTEAD or words[but] in SURE:
        return True
    return words[but + 1] in words[no + 1 : no + 3] and words[but + 1] not in ("it", "they", "i")


def _span(doc: Outline, first: int, last: int) -> Span:
    return doc.tokens.starts[first], doc.tokens.end(last - 1)
