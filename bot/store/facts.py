"""Odds and ends: facts by key, and the events that were seen."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import events, facts, insert

VALUE = select(facts.c.value).where(facts.c.key == bindparam("wanted"))  # made once: read often


async def seen(conn: AsyncConnection, event: str, at: datetime) -> bool:
    new = insert(conn, events).values(id=event, at=at).on_conflict_do_nothing()
    return (await conn.execute(new.returning(events.c.id))).first() is not None


async def get(conn: AsyncConnection, key: str) -> str | None:
    return (await conn.scalars(VALUE, {"wanted": key})).first()


async def put(conn: AsyncConnection, key: str, value: str) -> None:
    new = insert(conn, facts).values(key=key, value=value)
    await conn.execute(
        new.on_conflict_do_update(index_elements=[facts.c.key], set_={"value": new.excluded.value})
    )


async def swap(conn: AsyncConnection, key: str, old: str | None, new: str) -> bool:
    swapped = (
        insert(conn, facts).values(key=key, value=new).on_conflict_do_nothing()
        if old is None
        else update(facts).where(facts.c.key == key, facts.c.value == old).values(value=new)
    )
    return (await conn.execute(swapped.returning(facts.c.key))).first() is not None
