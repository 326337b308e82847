"""Sides and folds by weights that have not seen the motion: what is measured must not be learnt."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import train_stance as training

from prompts.bearing import words
from prompts.stance import Motion, leaning, stance

FOLDS = 5
TWINS = 0.4  # the share of two motions' words in common from which they are one


def folds(motions: Sequence[str]) -> dict[str, int]:
    """The fold of each motion; those that say nearly the same share one."""
    known = sorted(set(motions))
    bags = {motion: frozenset(words(motion)) for motion in known}
    first: dict[str, str] = {}
    for motion in known:
        twin = next((o for o in first if _alike(bags[motion], bags[o])), motion)
        first[motion] = first.get(twin, motion)
    order = {motion: n % FOLDS for n, motion in enumerate(sorted(set(first.values())))}
    return {motion: order[first[motion]] for motion in known}


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= TWINS * len(a | b) if a | b else True


class Judge:
    """Stance by weights that have not seen the motion; a motion of no fold gets fold 0's."""

    def __init__(self, data: Path) -> None:
        found = training.examples(data)
        self.fold = folds([motion for motion, *_ in found])
        fold = np.array([self.fold[motion] for motion, *_ in found])
        label, counts = (np.array([row[k] for row in found], float) for k in (2, 3))
        given = training.rows(found)
        self.tables = [
            training.kept(
                training.train(given.of(fold != k), label[fold != k], counts[fold != k])
            ).tolist()
            for k in range(FOLDS)
        ]

    def __call__(self, motion: Motion, text: str) -> float:
        return stance(motion, text, self._table(motion))

    def leaning(self, motion: Motion, text: str) -> float:
        """The same as odds on a logarithmic scale."""
        return leaning(motion, text, self._table(motion))

    def _table(self, motion: Motion) -> list[int]:
        return self.tables[self.fold.get(motion.text, 0)]
