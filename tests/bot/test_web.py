"""The web server: one for everybody who brings routes."""

import socket
from io import BytesIO

import pytest
from aiohttp import ClientSession, web

from bot import chats
from bot.clock import SystemClock
from bot.errors import Wrong
from bot.settings import Settings
from bot.web import LONGEST_BODY, loopback, serving


class Guest:
    """Something with a route of its own, as a platform's HTTP mode."""

    def mount(self, app: web.Application) -> None:
        app.router.add_post("/guest", self.answer)

    async def answer(self, request: web.Request) -> web.Response:
        return web.Response(body=await request.read())


async def test_whoever_brings_routes_answers_on_one_port() -> None:
    async with serving([Guest()], "127.0.0.1", 0) as url, ClientSession() as session:
        headers = {"Host": "bot.example.org", "Origin": "https://slack.com"}
        async with session.post(f"{url}guest", data=b"a=1", headers=headers) as response:
            assert (response.status, await response.read()) == (200, b"a=1")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        async with session.get(f"{url}nothing") as response:
            assert response.status == 404
            assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_a_body_without_end_is_refused() -> None:
    async with serving([Guest()], "127.0.0.1", 0) as url, ClientSession() as session:
        body = BytesIO(b"x" * (LONGEST_BODY + 1))
        async with session.post(f"{url}guest", data=body) as response:
            assert response.status == 413


async def test_a_port_that_is_taken_is_named_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Wrong, match=rf"WEB_PORT={port}: ") as caught:
            async with serving([], "127.0.0.1", port):
                pass
    assert str(caught.value).endswith("; stop the program that does, or set WEB_PORT to another")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org"])  # noqa: S104 - refused
def test_the_page_is_never_opened_to_the_network(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_HOST", host)
    with pytest.raises(Wrong, match=r"WEB_HOST=.*PROMPT_ROOMS") as caught:
        chats.page_of(Settings(), SystemClock(), ())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_known_by_its_names(host: str) -> None:
    assert loopback(host)
