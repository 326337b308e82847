"""What Discord refuses: lengths, components, permissions, and bodies against its own OpenAPI."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SPEC = Path(__file__).parents[3] / "shared/specs/discord-openapi.json"
V2 = 1 << 15
EPHEMERAL = 1 << 6
REQUIRE_TAG = 1 << 4

VIEW, SEND, EMBED, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
MANAGE_THREADS = 1 << 34
CREATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 38
ENOUGH = VIEW | SEND | EMBED | ATTACH | HISTORY | CREATE_THREADS | SEND_IN_THREADS
ADMINISTRATOR = 1 << 3


class No(Exception):
    """The answer is this error, with Discord's code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@cache
def _spec() -> dict[str, Any] | None:
    return json.loads(SPEC.read_text(encoding="utf-8")) if SPEC.exists() else None


@cache
def _validator(method: str, template: str) -> Draft202012Validator | None:
    spec = _spec()
    if spec is None:
        return None
    # Its parameters have other names than ours.
    paths = {re.sub(r"{\w+}", "{}", path): routes for path, routes in spec["paths"].items()}
    body = paths[re.sub(r"{\w+}", "{}", template)].get(method.lower(), {}).get("requestBody")
    if body is None:
        return None
    schema = body["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": spec["components"]})


def against_the_spec(method: str, template: str, body: Any) -> list[str]:
    """What the official OpenAPI has against a body; nothing where the file is not there."""
    validator = _validator(method, template)
    if validator is None:
        return []
    errors = validator.iter_errors(_as_discord_reads(body))
    return [f"{method} {template}: {error.message[:300]}" for error in errors]


def _as_discord_reads(body: Any) -> Any:
    """Ids as text: discord.py writes some as numbers, which Discord takes and its spec does not."""
    read = json.loads(json.dumps(body))
    if isinstance(read, dict):
        for attachment in read.get("attachments") or ():
            attachment["id"] = str(attachment["id"])
        if "recipient_id" in read:
            read["recipient_id"] = str(read["recipient_id"])
    return read


def walk(components: Any) -> Iterator[dict[str, Any]]:
    for component in components or ():
        yield component
        yield from walk(component.get("components"))
        if "accessory" in component:
            yield from walk([component["accessory"]])
        if "component" in component:
            yield from walk([component["component"]])


def words(message: Mapping[str, Any]) -> str:
    """All the text of a message, as it was sent: content, text displays, embeds."""
    found = [message.get("content") or ""]
    found += [c.get("content", "") for c in walk(message.get("components"))]
    for embed in message.get("embeds") or ():
        found += [embed.get("title", ""), embed.get("description", "")]
        found += [f"{f['name']}\n{f['value']}" for f in embed.get("fields", ())]
        found.append(embed.get("footer", {}).get("text", ""))
    return "\n".join(part for part in found if part)


def check_message(body: Mapping[str, Any], files: int = 0) -> None:
    """Raises what Discord answers to a message it does not take."""
    wrong = list(_wrong(body, files))
    if wrong:
        raise No(400, 50035, f"Invalid Form Body: {'; '.join(wrong)}")


def _wrong(body: Mapping[str, Any], files: int) -> Iterator[str]:
    content, embeds = body.get("content") or "", body.get("embeds") or []
    components = list(walk(body.get("components")))
    v2 = bool((body.get("flags") or 0) & V2)
    if len(content) > 2000:
        yield "content: 2000 or fewer"
    if len(str(body.get("nonce") or "")) > 25:
        yield "nonce: 25 or fewer"
    if v2 and (content or embeds):
        yield "content and embeds are not for components v2"
    if not v2 and any(c["type"] in (9, 10, 11, 12, 13, 14, 17) for c in components):
        yield "components: these need the flag IS_COMPONENTS_V2"
    if not (content or embeds or components or files):
        raise No(400, 50006, "Cannot send an empty message")
    yield from _embeds(embeds)
    yield from _components(components, v2)


def _embeds(embeds: list[dict[str, Any]]) -> Iterator[str]:
    total = 0
    for embed in embeds:
        for name, limit in (("title", 256), ("description", 4096)):
            total += len(embed.get(name) or "")
            if len(embed.get(name) or "") > limit:
                yield f"embeds.{name}: {limit} or fewer"
    if total > 6000 or len(embeds) > 10:
        yield "embeds: 6000 characters and ten embeds or fewer"


def _components(components: list[dict[str, Any]], v2: bool) -> Iterator[str]:
    ids = [c["custom_id"] for c in components if "custom_id" in c]
    numbers = [c["id"] for c in components if c.get("id")]
    if len(set(ids)) < len(ids) or len(set(numbers)) < len(numbers):
        yield "components: ids must be unique"
    if len(components) > 40:
        yield "components: 40 or fewer"
    if sum(len(c.get("content", "")) for c in components if c["type"] == 10) > 4000:
        yield "components: 4000 characters of text or fewer"
    for c in components:
        if c["type"] == 10 and not c["content"]:
            yield "components.content: required"
        if c["type"] == 1 and not (1 <= len(c["components"]) <= 5):
            yield "components: rows of one to five"
        if "custom_id" in c and not 1 <= len(c["custom_id"]) <= 100:
            yield "components.custom_id: 1 to 100"
        if len(c.get("label") or "") > 80:
            yield "components.label: 80 or fewer"


MENTION = re.compile(r"<@!?(\d+)>|<@&(\d+)>|(@everyone|@here)")


def pings(body: Mapping[str, Any]) -> list[str]:
    """Who would be notified: by what stands in the text and what `allowed_mentions` lets through.

    Discord's server does not read Markdown: an escaped mention pings as any other.
    """
    allowed = body.get("allowed_mentions")
    every = allowed is None
    parse = set(("everyone", "users", "roles") if every else allowed.get("parse", ()))
    given = {} if every else allowed
    named = {kind: {str(i) for i in given.get(kind) or ()} for kind in ("users", "roles")}
    found = []
    for user, role, loud in MENTION.findall(words(body)):
        if (
            (loud and "everyone" in parse)
            or (user and ("users" in parse or user in named["users"]))
            or (role and ("roles" in parse or role in named["roles"]))
        ):
            found.append(loud or user or role)
    return found


def permissions(guild: Mapping[str, Any], channel: Mapping[str, Any], member: Any) -> int:
    """A member's permissions in a channel, as Discord reckons them."""
    roles = {role["id"]: int(role["permissions"]) for role in guild["roles"]}
    mine = [guild["id"], *member["roles"]]
    base = 0
    for role in mine:
        base |= roles.get(role, 0)
    if base & ADMINISTRATOR:
        return ~0
    over = {o["id"]: o for o in channel.get("permission_overwrites", ())}
    for group in ([guild["id"]], member["roles"], [member["user"]["id"]]):
        deny = allow = 0
        for ident in group:
            deny |= int(over.get(ident, {}).get("deny", 0))
            allow |= int(over.get(ident, {}).get("allow", 0))
        base = base & ~deny | allow
    return base
