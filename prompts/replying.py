"""Which passage answers another: near to it, to little else, put like a reply, and to this one.

A reply answers one argument, so the arguments around it are rivals: what is near to all of them
goes to the one that it fits best.

The weights were set by hand in coarse steps, with an eye on debates; none is fitted.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

from prompts.corpus import CROWD as AROUND
from prompts.corpus import Corpus, Vector, dot
from prompts.manner import HEAD, style

CLOSE = 60  # documents that are looked at closely
RANK, FIRST, CROWD, HEADS, OPENING = -0.5, 2.0, -10.0, 5.0, 4.0
STYLE, LENGTH, THESIS, MANNER = 1.0, -2.0, -4.0, 0.5
HEADLINE, HEADED = -3.0, 0.5  # what a headline counts for over a reply, and over a rival argument
FITS = 8.0  # what the nearness of a reply's opening counts for among rivals
RIVALLED = 30  # of the documents that are looked at closely, those whose rivals are looked at
BEHIND = 20.0  # by how much the others come after them
FAR = 60  # the place of a passage among the neighbours of one that does not know it


def answers(
    corpus: Corpus, text: str, asked: Vector, pool: Collection[int], own: int | None
) -> dict[int, float]:
    """How likely each document of a pool answers an argument, as odds on a scale of its own.

    `own` is the argument's number where it is a document itself.
    """
    ranked = [row for row in corpus.nearest(asked, pool) if row[0] != own]
    near, far = ranked[:CLOSE], ranked[CLOSE:]
    head = corpus.read(_head(text))
    length = len(text.split())
    scores = {}
    for place, (number, cosine) in enumerate(near):
        found = corpus.texts[number]
        score = RANK * math.sqrt(place) + STYLE * style(found)
        score += FIRST / (1 + _place(corpus, number, own, cosine))
        score += CROWD * corpus.crowd(number, own)
        score += HEADS * dot(head, corpus.vector(number))
        score += OPENING * dot(asked, corpus.opening(number))
        score += LENGTH * len(found.split()) / (len(found.split()) + length + 1)
        score += MANNER * corpus.manner(number) + HEADLINE * corpus.heads(number)
        scores[number] = score + THESIS * corpus.thesis(number)
    least = min(scores.values(), default=0.0)
    scores |= {number: least - 1 + x for number, x in far}
    argument = _Argument(head, asked, corpus.put(text), corpus.headlines.heads(text))
    return _won(corpus, argument, scores, own)


@dataclass(frozen=True, slots=True)
class _Argument:
    """An argument that may be answered: its first words, all its words, and how it is put."""

    head: Vector
    said: Vector
    manner: float
    headed: bool

    def fits(self, corpus: Corpus, number: int) -> float:
        """How well a document's words fit this argument's opening, and its opening this one."""
        heads = HEADS * dot(self.head, corpus.vector(number))
        put = HEADED * self.headed - MANNER * self.manner
        return heads + FITS * dot(self.said, corpus.opening(number)) + put


def _won(
    corpus: Corpus, argument: _Argument, scores: dict[int, float], own: int | None
) -> dict[int, float]:
    """The scores, each less what the rivals around the document take away."""
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    out = {number: scores[number] - BEHIND for number in ranked[RIVALLED:]}
    for number in ranked[:RIVALLED]:
        mine = argument.fits(corpus, number)
        around = [other for other, _ in corpus.neighbours(number)[:AROUND] if other != own]
        rivals = (_argument(corpus, other).fits(corpus, number) for other in around)
        taken = math.log(1 + sum(math.exp(theirs - mine) for theirs in rivals))
        out[number] = scores[number] - taken
    return out


def _argument(corpus: Corpus, number: int) -> _Argument:
    put = corpus.manner(number), corpus.heads(number)
    return _Argument(corpus.head(number), corpus.vector(number), *put)


def _head(text: str) -> str:
    return " ".join(text.split()[:HEAD])


def _place(corpus: Corpus, number: int, own: int | None, cosine: float) -> int:
    """How many documents are nearer to a document than the argument is."""
    nearer = sum(x > cosine for other, x in corpus.neighbours(number) if other != own)
    return nearer if nearer < len(corpus.neighbours(number)) else FAR
