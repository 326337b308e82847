"""Web pages named in the folder: fetched once, from public addresses alone, and kept."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web as server
from aiohttp.abc import AbstractResolver, ResolveResult

from prompts import links, web
from prompts.formats import Unreadable
from prompts.readings import Shelf, load
from prompts.web import Copy, copies, public, tidy

DAY = date(2026, 11, 25)
WORDS = "Rivers flow to the sea, and a dam only borrows what it holds for a generation or two."
PAGE = f"<!doctype html><html lang=en><title>On Rivers</title><body><p>{WORDS}</p></body></html>"


class Local(AbstractResolver):
    """Every name but `inner.example` is this machine's loopback, said to be public."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        number = "10.0.0.1" if host == "inner.example" else "127.0.0.1"
        return [
            ResolveResult(hostname=host, host=number, port=port, family=family, proto=0, flags=0)
        ]

    async def close(self) -> None: ...


def local(address: object) -> bool:
    """The one address that the tests take for the internet."""
    return str(address) == "127.0.0.1"


def app(hits: list[str]) -> server.Application:
    made = server.Application()
    large = b"<p>" + b"A" * 21_000_000

    async def answer(request: server.Request) -> server.StreamResponse:
        hits.append(request.path)
        moved = {"/moved": "/page", "/loop": "/loop", "/inside": "http://inner.example/secret",
                 "/number": "http://127.0.0.9/secret", "/file": "file:///etc/passwd",
                 "/wide": "http://①②⑦.0.0.9/secret"}  # fmt: skip
        if request.path in moved:
            raise server.HTTPFound(moved[request.path])
        if request.path == "/latin":
            text = "<p>Une forêt brûlée ne revient pas, même quand l’été est passé depuis.</p>"
            return server.Response(body=text.encode("cp1252"), headers={
                "Content-Type": "text/html; charset=windows-1252"})  # fmt: skip
        if request.path == "/large":
            return server.Response(body=large, content_type="text/html")
        if request.path == "/bomb":
            made = server.Response(body=large, content_type="text/html")
            made.enable_compression()
            return made
        if request.path in ("/slow", "/endless"):
            stream = server.StreamResponse(headers={"Content-Type": "text/html"})
            await stream.prepare(request)
            while request.transport is not None:
                await stream.write(b"<p>A" if request.path == "/slow" else b"A" * 1_000_000)
                await asyncio.sleep(0.02 if request.path == "/slow" else 0)
        if request.path == "/image":
            return server.Response(body=b"x", content_type="image/png")
        if request.path == "/page":
            return server.Response(text=PAGE, content_type="text/html")
        raise server.HTTPNotFound

    made.router.add_get("/{rest:.*}", answer)
    return made


class Site:
    """A web server on loopback, in a thread of its own."""

    def __init__(self, port: int, hits: list[str]) -> None:
        self.hits, self.resolver = hits, Local()
        self.root = f"http://pages.example:{port}"


@contextmanager
def serving() -> Iterator[Site]:
    hits: list[str] = []
    loop, ready, made = asyncio.new_event_loop(), threading.Event(), app(hits)
    found: list[int] = []

    async def start() -> server.AppRunner:
        runner = server.AppRunner(made)
        await runner.setup()
        site = server.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        found.append(runner.addresses[0][1])
        ready.set()
        return runner

    def run() -> None:
        runner = loop.run_until_complete(start())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        yield Site(found[0], hits)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetched(site: Site, folder: Path, *paths: str) -> list[Copy | Unreadable]:
    addresses = [path if "://" in path else site.root + path for path in paths]
    found = copies(addresses, folder / "pages", DAY, local, site.resolver)
    return [found[address] for address in addresses]


def shelf(site: Site, tmp_path: Path) -> Shelf:
    fetch = partial(
        copies, folder=tmp_path / "pages", today=DAY, allowed=local, resolver=site.resolver
    )
    return load(tmp_path / "seeds", fetch=fetch)


