"""Which passage answers another: near to it, to little else, and put like a reply.

The weights were set by hand in coarse steps, with an eye on debates; none is fitted.
"""

import math
import re
from collections.abc import Collection

from prompts.corpus import HEAD, Corpus, Vector, dot

CLOSE = 60  # documents that are looked at closely
RANK, FIRST, CROWD, HEADS, OPENING = -0.5, 2.0, -10.0, 5.0, 4.0
STYLE, LENGTH, THESIS = 1.0, -2.0, -4.0
FAR = 60  # the place of a passage among the neighbours of one that does not know it
_OPENS = re.compile(
    r"(?:while|although|though|even if|whilst|just because|this (?:argument|point|is)|it is|it may|"
    r"there is no|there are|if|yes|of course|on the contrary|not|no|however|but|that)\b"
)
_SAYS = re.compile(
    r"\b(?:true that|is true|assumes?|to suggest|suggest that|not necessarily|does not mean|"
    r"(?:no|little) evidence|(?:this|an) argument|argument is|opposition|proposition|even if|"
    r"far from|would still|can still|still be|if anything|not true|no reason|not because|"
    r"just because|merely|questionable|flawed|ignores|absurd|myth|the point|reason why|accept that|"
    r"of course|in fact|simply not|hardly|unlikely|rather than|the assumption)\b"
)


def style(text: str) -> float:
    """How much a passage is put like a reply: it opens by turning to what somebody said, and
    speaks of arguments, evidence and mistakes."""
    low = text.lower().replace("’", "'")
    opens = 0.5 if _OPENS.match(low) else 0.0
    early = 0.25 if _SAYS.search(low[:160]) else 0.0
    return opens + early + 10 * len(_SAYS.findall(low)) / (low.count(" ") + 40)


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
        scores[number] = score + THESIS * corpus.thesis(number)
    least = min(scores.values(), default=0.0)
    return scores | {number: least - 1 + x for number, x in far}


def _head(text: str) -> str:
    return " ".join(text.split()[:HEAD])


def _place(corpus: Corpus, number: int, own: int | None, cosine: float) -> int:
    """How many documents are nearer to a document than the argument is."""
    nearer = sum(x > cosine for other, x in corpus.neighbours(number) if other != own)
    return nearer if nearer < len(corpus.neighbours(number)) else FAR
