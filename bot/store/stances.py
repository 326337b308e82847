"""What members stand for: every step is kept; where a group stands is the database's to count."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select, union, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.model import Member, Position, Standing, Taken
from bot.store import debates as debate_rows
from bot.store import members as member_rows
from bot.store.tables import Utc, insert, members, positions, replies
from prompts.model import Stance

Press = tuple[str, Position, tuple[str, ...]]  # a debate, a step in it, and what is one with it


# Made once: read with every press.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_UNTIL: BindParameter[datetime] = bindparam("until", type_=Utc)
_steps = positions.c.debate.in_(_IDS) & (positions.c.at <= _UNTIL)
_order = func.row_number().over(
    partition_by=positions.c.member, order_by=(positions.c.at.desc(), positions.c.stance.desc())
)
_ranked = (
    select(positions.c.member, positions.c.stance, _order.label("place")).where(_steps).subquery()
)
_last = select(_ranked.c.member, _ranked.c.stance).where(_ranked.c.place == 1).cte("last")
TAKEN = (
    select(positions, func.coalesce(members.c.name, positions.c.member).label("name"))
    .outerjoin(members, members.c.id == positions.c.member)
    .where(positions.c.debate == bindparam("wanted"))
    .order_by(positions.c.at, positions.c.member, positions.c.stance)
)
OWN = (
    select(positions.c.stance)
    .where(_steps, positions.c.member == bindparam("member"))
    .order_by(positions.c.at, positions.c.stance)
)
COUNTS = select(_last.c.stance, func.count().label("people")).group_by(_last.c.stance)
# A reply, or a reason for the stance that its member still has.
_replied = select(replies.c.member).where(
    replies.c.debate.in_(_IDS),
    replies.c.member.is_not(None),
    replies.c.at <= _UNTIL,
    func.trim(replies.c.text) != "",
)
_still = (_last.c.member == positions.c.member) & (_last.c.stance == positions.c.stance)
_reasoned = select(positions.c.member).join(_last, _still).where(_steps, positions.c.reason != "")
WRITERS = select(func.count()).select_from(union(_replied, _reasoned).subquery())


def take_all(conn: Connection, presses: Sequence[Press]) -> list[Taken | None]:
    """Keep steps that were taken at the same moment, and what came of each."""
    member_rows.hold(conn, {position.member.id for _, position, _ in presses})
    return [_take(conn, *press) for press in presses]


def _take(
    conn: Connection, ident: str, position: Position, together: tuple[str, ...]
) -> Taken | None:
    debate, member = debate_rows.debate(conn, ident), position.member.id
    if debate is None:
        return None
    until, ids = debate.closed or debate.closes, (ident, *together)
    before = _own(conn, ids, member, until)
    over = position.at >= until  # what was pressed before counts, however late we hear of it
    if not over:
        _keep(conn, ident, position)
    out = member_rows.opted_out(conn, member)
    return Taken(debate, over, out, before[-1] if before else None, stand(conn, ids, member, until))


def put(conn: Connection, debate: str, position: Position) -> bool:
    member_rows.hold(conn, [position.member.id])
    return _keep(conn, debate, position)


def _keep(conn: Connection, debate: str, position: Position) -> bool:
    """Keep a step that may be kept. The caller holds the member."""
    if not all(member_rows.allowed(conn, [(position.member.id, position.at)])):
        return False
    member_rows.remember(conn, [position.member])
    step = {
        "debate": debate,
        "member": position.member.id,
        "at": position.at,
        "stance": position.stance,
        "reason": position.reason,
    }
    return conn.execute(_keeping(conn.dialect.name), step).first() is not None


@cache
def _keeping(dialect: str) -> ReturningInsert[tuple[str]]:
    return insert(dialect, positions).on_conflict_do_nothing().returning(positions.c.member)


def unsay(conn: Connection, debate: str, member: str) -> bool:
    """The reasons go, the stances stay."""
    theirs = (positions.c.debate == debate) & (positions.c.member == member)
    said = update(positions).where(theirs, positions.c.reason.is_not(None)).values(reason=None)
    return conn.execute(said).rowcount > 0


def find(conn: Connection, debate: str) -> tuple[Position, ...]:
    return tuple(map(_position, conn.execute(TAKEN, {"wanted": debate})))


def _position(row: Row[Any]) -> Position:
    return Position(Member(row.member, row.name), Stance(row.stance), row.at, row.reason)


def stand(conn: Connection, ids: Sequence[str], member: str, until: datetime) -> Standing:
    """Where a group stands in its debate, or debates that are one, up to a moment."""
    meant = {"ids": list(ids), "until": until}
    own = _own(conn, ids, member, until)
    counts = {Stance(row.stance): int(row.people) for row in conn.execute(COUNTS, meant)}
    writers = conn.scalar(WRITERS, meant) or 0
    return Standing(counts, writers, own[0] if own else None, own[-1] if own else None)


def _own(conn: Connection, ids: Sequence[str], member: str, until: datetime) -> list[Stance]:
    """One member's steps, oldest first."""
    meant = {"ids": list(ids), "until": until, "member": member}
    return [Stance(stance) for stance in conn.scalars(OWN, meant)]