def put(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_pages_of_a_list_are_readings_of_its_folder(site: Site, tmp_path: Path) -> None:
    put(tmp_path, "week-03/links.txt", f"# for Monday\n{site.root}/page\n{site.root}/gone\n")
    found = shelf(site, tmp_path)
    [reading] = found.readings
    assert reading.key == f"week-03/pages.example-{site.root.rsplit(':')[-1]}-page"
    assert (reading.title, reading.text) == ("On Rivers", WORDS)
    assert reading.source == f"{site.root}/page (read on 2026-11-25)"
    [trouble] = found.troubles
    assert "answers with 404" in str(trouble)
    assert str(trouble).startswith(f"week-03/links.txt names {site.root}/gone, which")


def test_a_page_is_fetched_once_and_a_start_without_a_network_works(tmp_path: Path) -> None:
    put(tmp_path, "dam.url", "")
    with serving() as site:
        put(tmp_path, "dam.url", f"[InternetShortcut]\nURL={site.root}/page\n")
        first = shelf(site, tmp_path)
        assert shelf(site, tmp_path).readings == first.readings
        assert site.hits == ["/page"]
    assert shelf(site, tmp_path).readings == first.readings


def test_redirects_are_followed_within_reason(site: Site, tmp_path: Path) -> None:
    moved, loop = fetched(site, tmp_path, "/moved", "/loop")
    assert isinstance(moved, Copy)
    assert moved.read == "2026-11-25"
    assert "ever another address" in str(loop)


@pytest.mark.parametrize(
    "address",
    [
        "/inside", "/number", "http://inner.example/", "http://127.0.0.2:80/", "http://[::1]/",
        "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/", "http://10.1.2.3/",
        "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://①②⑦.0.0.9/secret",
        "http://127。0。0。9/secret", "http://2130706441/", "http://127.9/", "/wide",
    ],
)  # fmt: skip
def test_no_private_address_is_asked_by_number_by_name_or_by_redirect(
    site: Site, tmp_path: Path, address: str
) -> None:
    [refused] = fetched(site, tmp_path, address)
    assert "is not read" in str(refused)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/large", "larger than 20 MB"),
        ("/bomb", "larger than 20 MB"),
        ("/endless", "larger than 20 MB"),
        ("/image", "is no text (image/png)"),
        ("/file", "leads to no web page"),
        ("/gone", "answers with 404"),
        ("http://user:word@pages.example/", "leads to no web page"),
        ("http://127.0.0.1:1/", "cannot be fetched (nobody answers there)"),
        ("http://[::1", "is no address of a web page"),
        ("http://pages.example:99999/", "is no address of a web page"),
    ],
)
def test_what_cannot_be_used_says_why_in_one_line(
    site: Site, tmp_path: Path, path: str, why: str
) -> None:
    [refused] = fetched(site, tmp_path, path)
    assert isinstance(refused, Unreadable)
    assert why in str(refused)
    assert "\n" not in str(refused)


def test_what_is_slow_costs_its_time_and_what_waits_behind_it_no_more_than_all_may(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.5)
    monkeypatch.setattr(web, "TOGETHER", 0.8)
    start = time.monotonic()
    found = fetched(site, tmp_path, "/page", *(f"/slow?{n}" for n in range(20)))
    assert time.monotonic() - start < 5
    assert isinstance(found[0], Copy)
    assert all("it took too long" in str(one) for one in found[1:])


def test_the_encoding_that_the_answer_names_is_the_page_s(site: Site, tmp_path: Path) -> None:
    put(tmp_path, "links.txt", f"{site.root}/latin")
    [reading] = shelf(site, tmp_path).readings
    assert reading.text.startswith("Une forêt brûlée")


NOT_PUBLIC = (
    "127.0.0.1 10.0.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 "
    "198.18.0.1 ::1 :: fe80::1 fc00::1 ::ffff:8.8.8.8 2002:a00:1:: 64:ff9b::808:808 "
    "2001:0:4136:e378:8000:63bf:3fff:fdd2"
)


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_an_address_of_this_machine_or_its_network_is_not_public(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert public(ip_address(address))


def test_addresses_are_read_from_each_kind_of_file() -> None:
    webloc = (
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/x.dtd">\n'
        "<plist><dict><key>URL</key><string>https://example.org/a?b=1</string></dict></plist>"
    )
    assert links.addresses(webloc.encode()) == ("https://example.org/a?b=1",)
    assert links.addresses(b"see https://a.org/x, and\n- https://b.org/y.\nhttps://a.org/x") == (
        "https://a.org/x",
        "https://b.org/y",
    )
    with pytest.raises(Unreadable, match=r"ftp://a\.org is none"):
        links.addresses(b"ftp://a.org\n")
    with pytest.raises(Unreadable, match="holds no address"):
        links.addresses(b"")


def test_a_list_without_somebody_to_fetch_says_so(tmp_path: Path) -> None:
    put(tmp_path, "links.txt", "https://example.org/a")
    [trouble] = load(tmp_path / "seeds").troubles
    assert "which gadfly run fetches" in str(trouble)


def test_the_copy_of_a_page_that_nobody_names_any_more_goes(site: Site, tmp_path: Path) -> None:
    kept, gone = fetched(site, tmp_path, "/page", "/latin")
    assert isinstance(kept, Copy)
    assert isinstance(gone, Copy)
    tidy(tmp_path / "pages", [kept.address])
    assert kept.path.is_file()
    assert [path.stem for path in (tmp_path / "pages").iterdir()] == [kept.path.stem] * 2
    tidy(tmp_path / "nowhere", [])
