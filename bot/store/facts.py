"""Odds and ends: facts by key, and the events that were seen."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, select, update

from bot.store.tables import Upsert, events, facts, insert

VALUE = select(facts.c.value).where(facts.c.key == bindparam("wanted"))  # made once: read often


def seen(conn: Connection, event: str, at: datetime) -> bool:
    new = insert(conn.dialect.name, events).values(id=event, at=at).on_conflict_do_nothing()
    return conn.execute(new.returning(events.c.id)).first() is not None


def get(conn: Connection, key: str) -> str | None:
    return conn.scalar(VALUE, {"wanted": key})


@cache
def _putting(dialect: str) -> Upsert:
    new = insert(dialect, facts)
    return new.on_conflict_do_update(
        index_elements=[facts.c.key], set_={"value": new.excluded.value}
    )


def put(conn: Connection, key: str, value: str) -> None:
    conn.execute(_putting(conn.dialect.name), {"key": key, "value": value})


def swap(conn: Connection, key: str, old: str | None, new: str) -> bool:
    swapped = (
        insert(conn.dialect.name, facts).values(key=key, value=new).on_conflict_do_nothing()
        if old is None
        else update(facts).where(facts.c.key == key, facts.c.value == old).values(value=new)
    )
    return conn.execute(swapped.returning(facts.c.key)).first() is not None
