"""Members: their names, their wishes, and how everything about them leaves."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Member, Room, State
from bot.store import debates as debate_rows
from bot.store.tables import (
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

UNSETTLED = (State.PENDING, State.SENDING, State.DOUBT)


async def hold(conn: AsyncConnection, ids: Iterable[str]) -> None:
    """Until this transaction ends, nobody else keeps or erases words of these members.

    Without it, words that one replica is keeping would outlive an erasure by another. On SQLite
    there is only one writer anyway.
    """
    if conn.dialect.name == "postgresql":
        for number in sorted({int(_who(id)[:15], 16) for id in ids}):
            await conn.execute(select(func.pg_advisory_xact_lock(number)))


async def allowed(conn: AsyncConnection, dated: Sequence[tuple[str, datetime]]) -> list[bool]:
    """For each (member, time of saying): may it be kept?"""
    hashes = {_who(id) for id, _ in dated}
    rows = await conn.execute(select(wishes).where(wishes.c.who.in_(hashes)))
    wish = {row.who: row for row in rows}

    def may(id: str, at: datetime) -> bool:
        row = wish.get(_who(id))
        return row is None or not (row.out or at < row.since)

    return [may(id, at) for id, at in dated]


async def remember(conn: AsyncConnection, people: Iterable[Member]) -> None:
    """Keep names to show; the latest wins. The caller holds the members."""
    names = [{"id": person.id, "name": person.name} for person in people]
    if not names:
        return
    unique = {name["id"]: name for name in names}
    new = insert(conn, members)
    latest = new.on_conflict_do_update(
        index_elements=[members.c.id],
        set_={"name": new.excluded.name},
        where=members.c.name != new.excluded.name,
    )
    await conn.execute(latest, [unique[id] for id in sorted(unique)])


async def introduce(conn: AsyncConnection, member: Member) -> None:
    """Keep the name of a member who is not opted out."""
    await hold(conn, [member.id])
    if not await opted_out(conn, member.id):
        await remember(conn, [member])


async def opted_out(conn: AsyncConnection, id: str) -> bool:
    return bool(await conn.scalar(select(wishes.c.out).where(wishes.c.who == _who(id))))


async def wish(conn: AsyncConnection, id: str, at: datetime, out: bool | None) -> None:
    """Keep nothing from before `at`; `out` None leaves open whether anything is kept after."""
    new = insert(conn, wishes).values(who=_who(id), out=bool(out), since=at)
    later = case((new.excluded.since > wishes.c.since, new.excluded.since), else_=wishes.c.since)
    stays = wishes.c.out if out is None else new.excluded.out
    await conn.execute(
        new.on_conflict_do_update(
            index_elements=[wishes.c.who], set_={"out": stays, "since": later}
        )
    )


async def erase(conn: AsyncConnection, id: str, at: datetime, out: bool | None) -> tuple[str, ...]:
    """Everything about the member goes; what stays is the wish, under a hash."""
    await hold(conn, [id])
    await wish(conn, id, at, out)
    touched = await _debates(conn, id)
    await conn.execute(
        update(replies)
        .where(replies.c.member == id)
        .values(member=None, text=None, at=None, edited=None, deleted=at)
    )
    await conn.execute(delete(positions).where(positions.c.member == id))
    await conn.execute(delete(marks).where(marks.c.subject == id))
    await conn.execute(delete(members).where(members.c.id == id))
    await _unsign(conn, id)
    await _blank(conn, effects.c.debate.in_(touched))
    return touched


def _shared_by(id: str) -> ColumnElement[bool]:
    return and_(effects.c.kind == "share", effects.c.payload["member"].as_string() == id)


async def _unsign(conn: AsyncConnection, id: str) -> None:
    """What the member shared was a reading's words and stays; their name does not."""
    for key, payload in await conn.execute(
        select(effects.c.key, effects.c.payload).where(_shared_by(id))
    ):
        rest = {name: value for name, value in payload.items() if name not in ("member", "name")}
        await conn.execute(update(effects).where(effects.c.key == key).values(payload=rest))


