"""What was decided about a debate's words, by whoever may decide it."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Mark, Marked
from bot.store import members as member_rows
from bot.store.tables import insert, marks


async def put(conn: AsyncConnection, debate: str, mark: Mark, at: datetime) -> bool:
    """False where it is there, or its subject is a member of whom nothing is kept."""
    await member_rows.hold(conn, [mark.subject])
    if not all(await member_rows.allowed(conn, [(mark.subject, at)])):
        return False
    new = insert(conn, marks).values(debate=debate, kind=mark.kind, subject=mark.subject, at=at)
    kept = new.on_conflict_do_nothing().returning(marks.c.kind)
    return (await conn.execute(kept)).first() is not None


async def drop(conn: AsyncConnection, debate: str, mark: Mark) -> bool:
    gone = delete(marks).where(
        marks.c.debate == debate, marks.c.kind == mark.kind, marks.c.subject == mark.subject
    )
    return (await conn.execute(gone)).rowcount > 0


async def find(conn: AsyncConnection, debate: str) -> frozenset[Mark]:
    rows = await conn.execute(select(marks.c.kind, marks.c.subject).where(marks.c.debate == debate))
    return frozenset(Mark(Marked(row.kind), row.subject) for row in rows)
