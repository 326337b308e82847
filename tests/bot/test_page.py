"""The page: a real server on loopback, a real client, a real file."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession
from waiting import LONG

from bot import web
from bot.card import (
    Card,
    Heading,
    Text,
)
from bot.chat.page import PageChat
from bot.chat.page_cards import card_of
from bot.chat.page_file import load
from bot.events import Asked, Event
from bot.model import Member, Room
from bot.ports import Done, Refused
from bot.web import serving

ROOM = Room("page", "agora")
ANN = {"id": "ann", "name": "Ann"}
MOTION = Card((Heading("Homework should be abolished."),), "Homework should be abolished.")
EVIL = "</script><img src=x onerror=alert(1)>\n\ndata: {}\n\n<b>@everyone</b> \u202egnp"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Still:
    def now(self) -> datetime:
        return NOON


def page_in(folder: Path) -> PageChat:
    return PageChat((ROOM,), folder / "page.json", Still())


async def echo(event: Event) -> Card | None:
    return Card((Text(event.text),)) if isinstance(event, Asked) else None


@asynccontextmanager
async def served(page: PageChat) -> AsyncIterator[ClientSession]:
    up = asyncio.Event()
    async with serving([page], "127.0.0.1", 0) as url:
        task = asyncio.create_task(page.run(echo, up.set))
        await up.wait()
        try:
            async with ClientSession(url) as session:
                yield session
        finally:
            task.cancel()
            await asyncio.wait({task})


async def act(session: ClientSession, **what: Any) -> ClientResponse:
    body = {"room": "page:agora", "member": ANN, **what}
    async with session.post("/act", json=body) as response:
        await response.read()
        return response


async def prompt(page: PageChat, key: str = "monday") -> str:
    outcome = await page.post(ROOM, MOTION, key)
    assert isinstance(outcome, Done)
    return outcome.message


async def news(response: ClientResponse) -> dict[str, Any]:
    """The next event of the feed."""
    line = await response.content.readline()
    assert await response.content.readline() == b"\n"
    told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return told


# Who may ask


async def test_the_page_and_its_files_come_with_a_policy_against_foreign_scripts(
    tmp_path: Path,
) -> None:
    async with served(page_in(tmp_path)) as session:
        paths = ("/", "/page.css", "/page.js", "/page_cards.js", "/page_window.js", "/page.svg")
        for path in paths:
            async with session.get(path) as response:
                assert response.status == 200
                policy = response.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'; script-src 'self';")
                assert "unsafe" not in policy


async def test_the_page_asks_nothing_of_any_other_server() -> None:
    for file in (Path(__file__).parents[2] / "bot/chat").glob("page*.*"):
        if file.suffix in (".html", ".css", ".js"):
            text = file.read_text().replace("http://www.w3.org/2000/svg", "")
            assert "://" not in text
            assert "innerHTML" not in text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[", ""])
async def test_another_name_for_this_machine_is_refused(tmp_path: Path, host: str) -> None:
    async with (
        served(page_in(tmp_path)) as session,
        session.get("/feed", headers={"Host": host}) as response,
    ):
        assert response.status in (400, 403)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Type": "text/plain"},
    ],
)
async def test_a_request_from_another_page_is_refused(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    page = page_in(tmp_path)
    async with served(page) as session:
        thread = await prompt(page)
        body = {"do": "write", "room": str(ROOM), "member": ANN, "thread": thread, "text": "x"}
        async with session.post("/act", json=body, headers=headers) as response:
            assert response.status == 403
    assert [reply async for reply in page.replies(ROOM, thread)] == []


async def test_its_own_window_is_let_in(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    async with served(page) as session:
        async with session.get("/") as shown:
            own = {"Origin": str(shown.url.origin()), "Sec-Fetch-Site": "same-origin"}
        body = {"do": "press", "room": str(ROOM), "member": ANN, "action": "next", "value": ""}
        async with session.post("/act", json=body, headers=own) as response:
            assert response.status == 200


async def test_only_the_writer_of_a_reply_can_change_it(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    async with served(page) as session:
        thread = await prompt(page)
        await act(session, do="write", thread=thread, text="mine")
        [reply] = [reply async for reply in page.replies(ROOM, thread)]
        bob = {"id": "bob", "name": "Ann"}
        edit = {"do": "edit", "message": reply.message, "text": "not mine"}
        assert (await act(session, **edit, member=bob)).status == 400
        assert (await act(session, do="delete", message=reply.message, member=bob)).status == 400
        assert (await act(session, do="delete", message=thread)).status == 400
        assert [reply.text async for reply in page.replies(ROOM, thread)] == ["mine"]


# What is told


async def test_hostile_text_travels_as_text_and_cannot_end_an_event(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    async with served(page) as session, session.get("/feed") as feed:
        thread = await prompt(page)
        first = await news(feed)
        if not first["entries"]:
            await news(feed)
        await act(session, do="write", thread=thread, text=EVIL)
        [entry] = (await news(feed))["entries"]
        assert entry["text"] == EVIL


async def test_a_window_hears_of_posts_replies_edits_and_deletions(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    thread = await prompt(page)
    async with served(page) as session, session.get("/feed") as feed:
        first = await news(feed)
        assert (first["first"], first["rooms"]) == (True, ["page:agora"])
        assert [entry["key"] for entry in first["entries"]] == ["monday"]
        await act(session, do="write", thread=thread, text="Never.")
        [said] = (await news(feed))["entries"]
        await act(session, do="edit", message=said["id"], text="Seldom.")
        [edited] = (await news(feed))["entries"]
        assert (edited["id"], edited["text"]) == (said["id"], "Seldom.")
        await act(session, do="delete", message=said["id"])
        assert await news(feed) == {"entries": [], "gone": [said["id"]]}


async def test_a_command_is_answered_to_its_window_alone(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    async with served(page) as session:
        body = {"do": "write", "room": str(ROOM), "member": ANN, "text": "/quote play"}
        async with session.post("/act", json=body) as response:
            answer = (await response.json())["answer"]
        assert card_of(answer) == Card((Text("play"),))
    assert load(tmp_path / "page.json").entries == {}


async def test_a_window_hears_once_that_all_that_is_its_members_was_erased(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    body = {"do": "write", "room": str(ROOM), "member": ANN, "text": "/gadfly forget"}

    async def told(session: ClientSession) -> bool:
        async with session.post("/act", json=body) as response:
            return bool((await response.json())["erased"])

    async with served(page) as session:
        assert not await told(session)
        await page.erase("page:ann")
        assert [await told(session), await told(session)] == [True, False]


async def test_an_open_window_does_not_hold_up_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "GOODBYE", 600.0)
    loop, page = asyncio.get_running_loop(), page_in(tmp_path)
    async with ClientSession() as window:
        async with served(page) as session, session.get("/") as shown:
            feed = await window.get(shown.url.joinpath("feed"))
            await news(feed)
            before = loop.time()
        assert loop.time() - before < LONG
        assert await feed.content.read() == b""


# What is kept


async def test_a_restart_keeps_posts_replies_and_the_order_of_ids(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    thread = await prompt(page)
    async with served(page) as session:
        await act(session, do="write", thread=thread, text=EVIL)
    again = page_in(tmp_path)
    assert await again.find(ROOM, "monday") == thread
    [reply] = [reply async for reply in again.replies(ROOM, thread)]
    assert (reply.text, reply.member) == (EVIL, Member("page:ann", "Ann"))
    assert await prompt(again, "tuesday") > reply.message


async def test_words_that_were_deleted_or_edited_away_leave_the_file(tmp_path: Path) -> None:
    page, file = page_in(tmp_path), tmp_path / "page.json"
    thread = await prompt(page)
    async with served(page) as session:
        for text in ("canary-one", "canary-two"):
            await act(session, do="write", thread=thread, text=text)
        assert "canary-one" in file.read_text()
        one, two = [reply.message async for reply in page.replies(ROOM, thread)]
        await act(session, do="delete", message=one)
        await act(session, do="edit", message=two, text="Seldom.")
    assert "canary" not in everything_in(tmp_path)


def everything_in(folder: Path) -> str:
    return "".join(file.read_text() for file in folder.iterdir())


async def test_a_room_that_is_not_the_pages_is_refused_for_good(tmp_path: Path) -> None:
    outcome = await page_in(tmp_path).post(Room("page", "other"), MOTION, "monday")
    assert isinstance(outcome, Refused)
    assert outcome.lasting


@pytest.mark.parametrize(
    "body",
    [b"", b"[" * 60_000, b"9" * 60_000, b"null", b'{"do": "write"}', b"\xff\xfe"],
)
async def test_bad_input_is_answered_with_one_line(tmp_path: Path, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    async with (
        served(page_in(tmp_path)) as session,
        session.post("/act", data=body, headers=kind) as response,
    ):
        assert response.status == 400
        assert "\n" not in (await response.json())["wrong"]


async def test_a_body_without_end_is_refused(tmp_path: Path) -> None:
    async with served(page_in(tmp_path)) as session:
        assert (await act(session, do="write", text="x" * 70_000)).status == 413
