"""A chat platform as a process of its own: it keeps the true log, and it loses answers.

python tests/story/emulator.py LOG LOSS SEED     prints its port, then serves until killed
"""

import asyncio
import json
import random
import sys
from pathlib import Path

from aiohttp import web


class Emulator:
    """Posts by key; one in so many lands without its answer, or is answered and never lands."""

    def __init__(self, log: Path, loss: float, seed: int) -> None:
        self.log, self.loss = log, loss
        self.chance = random.Random(seed)  # noqa: S311 - a die, no secret
        self.keys: dict[str, str] = {}
        self.count = 0

    async def post(self, request: web.Request) -> web.Response:
        asked = await request.json()
        await asyncio.sleep(0.01)
        fate = self.chance.random()
        if fate < self.loss / 2:
            raise web.HTTPBadGateway  # and it never lands
        self.count += 1
        message = f"{self.count:08d}"
        self.keys.setdefault(asked["key"], message)
        with self.log.open("a") as log:
            log.write(json.dumps({"key": asked["key"], "message": message}) + "\n")
        if fate < self.loss and request.transport:
            request.transport.close()  # and its answer is lost
        return web.json_response({"message": message})

    async def edit(self, _: web.Request) -> web.Response:
        return web.json_response({"message": ""})

    async def find(self, request: web.Request) -> web.Response:
        return web.json_response({"message": self.keys.get(request.query["key"])})


async def serve(log: Path, loss: float, seed: int) -> None:
    emulator, app = Emulator(log, loss, seed), web.Application()
    app.add_routes([
        web.post("/post", emulator.post),
        web.post("/edit", emulator.edit),
        web.get("/find", emulator.find),
    ])  # fmt: skip
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
