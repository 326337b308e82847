"""Slack's door: what comes by its two ways. Events go straight in, everything else through bolt.

Events are most of what Slack tells. Of all that bolt finds out about a request for its listeners
they need the signature alone, and the rest costs twice as much as keeping a reply (#5).
"""

import hmac
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat import slack_events
from bot.chat.slack_intake import Intake

log = logging.getLogger(__name__)
# Bolt's warnings print requests, members' words among them: only its errors are ours to show.
bolts = logging.getLogger("slack_bolt.gadfly")
bolts.setLevel(logging.ERROR)

ANY = re.compile(".*")
STAMP = re.compile(r"[0-9]{1,15}")
SIGNED = re.compile(r"v0=[0-9a-f]{64}")
CLOCK = "none is taken from five minutes on; set the clock by NTP (timedatectl set-ntp true)"
UNSIGNED = "for Socket Mode alone"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Open while the intake is. What it does not say yes to comes again."""

    intake: Intake
    bolt: AsyncApp
    signature: SignatureVerifier

    @classmethod
    def of(cls, intake: Intake, secret: str | None, client: AsyncWebClient) -> "Door":
        """The door for requests that are signed with `secret`; without one, for envelopes alone."""
        return cls(intake, bolted(intake, secret, client), SignatureVerifier(secret or UNSIGNED))

    async def enveloped(self, envelope: Json) -> Json | None:
        """An envelope of Socket Mode: the payload of its acknowledgement, None for none."""
        told = envelope.get("payload")
        payload = told if isinstance(told, dict) else {}
        heard = await self._heard(payload)
        if heard is None:
            response = await self._asked(lambda: AsyncBoltRequest(mode="socket_mode", body=payload))
            return _said(response.body) if response.status == 200 else None
        return {} if heard else None

    async def posted(self, request: web.Request) -> web.StreamResponse:
        """A request of HTTP mode, with a signature that is Slack's and not old."""
        try:
            body = await request.text()
        except (UnicodeDecodeError, LookupError):
            return _refused()
        if not self._signed(request, body):
            return web.Response() if _ssl_check(body) else _refused()
        heard = await self._heard(_event(body))
        if heard is None:
            headers: dict[str, Any] = dict(request.headers)
            query = request.query_string
            made = partial(AsyncBoltRequest, body=body, query=query, headers=headers)
            return await to_aiohttp_response(await self._asked(made))
        return web.Response(status=200 if heard else 500)

    async def _asked(self, made: Callable[[], AsyncBoltRequest]) -> BoltResponse:
        """What bolt says to a request; it fails at one that is none of Slack's shapes."""
        try:
            return await self.bolt.async_dispatch(made())
        except Exception as error:
            log.warning("a request of Slack's could not be read: %s", type(error).__name__)
            return BoltResponse(status=400)

    def _signed(self, request: web.Request, body: str) -> bool:
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        # slack_sdk's verifier fails on stamps and signatures that are no such thing.
        if not (STAMP.fullmatch(stamp) and SIGNED.fullmatch(signature)):
            return False
        if self.signature.is_valid(body, stamp, signature):
            return True
        made = self.signature.generate_signature(timestamp=stamp, body=body)
        if made is not None and hmac.compare_digest(made, signature):
            log.error("a request is Slack's, and old or ahead of this machine's clock: %s", CLOCK)
        return False

    async def _heard(self, payload: Json) -> bool | None:
        """Whether an event was taken in; None for what is no event."""
        match payload.get("type"):
            case "event_callback":
                try:
                    if not slack_events.elsewhere(payload, self.intake.me):
                        await self.intake.told(payload["event"])
                except Exception as error:  # whatever it is, Slack tells it again
                    log.warning("an event could not be taken in: %s", error or type(error).__name__)
                    return False
            case "app_rate_limited":  # what was said stands in the threads
                log.warning("Slack left out events: more than it delivers in an hour")
                self.intake.missed()
            case _:
                return None
        return True


def bolted(intake: Intake, secret: str | None, client: AsyncWebClient) -> AsyncApp:
    """Bolt's app with an ear for everything, so that nothing goes unacknowledged."""

    async def authorize(**_: Any) -> AuthorizeResult:
        # Bolt's own would ask auth.test at the first request, and lose it if there is no answer.
        return AuthorizeResult(
            enterprise_id=None, team_id=None, bot_user_id=intake.me.user, bot_token=client.token
        )

    app = AsyncApp(
        logger=bolts,
        name="gadfly",
        signing_secret=secret or UNSIGNED,
        client=client,
        authorize=authorize,
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.command(ANY)(intake.commanded)
    app.action(ANY)(intake.pushed)
    app.shortcut(ANY)(intake.pointed)
    app.view(ANY)(intake.reasoned)
    app.view({"type": "view_closed", "callback_id": ANY})(intake.reasoned)
    return app


def _event(body: str) -> Json:
    """What may be an event; empty for a form, which is all that is no JSON."""
    try:
        payload = json.loads(body) if body.startswith("{") else {}
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}


def _ssl_check(body: str) -> bool:
    """Slack's look at the certificate of a command's address, unsigned; bolt answers it so, too."""
    try:
        return parse_qs(body).get("ssl_check") == ["1"]
    except ValueError:
        return False


def _refused() -> web.Response:
    return web.json_response({"error": "invalid request"}, status=401)


def _said(body: str | None) -> Json:
    """The payload of an acknowledgement; mostly empty."""
    said = json.loads(body) if body else {}
    return said if isinstance(said, dict) else {}
