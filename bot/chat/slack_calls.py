"""Calls of Slack's Web API: what it answers as an outcome, and who has to rest for how long.

Nothing is sent twice from here. slack_sdk's own retry posts again after a dropped connection, so
there are no retry handlers; a 429 is remembered for its method (and its channel, for posts), and
nothing is sent there before Slack's time is over, while everything else goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.leaving import watched
from bot.chat.slack_pace import A_MINUTE, Rests, Turns
from bot.ports import NoAnswer, Refused, Unsure

TIMEOUT = 12.0  # seconds for one call; a send has fifteen
PAGE = 999  # messages per page: fewer pages stay under 50 a minute also for long threads
READING = 30.0  # seconds in which a read is asked for again; longer, and it comes back later
MUTE = 300.0  # seconds without a call after Slack turned the token down; then one may ask again
PATIENT = 4.0  # seconds that a call waits for its turn; longer, and it comes back later
AWAY = 30.0  # seconds until Slack is asked again where it did not answer at all
LATER = 0.25  # seconds after the end of a rest: our clock and Slack's are not the same
PER_CHANNEL = ("chat.postMessage",)  # all others rest in the whole workspace

# What Slack says about the token itself: every call would say it.
TOKEN = "reinstall the app, and put its new Bot User OAuth Token into SLACK_BOT_TOKEN"  # noqa: S105 - a sentence
ROTATES = "its tokens rotate, which Slack cannot undo; make the app anew (deploy/slack)"
DEAD = {
    **dict.fromkeys(
        (
            *("invalid_auth", "not_authed", "account_inactive", "token_revoked"),
            "not_allowed_token_type",
        ),
        TOKEN,
    ),
    "token_expired": ROTATES,
}
LOOK_UP = (
    "what that means stands under Errors on https://docs.slack.dev/reference/methods/{method}; "
    "what is due is tried again until then"
)
DEFECT = "this is a defect of Gadfly; please report it"
# What stays as it is until a person does something, and what that is.
REMEDIES: Mapping[str, str] = {
    **DEAD,
    "not_in_channel": "invite Gadfly into the channel: /invite @gadfly",
    "channel_not_found": "check the id in PROMPT_ROOMS, and invite Gadfly: /invite @gadfly",
    "is_inactive": "unarchive or unfreeze the channel, or take it out of PROMPT_ROOMS",
    "is_archived": "unarchive the channel, or take it out of PROMPT_ROOMS",
    "missing_scope": "add the scope under OAuth & Permissions, and reinstall the app",
    "access_denied": "ask the workspace's administrators to let Gadfly in",
    "accesslimited": "ask the workspace's administrators to let Gadfly in from this network",
    "no_permission": "reinstall the app from the manifest in deploy/slack",
    "restricted_action": "let Gadfly post there: the channel's settings, Posting permissions",
    "restricted_action_read_only_channel": "let Gadfly post there: the channel is read-only",
    "restricted_action_thread_only_channel": "let Gadfly open threads: the channel's settings",
    "restricted_action_non_threadable_channel": "allow threads in the channel's settings",
    "restricted_action_thread_locked": "unlock the thread",
    "ekm_access_denied": "ask the workspace's administrators for access",
    "team_access_not_granted": "ask the organisation's administrators to approve the app",
    "message_not_found": "the post was deleted; nothing to do",
    "thread_not_found": "the prompt was deleted; nothing to do",
    "cannot_reply_to_message": "the prompt cannot be answered any more; nothing to do",
    "cant_update_message": "the post is not Gadfly's; check that SLACK_BOT_TOKEN is the same app's",
    "edit_window_closed": "allow editing of messages in the workspace's settings",
    **dict.fromkeys(
        (
            *("invalid_arguments", "invalid_blocks", "invalid_blocks_format", "view_too_large"),
            *("msg_too_long", "msg_blocks_too_long", "metadata_too_large"),
            *("invalid_metadata_format", "invalid_metadata_schema"),
        ),
        DEFECT,
    ),
    "user_not_found": "check the id in FACILITATORS",
    "cannot_dm_bot": "check the id in FACILITATORS: it is an app's",
    "messages_tab_disabled": "allow messages under App Home, Messages Tab",
}
GONE = ("thread_not_found", "message_not_found", "cannot_reply_to_message")  # nothing to mend
# The same for Socket Mode's door, which has a token of its own.
OPEN = "apps.connections.open"
APP = "make an app-level token with connections:write, and put it into SLACK_APP_TOKEN"
APP_TOKENS: Mapping[str, str] = {
    **dict.fromkeys((*DEAD, "missing_scope", "no_permission"), APP),
    "forbidden_team": "install the app into this workspace",
}
# Slack's words for: some of it may have been done.
TORN = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Denied(Refused):
    """Slack's no, with its own word for it."""

    error: str = ""


