"""Analyses and briefs as JSON values, and back.

A passage is a pair of offsets, so that nothing that is quoted comes from here.
"""

import json
from collections.abc import Mapping
from sys import intern
from typing import Any

from prompts.briefs import Brief
from prompts.concordance import VOICES
from prompts.conflicts import Side
from prompts.model import Analysis, Claim, Counterpoint, Opposition, Passage, Reading
from prompts.pairs import Pair
from prompts.sayings import Saying


def packed(content: Any) -> str:
    """JSON values as their file has them."""
    return json.dumps(content, separators=(",", ":"))


def analysis_row(found: Analysis) -> dict[str, Any]:
    """An analysis as JSON values."""
    claims = [_claim_row(claim) for claim in found.claims]
    points = [_point_row(point) for point in found.counterpoints]
    return {"claims": claims, "counterpoints": points}


def analysis(reading: Reading, row: Mapping[str, Any]) -> Analysis:
    """What `analysis_row` made. Raises for what does not fit the reading."""
    claims = tuple(_claim(reading, claim) for claim in row["claims"])
    return Analysis(claims, tuple(_point(reading, point) for point in row["counterpoints"]))


def brief_row(brief: Brief) -> dict[str, Any]:
    """A brief as JSON values."""
    return {
        "pairs": [_pair_row(pair) for pair in brief.pairs],
        "sayings": [(s.stems, s.denies, s.mark) for s in brief.sayings],
        "sides": [_side_row(side) for side in brief.sides],
    }


def brief(reading: Reading, row: Mapping[str, Any], held: bool = True) -> Brief:
    """What `brief_row` made; its sides only if it is `held` against others. Raises for what does
    not fit the reading."""
    pairs = tuple(_pair(reading, pair) for pair in row["pairs"])
    sayings = tuple(Saying(tuple(map(intern, s)), bool(d), str(m)) for s, d, m in row["sayings"])
    sides = tuple(_side(side) for side in row["sides"]) if held else ()
    if not len(pairs) == len(sayings) >= len(sides):
        raise ValueError("pairs, sayings and sides do not belong together")
    return Brief(pairs, sayings, sides)


def _span(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _claim_row(claim: Claim) -> list[Any]:
    said = [claim.score, claim.voice, claim.holder, claim.motion, claim.debatable]
    return [*_span(claim.passage), *said]


def _claim(reading: Reading, row: list[Any]) -> Claim:
    start, end, score, voice, holder, motion, debatable = row
    passage = Passage(reading, start, end)
    return Claim(passage, float(score), VOICES[voice], holder, motion and intern(motion), debatable)


def _point_row(point: Counterpoint) -> list[Any]:
    answer = _span(point.answer) if point.answer else None
    spans = [*_span(point.passage), *_span(point.against)]
    return [*spans, point.score, point.kind, point.voice, point.holder, answer]


def _point(reading: Reading, row: list[Any]) -> Counterpoint:
    start, end, first, last, score, kind, voice, holder, answer = row
    return Counterpoint(
        Passage(reading, start, end),
        Passage(reading, first, last),
        float(score),
        Opposition(kind),
        VOICES[voice],
        holder,
        Passage(reading, *answer) if answer else None,
    )


def _pair_row(pair: Pair) -> list[Any]:
    return [
        _claim_row(pair.claim),
        _point_row(pair.own) if pair.own else None,
        pair.leans,
        pair.leads,
    ]


def _pair(reading: Reading, row: list[Any]) -> Pair:
    claim, own, leans, leads = row
    point = _point(reading, own) if own else None
    return Pair(_claim(reading, claim), point, leans=bool(leans), leads=bool(leads))


def _side_row(side: Side) -> list[Any]:
    head = [side.start, side.score, side.form, [sorted(stems) for stems in side.denials]]
    tail = [side.left, side.right, sorted(side.reverses), side.urges, side.plain]
    return [*head, sorted(side.turned), *tail, side.stems, sorted(side.about)]


def _side(row: list[Any]) -> Side:
    start, score, form, denials, turned, left, right, reverses, urges, plain, stems, about = row
    denied = tuple(map(frozenset, denials))
    return Side(
        int(start), float(score), float(form), dict(stems), frozenset(about), denied,
        frozenset(turned), int(left), int(right), frozenset(reverses), bool(urges), bool(plain),
    )  # fmt: skip
