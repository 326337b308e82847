"""Members: their names, their wishes, and how everything about them leaves."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Text,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    select,
    update,
)

from bot.model import UNNAMED, UNSETTLED, Kind, Member, Room
from bot.store import debates as debate_rows
from bot.store.tables import (
    Upsert,
    Utc,
    among,
    dealt,
    debates,
    effects,
    events,
    insert,
    marks,
    members,
    positions,
    replies,
    wishes,
)

# Made once: read with every reply.
_wishes = among(select(wishes), wishes.c.who)
_named = among(select(members), members.c.id)
_each = func.unnest(bindparam("numbers", type_=ARRAY(BigInteger))).column_valued("number")
HOLD = select(func.pg_advisory_xact_lock(_each))


def hold(conn: Connection, ids: Iterable[str]) -> None:
    """Until this transaction ends, nobody else keeps or erases words of these members.

    Without it, words that one replica is keeping would outlive an erasure by another. On SQLite
    there is only one writer anyway.
    """
    if conn.dialect.name == "postgresql":
        # In order, so that two replicas cannot deadlock.
        conn.execute(HOLD, {"numbers": sorted({int(_who(id)[:15], 16) for id in ids})})


def allowed(conn: Connection, dated: Sequence[tuple[str, datetime]]) -> list[bool]:
    """For each (member, time of saying): may it be kept?"""
    wish = {row.who: row for row in _wishes(conn, {_who(id) for id, _ in dated})}

    def may(id: str, at: datetime) -> bool:
        row = wish.get(_who(id)) if wish else None
        return row is None or not (row.out or at < row.since)

    return [may(id, at) for id, at in dated]


def remember(conn: Connection, people: Iterable[Member]) -> None:
    """Keep names to show; the latest that was told wins. The caller holds the members."""
    latest = {person.id: person.name for person in people}
    known = {row.id: row.name for row in _named(conn, latest)}
    news = [
        {"id": id, "name": name}
        for id, name in sorted(latest.items())
        if name not in (known.get(id), UNNAMED if id in known else None)
    ]
    if news:
        conn.execute(_naming(conn.dialect.name), news)


@cache
def _naming(dialect: str) -> Upsert:
    new = insert(dialect, members)
    return new.on_conflict_do_update(
        index_elements=[members.c.id], set_={"name": new.excluded.name}
    )


def introduce(conn: Connection, member: Member) -> None:
    """Keep the name of a member who is not opted out."""
    hold(conn, [member.id])
    if not opted_out(conn, member.id):
        remember(conn, [member])


def opted_out(conn: Connection, id: str) -> bool:
    return bool(conn.scalar(select(wishes.c.out).where(wishes.c.who == _who(id))))


def wish(conn: Connection, id: str, at: datetime, out: bool | None) -> None:
    """Keep nothing from before `at`; `out` None leaves open whether anything is kept after."""
    new = insert(conn.dialect.name, wishes).values(who=_who(id), out=bool(out), since=at)
    later = case((new.excluded.since > wishes.c.since, new.excluded.since), else_=wishes.c.since)
    stays = wishes.c.out if out is None else new.excluded.out
    conn.execute(
        new.on_conflict_do_update(
            index_elements=[wishes.c.who], set_={"out": stays, "since": later}
        )
    )


def erase(conn: Connection, id: str, at: datetime, out: bool | None) -> tuple[str, ...]:
    """Everything about the member goes; what stays is the wish, under a hash."""
    hold(conn, [id])
    wish(conn, id, at, out)
    touched = _debates(conn, id)
    conn.execute(
        update(replies)
        .where(replies.c.member == id)
        .values(**dict.fromkeys(("member", "text", "at", "edited", "answers")), deleted=at)
    )
    conn.execute(delete(positions).where(positions.c.member == id))
    conn.execute(delete(marks).where(marks.c.subject == id))
    conn.execute(delete(members).where(members.c.id == id))
    _unsign(conn, id)
    conn.execute(_blanked(effects.c.debate.in_(touched)))
    return touched


def _shared_by(id: str) -> ColumnElement[bool]:
    return and_(effects.c.kind == Kind.SHARE, effects.c.payload["member"].as_string() == id)


def _unsign(conn: Connection, id: str) -> None:
    """What the member shared was a reading's words and stays; their name does not."""
    for key, payload in conn.execute(
        select(effects.c.key, effects.c.payload).where(_shared_by(id))
    ):
        rest = {name: value for name, value in payload.items() if name not in ("member", "name")}
        conn.execute(update(effects).where(effects.c.key == key).values(payload=rest))


