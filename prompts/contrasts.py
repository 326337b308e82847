"""Contrasts: whether what a clause tells or grants is met by what stands after it."""

from collections.abc import Sequence

from prompts.clauses import Clause, Outline, Sentence
from prompts.cues import word_set
from prompts.holders import ARTICLES

EARLY = 9  # a "however" between commas replies if it stands among the first words

VERBS = word_set("do does did is are was were will would has have had can could must may might")
SHORT = 4  # words of a clause


def after(doc: Outline, k: int) -> list[Sentence]:
    """The two sentences after one, in its paragraph; after its last the next paragraph's first."""
    par, rest = doc.sentences[k].par, doc.sentences[k + 1 : k + 3]
    near = [sentence for sentence in rest if sentence.par == par]
    if near or doc.sentences[k].whole.opens("opposite"):
        return near
    return [sentence for sentence in rest[:1] if sentence.par == par + 1]


def answers(doc: Outline, rest: tuple[Clause, ...], after: Sequence[Sentence]) -> bool:
    """A contrast follows, in the same sentence or at the head of one of the next."""
    if any(part.opens("reply") for part in rest):
        return True
    heads = [sentence.clauses[0] for sentence in after[: 1 if rest else 2]]
    return any(
        head.opens("reply") or (head.has("midcontrast") and interposed(doc.words(head)))
        for head in heads
    )


def clouds(clause: Clause, after: Sequence[Sentence]) -> bool:
    """ "I understand that it helps. Unfortunately, it is dear": what somebody owns to is met by
    any contrast."""
    met = bool(after) and after[0].clauses[0].opens("clouds")
    return met and clause.has("i", "we") and clause.opens("concede")


def other_hand(rest: tuple[Clause, ...], after: Sequence[Sentence]) -> bool:
    """The other side follows: "On one hand it is cheap. On the other hand ..." """
    heads = (*rest, *(sentence.clauses[0] for sentence in after))
    return any(clause.opens("opposite") for clause in heads)


def within(words: list[str], told: Clause) -> bool:
    """A view that is told goes on: "... but will not last", "... but that it will not", "not a
    deal, but a mistake"."""
    if words[0] != "but" or len(words) < SHORT:
        return False
    that = words[1] == "that" and words[2] not in VERBS
    return that or words[1] in VERBS or (told.has("negate") and words[1] in ARTICLES)


def interposed(words: list[str]) -> bool:
    """ "Curiously, however, there are ...", "The fee, however, is ..." """
    for mark in ("however", "though", "nevertheless", "nonetheless"):
        if mark in words[1 : EARLY + 2]:
            at = words.index(mark)
            return mark != "though" or (words[at - 1] == "," and words[at + 1 : at + 2] == [","])
    return False