class Calls:
    """The Web API at `url` with one token. Usable on one loop, until `close`."""

    def __init__(self, token: str, url: str) -> None:
        self._token, self._url = token, url
        self.rests = Rests()
        self._client: AsyncWebClient | None = None
        self.session: aiohttp.ClientSession | None = None
        self._turns = Turns()
        self.scopes: frozenset[str] | None = None  # as Slack told them with its last answer
        self.moved: dict[str, str] = {}  # what channels are called now that had another id
        self.date: str | None = None  # when Slack gave its last answer, by its own clock
        self.dead = False  # Slack turned the token down, and took it in no call since

    @property
    def client(self) -> AsyncWebClient:
        """slack_sdk's client on a session that heeds NO_PROXY, as its own do not."""
        if self._client is None or self.session is None or self.session.closed:
            self.session = aiohttp.ClientSession(
                trust_env=True,
                timeout=aiohttp.ClientTimeout(total=TIMEOUT),
                connector=aiohttp.TCPConnector(force_close=True),  # no post on a stale connection
                trace_configs=[watched()],
            )
            self._client = AsyncWebClient(
                token=self._token, base_url=self._url, session=self.session, retry_handlers=[]
            )
            self._client.proxy = None  # taken from the environment without its exceptions
        return self._client

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()

    async def __call__(self, method: str, **arguments: Any) -> Answer | Denied | Unsure:
        """Slack's answer to one call, made once; the arguments are slack_sdk's. Never raises."""
        place = str(arguments.get("channel", "")) if method in PER_CHANNEL else ""
        wait = await self._waited(method, place)
        if wait > 0:
            return Denied(f"{method}: Slack asked for a rest", wait=wait, error="ratelimited")
        return await self._called(method, place, arguments)

    async def _called(
        self, method: str, place: str, arguments: Mapping[str, Any]
    ) -> Answer | Denied | Unsure:
        if "channel" in arguments:
            now = self.moved.get(arguments["channel"], arguments["channel"])
            arguments = {**arguments, "channel": now}
        try:
            call = getattr(self.client, method.replace(".", "_"))
            response = await call(**arguments)
        except SlackApiError as error:
            said = self._denied(method, place, error)
            if isinstance(said, Denied) and said.wait:
                await self.rests.tell((method, place), said.wait)
            return said
        except aiohttp.ClientConnectorError as error:
            return Denied(f"{method}: cannot reach Slack ({error.strerror})", error="unreachable")
        except TimeoutError:
            return Unsure(f"{method}: no answer in {TIMEOUT:g} s")
        except (aiohttp.ClientError, OSError, AttributeError, ValueError) as error:
            # AttributeError and ValueError: slack_sdk on an answer that is not JSON.
            return Unsure(f"{method}: the connection broke ({type(error).__name__})")
        self.date = response.headers.get("Date")
        told = response.headers.get("x-oauth-scopes")
        if told is not None:
            self.scopes = frozenset(scope.strip() for scope in told.split(","))
        self.dead = self.dead and method == OPEN  # whose token is another one
        data: Answer = response.data
        return data

    async def read(self, method: str, **arguments: Any) -> Answer:
        """The answer to a call that changes nothing, asked again where there was none.

        Raises `NoAnswer`; `NoAnswer.__cause__` is None, and its words name the remedy.
        """
        time = asyncio.get_running_loop().time
        until, pause = time() + READING, 0.5
        while True:
            said = await self(method, **arguments)
            if isinstance(said, Mapping):
                return said
            wait = said.wait if isinstance(said, Denied) else None
            rest, pause = pause if wait is None else wait, 2 * pause
            if (isinstance(said, Denied) and said.lasting) or time() + rest > until:
                raise Silent(said)
            await asyncio.sleep(rest)

    async def pages(self, method: str, what: str, **arguments: Any) -> AsyncIterator[Any]:
        """The items under `what` of every page, as Slack orders them. Raises as `read` does."""
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = await self.read(method, limit=PAGE, **more, **arguments)
            for item in page.get(what) or ():
                yield item
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    async def _waited(self, method: str, place: str) -> float:
        """Wait for a turn; the seconds that are left where that would take too long."""
        if method in A_MINUTE or place:  # a person waits for all others
            self._rest(method, place, await self.rests.heed((method, place)))
        rest = self.rests.left((method, place))
        turn = self._turns.take(method, PATIENT) if rest <= 0 else rest
        if turn > PATIENT or rest > 0:
            return turn
        await asyncio.sleep(turn)
        return self.rests.left((method, place))  # Slack may have asked for one meanwhile

    def _rest(self, method: str, place: str, seconds: float) -> None:
        if seconds > 0:
            self.rests.begin((method, place), seconds)
            self._turns.rest(method, seconds)

    def _denied(self, method: str, place: str, error: SlackApiError) -> Denied | Unsure:
        status, headers, data = _parts(error.response)
        word = str(data.get("error", ""))
        if status == 429 or word in ("ratelimited", "rate_limited"):
            wait = _seconds(headers.get("Retry-After")) + LATER
            self._rest(method, place, wait)
            return Denied(f"{method}: too many calls", wait=wait, error="ratelimited")
        if status >= 500 or word in TORN or not word:
            return Unsure(f"{method}: Slack answered {word or status}")
        no = denied(method, word, data)
        if method == OPEN and no.lasting:
            self._rest(method, place, MUTE)
        elif word in DEAD:
            self.dead = True
            self._rest("", "", MUTE)
        return no


