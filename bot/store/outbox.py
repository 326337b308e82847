"""The outbox's rows: planned once, claimed by one owner at a time, settled by that owner."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Update,
    bindparam,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from bot.model import UNSETTLED, Effect, Kind, Room, State
from bot.store import dealt, debates
from bot.store.tables import Utc, Words, effects, insert, one_of
from prompts.deck import Used

Changing = ReturningUpdate[Any]
LAPSED = "the lease ran out before the outcome was known"
NOW: BindParameter[datetime] = bindparam("now", type_=Utc())
OWNER: BindParameter[str] = bindparam("mine", type_=Words())
LEASE: BindParameter[datetime] = bindparam("leased", type_=Utc())
ENDED = ("state", "owner", "lease", "message", "why", "settled")


def _oldest(which: ColumnElement[bool]) -> Update:
    """An update of the `most` oldest effects that nobody else is claiming at this moment.

    The locking CTE is PostgreSQL's; on SQLite the clause is left out and BEGIN IMMEDIATE has
    already kept everybody else away.
    """
    picked = (
        select(effects.c.key)
        .where(which)
        .order_by(effects.c.due, effects.c.key)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return update(effects).where(effects.c.key.in_(select(picked.c.key)))


# Statements are made once: making one takes longer than the database takes to do it.
EFFECT = select(effects).where(effects.c.key == bindparam("wanted"))
# The lease of a pending effect is a wait: nobody touches it before, ourselves included.
CLAIM = (
    _oldest(
        (effects.c.state == State.PENDING)
        & (effects.c.due <= NOW)
        & (effects.c.lease.is_(None) | (effects.c.lease <= NOW))
        & (effects.c.kind != bindparam("but"))
    )
    .values(state=State.SENDING, owner=OWNER, lease=LEASE, attempt=effects.c.attempt + 1)
    .returning(effects)
)
DOUBTS = 100  # looked up at a time
CLAIM_DOUBT = (
    _oldest(
        (effects.c.state == State.DOUBT)
        & (effects.c.settled <= bindparam("before"))
        & (effects.c.lease.is_(None) | (effects.c.lease < NOW))
    )
    .values(owner=OWNER, lease=LEASE)
    .returning(effects)
)
# The owner stays: thawed, it may still say what became of the send, until somebody else claims
# the doubt.
LAPSE = (
    update(effects)
    .where(effects.c.state == State.SENDING, effects.c.lease < NOW)
    .values(state=State.DOUBT, lease=None, settled=NOW, why=LAPSED)
)
SETTLE = (
    update(effects)
    .where(
        effects.c.key == bindparam("wanted"),
        effects.c.owner == OWNER,
        one_of(effects.c.state, (State.SENDING, State.DOUBT)),
    )
    .values({name: bindparam(f"new_{name}", type_=effects.c[name].type) for name in ENDED})
    .returning(effects)
)
ABANDON = (
    update(effects)
    .where(effects.c.state == State.SENDING)
    .values(state=State.DOUBT, lease=None, settled=NOW, why=LAPSED)
)
MOMENTS = select(effects.c.state, effects.c.due, effects.c.lease, effects.c.settled).where(
    one_of(effects.c.state, UNSETTLED)
)
# Those that were put off, for a reason that is gone.
WAKE = (
    update(effects)
    .where(
        effects.c.room == bindparam("here"),
        effects.c.state == State.PENDING,
        effects.c.why == bindparam("because"),
    )
    .values(lease=None)
)


@cache
def _planning(dialect: str) -> ReturningInsert[tuple[str]]:
    return insert(dialect, effects).on_conflict_do_nothing().returning(effects.c.key)


def plan(conn: Connection, effect: Effect, deals: Used | None) -> bool:
    values = {field.name: getattr(effect, field.name) for field in fields(effect)}
    values["room"] = str(effect.room)
    inserted = conn.execute(_planning(conn.dialect.name), values).first() is not None
    if inserted and deals is not None:
        dealt.note(conn, effect.room, effect.key, effect.due, deals)
    return inserted


def claim(
    conn: Connection,
    now: datetime,
    owner: str,
    lease: datetime,
    limit: int,
    but: Kind | None = None,
) -> tuple[Effect, ...]:
    return _changed(conn, CLAIM, now=now, mine=owner, leased=lease, most=limit, but=but or "")


def claim_doubt(
    conn: Connection,
    before: datetime,
    owner: str,
    lease: datetime,
    now: datetime,
) -> tuple[Effect, ...]:
    conn.execute(LAPSE, {"now": now})
    given = {"before": before, "mine": owner, "leased": lease, "now": now, "most": DOUBTS}
    return _changed(conn, CLAIM_DOUBT, **given)


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
    waits = state is State.PENDING
    new = {
        "state": state,
        "owner": None if waits else owner,
        "lease": due if state in (State.PENDING, State.DOUBT) else None,
        "message": message,
        "why": why,
        "settled": None if waits else now,
    }
    given = {f"new_{name}": value for name, value in new.items()}
    settled = _changed(conn, SETTLE, wanted=key, mine=owner, **given)
    if state in (State.SKIPPED, State.REFUSED):
        for effect in settled:
            dealt.forget(conn, effect)
    return bool(settled)


def abandon(conn: Connection, now: datetime) -> None:
    conn.execute(ABANDON, {"now": now})


def next_due(conn: Connection, now: datetime, quiet: timedelta) -> datetime | None:
    moments = [debates.next_close(conn, now)]
    for state, due, lease, settled in conn.execute(MOMENTS):
        begins = settled + quiet if state == State.DOUBT else due
        moments.append(max(begins, lease or begins))
    return min((at for at in moments if at and at > now), default=None)


def wake(conn: Connection, room: Room, why: str) -> None:
    conn.execute(WAKE, {"here": str(room), "because": why})


def effect(conn: Connection, key: str) -> Effect | None:
    row = conn.execute(EFFECT, {"wanted": key}).first()
    return None if row is None else _effect(row)


def find(
    conn: Connection, since: datetime | None, equal: dict[str, str | None]
) -> tuple[Effect, ...]:
    wanted: dict[str, Any] = {name: value for name, value in equal.items() if value is not None}
    found = _matching(*wanted, since=since is not None)
    return _in_order(conn.execute(found, wanted | ({"since": since} if since else {})))


@cache
def _matching(*names: str, since: bool) -> Select[Any]:
    found = select(effects).where(*(effects.c[name] == bindparam(name) for name in names))
    return found.where(effects.c.due >= bindparam("since", type_=Utc())) if since else found


def _changed(conn: Connection, statement: Changing, **given: Any) -> tuple[Effect, ...]:
    return _in_order(conn.execute(statement, given))


def _in_order(rows: Iterable[Row[Any]]) -> tuple[Effect, ...]:
    return tuple(sorted(map(_effect, rows), key=lambda effect: (effect.due, effect.key)))


def _effect(row: Row[Any]) -> Effect:
    values = dict(row._mapping)
    words = {"kind": Kind(row.kind), "state": State(row.state)}
    return Effect(**values | words | {"room": Room.parse(row.room)})
