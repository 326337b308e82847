"""The databases' troubles in one line each, with what to do next and nobody's words in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.ledger import StoreError

OLDER = "it is an older Gadfly's; start this one on it once, with gadfly run"
REMEDIES = (
    ("no such table", OLDER),
    ("relation", OLDER),
    ("unable to open", "let this user write to its folder, or name another file in DATABASE_URL"),
    ("readonly", "let this user write to it and its folder, or name another in DATABASE_URL"),
    ("locked", "close the program that holds it (a backup, a viewer) and it goes on by itself"),
    ("not a database", "restore a backup, or move the file away to start empty"),
    ("malformed", "stop Gadfly and restore a backup, or move the file away to start empty"),
    ("is full", "make room on the disk and it goes on by itself"),
    ("disk i/o", "look after the disk, then start again"),
    ("password", "put the right user and password into DATABASE_URL"),
    ("does not exist", "create it on the server, or correct DATABASE_URL"),
    ("permission denied", "let this user create and write tables there"),
    ("too many", "raise max_connections on the server, or stop other clients"),
    ("foreign key", "open the debate before keeping what is said in it"),
    ("connect", "start the server, or correct host and port in DATABASE_URL"),
    ("timeout", "see whether the database is overloaded; what was asked for is tried again"),
)
ELSE = "see the database's own log"


@contextmanager
def told(where: str) -> Iterator[None]:
    """Raise every trouble of the database `where` as a `StoreError`.

    The cause is left out on purpose: the drivers put the values of a statement, which are members'
    words, into their messages.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        orig = getattr(error, "orig", None)
        if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
            raise (orig or error) from None  # a wrong argument: the caller's mistake
        raise StoreError(line(where, _words(error))) from None


def line(where: str, trouble: str) -> str:
    known = (remedy for sign, remedy in REMEDIES if sign in trouble.lower())
    return f"database {where}: {' '.join(trouble.split())}; {next(known, ELSE)}"


def _words(error: BaseException) -> str:
    if isinstance(error, PoolTimeout | TimeoutError):
        return "no answer in time (timeout)"
    if isinstance(error, DataError):
        return "a value it does not take"
    if isinstance(error, OSError):
        return f"cannot connect ({error.strerror or type(error).__name__})"
    orig = getattr(error, "orig", None) or error
    first: object = next(iter((orig.__cause__ or orig).args), "")
    return (str(first).splitlines() or [type(orig).__name__])[0].rstrip(".")
