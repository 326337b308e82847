"""Web pages fetched once and kept, with the day they were read: a start without a network works.

Addresses come from whoever fills the folder, so nothing but the public internet is asked: every
name is resolved here, at every redirect, and an address of this machine or its network is refused.
"""

import asyncio
import hashlib
import json
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from prompts.cache import replaced
from prompts.formats import Unreadable

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from aiohttp.abc import AbstractResolver, ResolveResult
    from yarl import URL

LARGEST = 20_000_000  # bytes of one page, unpacked
HELD = 1_000_000  # bytes of a page on its way that are held in memory
SECONDS = 20.0  # for one page with all its redirects
HOPS = 5
TOGETHER = 60.0  # for all pages that are not kept yet: a start waits for them
SIDE_BY_SIDE = 4
AGENT = "Gadfly (reads this page once for a study group)"
KINDS: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
PRIVATE = "leads to an address of this machine or its network, which is not read; take it out."
SAVE = "save the page as .html or .pdf and put that here."
AGAIN = "it is tried again at the next start."
MOVED = (301, 302, 303, 307, 308)

TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))  # IPv4 addresses in IPv6

Address = IPv4Address | IPv6Address
Allowed = Callable[[Address], bool]


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was fetched: where it lies, and on which day it was read."""

    path: Path
    address: str
    read: str


Found = Mapping[str, "Copy | Unreadable"]


def public(address: Address) -> bool:
    """Whether an address is one of the public internet, and hides none that is not."""
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or address.teredo
        if hidden or any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


def copies(
    addresses: Sequence[str],
    folder: Path,
    today: date,
    allowed: Allowed = public,
    resolver: "AbstractResolver | None" = None,
) -> Found:
    """A copy of each page, fetched now if none is kept in `folder`, or why there is none.

    May be called where an event loop runs; it waits for the pages all the same.
    """
    found: dict[str, Copy | Unreadable] = {}
    for address in addresses:
        kept = _kept(folder, address)
        if kept:
            found[address] = kept
    left = [address for address in dict.fromkeys(addresses) if address not in found]
    if left:
        with ThreadPoolExecutor(1) as apart:  # a loop of its own
            work = _all(left, folder, today, allowed, resolver)
            found |= apart.submit(asyncio.run, work).result()
    return found


# -- what is kept -------------------------------------------------------------------------------


def _named(folder: Path, address: str) -> Path:
    return folder / hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:32]


def _kept(folder: Path, address: str) -> Copy | None:
    try:
        told = json.loads(_named(folder, address).with_suffix(".json").read_bytes())
        copy = Copy(folder / str(told["file"]), str(told["address"]), str(told["read"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return copy if copy.address == address and copy.path.is_file() else None


def _keep(folder: Path, address: str, page: "Page", today: date) -> Copy:
    folder.mkdir(parents=True, exist_ok=True)
    path = _named(folder, address).with_suffix(page.suffix)
    replaced(path, page.data)
    told = {"address": address, "read": today.isoformat(), "file": path.name}
    replaced(path.with_suffix(".json"), json.dumps(told).encode())
    return Copy(path, address, today.isoformat())


def tidy(folder: Path, wanted: Iterable[str]) -> None:
    """Remove the copies of pages that are wanted no more, and what a broken write left behind."""
    names = {_named(folder, address).name for address in wanted}
    try:
        gone = [path for path in folder.iterdir() if path.name.split(".")[0] not in names]
    except OSError:  # no page was ever kept
        return
    for path in gone:
        with suppress(OSError):
            path.unlink()


# -- fetching -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered with, and how a file of that kind is called."""

    data: bytes
    suffix: str


