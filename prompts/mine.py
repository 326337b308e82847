"""The engine for scripts: JSON lines in, JSON lines out; and one reading shown to a person.

Three kinds of line are understood, told apart by their keys:

    {"id", "text"}                                    claims and counterpoints of one text
    {"id", "documents": [{"id", "text"}, {...}]}      what in the second stands against the first
    {"id", "claim", "candidates": [{"id", "text"}]}   candidates for and against a claim, con first

Offsets are code points, the end exclusive. A score of 0.5 and above is asserted. "language" may
stand beside a text; English is assumed. A line that cannot be read gets {"id", "error"}, and the
same words on standard error; the lines after it are answered.
"""

import gc
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TextIO

from prompts.bearing import unframed
from prompts.child import SWEPT
from prompts.conflicts import conflicts
from prompts.corpus import Corpus
from prompts.engine import analyse
from prompts.model import Claim, Counterpoint, Passage, Reading
from prompts.passages import blocks, cite
from prompts.rank import opposed
from prompts.stance import Motion, stance

_UNWRITABLE = re.compile("[\\0\ud800-\udfff]")  # NUL and half of a pair: no store takes them
ASSERTED = 0.5
PAIRS = 400  # the pairs told of two documents, best first
Row = dict[str, Any]


def reading(text: str, key: str = "-", title: str = "", language: str = "en") -> Reading:
    """A reading of a bare text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Reading(key, title or key, text, blocks(text), digest, language=language)


def serve(lines: Iterable[bytes | str], out: TextIO, trouble: TextIO) -> int:
    """Answers lines as they come, one for one; 1 if there was trouble with any of them, else 0."""
    code = 0
    for row in answers(lines):
        out.write(json.dumps(row) + "\n")
        out.flush()
        if "error" in row:
            code = 1
            trouble.write(f"{row['error']}\n")
    return code


def answers(lines: Iterable[bytes | str]) -> Iterator[Row]:
    """One row for each line that is not blank, in the same order. Never raises for a line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number)


def _answer(line: bytes | str, number: int) -> Row:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(data, dict):
        return {"id": None, "error": f"line {number} is not a JSON object"}
    try:
        return {"id": data.get("id"), **_by_mode(data)}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return {"id": data.get("id"), "error": f"line {number}: {_fault(error)}"}


