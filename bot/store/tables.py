"""The tables, the same on SQLite and PostgreSQL.

Columns carry the names of the fields in `bot.model`. Rooms are stored as they are written,
`platform:id`; enumerations as their values.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Result,
    Select,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    false,
    or_,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Utc(TypeDecorator[datetime]):
    """A moment. Naive times are refused; what is read is aware and in UTC.

    SQLite drops the offset of a time without a word: 09:30+02:00 would come back as 09:30.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; the store takes aware times only")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text. NUL and lone surrogates, which the databases refuse, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):  # nearly all: a quick look
            return value
        return UNSTORABLE.sub("\ufffd", value)


def one_of(column: Column[str], values: Iterable[str]) -> ColumnElement[bool]:
    """`in_` for a few values that stand fast: that is compiled anew with every call (#4)."""
    return or_(false(), *(column == value for value in values))


Rows = Callable[[Connection, Collection[str]], Result[Any]]


def among(found: Select[Any], column: Column[str]) -> Rows:
    """What asks for the rows whose column holds one of some values.

    A list is compiled anew with every call, and mostly there is one value to ask for (#5).
    """
    one = found.where(column == bindparam("one"))
    several = found.where(column.in_(bindparam("several", expanding=True)))

    def rows(conn: Connection, values: Collection[str]) -> Result[Any]:
        if len(values) == 1:
            return conn.execute(one, {"one": next(iter(values))})
        return conn.execute(several, {"several": list(values)})

    return rows


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

effects = Table(
    "effects",
    metadata,
    Column("key", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("schedule", Words, nullable=False),
    Column("room", Words, nullable=False),
    Column("due", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("debate", Words),  # no foreign key: an effect may be planned before its debate opens
    Column("state", Words, nullable=False),
    Column("owner", Words),
    Column("lease", Utc),
    Column("attempt", Integer, nullable=False),
    Column("message", Words),
    Column("why", Words),
    Column("settled", Utc),
    Index(None, "state", "due"),
    Index(None, "kind", "due"),
    Index(None, "debate"),
)

debates = Table(
    "debates",
    metadata,
    Column("id", Words, primary_key=True),
    Column("schedule", Words, nullable=False),
    Column("room", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("prompt", JSON, nullable=False),
    Column("opened", Utc, nullable=False),
    Column("closes", Utc, nullable=False),
    Column("phase", Words, nullable=False),
    Column("closed", Utc),
    Index(None, "room", "thread"),
    Index(None, "room", "opened"),
    Index(None, "phase", "closed"),
)

# The place in the readings of each prompt that a room was asked, or is about to be, or that a
# facilitator passed over: all that dealing needs of the past. A room's rows lie side by side.
dealt = Table(
    "dealt",
    metadata,
    Column("room", Words, primary_key=True),
    Column("key", Words, primary_key=True),  # the effect's, where there is one
    Column("at", Utc, nullable=False),
    Column("prompt", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A row is one of three things: a reply (it has a member), an edit whose reply has not come yet
# (text without a member), or a tombstone (`deleted`, and neither text nor member).
replies = Table(
    "replies",
    metadata,
    Column("room", Words, primary_key=True),
    Column("message", Words, primary_key=True),
    Column("debate", Words, ForeignKey("debates.id")),
    Column("member", Words),
    Column("text", Words),
    Column("at", Utc),
    Column("edited", Utc),
    Column("deleted", Utc),
    Column("answers", Words),  # the id of a message of the same room, which need not be kept here
    Index(None, "debate", "at"),
    Index(None, "member"),
)

positions = Table(
    "positions",
    metadata,
    Column("debate", Words, ForeignKey("debates.id"), primary_key=True),
    Column("member", Words, primary_key=True),
    Column("at", Utc, primary_key=True),
    Column("stance", Words, primary_key=True),
    Column("reason", Words),
    Index(None, "member"),
)

# What members and facilitators decided about a debate's words; `subject` is whom or what it is
# about: a member's id or a message's.
marks = Table(
    "marks",
    metadata,
    Column("debate", Words, ForeignKey("debates.id"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("at", Utc, nullable=False),
    Index(None, "subject"),
)

members = Table(
    "members",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
)

# Who asked to be left out or erased, by the SHA-256 of their id: the wish outlives their data.
wishes = Table(
    "wishes",
    metadata,
    Column("who", Words, primary_key=True),
    Column("out", Boolean, nullable=False),
    Column("since", Utc, nullable=False),  # nothing they said before this is kept
)

facts = Table(
    "facts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Words, primary_key=True),
    Column("at", Utc, nullable=False),
    Index(None, "at"),
)


Upsert: TypeAlias = "postgresql.Insert | sqlite.Insert"


def insert(dialect: str, table: Table) -> Upsert:
    """An INSERT that knows ON CONFLICT: both dialects say it alike, SQLAlchemy spells it twice."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a tenth of a second that SQLite needs not wait

    return postgresql.insert(table)
