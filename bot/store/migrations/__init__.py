"""Bringing a database to the tables of this program."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    func,
    inspect,
    select,
    text,
)

from bot.ledger import StoreError
from bot.store.engine import Database, How
from bot.store.tables import metadata

KNOWN = ("0001", "0002", "0003", "0004")  # the revisions of `versions/`, oldest first
HEAD = KNOWN[-1]
VERSION = Table(  # as Alembic itself makes and reads it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
LOCK = 0x6761_6466_6C79  # "gadfly", the advisory lock of whoever migrates
PATIENT: Mapping[str, str] = {"statement_timeout": "50s", "lock_timeout": "50s"}


async def migrate(database: Database, where: str) -> None:
    """Bring the tables up to date, in one transaction. Any number of replicas may start at once.

    A database that a newer program has migrated is refused. Where nothing is to be migrated, since
    all is there or nothing, Alembic is not even imported: that takes a third of a second.
    """
    if not await database.run(partial(_current, where=where), how=How.READS):
        await database.run(partial(_brought_up, where=where))


def _brought_up(conn: Connection, where: str) -> None:
    _alone(conn)
    if revision(conn) is None:
        _made(conn)
    elif not _current(conn, where):
        upgrade(conn)


def _current(conn: Connection, where: str) -> bool:
    found = revision(conn)
    if found is not None and found not in KNOWN:
        raise StoreError(
            f"database {where} is of a newer Gadfly (revision {found}, this one knows {HEAD}); "
            "install that version, or name another database in DATABASE_URL"
        )
    return found == HEAD


def revision(conn: Connection) -> str | None:
    """The revision the tables are at; None in an empty database."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _alone(conn: Connection) -> None:
    """Keep other replicas waiting until this transaction ends; on SQLite they cannot be."""
    if conn.dialect.name == "postgresql":
        for name, value in PATIENT.items():
            conn.execute(select(func.set_config(name, value, True)))
        conn.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _made(conn: Connection) -> None:
    """What all migrations together make of an empty database."""
    metadata.create_all(conn, checkfirst=False)
    VERSION.create(conn, checkfirst=False)
    conn.execute(VERSION.insert().values(version_num=HEAD))


def upgrade(conn: Connection) -> None:
    """Every migration that the database has not seen, one after another."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", "bot.store:migrations")
    command.upgrade(config, HEAD)
