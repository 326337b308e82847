"""Fits what a claim's score means: the probability that a reader calls the sentence a claim.

    python tests/bench/calibrate.py [--write]

For each genre two numbers, a slope and an offset on the log-odds, fitted on the marked texts of
`texts/` and held near 1 and 0, since they are few. `--write` puts them where the engine reads them.
"""

import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from marked import KINDS, marked, seeds

from prompts.claims import weighed
from prompts.clauses import outline
from prompts.genres import Genre, genre
from prompts.mine import reading
from prompts.model import Reading, Voice
from prompts.voices import voices

TABLE = Path(__file__).parents[2] / "prompts" / "weights" / "claims.toml"
HELD = 7.0  # how firmly slope and offset are held
STEPS, RATE = 4000, 0.002
BINS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
HEAD = """\
# What a claim's score means, by genre: slope and offset on the log-odds of genres.py.
# Written by tests/bench/calibrate.py from the marked texts beside it; MIT, like the rest.
"""
Sample = tuple[float, bool]  # log-odds of the weights, and whether a reader calls it a claim


def samples() -> Iterator[tuple[Genre, Sample]]:
    """The author's sentences of all marked texts."""
    for kind in KINDS:
        for _, text, spans in marked(kind):
            claims = [span for span in spans if span.tag[0] in "cm"]
            source = reading(text)
            yield from _read(
                source, lambda a, b, found=claims: any(span.meets(a, b) for span in found)
            )
    for source, starts in seeds():
        yield from _read(source, lambda a, b, found=starts: any(a <= s < b for s in found))


def _read(source: Reading, is_claim) -> Iterator[tuple[Genre, Sample]]:  # type: ignore[no-untyped-def]
    doc = outline(source)
    known = genre(doc)
    for row in weighed(doc, voices(doc), known):
        if row.voice is Voice.AUTHOR:
            sentence = doc.sentences[row.sentence]
            yield known, (row.score, is_claim(sentence.start, sentence.end))


def fit(found: list[Sample]) -> tuple[float, float]:
    """Slope and offset by gradient ascent on the likelihood."""
    slope, offset = 1.0, 0.0
    for _ in range(STEPS):
        errors = [(right - _sure(slope * z + offset), z) for z, right in found]
        slope += RATE * (sum(e * z for e, z in errors) - HELD * (slope - 1))
        offset += RATE * (sum(e for e, _ in errors) - HELD * offset)
    return round(slope, 2), round(offset, 2)


def _sure(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def main() -> None:
    found: dict[Genre, list[Sample]] = {}
    for known, sample in samples():
        found.setdefault(known, []).append(sample)
    lines = [HEAD]
    for known, rows in sorted(found.items()):
        slope, offset = fit(rows)
        lines.append(f'["{known.value}"]\nslope = {slope}\noffset = {offset}\n')
        print(f"{known.value}: {len(rows)} sentences, slope {slope}, offset {offset}")
        _table([(_sure(slope * z + offset), right) for z, right in rows])
    if "--write" in sys.argv:
        TABLE.write_text("\n".join(lines), encoding="utf-8")


def _table(rows: list[Sample]) -> None:
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in rows if low <= p < high or p == high == 1]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            print(f"  {low:.2f}-{high:.2f} n={len(inside):3} said {mean:.2f} right {share:.2f}")


if __name__ == "__main__":
    main()
