"""The batch form of the digest, for people who script: JSON lines in, JSON lines out."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from prompts.model import KeyPoint, Remark, Stance
from prompts.points import points, read
from prompts.sides import mended

SIDES = {"pro": Stance.FOR, "con": Stance.AGAINST}
NAMES = {stance: name for name, stance in SIDES.items()}
SHOWN = 5  # points a side
DOUBT = 1.0  # how hard a doubtful side counts against a quotation


@dataclass(frozen=True, slots=True)
class Reply:
    """One line of the input, with the side that came with it."""

    topic: str
    motion: str
    id: str
    member: str
    text: str
    stance: Stance | None


def kpa(lines: Iterable[str], stance_from: str = "stance", language: str = "en") -> Iterator[str]:
    """One line of key points per topic, topics as they first appear, at most five points a side.

    A line in holds topic, motion, reply_id, text and a stance ("pro", "con" or null) in the field
    `stance_from`. A line out holds topic and key_points: text (verbatim), source, stance, members
    (reply ids). Where many sides are wrong, `prompts.sides` mends them first. Raises ValueError
    that names the line and what it lacks.
    """
    replies = [_reply(line, k, stance_from) for k, line in enumerate(lines, 1) if line.strip()]
    sides = mended([(reply.motion, reply.text, reply.stance) for reply in replies])
    topics: defaultdict[str, list[tuple[Remark, float]]] = defaultdict(list)
    motions: dict[str, str] = {}
    for reply, (side, sure) in zip(replies, sides, strict=True):
        motions.setdefault(reply.topic, reply.motion)
        topics[reply.topic].append((Remark(reply.id, reply.member, reply.text, side), sure))
    for topic, rows in topics.items():
        best = [_row(point) for point in _best(motions[topic], rows, language)]
        yield json.dumps({"topic": topic, "key_points": best}, ensure_ascii=False)


def _best(motion: str, rows: list[tuple[Remark, float]], language: str) -> Iterator[KeyPoint]:
    """The first points of both sides; a remark whose side is doubtful is a poor quotation."""
    sure = {remark.id: certainty for remark, certainty in rows}
    thread = read(motion, [remark for remark, _ in rows], language)
    weighed = tuple(
        replace(part, clear=part.clear * sure[part.excerpt.remark.id] ** DOUBT)
        for part in thread.parts
    )
    for stance in SIDES.values():
        side = replace(thread, parts=weighed).side(stance)
        yield from points(side, twins=True)[:SHOWN]


def _reply(line: str, number: int, stance_from: str) -> Reply:
    try:
        row: dict[str, Any] = json.loads(line)
        return Reply(
            topic=str(row["topic"]),
            motion=str(row["motion"]),
            id=str(row["reply_id"]),
            member=str(row.get("member", row["reply_id"])),
            text=str(row["text"]),
            stance=SIDES.get(row[stance_from]),
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {number} is no JSON ({error.msg}): one object a line") from None
    except (KeyError, TypeError) as error:
        raise ValueError(
            f"line {number} lacks {error}: topic, motion, reply_id, text and {stance_from}"
        ) from None


def _row(point: KeyPoint) -> dict[str, Any]:
    source = point.excerpt.remark
    return {
        "text": point.excerpt.text,
        "source": source.id,
        "stance": NAMES[source.stance] if source.stance else None,
        "members": sorted(point.remarks),
    }


def main(arguments: list[str] | None = None) -> int:
    """`python -m prompts.summarise --jsonl < replies.jsonl`: 0, or 2 and one line that says why."""
    parser = argparse.ArgumentParser(prog="summarise", description=__doc__)
    parser.add_argument("--jsonl", action="store_true", help="JSON lines on standard input")
    parser.add_argument("--stance-from", default="stance", metavar="FIELD")
    parser.add_argument("--language", default="en")
    chosen = parser.parse_args(arguments)
    if not chosen.jsonl:
        parser.error("say --jsonl: other input is not read yet")
    try:
        for line in kpa(sys.stdin, chosen.stance_from, chosen.language):
            print(line)
    except ValueError as error:
        print(f"summarise: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
