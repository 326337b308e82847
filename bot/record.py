"""A debate as data: everything that was asked, said and taken, for people who count and quote.

Pure. The JSON is exact; the CSV is for spreadsheets, the Markdown for reading. Members are called
as their schedule says, and a member without a name has none here either: neither the id of their
message nor the second at which it came leads to it.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bot import markdown, phrases
from bot.card import Card, Heading, Quotation, Text
from bot.exchange import ref
from bot.model import Debate, Position, Reply
from bot.snapshot import Snapshot

COLUMNS = ("debate", "room", "motion", "kind", "member", "at", "stance", "text", "link")
SLUG = 48  # letters of a motion in a file's name
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets


@dataclass(frozen=True)  # without slots: what is looked up for each reply is made once
class Record:
    """What one debate's files are made of. `names` and `links` are by member's and message's id.

    `open` are the members whom a message may lead to: others' are called by their number.
    """

    debate: Debate
    prompt: Snapshot
    replies: Sequence[Reply]
    positions: Sequence[Position]
    names: Mapping[str, str]
    links: Mapping[str, str]
    opened: datetime  # in the zone of its schedule
    open: frozenset[str]
    summary: Card | None = None

    def called(self, message: str) -> str:
        """A reply's id, or its number among them where the id would tell who wrote it (#8)."""
        return self._ids.get(message, "")

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        told = enumerate(self.replies, 1)
        return {r.message: r.message if r.member.id in self.open else str(n) for n, r in told}

    @cached_property
    def steps(self) -> Mapping[str, Sequence[Position]]:
        """Each member's steps, by the member's id."""
        found = defaultdict[str, list[Position]](list)
        for step in self.positions:
            found[step.member.id].append(step)
        return found

    def when(self, member: str, at: datetime) -> str:
        """When a member did something; to the minute where more would tell which message it is."""
        return (at if member in self.open else at.replace(second=0, microsecond=0)).isoformat()


def file_name(opened: datetime, motion: str, debate: str) -> str:
    """The name of a debate's files, without their ending; `opened` is in the zone to show."""
    slug = re.sub(r"[^a-z0-9]+", "-", motion.lower())[:SLUG].strip("-")
    return f"{opened:%Y-%m-%d}-{slug}-{ref(debate)}"


def as_json(record: Record) -> str:
    """Everything as one JSON object; times are ISO 8601 in UTC, texts are word for word."""
    debate, prompt = record.debate, record.prompt
    return json.dumps(
        {
            "debate": debate.id,
            "schedule": debate.schedule,
            "room": str(debate.room),
            "phase": debate.phase.value,
            "opened": debate.opened.isoformat(),
            "closes": debate.closes.isoformat(),
            "closed": debate.closed.isoformat() if debate.closed else None,
            "link": record.links.get(debate.thread),
            "motion": prompt.motion,
            "question": prompt.question,
            "quotations": [_quotation(record, part) for part in prompt.quotations()],
            "replies": [_reply(record, reply) for reply in record.replies],
            "stances": [_position(record, step) for step in record.positions],
            "moves": list(moves(record)),
            "summary": [_quotation(record, q) for q in _summed(record)],
        },
        ensure_ascii=False,
        indent=1,
    )


def _summed(record: Record) -> Sequence[Quotation]:
    return record.summary.quotations() if record.summary else ()


def _quotation(record: Record, part: Quotation) -> dict[str, Any]:
    source = part.source
    key = record.called(source.key) if source.kind == "reply" else source.key
    return {
        "label": part.label,
        "text": part.text,
        "citation": part.citation,
        "source": {"kind": source.kind, "key": key, "sha256": source.digest},
        "start": source.start,
        "end": source.end,
    }


def _reply(record: Record, reply: Reply) -> dict[str, Any]:
    return {
        "message": record.called(reply.message),
        "answers": record.called(reply.answers) if reply.answers else None,
        "member": record.names.get(reply.member.id),
        "at": record.when(reply.member.id, reply.at),
        "edited": record.when(reply.member.id, reply.edited) if reply.edited else None,
        "stance": stance_at(record, reply.member.id, reply.at),
        "text": reply.text,
        "link": record.links.get(reply.message),
    }


def _position(record: Record, step: Position) -> dict[str, Any]:
    return {
        "member": record.names.get(step.member.id),
        "at": record.when(step.member.id, step.at),
        "stance": step.stance.value,
        "reason": step.reason,
    }


def stance_at(record: Record, member: str, at: datetime) -> str | None:
    """Where the member stood at that time."""
    steps = [step for step in record.steps.get(member, ()) if step.at <= at]
    return max(steps, key=lambda p: p.at).stance.value if steps else None


def moves(record: Record) -> Iterator[dict[str, Any]]:
    """Every change of a stance, in the order in which they happened."""
    last: dict[str, Position] = {}
    for step in sorted(record.positions, key=lambda p: p.at):
        before = last.get(step.member.id)
        if before is not None and before.stance is not step.stance:
            yield {
                "member": record.names.get(step.member.id),
                "at": record.when(step.member.id, step.at),
                "from": before.stance.value,
                "to": step.stance.value,
            }
        last[step.member.id] = step


def as_csv(record: Record) -> str:
    """A row for each reply and each step of a stance, oldest first.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for row in sorted(_rows(record), key=lambda row: str(row["at"])):
        table.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    debate = record.debate
    common = {"debate": debate.id, "room": str(debate.room), "motion": record.prompt.motion}
    for reply in record.replies:
        yield {**common, "kind": "reply", **_reply(record, reply)}
    for step in record.positions:
        told = _position(record, step)
        yield {**common, "kind": "stance", **told, "text": told["reason"], "link": None}


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_markdown(record: Record) -> str:
    """The prompt with its citations, the summary, and everything that was said, to be read."""
    debate, prompt = record.debate, record.prompt
    summary = record.summary.parts if record.summary else ()
    parts = (Heading(prompt.motion), *prompt.quotations(), Text(prompt.question), *summary)
    where = f"{debate.room}, opened {record.opened:%Y-%m-%d %H:%M %Z}"
    return "\n".join(
        (
            markdown.render(Card(parts)),
            f"{markdown.escaped(where)}{_link(record, debate.thread)}\n",
            "## Stances and moves\n",
            *_bullets(_step(step, record) for step in record.positions),
            "## Replies\n",
            *(_said(reply, record) for reply in record.replies),
        )
    )


def _step(step: Position, record: Record) -> str:
    why = f": {markdown.escaped(step.reason)}" if step.reason else ""
    return f"{step.at:%Y-%m-%d %H:%M} {_who(step.member.id, record)}, {step.stance.value}{why}"


def _said(reply: Reply, record: Record) -> str:
    lines = "\n".join(f"> {markdown.escaped(line)}" for line in reply.text.splitlines())
    edited = ", edited" if reply.edited else ""
    stance = stance_at(record, reply.member.id, reply.at)
    side = f" ({stance})" if stance else ""
    head = f"{_who(reply.member.id, record)}{side}, {reply.at:%Y-%m-%d %H:%M}{edited}"
    return f"{head}{_link(record, reply.message)}\n\n{lines}\n"


def _who(member: str, record: Record) -> str:
    return markdown.escaped(record.names.get(member, phrases.SOMEBODY))


def _link(record: Record, message: str) -> str:
    link = record.links.get(message)
    return f", <{link}>" if link else ""


def _bullets(lines: Iterable[str]) -> list[str]:
    return [*(f"- {line}" for line in lines), ""]
