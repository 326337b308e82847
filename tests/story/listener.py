"""A replica that listens while it may, as a process of its own.

python tests/story/listener.py DATABASE NAME SPAN     prints "on" and "off"
"""

import asyncio
import sys

from bot.lease import Lease
from bot.store.store import Store


async def listen() -> None:
    print("on", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        print("off", flush=True)


async def main(database: str, name: str, span: str) -> None:
    await Lease(await Store.at(database), "listens", name, float(span)).during(listen)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
