"""The whole store as lines of JSON, and back: a copy for safe keeping, and the way to PostgreSQL.

The first line says which tables the lines are for; each further one is a row, its table first.
Rows come in the order of their keys, so that equal stores give equal lines.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, select, text

from bot.ledger import StoreError
from bot.store import dealt
from bot.store.calls import LONG, Calls
from bot.store.engine import file_of, name_of, read_url
from bot.store.migrations import HEAD, KNOWN, revision
from bot.store.tables import Utc, metadata

PORTION = 500  # rows per statement
TABLES = {table.name: table for table in metadata.sorted_tables}  # what is referred to comes first


async def dump(url: str) -> list[str]:
    """The lines, as of one moment, also beside a bot that is running.

    Raises StoreError where there is no store yet or it is another program's.
    """
    calls = Calls(url, LONG, peek=file_of(read_url(url)) is not None)
    try:
        return await calls.read(_dump, name_of(read_url(url)))
    finally:
        await calls.close()


async def restore(url: str, lines: Iterable[str]) -> int:
    """Fill an empty store with the lines; the number of rows. All of them are kept, or none.

    Raises StoreError where the store is not empty, and for lines that `dump` did not write.
    """
    revision, rows = _parsed(iter(lines))
    calls = Calls(url, LONG)
    try:
        await calls.prepare()
        return await calls.write(_restore, revision, rows)
    finally:
        await calls.close()


def _dump(conn: Connection, where: str) -> list[str]:
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    found = revision(conn)
    if found != HEAD:
        raise StoreError(
            f"database {where} is at revision {found or 'none'}, this Gadfly at {HEAD}; "
            "start this Gadfly on it once, then export"
        )
    lines = [json.dumps({"gadfly": "store", "revision": HEAD})]
    for name, table in TABLES.items():
        for row in conn.execute(select(table).order_by(*table.primary_key)):
            plain = {key: _plain(value) for key, value in row._mapping.items()}
            lines.append(json.dumps({"table": name, **plain}))
    return lines


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _parsed(lines: Iterator[str]) -> tuple[str, list[tuple[Table, dict[str, Any]]]]:
    try:
        head = json.loads(next(lines, ""))
        if head["gadfly"] != "store" or head["revision"] not in KNOWN:
            raise KeyError
        return head["revision"], [_row(json.loads(line)) for line in lines if line.strip()]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreError(
            f"these are not lines that a Gadfly of revision {HEAD} or older wrote; "
            "write them with gadfly export --store"
        ) from None


def _row(stored: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
    """A row with every column; those that an older Gadfly did not know are NULL."""
    table = TABLES[stored.pop("table")]
    row = {column.name: _read(column, stored.pop(column.name, None)) for column in table.c}
    if stored or None in (row[column.name] for column in table.primary_key):
        raise KeyError
    return table, row


def _read(column: Column[Any], value: Any) -> Any:
    return datetime.fromisoformat(value) if value and isinstance(column.type, Utc) else value


def _restore(conn: Connection, written: str, rows: list[tuple[Table, dict[str, Any]]]) -> int:
    for table in TABLES.values():
        if conn.scalar(select(func.count()).select_from(table)):
            raise StoreError("the database is not empty; name a new one in DATABASE_URL")
    for table in TABLES.values():
        its = [row for its_table, row in rows if its_table is table]
        for start in range(0, len(its), PORTION):
            conn.execute(insert(table), its[start : start + PORTION])
    if written < dealt.SINCE:
        dealt.fill(conn)
    return len(rows)
