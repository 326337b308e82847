"""What was derived from a text, kept by its content, so that a second start need not derive it.

One JSON file for each file that took work to read, named by its content; one for each reading,
named by the text, its blocks, its language and the engine's version; and one for what a set of
readings gives together. A passage is kept as its offsets, so
nothing that is quoted comes from here. The folder can be thrown away at any time.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prompts.formats import Extract, Unreadable
from prompts.model import (
    Analysis,
    Claim,
    Counterpoint,
    Opposition,
    Passage,
    Reading,
    Voice,
)
from prompts.pairs import Pair
from prompts.texts import as_extract

FORM = 2  # the shape of the files; raised when it changes
BROKEN = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def name(reading: Reading, version: str) -> str:
    """The file's name for a reading under an engine's version."""
    blocks = ";".join(f"{b.start},{b.end},{b.kind.value}" for b in reading.blocks)
    blocks += ";".join(f"|{m.start},{m.end},{m.printed}" for m in reading.mends)
    return _hashed(str(FORM), version, reading.language, reading.digest, blocks)


def deck_name(readings: Sequence[Reading], version: str) -> str:
    """The file's name for all readings together; their folders tell which stand side by side."""
    return _hashed("deck", *(f"{r.key}\x1f{name(r, version)}" for r in readings))


def _hashed(*parts: str) -> str:
    return f"{hashlib.sha256(chr(30).join(parts).encode()).hexdigest()[:40]}.json"


def has(folder: Path, reading: Reading, version: str) -> bool:
    """Whether an analysis was kept for the reading."""
    return (folder / name(reading, version)).is_file()


def recall(folder: Path, reading: Reading, version: str) -> Analysis | None:
    """What was kept for the reading; None if there is nothing, or nothing that fits."""
    try:
        kept = json.loads((folder / name(reading, version)).read_bytes())
        claims = tuple(_claim(reading, row) for row in kept["claims"])
        return Analysis(claims, tuple(_point(reading, row) for row in kept["counterpoints"]))
    except BROKEN:
        return None


def keep(folder: Path, reading: Reading, version: str, analysis: Analysis) -> bool:
    """Keep an analysis; False where the folder cannot be written, which costs time only."""
    return keep_row(folder, reading, version, analysis_row(analysis))


def keep_row(folder: Path, reading: Reading, version: str, row: Mapping[str, Any]) -> bool:
    """Keep an analysis that was made into JSON values already."""
    return _written(folder, name(reading, version), row)


def analysis_row(analysis: Analysis) -> dict[str, Any]:
    """An analysis as JSON values."""
    claims = [_claim_row(claim) for claim in analysis.claims]
    points = [_point_row(point) for point in analysis.counterpoints]
    return {"claims": claims, "counterpoints": points}


def recall_extract(folder: Path, file: str, kind: str, version: str) -> Extract | Unreadable | None:
    """What was read from a file of that SHA-256 in that format, or why it could not be."""
    try:
        kept = json.loads((folder / _hashed("extract", version, kind, file)).read_bytes())
        return Unreadable(str(kept["no"])) if "no" in kept else as_extract(kept)
    except BROKEN:
        return None


def keep_extract(folder: Path, file: str, kind: str, version: str, row: Mapping[str, Any]) -> bool:
    """Keep an extract as JSON values, or `{"no": why}`."""
    return _written(folder, _hashed("extract", version, kind, file), row)


def recall_pairs(
    folder: Path, readings: Sequence[Reading], version: str
) -> tuple[Pair, ...] | None:
    """The pairs that were kept for exactly these readings; None if there are none that fit."""
    try:
        kept = json.loads((folder / deck_name(readings, version)).read_bytes())
        return tuple(_pair(readings, row) for row in kept)
    except BROKEN:
        return None


def keep_pairs(
    folder: Path, readings: Sequence[Reading], version: str, pairs: Sequence[Pair]
) -> bool:
    """Keep the pairs of these readings; False where the folder cannot be written."""
    at = {reading.digest: number for number, reading in enumerate(readings)}
    return _written(folder, deck_name(readings, version), [_pair_row(at, pair) for pair in pairs])


def _written(folder: Path, file: str, content: Any) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replaced(folder / file, json.dumps(content, separators=(",", ":")).encode())
    except OSError:
        return False
    return True


def replaced(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that nobody ever reads half a file."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


# -- to JSON and back; a passage is a pair of offsets ------------------------------------------


def _span(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _claim_row(claim: Claim) -> list[Any]:
    return [*_span(claim.passage), claim.score, claim.voice, claim.holder, claim.motion]


def _claim(reading: Reading, row: list[Any]) -> Claim:
    start, end, score, voice, holder, motion = row
    return Claim(Passage(reading, start, end), float(score), Voice(voice), holder, motion)


def _point_row(point: Counterpoint) -> list[Any]:
    answer = _span(point.answer) if point.answer else None
    spans = [*_span(point.passage), *_span(point.against)]
    return [*spans, point.score, point.kind, point.voice, point.holder, answer]


def _point(reading: Reading, row: list[Any], other: Reading | None = None) -> Counterpoint:
    """A counterpoint; `other` is the reading it stands in, if that is not the one it is against."""
    start, end, first, last, score, kind, voice, holder, answer = row
    return Counterpoint(
        Passage(other or reading, start, end),
        Passage(reading, first, last),
        float(score),
        Opposition(kind),
        Voice(voice),
        holder,
        Passage(other or reading, *answer) if answer else None,
    )


def _pair_row(at: Mapping[str, int], pair: Pair) -> list[Any]:
    own = _point_row(pair.own) if pair.own else None
    other = pair.other
    beside = [at[other.passage.reading.digest], _point_row(other)] if other else None
    return [at[pair.claim.passage.reading.digest], _claim_row(pair.claim), own, beside]


def _pair(readings: Sequence[Reading], row: list[Any]) -> Pair:
    number, claim, own, beside = row
    reading = readings[number]
    other = _point(reading, beside[1], readings[beside[0]]) if beside else None
    return Pair(_claim(reading, claim), _point(reading, own) if own else None, other)
