"""Bringing a database to the tables of this program."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ledger import StoreError

KNOWN = ("0001", "0002")  # the revisions of `versions/`, oldest first
HEAD = KNOWN[-1]
LOCK = 0x6761_6466_6C79  # "gadfly", the advisory lock of whoever migrates
PATIENT: Mapping[str, str] = {"statement_timeout": "50s", "lock_timeout": "50s"}


async def migrate(engine: AsyncEngine, where: str) -> None:
    """Bring the tables up to date, in one transaction. Any number of replicas may start at once.

    A database that a newer program has migrated is refused. Where nothing is to be done, Alembic
    is not even imported: that takes a third of a second.
    """
    async with engine.begin() as conn:
        if await _current(conn, where):
            return
    async with engine.begin() as conn:
        await _alone(conn)
        if not await _current(conn, where):
            await conn.run_sync(_upgrade)


async def _current(conn: AsyncConnection, where: str) -> bool:
    found = await conn.run_sync(revision)
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


async def _alone(conn: AsyncConnection) -> None:
    """Keep other replicas waiting until this transaction ends; on SQLite they cannot be."""
    if conn.dialect.name == "postgresql":
        for name, value in PATIENT.items():
            await conn.execute(select(func.set_config(name, value, True)))
        await conn.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _upgrade(conn: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", "bot.store:migrations")
    command.upgrade(config, HEAD)
