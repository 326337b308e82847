"""How often two claims of different readings are called opposed, and how often they are.

    python tests/bench/across.py [SHARED] [--show]

SHARED is the folder with `bench` (../shared). Within a topic: claims of an encyclopaedia and lines
of debaters whose side is known; a pair is right if its claims stand on different sides. Across
topics no pair can be right but by chance, so what is called opposed there should be next to
nothing. `--show` lists the pairs.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from retrieval import BENCH

from prompts.conflicts import Side, opposed, side
from prompts.mine import reading
from prompts.model import Claim, Passage

LEAST = 20  # characters of a claim
SCORE = 0.8  # as of a claim that is posted
Sided = list[tuple[str, bool]]  # what is said, and whether against the topic


def topics(dev: Path) -> dict[str, Sided]:
    """For each topic what is said on it, the topic itself first."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in map(json.loads, (dev / "ibm.jsonl").read_text(encoding="utf-8").splitlines()):
        for claim in row["claims"]:
            text = " ".join(row["text"][claim["start"] : claim["end"]].split())
            found[row["meta"]["topic"]][text] = claim["stance"] == "CON"
    lines = (dev / "perspectrum.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        for name in ("pro", "con"):
            for said in row[name]:
                found[row["claim"]].update({text.strip(): name == "con" for text in said})
    return {
        topic: [(topic, False), *((text, con) for text, con in said.items() if len(text) > LEAST)]
        for topic, said in found.items()
    }


def _side(text: str) -> Side:
    source = reading(text)
    return side(Claim(Passage(source, 0, len(text)), SCORE, motion=text))


def main() -> None:
    shared = next((Path(a) for a in sys.argv[1:] if not a.startswith("-")), BENCH.parent)
    dev = shared / "bench" / "data" / "dev"
    if not dev.is_dir():
        sys.exit(f"{dev} is not here: nothing measured")
    known = topics(dev)
    sides = {topic: [_side(text) for text, _ in said] for topic, said in known.items()}
    right: list[bool] = []
    for topic, said in known.items():
        for k, (text, con) in enumerate(said):
            for met in opposed(sides[topic][k : k + 1], sides[topic][k + 1 :]):
                other, against = said[k + 1 + met.theirs]
                right.append(con != against)
                if "--show" in sys.argv:
                    print("right" if right[-1] else "WRONG", text, "|", other)
    print(f"within topics: {sum(right)} of {len(right)} stand on different sides")
    names = list(known)
    count = sum(
        len(opposed(sides[a], [one for b in names[k + 1 :] for one in sides[b]]))
        for k, a in enumerate(names)
    )
    print(f"across topics: {count} called opposed")


if __name__ == "__main__":
    main()
