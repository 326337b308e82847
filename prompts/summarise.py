"""The batch form of the summary, for people who script: JSON lines in, JSON lines out."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from prompts.common import Common, common
from prompts.likeness import Vector, stems, weigh
from prompts.lines import Row, objects
from prompts.model import KeyPoint, Remark, Stance
from prompts.points import best, read
from prompts.sides import Sided, among, mended

SIDES = {"pro": Stance.FOR, "con": Stance.AGAINST, **{stance.value: stance for stance in Stance}}
NAMES = {Stance.FOR: "pro", Stance.AGAINST: "con"}
SHOWN = 5  # points a side
DOUBT = 1.5  # how hard a doubtful side counts against a quotation


@dataclass(frozen=True, slots=True)
class Reply:
    """One line of the input, with the side that came with it."""

    topic: str
    motion: str
    id: str
    member: str
    text: str
    stance: Stance | None
    reactions: Mapping[str, int] = field(default_factory=dict)  # member -> 1, -1 or 0
    answers: str | None = None  # the id of the reply that it was written under


def kpa(lines: Iterable[str], stance_from: str = "stance", language: str = "en") -> Iterator[str]:
    """One line of key points per topic, topics as they first appear, at most five points a side.

    A line in holds topic, motion, reply_id, text and a stance ("pro", "con" or null) in the field
    `stance_from`. A line out holds topic and key_points: text (verbatim), source, stance, members
    (reply ids). A line may hold reactions, member -> 1 (agrees), -1 or 0: then the line out holds
    consensus (reply ids, best first) and groups too, as `polis` has them. Where many sides are
    wrong, `prompts.sides` mends them first. Raises ValueError with the line's number and its fault.
    """
    found = replies(lines, stance_from)
    sides = mended([(reply.motion, reply.text, reply.stance) for reply in found])
    topics: defaultdict[str, list[tuple[Reply, Sided]]] = defaultdict(list)
    for reply, sided in zip(found, sides, strict=True):
        topics[reply.topic].append((reply, sided))
    for topic, rows in topics.items():
        shown = [_row(point) for point in _best(rows, language)]
        whole = [reply for reply, _ in rows]
        agreed = _row_of(reacted(whole)) if any(reply.reactions for reply in whole) else {}
        yield json.dumps({"topic": topic, "key_points": shown, **agreed}, ensure_ascii=False)


def _best(rows: Sequence[tuple[Reply, Sided]], language: str) -> Iterator[KeyPoint]:
    """The first points of both sides; a remark whose side is doubtful is a poor quotation."""
    motion = rows[0][0].motion
    likely = among([sided for _, sided in rows], _whole(motion, rows, language))
    sure = {reply.id: certainty for (reply, _), (_, certainty) in zip(rows, likely, strict=True)}
    remarks = [
        Remark(reply.id, reply.member, reply.text, side)
        for (reply, _), (side, _) in zip(rows, likely, strict=True)
    ]
    thread = read(motion, remarks, language)
    weighed = tuple(
        replace(part, clear=part.clear * sure[part.excerpt.remark.id] ** DOUBT)
        for part in thread.parts
    )
    for stance in NAMES:
        side = replace(thread, parts=weighed).side(stance)
        yield from best(side, SHOWN)


def _whole(motion: str, rows: Sequence[tuple[Reply, Sided]], language: str) -> list[Vector]:
    """The replies as vectors, each as a whole."""
    content = [frozenset(stems(reply.text, language)) for reply, _ in rows]
    weights = weigh(content, frozenset(stems(motion, language)), language)
    return [weights.vector(one) for one in content]


def polis(comments: Iterable[str], votes: Iterable[str]) -> Iterator[str]:
    """One line of common ground per topic, topics as they first appear among the votes.

    A comment holds topic and comment_id, a voter's line topic, voter and votes (comment_id to 1,
    0 or -1). A line out holds topic, consensus (comment ids, best first) and groups (members and
    the comments that set them apart). Raises ValueError that names the line and what is wrong.
    """
    known: defaultdict[str, set[str]] = defaultdict(set)
    for topic, comment in objects(comments, ("topic", "comment_id"), _comment):
        known[topic].add(comment)
    answers: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for topic, voter, given in objects(votes, ("topic", "voter", "votes"), _voter):
        counted = {c: given[c] for c in given if c in known[topic] and given[c] in (-1, 0, 1)}
        answers[topic][voter] = counted
    for topic, answered in answers.items():
        yield json.dumps({"topic": topic, **_row_of(common(answered, SHOWN))}, ensure_ascii=False)


def _comment(row: Row) -> tuple[str, str]:
    return str(row["topic"]), str(row["comment_id"])


def _voter(row: Row) -> tuple[str, str, Mapping[str, int]]:
    return str(row["topic"]), str(row["voter"]), dict(row["votes"])


def reacted(found: Sequence[Reply]) -> Common:
    """The common ground of those who reacted to replies: statements are replies, by their ids."""
    answers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for reply in found:
        for who, answer in reply.reactions.items():
            answers[who][reply.id] = answer
    return common(answers, SHOWN)


def _row_of(found: Common) -> Row:
    groups = [
        {"members": list(camp.members), "representative": list(camp.representative)}
        for camp in found.camps
    ]
    return {"consensus": list(found.consensus), "groups": groups}


def replies(lines: Iterable[str], stance_from: str = "stance") -> list[Reply]:
    """The replies of a file of JSON lines; raises as `kpa` does."""
    needed = ("topic", "motion", "reply_id", "text", stance_from)
    return list(objects(lines, needed, partial(_reply, stance_from)))


def _reply(stance_from: str, row: Row) -> Reply:
    side = row[stance_from]
    if side is not None and side not in SIDES:
        raise ValueError(f"{stance_from} is {', '.join(SIDES)} or null, not {side!r}")
    reactions = row.get("reactions") or {}
    if not isinstance(reactions, dict) or not {*reactions.values()} <= {1, 0, -1}:
        raise ValueError("reactions are member -> 1, -1 or 0")
    return Reply(
        topic=str(row["topic"]),
        motion=str(row["motion"]),
        id=str(row["reply_id"]),
        member=str(row.get("member", row["reply_id"])),
        text=str(row["text"]),
        stance=SIDES.get(side),
        reactions=reactions,
        answers=None if row.get("answers") is None else str(row["answers"]),
    )


def _row(point: KeyPoint) -> Row:
    source = point.excerpt.remark
    return {
        "text": point.excerpt.text,
        "source": source.id,
        "stance": NAMES.get(source.stance) if source.stance else None,
        "members": sorted(point.remarks),
    }