def opt_in(conn: Connection, id: str, at: datetime) -> None:
    hold(conn, [id])
    if opted_out(conn, id):
        wish(conn, id, at, out=False)


def held(conn: Connection, id: str) -> dict[str, object]:
    said = select(*replies.c["debate", "room", "message", "answers", "text", "at", "edited"])
    took = select(*positions.c["debate", "stance", "reason", "at"])
    rows = conn.execute(said.where(replies.c.member == id).order_by(replies.c.at))
    decided = select(*marks.c["debate", "kind", "at"]).where(marks.c.subject == id)
    decisions = conn.execute(decided.order_by(marks.c.at))
    steps = conn.execute(took.where(positions.c.member == id).order_by(positions.c.at))
    gave = select(*effects.c["room", "message", "due"]).where(_shared_by(id))
    shares = conn.execute(gave.order_by(effects.c.due))
    return {
        "member": id,
        "name": conn.scalar(select(members.c.name).where(members.c.id == id)),
        "opted_out": opted_out(conn, id),
        "replies": [_plain(row._mapping) for row in rows],
        "positions": [_plain(row._mapping) for row in steps],
        "marks": [_plain(row._mapping) for row in decisions],
        "shared": [_plain(row._mapping) for row in shares],
    }


# Names of people of whom nothing else is kept.
FORGOTTEN = delete(members).where(
    members.c.id.not_in(select(replies.c.member).where(replies.c.member.is_not(None))),
    members.c.id.not_in(select(positions.c.member)),
)


def _blanked(which: ColumnElement[bool]) -> Update:
    """Settled effects need no payload, and a summary's may hold members' words."""
    done = effects.c.state.not_in(UNSETTLED) & (effects.c.kind != Kind.PROMPT)
    filled = cast(effects.c.payload, Text) != "{}"  # else ten years of rows are written every day
    return update(effects).where(which, done, filled).values(payload={})


BEFORE: BindParameter[datetime] = bindparam("before", type_=Utc())
SHARES = (effects.c.kind == Kind.SHARE) & (effects.c.settled < BEFORE)
SIGNED = effects.c.payload["member"].as_string().is_not(None)
CHANGED = func.coalesce(replies.c.deleted, replies.c.edited)
# What is looked through are words, which go sooner or later, and not debates, which stay.
WORDS: tuple[Delete | Update, ...] = (
    *(delete(t).where(debate_rows.ended(t.c.debate, BEFORE)) for t in (replies, positions, marks)),
    update(effects).where(SHARES, SIGNED).values(payload={}),
)
BESIDES: tuple[Delete | Update, ...] = (
    delete(replies).where(replies.c.member.is_(None), CHANGED < BEFORE),
    delete(events).where(events.c.at < BEFORE),
    _blanked(SHARES & debate_rows.ended(effects.c.debate, BEFORE)),
    FORGOTTEN,
)


def purge(conn: Connection, before: datetime) -> int:
    """The words and stances of debates that ended before then go, and what only served them."""
    given = {"before": before}
    gone = sum(conn.execute(statement, given).rowcount for statement in WORDS)
    for statement in BESIDES:
        conn.execute(statement, given)
    return gone


def leave(conn: Connection, rooms: Sequence[Room]) -> int:
    """Everything of these rooms goes, whoever said it."""
    names = [str(room) for room in rooms]
    here = select(debates.c.id).where(debates.c.room.in_(names))
    conn.execute(delete(positions).where(positions.c.debate.in_(here)))
    conn.execute(delete(marks).where(marks.c.debate.in_(here)))
    conn.execute(delete(replies).where(replies.c.room.in_(names)))
    conn.execute(delete(effects).where(effects.c.room.in_(names)))
    conn.execute(delete(dealt).where(dealt.c.room.in_(names)))
    gone = conn.execute(delete(debates).where(debates.c.room.in_(names)))
    conn.execute(FORGOTTEN)
    return gone.rowcount


def _debates(conn: Connection, id: str) -> tuple[str, ...]:
    spoke = select(replies.c.debate).where(replies.c.member == id)
    stood = select(positions.c.debate).where(positions.c.member == id)
    return tuple(sorted(conn.scalars(spoke.union(stood)).all()))


def _who(id: str) -> str:
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()


def _plain(values: Any) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
