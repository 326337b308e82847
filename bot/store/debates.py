"""The debates' rows."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from bot.model import Debate, Phase, Room
from bot.store.tables import Utc, debates, insert, one_of

# What a debate may have been before it moves to a phase: it never moves back.
BEFORE: dict[Phase, tuple[Phase, ...]] = {
    Phase.OPEN: (),
    Phase.CLOSING: (Phase.OPEN,),
    Phase.CLOSED: (Phase.OPEN, Phase.CLOSING),
}

# Statements that are needed often are made once.
DEBATE = select(debates).where(debates.c.id == bindparam("wanted"))
UNDERWAY = (
    select(debates)
    .where(one_of(debates.c.phase, (Phase.OPEN, Phase.CLOSING)))
    .order_by(debates.c.opened, debates.c.id)
)
NEXT_CLOSE = select(func.min(debates.c.closes)).where(
    debates.c.phase == Phase.OPEN, debates.c.closes > bindparam("now", type_=Utc())
)
OF_THREAD = select(debates).where(
    debates.c.room == bindparam("here"), debates.c.thread == bindparam("wanted")
)
OF_THREADS = select(debates).where(
    debates.c.room.in_(bindparam("rooms", expanding=True)),
    debates.c.thread.in_(bindparam("threads", expanding=True)),
)


@cache
def _keeping(dialect: str) -> ReturningInsert[tuple[str]]:
    return insert(dialect, debates).on_conflict_do_nothing().returning(debates.c.id)


def keep(conn: Connection, debate: Debate) -> bool:
    values = {field.name: getattr(debate, field.name) for field in fields(debate)}
    values["room"] = str(debate.room)
    return conn.execute(_keeping(conn.dialect.name), values).first() is not None


@cache
def _matching(*names: str) -> Select[Any]:
    found = select(debates).where(*(debates.c[name] == bindparam(name) for name in names))
    return found.order_by(debates.c.opened, debates.c.id)


def find(conn: Connection, equal: dict[str, str | None]) -> tuple[Debate, ...]:
    wanted = {name: value for name, value in equal.items() if value is not None}
    return tuple(map(_debate, conn.execute(_matching(*wanted), wanted)))


def underway(conn: Connection) -> tuple[Debate, ...]:
    return tuple(map(_debate, conn.execute(UNDERWAY)))


def next_close(conn: Connection, now: datetime) -> datetime | None:
    found: datetime | None = conn.scalar(NEXT_CLOSE, {"now": now})
    return found


def closed(conn: Connection, since: datetime, most: int) -> tuple[Debate, ...]:
    found = select(debates).where(debates.c.phase == Phase.CLOSED, debates.c.closed >= since)
    return tuple(map(_debate, conn.execute(found.order_by(debates.c.closed.desc()).limit(most))))


def debate(conn: Connection, id: str) -> Debate | None:
    row = conn.execute(DEBATE, {"wanted": id}).first()
    return None if row is None else _debate(row)


def debate_of(conn: Connection, room: Room, thread: str) -> Debate | None:
    row = conn.execute(OF_THREAD, {"here": str(room), "wanted": thread}).first()
    return None if row is None else _debate(row)


def of_threads(
    conn: Connection, threads: Collection[tuple[Room, str]]
) -> dict[tuple[Room, str], Debate]:
    """The debates of many threads at once; mostly there is one (#5)."""
    if len(threads) == 1:
        [(room, thread)] = threads
        debate = debate_of(conn, room, thread)
        return {(room, thread): debate} if debate else {}
    wanted = {"rooms": {str(room) for room, _ in threads}, "threads": {name for _, name in threads}}
    found = map(_debate, conn.execute(OF_THREADS, {k: list(v) for k, v in wanted.items()}))
    return {(debate.room, debate.thread): debate for debate in found}


def latest(conn: Connection, room: Room) -> Debate | None:
    newest = select(debates).where(debates.c.room == str(room))
    return _first(conn, newest.order_by(debates.c.opened.desc(), debates.c.id.desc()))


def set_phase(conn: Connection, id: str, phase: Phase, at: datetime) -> bool:
    return conn.execute(_moving(phase), {"wanted": id, "moved": at}).first() is not None


@cache
def _moving(phase: Phase) -> ReturningUpdate[tuple[str]]:
    values: dict[str, Any] = {"phase": phase}
    if phase is not Phase.OPEN:
        values["closed"] = func.coalesce(debates.c.closed, bindparam("moved", type_=Utc()))
    moved = update(debates).where(
        debates.c.id == bindparam("wanted"), one_of(debates.c.phase, BEFORE[phase])
    )
    return moved.values(values).returning(debates.c.id)


def ended(debate: Column[str], before: BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether a row's debate closed, or should have closed, before then."""
    over = or_(debates.c.closed < before, debates.c.closed.is_(None) & (debates.c.closes < before))
    return exists().where(debates.c.id == debate, over)


def _first(conn: Connection, which: Select[Any]) -> Debate | None:
    row = conn.execute(which.limit(1)).first()
    return None if row is None else _debate(row)


def _debate(row: Row[Any]) -> Debate:
    values = dict(row._mapping)
    return Debate(**values | {"room": Room.parse(row.room), "phase": Phase(row.phase)})
