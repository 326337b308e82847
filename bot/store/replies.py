"""What members said: every write is a merge, so that events may come in any order.

Two wordings of one message are compared by the time of their edit, the unedited one being oldest
(Slack's edit times are whole seconds, so an edit can carry an earlier time than its message), and
by their text where even that is the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    null,
    select,
    tuple_,
)
from sqlalchemy.sql.dml import ReturningInsert

from bot.model import Debate, Member, Reply, Room
from bot.store import debates as debate_rows
from bot.store import members as member_rows
from bot.store.tables import Upsert, Utc, insert, members, replies

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# As the databases write it. It stands in a merge seven times, and each time costs a row (#5).
WRITTEN = {
    "sqlite": "'1970-01-01 00:00:00.000000'",
    "postgresql": "timestamptz '1970-01-01 00:00:00+00'",
}
REMEMBERED = timedelta(hours=1)  # how long an edit waits for its reply

# Made once: read with every post about a debate.
_LIVE = (replies.c.debate == bindparam("wanted")) & replies.c.member.is_not(None)
IDS = select(replies.c.message).where(_LIVE)
FOUND = (
    select(replies, func.coalesce(members.c.name, replies.c.member).label("name"))
    .outerjoin(members, members.c.id == replies.c.member)
    .where(_LIVE)
    .order_by(replies.c.at, replies.c.message)
)


Heard = tuple[str, Reply]  # a thread, and what was said in it
Put = tuple[str, Reply]  # a debate, and what was said in it


def hear(conn: Connection, said: Sequence[Heard]) -> list[Debate | None]:
    """Keep what is said in threads of debates; for each the debate, if that changed anything."""
    known = debate_rows.of_threads(conn, {(reply.room, thread) for thread, reply in said})
    meant = [known.get((reply.room, thread)) for thread, reply in said]
    puts = [(d.id, reply) for d, (_, reply) in zip(meant, said, strict=True) if d]
    changed = iter(put(conn, puts))
    return [debate if debate and next(changed) else None for debate in meant]


def put(conn: Connection, said: Sequence[Put], shown: bool = False) -> list[bool]:
    """Keep the replies that may be kept; the others leave a tombstone, against later edits.

    What is `shown` in its thread now is back if it was dropped for not being shown.
    Whether each changed anything; of two of the same message in one call, both or neither.
    """
    if not said:
        return []
    spoken = [reply for _, reply in said]
    member_rows.hold(conn, (reply.member.id for reply in spoken))
    allowed = member_rows.allowed(conn, [(reply.member.id, reply.at) for reply in spoken])
    kept = [put for put, may in zip(said, allowed, strict=True) if may]
    for reply, may in zip(spoken, allowed, strict=True):
        if not may:
            drop(conn, reply.room, reply.message, reply.at)
    member_rows.remember(conn, (reply.member for _, reply in kept))
    changed = _merge(conn, [_row(debate, reply) for debate, reply in kept], shown)
    return [(str(reply.room), reply.message) in changed for reply in spoken]


def edit(conn: Connection, room: Room, message: str, text: str, at: datetime) -> Debate | None:
    """The debate of the reply that this changed."""
    stray = replies.c.member.is_(None) & (replies.c.edited < at - REMEMBERED)
    conn.execute(delete(replies).where(stray))
    new = insert(conn.dialect.name, replies).values(
        room=str(room), message=message, text=text, edited=at
    )
    merged = new.on_conflict_do_update(
        index_elements=[replies.c.room, replies.c.message],
        set_={"text": new.excluded.text, "edited": new.excluded.edited},
        where=replies.c.deleted.is_(None) & _newer(new.excluded, _never(conn.dialect.name)),
    )
    return _debate(conn, merged)


def drop(conn: Connection, room: Room, message: str, at: datetime | None) -> Debate | None:
    """The debate of the reply that this changed."""
    new = insert(conn.dialect.name, replies).values(
        room=str(room), message=message, deleted=at or NEVER
    )
    buried = new.on_conflict_do_update(
        index_elements=[replies.c.room, replies.c.message],
        set_={
            **dict.fromkeys(("member", "text", "at", "edited", "answers")),
            "deleted": at or func.coalesce(replies.c.edited, replies.c.at),
        },
        where=replies.c.deleted.is_(None),
    )
    return _debate(conn, buried)


def find(conn: Connection, debate: str) -> tuple[Reply, ...]:
    return tuple(map(_reply, conn.execute(FOUND, {"wanted": debate})))


def ids(conn: Connection, debate: str) -> frozenset[str]:
    return frozenset(conn.scalars(IDS, {"wanted": debate}).all())


def _debate(conn: Connection, upsert: Upsert) -> Debate | None:
    id = conn.scalar(upsert.returning(replies.c.debate))
    return None if id is None else debate_rows.debate(conn, id)


def _merge(
    conn: Connection, rows: Sequence[dict[str, Any]], shown: bool
) -> frozenset[tuple[str, str]]:
    """Insert or merge; the rows that changed. In order, so that two replicas cannot deadlock."""
    unique: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["edited"] or NEVER, row["text"])):
        unique[row["room"], row["message"]] = row  # one statement may not change a row twice
    if not unique:
        return frozenset()
    merged = _merging(conn.dialect.name, shown)
    changed = conn.execute(merged, [unique[key] for key in sorted(unique)])
    return frozenset((row.room, row.message) for row in changed)


@cache  # made once: making it takes longer than the database takes to do it
def _merging(dialect: str, shown: bool) -> ReturningInsert[tuple[str, str]]:
    new, never = insert(dialect, replies), _never(dialect)
    newer, buried = _newer(new.excluded, never), replies.c.deleted.is_not(None)
    kept = replies.c.deleted.is_(None) & (replies.c.member.is_(None) | newer)
    # Who drops what was not shown buries it at its own time, and a deletion comes after that.
    own = func.coalesce(new.excluded.edited, new.excluded.at)
    back = (replies.c.deleted > never) & (replies.c.deleted <= own)
    return new.on_conflict_do_update(
        index_elements=[replies.c.room, replies.c.message],
        set_={
            **{name: new.excluded[name] for name in ("debate", "member", "at", "answers")},
            "text": case((buried | newer, new.excluded.text), else_=replies.c.text),
            "edited": case((buried | newer, new.excluded.edited), else_=replies.c.edited),
            "deleted": null(),  # a value would be bound, and the rows then go one by one (#5)
        },
        where=kept | back if shown else kept,
    ).returning(replies.c.room, replies.c.message)


def _never(dialect: str) -> ColumnElement[datetime]:
    return literal_column(WRITTEN[dialect], Utc)


def _newer(new: Any, never: ColumnElement[datetime]) -> ColumnElement[bool]:
    return tuple_(func.coalesce(new.edited, never), new.text) > tuple_(
        func.coalesce(replies.c.edited, never), replies.c.text
    )


def _row(debate: str, reply: Reply) -> dict[str, Any]:
    return {
        "room": str(reply.room),
        "message": reply.message,
        "debate": debate,
        "member": reply.member.id,
        "text": reply.text,
        "at": reply.at,
        "edited": reply.edited,
        "answers": reply.answers,
    }


def _reply(row: Row[Any]) -> Reply:
    member = Member(row.member, row.name)
    room = Room.parse(row.room)
    return Reply(room, row.message, member, row.text, row.at, row.edited, row.answers)
