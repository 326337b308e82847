"""How the command line reaches a bot that has a SQLite file to itself: a socket beside the file.

Only the file's owner may open it. One order a connection: a line of JSON, and a line as answer.
"""

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot import steering
from bot.errors import Wrong
from bot.model import BadRoom, Room
from bot.steering import Order
from bot.study import Live, Study

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds for an answer; dealing from many readings takes some
LONGEST = 4096  # bytes of an order


async def decided(study: Study, verb: str, room: str, text: str) -> str:
    """Do what the order says, here and now; what to tell its giver."""
    at, event = study.clock.now(), f"command/{uuid4().hex}"
    return await steering.decide(study, Order(verb, Room.parse(room), at, event, f"{verb} {text}"))


@asynccontextmanager
async def answering(live: Live, database: Path | None) -> AsyncIterator[None]:
    """While this stands, orders about the database file reach this process, and the study as it
    is then: one that has the readings of the day."""
    if database is None:
        yield
        return
    path = _door(database)
    path.unlink(missing_ok=True)  # of a process that was killed: the file's lock is ours
    place = socket.socket(socket.AF_UNIX)
    try:
        place.bind(str(path))
        path.chmod(0o600)  # before anybody can connect
        serve = partial(_serve, live)
        server = await asyncio.start_unix_server(serve, sock=place, limit=LONGEST)
    except OSError as error:  # a path of more than 107 characters, a disk that knows no sockets
        log.warning("the command line cannot steer this bot while it runs: %s", error)
        place.close()
        yield
        return
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def asked(database: Path, order: list[str]) -> str | None:
    """What the bot that has the database answers; None where there is none. May raise `Wrong`."""
    try:
        async with asyncio.timeout(PATIENCE):
            read, write = await asyncio.open_unix_connection(_door(database))
            with contextlib.closing(write):
                write.write(json.dumps(order).encode() + b"\n")
                told = json.loads(await read.read())
    except (FileNotFoundError, ConnectionRefusedError):
        return None
    except (OSError, TimeoutError, ValueError) as error:
        why = str(error) or "no answer in time"
        raise Wrong(f"the bot that has {database} cannot be asked ({why}); see its log") from None
    if "wrong" in told:
        raise Wrong(told["wrong"])
    return str(told["said"])


async def _serve(live: Live, read: asyncio.StreamReader, write: asyncio.StreamWriter) -> None:
    with contextlib.closing(write), contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            answer = await _answer(live.study, await read.readline())
            write.write(json.dumps(answer).encode())
            await write.drain()


async def _answer(study: Study, line: bytes) -> dict[str, str]:
    try:
        verb, room, text = map(str, json.loads(line))
        return {"said": await decided(study, verb, room, text)}
    except (Wrong, BadRoom) as wrong:
        return {"wrong": str(wrong)}
    except (ValueError, KeyError, TypeError):
        return {"wrong": "the running bot does not know this order; is it of another version?"}


def _door(database: Path) -> Path:
    return database.with_name(f"{database.name}.sock")