async def _all(
    addresses: list[str],
    folder: Path,
    today: date,
    allowed: Allowed,
    resolver: "AbstractResolver | None",
) -> dict[str, Copy | Unreadable]:
    from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

    turns = asyncio.Semaphore(SIDE_BY_SIDE)
    connector = TCPConnector(resolver=_checked(allowed, resolver), use_dns_cache=False)
    limits = ClientTimeout(total=SECONDS)
    async with ClientSession(
        connector=connector,
        timeout=limits,
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": AGENT},
    ) as session:

        async def one(address: str) -> Copy | Unreadable:
            async with turns:
                try:
                    within = max(0.0, min(SECONDS, end - asyncio.get_running_loop().time()))
                    async with asyncio.timeout(within):
                        page = await _page(session, address, allowed)
                    return _keep(folder, address, page, today)
                except Unreadable as error:
                    return error
                except Exception as error:
                    return Unreadable(f"cannot be fetched ({_why(error)}); {AGAIN}")

        end = asyncio.get_running_loop().time() + TOGETHER
        return dict(zip(addresses, await asyncio.gather(*map(one, addresses)), strict=True))


def _why(error: Exception) -> str:
    """What went wrong, in words for whoever wrote the address down."""
    import aiohttp

    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "nobody knows its name; look for a slip of the pen"
    if isinstance(error, aiohttp.ClientSSLError):
        return "its certificate is not in order"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "nobody answers there"
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError):
        return "it broke off"
    return " ".join((str(error) or type(error).__name__).split())[:120]


async def _page(session: "ClientSession", address: str, allowed: Allowed) -> Page:
    """The page at the end of an address' redirects. Raises `Unreadable` or what aiohttp does."""
    for _ in range(HOPS):
        async with session.get(_checked_url(address, allowed), allow_redirects=False) as answer:
            if answer.status in MOVED and "Location" in answer.headers:
                address = urljoin(address, answer.headers["Location"])
                continue
            return await _taken(answer)
    raise Unreadable(f"leads to ever another address; {SAVE}")


def _checked_url(address: str, allowed: Allowed) -> "URL":
    """The address as it is asked for. Raises `Unreadable` for what is no web address, and for
    numbers that are not public; names are checked when they are resolved.

    Looked at as it is asked for, since digits may be written in many ways: ①②⑦.0.0.1 is this
    machine, and a number is connected to without asking the resolver.
    """
    from yarl import URL

    try:
        url = URL(address)
    except ValueError:
        raise Unreadable(f"is no address of a web page; {SAVE}") from None
    if url.scheme not in ("http", "https") or not url.host or url.user or url.password:
        raise Unreadable(f"leads to no web page; {SAVE}")
    try:
        number = ip_address(url.host.partition("%")[0])
    except ValueError:
        if url.host.rstrip(".").rpartition(".")[2].isdigit():  # 2130706433 and 127.1
            raise Unreadable(PRIVATE) from None
        return url
    if not allowed(number):
        raise Unreadable(PRIVATE)
    return url


async def _taken(answer: "ClientResponse") -> Page:
    if answer.status != 200:
        raise Unreadable(f"answers with {answer.status}; look whether it opens in a browser.")
    suffix = KINDS.get(answer.content_type)
    if suffix is None:
        raise Unreadable(f"is no text ({answer.content_type[:40]}); {SAVE}")
    with SpooledTemporaryFile(HELD) as taken:  # a bomb is never held in memory as a whole
        async for piece in answer.content.iter_chunked(1 << 16):
            taken.write(piece)
            if taken.tell() > LARGEST:
                raise Unreadable(f"is larger than {LARGEST // 1_000_000} MB; {SAVE}")
        taken.seek(0)
        data = taken.read()
    return Page(_unicode(data, answer.charset) if suffix != ".pdf" else data, suffix)


def _unicode(data: bytes, charset: str | None) -> bytes:
    """The text in UTF-8, where the answer's head tells an encoding that the page itself may not."""
    try:
        return data.decode(charset).encode() if charset else data
    except (UnicodeError, LookupError):
        return data


def _checked(allowed: Allowed, resolver: "AbstractResolver | None") -> "AbstractResolver":
    """A resolver that gives out allowed addresses alone; the connection goes to what it gave."""
    from aiohttp import ThreadedResolver
    from aiohttp.abc import AbstractResolver

    asked = resolver or ThreadedResolver()

    class Checked(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> "list[ResolveResult]":
            found = await asked.resolve(host, port, family)
            if not all(allowed(ip_address(one["host"].partition("%")[0])) for one in found):
                raise Unreadable(PRIVATE)
            return found

        async def close(self) -> None:
            await asked.close()

    return Checked()