class Silent(NoAnswer):
    """No answer to a read; `error` is Slack's word, empty where there was none."""

    def __init__(self, said: Denied | Unsure | Answer) -> None:
        self.error = said.error if isinstance(said, Denied) else ""
        away = isinstance(said, Unsure) or self.error == "unreachable"
        wait = AWAY if away else said.wait if isinstance(said, Denied) else None
        super().__init__(said.why if isinstance(said, Refused | Unsure) else "", wait)


def denied(method: str, word: str, data: Mapping[str, Any]) -> Denied:
    """Slack's no in words that say what to do about it."""
    needed = f" ({data['needed']})" if word == "missing_scope" and data.get("needed") else ""
    details = "; ".join(data.get("errors") or ())
    remedy = APP_TOKENS.get(word) if method == OPEN else REMEDIES.get(word)
    why = f"{method}: Slack says {word}{needed}{f' [{details}]' if details else ''}"
    said = f"{why}; {remedy or LOOK_UP.format(method=method)}"
    lasting, gone = remedy is not None, word in GONE
    return Denied(said, lasting=lasting, gone=gone, perhaps=not lasting, error=word)


def _parts(response: Any) -> tuple[int, Mapping[str, str], Mapping[str, Any]]:
    """Status, headers and data: a refusal that was no JSON comes as aiohttp's own response."""
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    return int(status or 0), response.headers, data if isinstance(data, Mapping) else {}


def _seconds(header: str | None) -> float:
    """Retry-After, which may be missing or a fraction."""
    try:
        return max(1.0, float(header or 30))
    except ValueError:
        return 30.0
