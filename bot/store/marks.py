"""What was decided about a debate's words, by whoever may decide it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.model import Mark, Marked
from bot.store import members as member_rows
from bot.store.tables import insert, marks

FOUND = select(marks.c.kind, marks.c.subject).where(  # made once: read with every summary
    marks.c.debate == bindparam("wanted")
)


def put(conn: Connection, debate: str, mark: Mark, at: datetime) -> bool:
    """False where it is there, or its subject is a member of whom nothing is kept."""
    member_rows.hold(conn, [mark.subject])
    if not all(member_rows.allowed(conn, [(mark.subject, at)])):
        return False
    new = insert(conn.dialect.name, marks).values(
        debate=debate, kind=mark.kind, subject=mark.subject, at=at
    )
    kept = new.on_conflict_do_nothing().returning(marks.c.kind)
    return conn.execute(kept).first() is not None


def drop(conn: Connection, debate: str, mark: Mark) -> bool:
    gone = delete(marks).where(
        marks.c.debate == debate, marks.c.kind == mark.kind, marks.c.subject == mark.subject
    )
    return conn.execute(gone).rowcount > 0


def find(conn: Connection, debate: str) -> frozenset[Mark]:
    rows = conn.execute(FOUND, {"wanted": debate})
    return frozenset(Mark(Marked(row.kind), row.subject) for row in rows)
