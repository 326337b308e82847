"""What finding passages costs: the index, a retrieval, and a whole /counter, beside bare tantivy.

    python tests/bench/searching.py [PASSAGES]

Passages are made of sentences in words that are as rare as words are. Everything is timed in one
run and in CPU time, since machines are shared and noisy; the ratios tell most.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence

from indexed import over

from prompts.ground import ground
from prompts.index import Index
from prompts.library import Found, Library
from prompts.mine import reading
from prompts.model import Passage, Reading
from prompts.readings import Shelf

WORDS, SENTENCES, QUESTIONS = 30_000, 3, 200


def made(passages: int, chance: random.Random) -> list[Reading]:
    """Readings with about so many passages: one for each sentence."""
    common = [1 / (rank + 3) for rank in range(WORDS)]
    names = [f"w{_name(rank)}" for rank in range(WORDS)]
    readings = []
    for number in range(-(-passages // 3000)):
        words = chance.choices(names, common, k=3000 * 20)
        lines = [" ".join(words[k : k + 20]).capitalize() + "." for k in range(0, len(words), 20)]
        blocks = (" ".join(lines[k : k + SENTENCES]) for k in range(0, len(lines), SENTENCES))
        readings.append(reading("\n\n".join(blocks), f"made/{number}.txt"))
    return readings


def _name(rank: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{rank:05d}")


def timed(
    works: Sequence[Callable[[str], object]], questions: Sequence[str]
) -> list[tuple[float, float]]:
    """Milliseconds of this thread's own work, at the median and at the 99th of a hundred.

    Each question is put to all in turn, so that a machine that slows down slows all of them.
    """
    spent: list[list[float]] = [[] for _ in works]
    for question in questions:
        for work, found in zip(works, spent, strict=True):
            start = time.thread_time()
            work(question)
            found.append(1000 * (time.thread_time() - start))
    ordered = map(sorted, spent)
    return [(found[len(found) // 2], found[int(len(found) * 0.99)]) for found in ordered]


def main() -> None:
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(7)  # noqa: S311 - texts, not secrets
    readings = made(passages, chance)
    before, start = _megabytes(), time.process_time()
    index = over(readings)
    spent = time.process_time() - start
    count = len(index.passages)
    print(f"{count} passages, {count / spent:.0f} a CPU second, {_megabytes() - before:.0f} MB")
    questions = [_question(index.passages, chance) for _ in range(QUESTIONS)]
    terms = {q: index.question(q).words for q in questions}
    named: dict[str, Callable[[str], object]] = {
        "bare tantivy": lambda q: index.postings.search(terms[q], 10),
        "retrieval": index.search,
        "/counter": _counter(index, readings),
    }
    found = timed(list(named.values()), questions)
    for name, (half, most) in zip(named, found, strict=True):
        times = half / found[0][0]
        print(f"{name:14} p50 {half:6.2f} ms   p99 {most:6.2f} ms   {times:.1f} x bare p50")


def _question(passages: Sequence[Passage], chance: random.Random) -> str:
    return " ".join(chance.choice(passages).text.split()[3:11])


def _counter(index: Index, readings: Sequence[Reading]) -> Callable[[str], object]:
    library = Library(Shelf(tuple(readings), ()), (), ())
    library.__dict__["_found"] = Found(index, ground((), ()), {})
    library.counter("The weights are read before the clock runs.")
    return library.counter


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
