"""Which few sentences show what a side said: those that stand for the others (facility location).

Sums of many faint likenesses would let long sentences win, so likeness counts by a root. What an
earlier choice stands for already counts no more, and what is like it counts less. Measured beside
it and left out, since neither covered more: word vectors (GloVe) and sentence vectors (MiniLM),
whatever their weight; and a slot kept for the rarest sentence. Counting a sentence less that keeps
the company of those chosen, or is of a group that one of them is of, raises rare points (.587 to
.598, .601) and lowers cover (.825 to .817): two in five of the last places go to what is no key
point to those who judged, and nothing in the words tells which.
"""

from collections.abc import Sequence

from prompts.grouping import Group
from prompts.likeness import Vector, neighbours

ROOT = 0.7  # what a likeness is raised to
PLAIN = 2.0  # how much a sentence that stands alone well is preferred
FRESH = 2.0  # how much a sentence unlike those chosen is preferred
SAMPLE = 600  # sentences that are compared all with all


def chosen(vectors: Sequence[Vector], clear: Sequence[float], shown: int) -> Group:
    """Up to `shown` positions, best first. `clear` weighs each: 0 never, 1 gladly."""
    stride = max(1, -(-len(vectors) // SAMPLE))
    sample = range(0, len(vectors), stride)
    near = _near([vectors[i] for i in sample])
    weight = [clear[i] ** PLAIN for i in sample]
    stands = [0.0] * len(sample)  # how well each is stood for by what is chosen
    new = [1.0] * len(sample)  # how unlike it all: a rare point tells more than a large one again
    found: Group = []
    while len(found) < min(shown, len(sample)):
        gains = [
            weight[i] * new[i] ** FRESH * sum(max(0.0, x - stands[j]) for j, x in near[i].items())
            for i in range(len(sample))
        ]
        best = max((i for i in range(len(sample)) if i not in found), key=lambda i: (gains[i], -i))
        found.append(best)
        for j, x in near[best].items():
            stands[j] = max(stands[j], x)
            new[j] = min(new[j], 1 - x) if j != best else new[j]
    return [sample[i] for i in found]


def _near(vectors: Sequence[Vector]) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{i: 1.0} for i in range(len(vectors))]
    for i, earlier in enumerate(neighbours(vectors)):
        for j, x in sorted(earlier.items()):
            near[i][j] = near[j][i] = x**ROOT
    return near
