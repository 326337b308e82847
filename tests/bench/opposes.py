"""How often /counter dares to name a side, and how often it is right, where the side is known.

    python tests/bench/opposes.py [SHARED]

SHARED is the folder with `bench-retrieval` and `bench` (../shared). Lines: each perspective is a
reading of one line, and each claim is judged by weights that have not seen its motion; claims of an
encyclopaedia likewise, by the weights as shipped. Essays: short essays for and against on each of
some two dozen issues; the claim is what one of them argues for, all of them are the readings, and
nobody's weights have seen them. "Own side" is what a passage is that argues for the claim.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexed import of, over
from retrieval import BENCH
from unseen import Judge

from prompts import opposing
from prompts.bearing import about
from prompts.concordance import concordance
from prompts.engine import analyse
from prompts.ground import Ground, ground
from prompts.index import Index
from prompts.mine import reading
from prompts.model import Passage, Reading, Verdict
from prompts.rank import ranked
from prompts.stance import stance
from prompts.together import cautious

Sided = Callable[[Passage], bool | None]  # whether a passage opposes; None where nobody said
Case = tuple[str, Sided]


@dataclass
class Tally:
    """What was answered, and of the first passage where its side is known, whether it opposes."""

    verdicts: Counter[Verdict]
    right: dict[Verdict, list[bool]]

    def __str__(self) -> str:
        count = sum(self.verdicts.values())
        return "  ".join(
            f"{v.value} {self.verdicts[v] / count:.3f} of {count}"
            f" ({sum(self.right[v])} of {len(self.right[v])} oppose)"
            for v in Verdict
        )


def tally(cases: Sequence[Case], index: Index, ground: Ground, judge: Judge | None = None) -> Tally:
    out = Tally(Counter(), defaultdict(list))
    for claim, sided in cases:

        def speaks(found: Sequence[Passage], claim: str = claim) -> list[float]:
            return cautious(claim, [p.text for p in found], judge or stance)

        found = opposing.counter(
            claim, None, ground, index.search(claim, shares=about(claim)), index.weight, (), speaks
        )
        out.verdicts[found.verdict] += 1
        known = [side for p in found.passages if (side := sided(p)) is not None]
        out.right[found.verdict] += known[:1]
    return out


def lines(folder: Path) -> tuple[list[Case], Index]:
    """The perspectives as readings of a line each, and the claims with the sides that are known."""
    rows = {r["doc_id"]: r["text"] for r in _rows(folder / "corpus.jsonl")}
    sides: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in _rows(folder / "gold" / "qrels.jsonl"):
        sides[row["query_id"]][rows[row["doc_id"]]] = row["rel"] == "opposing"
    claims = [(r["text"], sides[r["query_id"]]) for r in _rows(folder / "queries.jsonl")]
    return [(claim, _line(known)) for claim, known in claims], _index(rows.values())


def _line(known: dict[str, bool]) -> Sided:
    return lambda passage: known.get(passage.text)


def _index(texts: Sequence[str]) -> Index:
    sources = [reading(text, f"{n}.txt") for n, text in enumerate(texts)]
    return of(Passage(source, 0, len(source.text)) for source in sources)


def encyclopaedia(path: Path) -> dict[str, dict[str, bool]]:
    """For each motion the claims about it, and whether each opposes it."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in _rows(path):
        for claim in row["claims"]:
            text = " ".join(row["text"][claim["start"] : claim["end"]].split())
            found[row["meta"]["topic"]][text] = claim["stance"] == "CON"
    return found


def essays(path: Path) -> tuple[list[Case], list[Reading]]:
    """Essays on issues, and what each argues for as a claim against the others on its issue."""
    rows = [row for row in _rows(path) if row["meta"].get("stance") in ("pro", "con")]
    found = {row["id"]: reading(row["text"], f"{row['id']}.txt") for row in rows}
    by_digest = {found[row["id"]].digest: row for row in rows}
    cases = [(_thesis(row), _essay(row, by_digest)) for row in rows]
    return [(claim, sided) for claim, sided in cases if claim], list(found.values())


def _thesis(row: dict) -> str:  # type: ignore[type-arg]
    return next((row["text"][c["start"] : c["end"]] for c in row["claims"]), "")


def _essay(row: dict, by_digest: dict[str, dict]) -> Sided:  # type: ignore[type-arg]
    """A passage opposes if its essay does, unless it stands in the part given to the opponent."""

    def opposes(passage: Passage) -> bool | None:
        its = by_digest[passage.reading.digest]
        if its["meta"]["topic"] != row["meta"]["topic"]:
            return False  # beside the issue is wrong, too
        met = [u for u in its["units"] if u["start"] < passage.end and passage.start < u["end"]]
        told = {bool(unit["counter"]) for unit in met}
        if len(told) != 1:
            return None  # both voices stand in it
        return (its["meta"]["stance"] != row["meta"]["stance"]) != told.pop()

    return opposes


def _rows(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)


def claims_of_motions(found: dict[str, dict[str, bool]]) -> str:
    """Motion -> opposing claim of an encyclopaedia, and the side of each claim, by the weights."""
    texts = [text for claims in found.values() for text in claims]
    documents = [json.dumps({"doc_id": text, "text": text}) for text in texts]
    queries = [json.dumps({"query_id": motion, "text": motion}) for motion in found]
    first = [json.loads(line)["ranked"][:1] for line in ranked(documents, "counter", queries)]
    known = [
        claims.get(top[0]) if top else None
        for claims, top in zip(found.values(), first, strict=True)
    ]
    sided = [
        (stance(motion, text) < 0.5) == opposes
        for motion, claims in found.items()
        for text, opposes in claims.items()
    ]
    return (
        f"opp@1 {known.count(True) / len(known):.3f}  wrong_side@1 "
        f"{known.count(False) / len(known):.3f} of {len(known)}   "
        f"side of a claim {sum(sided) / len(sided):.3f} of {len(sided)}"
    )


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH.parent
    dev = shared / "bench" / "data" / "dev"
    if not dev.is_dir():
        sys.exit(f"{dev} is not here: nothing measured")
    found = encyclopaedia(dev / "ibm.jsonl")
    print("encyclopaedia       ", claims_of_motions(found), flush=True)
    cases = [(motion, _line(claims)) for motion, claims in found.items()]
    index = _index([text for claims in found.values() for text in claims])
    print("  /counter          ", tally(cases, index, EMPTY), flush=True)
    cases, sources = essays(dev / "micro1.jsonl")
    material = ground([concordance(source, analyse(source)) for source in sources], ())
    print("essays              ", tally(cases, over(sources), material), flush=True)
    bench = shared / "bench-retrieval" / "data"
    cases, index = lines(bench / "perspectrum_counter")
    print("lines               ", tally(cases, index, EMPTY, Judge(bench)), flush=True)


EMPTY = ground((), ())

if __name__ == "__main__":
    main()
