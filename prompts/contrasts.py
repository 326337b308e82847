"""Contrasts: whether what a clause tells or grants is met by what stands after it."""

from itertools import pairwise

from prompts.clauses import Clause, Outline, Sentence

EARLY = 9  # a "however" between commas replies if it stands among the first words

SHORT = 4  # words of a clause
CURT = 5  # tokens of "It will not."


def after(doc: Outline, k: int) -> list[Sentence]:
    """The two sentences after one, in its paragraph; after its last the next paragraph's first."""
    par, rest = doc.sentences[k].par, doc.sentences[k + 1 : k + 3]
    near = [sentence for sentence in rest if sentence.par == par]
    if near or doc.sentences[k].whole.opens("opposite"):
        return near
    return [sentence for sentence in rest[:1] if sentence.par == par + 1]


def answers(doc: Outline, rest: tuple[Clause, ...], k: int) -> bool:
    """A contrast follows, in the rest of the sentence `k` or at the head of one of the next."""
    if any(part.opens("reply") for part in rest):
        return True
    heads = [sentence.clauses[0] for sentence in after(doc, k)[: 1 if rest else 2]]
    return any(
        head.opens("reply") or (head.has("midcontrast") and interposed(doc, doc.words(head)))
        for head in heads
    )


def other_hand(doc: Outline, rest: tuple[Clause, ...], k: int) -> bool:
    """The other side follows: "On one hand it is cheap. On the other hand ..." """
    heads = (*rest, *(sentence.clauses[0] for sentence in after(doc, k)))
    return any(clause.opens("opposite") for clause in heads)


def within(doc: Outline, clause: Clause, told: Clause) -> bool:
    """A view that is told goes on: "... but will not last", "... but that it will not", "not a
    deal, but a mistake"."""
    words, known = doc.words(clause), doc.cues.known
    if words[0] not in known("butting") or len(words) < SHORT:
        return False
    # "..., but that plan is a mistake" goes on with no that-clause (#3).
    verbs, that = known("auxiliaries"), doc.cues.sets["that"]
    goes_on = words[1] in that and words[2] not in verbs and told.has("that")
    if words[1] in known("rather"):  # "They say that it should not X, but instead should Y"
        return told.has("negate")
    return goes_on or words[1] in verbs or (told.has("negate") and words[1] in known("article"))


def interposed(doc: Outline, words: list[str]) -> bool:
    """ "Curiously, however, there are ...", "The fee, however, is ..." """
    marks = doc.cues.known("interposed")
    for at, mark in enumerate(words[1 : EARLY + 2], 1):
        if mark in marks:
            return mark != "though" or (words[at - 1] == "," and words[at + 1 : at + 2] == [","])
    return False


def belied(before: Sentence, sentence: Sentence) -> bool:
    """ "The firm says it cares. Its books say otherwise", "It is tempting to wait. We must not":
    what is told, or may be thought, is turned down without a contrast; "That is false" turns
    anything down."""
    clause, whole = sentence.clauses[0], before.whole
    if "falsifies" in clause.opening:
        return True
    denies = "disbelief" in clause.opening
    if not (denies or "belies" in clause.counts):
        return False
    if whole.has("i", "we", "stance") or any(part.opens("reply") for part in before.clauses):
        return False
    curt = denies and clause.last - clause.first <= CURT
    return whole.has("report", "argued") or (curt and whole.opens("concede"))


def passing(doc: Outline, clause: Clause) -> bool:
    """ "A rule which may help some is a rule", "If he ruled, we would obviously mind": what is said
    in passing or only supposed grants nothing."""
    words, known = doc.words(clause), doc.cues.known
    if words[0] in known("supposing"):
        return True
    who, may = known("whose"), known("may")
    inner = sum(a in who and b in may for a, b in pairwise(words))
    return 0 < inner >= clause.counts.get("granting", 0) and not clause.has("grant")
