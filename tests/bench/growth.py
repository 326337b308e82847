"""How the time of a summary grows with the number of replies: `make bench-growth`.

    python tests/bench/growth.py [PICTURE.svg]

Prints CPU seconds and the memory's peak for 100 to 10,000 made-up replies, and how much faster
than n log n the time grew from the first to the last (1 or less: not faster). The picture has both
axes as logarithms, with n log n through the first measurement beside what was measured.
"""

import argparse
import math
import random
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.chart import png
from prompts.model import Remark, Stance
from prompts.summary import sum_up

SIZES = (100, 300, 1000, 3000, 10_000)
WORDS = """animal cage cruel suffer elephant tiger species extinct breeding condor children learn
wildlife school ticket family money cost science vet research habitat forest poacher tourist bored
ocean whale law city local job visit weekend fund conserve rescue release island bird trade farm
keeper feed birth space climate winter noise walk museum film story rare hunter""".split()  # noqa: SIM905 - prose reads better
PAIR = tuple[int, float]
WIDTH, HEIGHT, EDGE = 720, 480, 70


def replies(count: int, seed: int = 7) -> list[Remark]:
    """Replies of two sentences by a third as many people, on two sides."""
    rng = random.Random(seed)  # noqa: S311 - made-up replies
    sides = (Stance.FOR, Stance.AGAINST)
    return [
        Remark(f"r{n}", f"p{n // 3}", f"{_sentence(rng)} {_sentence(rng)}", sides[n // 3 % 2])
        for n in range(count)
    ]


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(5, 9))).capitalize() + "."


def spent(count: int) -> float:
    """CPU seconds of one digest."""
    remarks = replies(count)
    start = time.process_time()
    sum_up("Zoos should be closed", remarks)
    return time.process_time() - start


def growth(found: Sequence[PAIR]) -> float:
    """How much more the time grew than n log n did, from the first to the last."""
    (few, first), (many, last) = found[0], found[-1]
    return (last / first) / (many * math.log(many) / (few * math.log(few)))


def plotted(found: Sequence[PAIR]) -> str:
    """The picture, as SVG."""
    few, first = found[0]
    rule = [(n, first * n * math.log(n) / (few * math.log(few))) for n, _ in found]
    places = [*found, *rule]
    low, high = (f(t for _, t in places) for f in (min, max))

    def spot(n: int, t: float) -> tuple[float, float]:
        across = math.log(n / few) / math.log(found[-1][0] / few)
        up = math.log(t / low) / math.log(high / low)
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    return "".join(_drawn(found, rule, spot))


def _drawn(found: Sequence[PAIR], rule: Sequence[PAIR], spot) -> Iterator[str]:  # type: ignore[no-untyped-def]  # a function of this file's own
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    for name, row, colour in (("n log n", rule, "#57606a"), ("measured", found, "#1f6fb2")):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (spot(*pair) for pair in row))
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="3"/>'
        x, y = spot(*row[len(row) // 2])
        down = 24 if name == "measured" else -14
        yield _text(x, y + down, name, colour)
    for n, t in found:
        x, y = spot(n, t)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#1f6fb2"/>'
        yield _text(x, HEIGHT - EDGE / 2, f"{n:,}", "#1b1f24")
        yield _text(x, y - 12, f"{t:.2f} s", "#1b1f24")
    yield _text(WIDTH / 2, 30, "CPU seconds by number of replies", "#1b1f24")
    yield "</svg>"


def _text(x: float, y: float, words: str, colour: str) -> str:
    style = f'font-family="DejaVu Sans" font-size="16" text-anchor="middle" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{words}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("picture", nargs="?", type=Path, help="an .svg; a .png is put beside it")
    chosen = parser.parse_args()
    spent(SIZES[0])  # what is read once is read before
    found = []
    for size in SIZES:
        found.append((size, min(spent(size) for _ in range(3 if size <= 1000 else 1))))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:7,} replies  {found[-1][1]:8.3f} CPU s  peak {peak:6.0f} MB")
    print(f"{growth(found):.2f} times the growth of n log n")
    if chosen.picture:
        chosen.picture.write_text(plotted(found), encoding="utf-8")
        chosen.picture.with_suffix(".png").write_bytes(png(plotted(found)))


if __name__ == "__main__":
    main()
