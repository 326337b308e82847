"""One PostgreSQL server for all tests of a run, and an empty store on each database."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.calls import Calls
from bot.store.store import Store
from bot.store.tables import metadata
from tests.contract.postgres import NoServerError, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    try:
        with server() as url:
            asyncio.run(migrated(url))
            yield url
    except NoServerError as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables: copying it is quicker than migrating for each test."""
    path = tmp_path_factory.mktemp("template") / "gadfly.db"
    asyncio.run(migrated(f"sqlite:///{path}"))
    return path


async def migrated(url: str) -> None:
    await (await Store.at(url)).close()


async def emptied(url: str) -> None:
    calls = Calls(url)
    for table in reversed(metadata.sorted_tables):
        await calls.write(lambda conn, table=table: conn.execute(table.delete()))
    await calls.close()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with empty tables."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("template")
        shutil.copy(template, tmp_path / "gadfly.db")
        return f"sqlite:///{tmp_path}/gadfly.db"
    postgres: str = request.getfixturevalue("postgres")
    asyncio.run(emptied(postgres))
    return postgres


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    made = await Store.at(url)
    yield made
    await made.close()
