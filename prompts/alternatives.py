"""What one sentence turns down: "rather than A, B"; "not A but B"; "the idea that A is wrong"."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from prompts.clauses import Outline, Sentence
from prompts.edges import Denial, edges

VERBS = ("finite", "deontic", "haveto")
LEAST = 3  # words of a view that is named and turned down
WHY = frozenset(";:–—") | {"because", "since"}  # what a reason begins with
Span = tuple[int, int]


def alternatives(doc: Outline, sentence: Sentence) -> Iterable[tuple[Span, Span]]:
    """Pairs of what is turned down and what is put in its place, as code-point spans."""
    whole = sentence.whole
    if "instead" in whole.opening:
        return _instead(doc, sentence)
    if "notion" in whole.counts or ("notions" in whole.counts and "spurns" in whole.counts):
        return _spurned(doc, sentence)
    if edges(doc.reading.language).denial.but in doc.tokens.words[whole.first : whole.last]:
        return _not_but(doc, sentence)
    return ()


def _instead(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    at = whole.opening["instead"]
    aloof = doc.cues.known("aloof")
    comma = _main(doc, sentence, at)
    if words[at] in doc.cues.known("adding"):  # "Rather than just look at it, ..."
        return
    if comma is None or comma - at < 3 or whole.last - comma < 5:
        return
    heads = aloof | doc.cues.known("rather") if aloof else words[whole.first : at]
    begin = next(k for k in range(whole.first, at) if words[k] in heads and words[k][0].isalnum())
    if words[begin] != "far" or words[at].endswith("ing"):  # "Far from the town" is a place
        yield _span(doc, begin, comma), (doc.tokens.starts[comma + 1], whole.end)


def _main(doc: Outline, sentence: Sentence, at: int) -> int | None:
    """The comma before the main clause: "Instead of an old, dear road, let us have a new one"."""
    words, last, begins = doc.tokens.words, sentence.whole.last, doc.cues.known("begins")
    commas = [k for k in range(at, last) if words[k] == ","]
    verbs = [hit.first for hit in doc.cues.hits(doc.tokens, at, last) if hit.cue in VERBS]
    for comma, end in pairwise([*commas, last]):
        if words[comma + 1] in begins or any(comma < verb < end for verb in verbs):
            return comma
    return next(iter(commas), None)


def _not_but(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    words, whole = doc.tokens.words, sentence.whole
    own = edges(doc.reading.language).denial
    but = next((k for k in range(whole.first + 3, whole.last - 2) if words[k] == own.but), None)
    if but is None or words[but + 1] in own.adds:
        return
    no = next(
        (k for k in range(but - 1, max(whole.first - 1, but - 18), -1) if words[k] in own.no), None
    )
    if no is None or but - no < 3 or words[no + 1] in own.only:
        return
    if not _parallel(own, words, no, but):
        return
    if any(mark in words[no:but] for mark in ';:."“”') or words[no + 1 : but].count(",") > 1:
        return
    end = but if words[but - 1] != "," else but - 1
    begin = but + 2 if words[but + 1] in own.rather else but + 1
    yield _span(doc, no, end), (doc.tokens.starts[begin], whole.end)


def _parallel(own: Denial, words: list[str], no: int, but: int) -> bool:
    """Both halves begin alike ("not to A but to B"), or "but rather" says so."""
    if own.sure or words[but + 1] in own.rather:
        return True
    return words[but + 1] in words[no + 1 : no + 3] and words[but + 1] not in ("it", "they", "i")


def _spurned(doc: Outline, sentence: Sentence) -> Iterator[tuple[Span, Span]]:
    """ "The idea that X is indefensible, since Y": what is said of X, with the sentence after it
    where that is next to nothing."""
    words, whole = doc.tokens.words, sentence.whole
    found = doc.cues.hits(doc.tokens, whole.first, whole.last)
    notion = next(hit for hit in found if hit.cue in ("notion", "notions"))
    spurns = [hit for hit in found if hit.cue == "spurns" and hit.first > notion.last]
    # "on the footing that a rule was broken": so few words after "that" are a subject only.
    thats = [k + 1 for k in range(notion.first, whole.last) if words[k] in doc.cues.sets["that"]]
    hits = [
        hit
        for hit in spurns
        if hit.first - max([notion.last, *(k for k in thats if k <= hit.first)]) >= LEAST
    ]
    # "The claim that trees are wrong is nonsense": what begins before the verdict is the view's.
    own = [a for a, b in pairwise(hits) if b.first >= a.last] + hits[-1:]
    own = [
        hit for hit in own if words[hit.first - 1] not in doc.cues.known("relative")
    ]  # "all that is wrong"
    if own:
        begin = next(k for k in range(notion.first, notion.last) if words[k][0].isalnum())
        begin = words.index("the", begin, notion.last) if words[begin] == "i" else begin
        begin += words[begin] == "that" and words[begin + 1] == "the"
        verb = own[0].first
        yield _span(doc, begin, verb), (doc.tokens.starts[verb], whole.end)


def corrected(doc: Outline, sentence: Sentence, after: Sentence | None) -> tuple[Span, Span] | None:
    """ "It does not mean X. It means Y", "The issue is not X; it is Y": what is not so, and what
    is, in the same sentence or in the next."""
    words, stop = doc.tokens.words, sentence.whole.last
    begin = _denied(doc, sentence)
    means = not doc.cues.known("meaning").isdisjoint(words[begin - 2 : begin])
    ends = (k for k in range(begin + 1, stop - 2) if _puts_right(doc, words[k - 1], k, means))
    turn = next(ends, None)
    if turn is not None and turn - begin >= LEAST:
        return _span(doc, begin, turn - 1), (doc.tokens.starts[turn], sentence.end)
    if (
        after is None
        or stop - begin <= LEAST
        or not _puts_right(doc, ";", after.whole.first, means)
    ):
        return None
    return (doc.tokens.starts[begin], sentence.end), (after.start, after.end)


def _puts_right(doc: Outline, mark: str, at: int, means: bool) -> bool:
    """ "it is", "they're" after a mark, and no denial; "it means" puts right what is not meant."""
    words, known = doc.tokens.words, doc.cues.known
    corrects, verbs, rather = known("corrects"), known("corrected"), known("rather")
    if mark not in WHY | {",", "-"} or words[at] not in corrects:
        return False
    if means and words[at] not in rather and words[at + 1] not in known("meant"):
        return False
    short = words[at] in verbs | rather
    denied = not known("denying").isdisjoint(words[at + 1 : at + 4])
    return (short or words[at + 1] in verbs) and not denied


def _denied(doc: Outline, sentence: Sentence) -> int:
    """The token after what tells that something is not so, else after the denial."""
    words, whole = doc.tokens.words, sentence.whole
    found = doc.cues.hits(doc.tokens, whole.first, whole.last)
    no, ends = edges(doc.reading.language).denial.no, tuple(doc.cues.known("contracted"))
    stretch = range(whole.first, whole.last)
    plain = (k + 1 for k in stretch if words[k] in no or words[k].endswith(ends))
    return next((hit.last for hit in found if hit.cue == "wards"), next(plain, whole.last))


def _span(doc: Outline, first: int, last: int) -> Span:
    return doc.tokens.starts[first], doc.tokens.end(last - 1)