async def opt_in(conn: AsyncConnection, id: str, at: datetime) -> None:
    await hold(conn, [id])
    if await opted_out(conn, id):
        await wish(conn, id, at, out=False)


async def held(conn: AsyncConnection, id: str) -> dict[str, object]:
    said = select(*replies.c["debate", "room", "message", "text", "at", "edited"])
    took = select(*positions.c["debate", "stance", "reason", "at"])
    rows = await conn.execute(said.where(replies.c.member == id).order_by(replies.c.at))
    decided = select(*marks.c["debate", "kind", "at"]).where(marks.c.subject == id)
    decisions = await conn.execute(decided.order_by(marks.c.at))
    steps = await conn.execute(took.where(positions.c.member == id).order_by(positions.c.at))
    gave = select(*effects.c["room", "message", "due"]).where(_shared_by(id))
    shares = await conn.execute(gave.order_by(effects.c.due))
    return {
        "member": id,
        "name": await conn.scalar(select(members.c.name).where(members.c.id == id)),
        "opted_out": await opted_out(conn, id),
        "replies": [_plain(row._mapping) for row in rows],
        "positions": [_plain(row._mapping) for row in steps],
        "marks": [_plain(row._mapping) for row in decisions],
        "shared": [_plain(row._mapping) for row in shares],
    }


async def purge(conn: AsyncConnection, before: datetime) -> int:
    """The words and stances of debates that ended before then go, and what only served them."""
    over = debate_rows.ended(before)
    words = await conn.execute(delete(replies).where(replies.c.debate.in_(over)))
    steps = await conn.execute(delete(positions).where(positions.c.debate.in_(over)))
    await conn.execute(delete(marks).where(marks.c.debate.in_(over)))
    strays = replies.c.member.is_(None)
    old = func.coalesce(replies.c.deleted, replies.c.edited) < before
    await conn.execute(delete(replies).where(strays, old))
    await conn.execute(delete(events).where(events.c.at < before))
    await _forget_names(conn)
    await _blank(conn, effects.c.debate.in_(over))
    signed = (effects.c.kind == "share") & effects.c.payload["member"].as_string().is_not(None)
    old_shares = await conn.execute(
        update(effects).where(signed, effects.c.settled < before).values(payload={})
    )
    return words.rowcount + steps.rowcount + old_shares.rowcount


async def leave(conn: AsyncConnection, rooms: Sequence[Room]) -> int:
    """Everything of these rooms goes, whoever said it."""
    names = [str(room) for room in rooms]
    here = select(debates.c.id).where(debates.c.room.in_(names))
    await conn.execute(delete(positions).where(positions.c.debate.in_(here)))
    await conn.execute(delete(marks).where(marks.c.debate.in_(here)))
    await conn.execute(delete(replies).where(replies.c.room.in_(names)))
    await conn.execute(delete(effects).where(effects.c.room.in_(names)))
    gone = await conn.execute(delete(debates).where(debates.c.room.in_(names)))
    await _forget_names(conn)
    return gone.rowcount


async def _forget_names(conn: AsyncConnection) -> None:
    """Names of people of whom nothing else is kept."""
    spoke = select(replies.c.member).where(replies.c.member.is_not(None))
    stood = select(positions.c.member)
    await conn.execute(
        delete(members).where(members.c.id.not_in(spoke), members.c.id.not_in(stood))
    )


async def _blank(conn: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Settled effects need no payload, and a summary's may hold members' words."""
    done = effects.c.state.not_in(UNSETTLED) & (effects.c.kind != "prompt")
    filled = cast(effects.c.payload, Text) != "{}"  # else ten years of rows are written every day
    await conn.execute(update(effects).where(which, done, filled).values(payload={}))


async def _debates(conn: AsyncConnection, id: str) -> tuple[str, ...]:
    spoke = select(replies.c.debate).where(replies.c.member == id)
    stood = select(positions.c.debate).where(positions.c.member == id)
    return tuple(sorted((await conn.scalars(spoke.union(stood))).all()))


def _who(id: str) -> str:
    return hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()


def _plain(values: Any) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