def _fault(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _by_mode(data: Row) -> Row:
    if "text" in data:
        return mono(_text(data["text"]), data.get("language") or "en")
    if "documents" in data:
        return pairs(data["documents"])
    if "claim" in data:
        return {"ranking": rank(_text(data["claim"]), data["candidates"])}
    raise ValueError('neither "text" nor "documents" nor "claim" is there')


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is a string, not {type(value).__name__}")
    bad = _UNWRITABLE.search(value)
    if bad:
        fault = f"the text holds U+{ord(bad.group()):04X} at {bad.start()}"
        raise ValueError(f"{fault}, which is no character of a text; remove it")
    return value


# -- one text ---------------------------------------------------------------------------------


def mono(text: str, language: str = "en") -> Row:
    """Claims and counterpoints of one text as plain data."""
    found = analyse(reading(text, language=language))
    return {
        "claims": [_claim(claim) for claim in found.claims],
        "counterpoints": [_counterpoint(point) for point in found.counterpoints],
    }


def _claim(claim: Claim) -> Row:
    row = {**_span(claim.passage), "score": claim.score, "voice": claim.voice.value}
    return row | {"holder": claim.holder, "motion": claim.motion}


def _counterpoint(point: Counterpoint) -> Row:
    row: Row = {**_span(point.passage), "against": _span(point.against), "score": point.score}
    row |= {"kind": point.kind.value, "voice": point.voice.value, "holder": point.holder}
    return row | {"answer": _span(point.answer) if point.answer else None}


def _span(passage: Passage) -> Row:
    return {"start": passage.start, "end": passage.end}


# -- two texts --------------------------------------------------------------------------------


def pairs(documents: list[Row]) -> Row:
    """What in the second document stands against what in the first, best first."""
    if len(documents) != 2:
        raise ValueError(f"two documents are compared, not {len(documents)}")
    first, second = (analyse(reading(_text(row["text"]))) for row in documents)
    one, two = documents[0]["id"], documents[1]["id"]
    return {
        "pairs": [
            {
                "claim": {"doc": one, **_span(row.claim.passage)},
                "counterpoint": {"doc": two, **_span(row.counterpoint.passage)},
                "score": row.score,
            }
            for row in conflicts(first, second)[:PAIRS]
        ]
    }


# -- candidates -------------------------------------------------------------------------------


def rank(claim: str, candidates: list[Row]) -> list[Row]:
    """Candidates by how surely they speak to the claim and against it, best first."""
    corpus = _heap(tuple(_text(row["text"]) for row in candidates))
    heard = Motion(claim)
    sides = {text: stance(heard, text) for text in corpus.texts}
    near = dict(corpus.search(corpus.read(unframed(claim)), max(1, len(candidates))))
    scores = opposed(corpus, claim, sides.__getitem__, range(len(candidates)), near)
    rows = [
        {
            "id": row["id"],
            "score": round(max(0.0, min(1.0, scores[number])), 5),
            "stance": "pro" if sides[row["text"]] >= 0.5 else "con",
        }
        for number, row in enumerate(candidates)
    ]
    return sorted(rows, key=lambda row: -row["score"])


@lru_cache(maxsize=1)
def _heap(texts: tuple[str, ...]) -> Corpus:
    """Many claims are put to the same candidates, one after the other."""
    return Corpus(texts)


# -- for a person -----------------------------------------------------------------------------


def show(source: Reading) -> str:
    """Claims with voice and score, each counterpoint beside what it attacks and what answers it.

    Nothing but verbatim text stands between “ and ”.
    """
    found = analyse(source)
    out = [f"{source.title}: {len(found.claims)} sentences weighed", "", "Claims"]
    out += [line for claim in found.claims if claim.score >= 0.25 for line in _told(claim)]
    out += ["", "Counterpoints"]
    out += [line for group in _met(found.counterpoints) for line in _opposed(*group)]
    if not found.counterpoints:
        out.append("  none found")
    return "\n".join(out) + "\n"


def _told(claim: Claim) -> list[str]:
    voice = claim.voice.value + (f" ({claim.holder})" if claim.holder else "")
    lines = [f"  {_mark(claim.score)} {voice}, {_place(claim.passage)}", _quote(claim.passage)]
    return [*lines, f"      motion: {claim.motion}"] if claim.motion else lines


def _met(points: Iterable[Counterpoint]) -> list[list[Counterpoint]]:
    """Points in groups, surest first: what one answer meets is shown with it once."""
    groups: dict[tuple[Passage, bool], list[Counterpoint]] = {}
    for point in points:
        met = point.answer or point.against
        groups.setdefault((met, point.score >= ASSERTED), []).append(point)
    return list(groups.values())


def _opposed(point: Counterpoint, *more: Counterpoint) -> list[str]:
    """The surest of a group in full, then what else meets the same answer, as the text goes."""
    voice = point.voice.value + (f" ({point.holder})" if point.holder else "")
    kind = point.kind.value
    lines = [
        f"  {_mark(point.score)} {kind}, {voice}, {_place(point.passage)}",
        _quote(point.passage),
    ]
    lines += [f"      stands against, {_place(point.against)}", _quote(point.against)]
    if point.answer is not None and point.answer != point.against:
        lines += [f"      is answered, {_place(point.answer)}", _quote(point.answer)]
    for other in sorted(more, key=lambda p: p.passage.start):
        lines += [f"      as does, {_place(other.passage)}", _quote(other.passage)]
    return lines


def _mark(score: float) -> str:
    return f"{score:.2f} {'asserted' if score >= ASSERTED else 'offered '}"


def _place(passage: Passage) -> str:
    return f"{cite(passage).locator} [{passage.start}:{passage.end}]"


def _quote(passage: Passage) -> str:
    return f"      “{passage.text}”"


if __name__ == "__main__":
    gc.set_threshold(SWEPT)
    sys.exit(serve(sys.stdin.buffer, sys.stdout, sys.stderr))
