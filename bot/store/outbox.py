"""The outbox's rows: planned once, claimed by one owner at a time, settled by that owner."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Update, select, update

from bot.model import Effect, Room, State
from bot.store import dealt
from bot.store.tables import effects, insert
from prompts.deck import Used

LAPSED = "the lease ran out before the outcome was known"


def plan(conn: Connection, effect: Effect, deals: Used | None) -> bool:
    values = {field.name: getattr(effect, field.name) for field in fields(effect)}
    values["room"] = str(effect.room)
    planned = insert(conn.dialect.name, effects).values(values).on_conflict_do_nothing()
    inserted = conn.execute(planned.returning(effects.c.key)).first() is not None
    if inserted and deals is not None:
        dealt.note(conn, effect.room, effect.key, effect.due, deals)
    return inserted


def claim(
    conn: Connection, now: datetime, owner: str, lease: datetime, limit: int
) -> tuple[Effect, ...]:
    # The lease of a pending effect is a wait: nobody touches it before, ourselves included.
    free = effects.c.lease.is_(None) | (effects.c.lease <= now)
    ripe = (effects.c.state == State.PENDING) & (effects.c.due <= now)
    claimed = _oldest(ripe & free, limit).values(
        state=State.SENDING, owner=owner, lease=lease, attempt=effects.c.attempt + 1
    )
    return _changed(conn, claimed)


def claim_doubt(
    conn: Connection,
    before: datetime,
    owner: str,
    lease: datetime,
    now: datetime,
    limit: int,
) -> tuple[Effect, ...]:
    rested = (effects.c.state == State.DOUBT) & (effects.c.settled <= before)
    free = effects.c.lease.is_(None) | (effects.c.lease < now)
    return _changed(conn, _oldest(rested & free, limit).values(owner=owner, lease=lease))


def lapse(conn: Connection, now: datetime) -> tuple[Effect, ...]:
    # The owner stays: thawed, it may still say what became of the send, until somebody else
    # claims the doubt.
    lapsed = (
        update(effects)
        .where(effects.c.state == State.SENDING, effects.c.lease < now)
        .values(state=State.DOUBT, lease=None, settled=now, why=LAPSED)
    )
    return _changed(conn, lapsed)


def settle(
    conn: Connection,
    key: str,
    owner: str,
    state: State,
    now: datetime,
    message: str | None,
    why: str | None,
    due: datetime | None,
) -> bool:
    ours = (effects.c.key == key) & (effects.c.owner == owner)
    open_ = effects.c.state.in_((State.SENDING, State.DOUBT))
    values: dict[str, Any] = {"state": state, "lease": None, "message": message, "why": why}
    values["settled"] = None if state is State.PENDING else now
    if state is State.PENDING:
        values |= {"owner": None, "lease": due}
    elif state is State.DOUBT:
        values["lease"] = due
    settled = _changed(conn, update(effects).where(ours, open_).values(values))
    if state in (State.SKIPPED, State.REFUSED):
        for effect in settled:
            dealt.forget(conn, effect)
    return bool(settled)


def effect(conn: Connection, key: str) -> Effect | None:
    row = conn.execute(select(effects).where(effects.c.key == key)).first()
    return None if row is None else _effect(row)


def find(
    conn: Connection, since: datetime | None, equal: dict[str, str | None]
) -> tuple[Effect, ...]:
    found = select(effects).where(
        *(effects.c[name] == value for name, value in equal.items() if value is not None)
    )
    if since is not None:
        found = found.where(effects.c.due >= since)
    return _in_order(conn.execute(found))


def _oldest(which: ColumnElement[bool], limit: int) -> Update:
    """An update of the `limit` oldest effects that nobody else is claiming at this moment.

    The locking CTE is PostgreSQL's; on SQLite the clause is left out and BEGIN IMMEDIATE has
    already kept everybody else away.
    """
    picked = (
        select(effects.c.key)
        .where(which)
        .order_by(effects.c.due, effects.c.key)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return update(effects).where(effects.c.key.in_(select(picked.c.key)))


def _changed(conn: Connection, statement: Update) -> tuple[Effect, ...]:
    return _in_order(conn.execute(statement.returning(*effects.c)))


def _in_order(rows: Iterable[Row[Any]]) -> tuple[Effect, ...]:
    return tuple(sorted(map(_effect, rows), key=lambda effect: (effect.due, effect.key)))


def _effect(row: Row[Any]) -> Effect:
    values = dict(row._mapping)
    return Effect(**values | {"room": Room.parse(row.room), "state": State(row.state)})
