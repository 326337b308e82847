"""What Slack takes: arguments of methods, scopes, sizes of blocks and views. Strict on purpose.

From docs.slack.dev: the reference pages of each method, block and object. Whatever is not named
there is refused, so that nothing undocumented leaves the house.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

HISTORY = "channels:history groups:history im:history mpim:history"
READ = "channels:read groups:read im:read mpim:read"


@dataclass(frozen=True)
class Method:
    """`scopes`: one of them is enough. `needs` and `takes`: arguments by name and type."""

    scopes: str
    needs: Mapping[str, type]
    takes: Mapping[str, type]
    per_minute: int = 50


PAGED = {"limit": int, "cursor": str}
SENT = {
    "text": str,
    "blocks": list,
    "thread_ts": str,
    "metadata": dict,
    "unfurl_links": bool,
    "unfurl_media": bool,
    "mrkdwn": bool,
    "reply_broadcast": bool,
}
METHODS: Mapping[str, Method] = {
    "auth.test": Method("", {}, {}, 600),
    "apps.connections.open": Method("", {}, {}, 600),
    # "Several hundred" in all channels together; one a second in each (`slack_limits.py`).
    "chat.postMessage": Method("chat:write", {"channel": str}, SENT, 360),
    "chat.postEphemeral": Method(
        "chat:write",
        {"channel": str, "user": str},
        {"text": str, "blocks": list, "thread_ts": str},
        100,
    ),
    "chat.update": Method(
        "chat:write",
        {"channel": str, "ts": str},
        {"text": str, "blocks": list, "metadata": dict, "file_ids": list, "parse": str},
    ),
    "chat.getPermalink": Method("", {"channel": str, "message_ts": str}, {}, 600),
    "conversations.history": Method(
        HISTORY,
        {"channel": str},
        {"oldest": str, "latest": str, "inclusive": bool, "include_all_metadata": bool, **PAGED},
    ),
    "conversations.replies": Method(
        HISTORY,
        {"channel": str, "ts": str},
        {"oldest": str, "latest": str, "inclusive": bool, "include_all_metadata": bool, **PAGED},
    ),
    "conversations.info": Method(READ, {"channel": str}, {"include_num_members": bool}),
    "conversations.members": Method(READ, {"channel": str}, PAGED, 100),
    "conversations.open": Method("im:write mpim:write", {}, {"users": str, "channel": str}),
    "users.info": Method("users:read", {"user": str}, {"include_locale": bool}, 100),
    "views.open": Method("", {"view": dict}, {"trigger_id": str}, 100),
    "views.update": Method("", {"view": dict}, {"view_id": str, "hash": str}, 100),
    "views.publish": Method("", {"user_id": str, "view": dict}, {"hash": str}, 100),
    "reactions.add": Method("reactions:write", {"channel": str, "timestamp": str, "name": str}, {}),
    "files.getUploadURLExternal": Method(
        "files:write", {"filename": str, "length": int}, {"alt_txt": str}, 100
    ),
    "files.completeUploadExternal": Method(
        "files:write", {"files": list}, {"channel_id": str, "thread_ts": str}, 100
    ),
}


def wrong_arguments(method: Method, arguments: Mapping[str, Any]) -> str | None:
    """Why Slack would not take these arguments."""
    for name in method.needs:
        if name not in arguments:
            return f"{name} is missing"
    for name, value in arguments.items():
        kind = {**method.needs, **method.takes}.get(name)
        if kind is None:
            return f"{name} is not an argument"
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return f"{name} is a {type(value).__name__}"
    return None


PLAIN, PARSED = "plain_text", "mrkdwn"


def wrong_text(thing: Any, longest: int, kinds: tuple[str, ...] = (PLAIN,)) -> str | None:
    if not isinstance(thing, dict) or thing.get("type") not in kinds:
        return f"not a text object: {thing}"
    if set(thing) - {"type", "text", "emoji", "verbatim"}:
        return f"unknown keys in {thing}"
    if thing["type"] == PARSED and "emoji" in thing:
        return "emoji belongs to plain_text"
    words = thing.get("text")
    if not isinstance(words, str) or not 1 <= len(words) <= longest:
        return f"text of {len(words or '')} characters, {longest} at most"
    return None


def wrong_rich(block: Mapping[str, Any]) -> str | None:
    if set(block) - {"type", "block_id", "elements"} or not block.get("elements"):
        return f"rich_text with {sorted(block)}"
    for part in block["elements"]:
        kinds = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
        if part.get("type") not in kinds or set(part) - {"type", "elements", "border"}:
            return f"rich text of {part}"
        for leaf in part["elements"]:
            why = wrong_leaf(leaf)
            if why:
                return why
    return None


def wrong_leaf(leaf: Mapping[str, Any]) -> str | None:
    if leaf.get("type") == "text":
        known = {"type", "text", "style"}
        if not isinstance(leaf.get("text"), str) or not leaf["text"]:
            return "empty text"
    elif leaf.get("type") == "date":
        known = {"type", "timestamp", "format", "fallback", "style", "url"}
        if not isinstance(leaf.get("timestamp"), int):
            return "a date without a time"
    elif leaf.get("type") == "link":
        known = {"type", "url", "text", "style", "unsafe"}
        if not str(leaf.get("url", "")).startswith("https://") or leaf.get("text") == "":
            return "a link without an address or words"
    else:
        return f"{leaf.get('type')} is not expected of Gadfly"
    if set(leaf) - known:
        return f"unknown keys in {leaf}"
    style = leaf.get("style", {})
    if not style and "style" in leaf:
        return "an empty style"
    if set(style) - {"bold", "italic", "strike", "code"}:
        return f"style {style}"
    return None


def wrong_button(button: Mapping[str, Any]) -> str | None:
    if button.get("type") != "button":
        return f"{button.get('type')} is not expected of Gadfly"
    known = {"type", "text", "action_id", "value", "style", "url", "confirm", "accessibility_label"}
    if set(button) - known:
        return f"unknown keys in {button}"
    if not 1 <= len(button.get("action_id", "")) <= 255 or len(button.get("value", "")) > 2000:
        return "action_id or value too long"
    if button.get("style", "primary") not in ("primary", "danger"):
        return "unknown style"
    return wrong_text(button.get("text"), 75)


def wrong_actions(block: Mapping[str, Any]) -> str | None:
    buttons = block.get("elements") or []
    if not 1 <= len(buttons) <= 25:
        return f"{len(buttons)} elements in actions"
    idents = [button.get("action_id") for button in buttons]
    if len(set(idents)) < len(idents):
        return "action_id twice in one block"
    return next((why for button in buttons if (why := wrong_button(button))), None)


def wrong_context(block: Mapping[str, Any]) -> str | None:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:
        return f"{len(elements)} elements in context"
    both = (PLAIN, PARSED)
    return next((why for part in elements if (why := wrong_text(part, 3000, both))), None)


def wrong_input(block: Mapping[str, Any]) -> str | None:
    element = block.get("element") or {}
    if element.get("type") != "plain_text_input" or not len(element.get("action_id", "")) >= 1:
        return f"input of {element}"
    if not 1 <= element.get("max_length", 3000) <= 3000:
        return "max_length"
    return wrong_text(block.get("label"), 2000)


def wrong_image(block: Mapping[str, Any]) -> str | None:
    if not isinstance(block.get("alt_text"), str) or not 1 <= len(block["alt_text"]) <= 2000:
        return "alt_text"
    if ("image_url" in block) == ("slack_file" in block):
        return "one of image_url and slack_file"
    return None


def wrong_block(block: Any, view: bool) -> str | None:
    if not isinstance(block, dict) or len(block.get("block_id", "")) > 255:
        return f"no block: {block}"
    match block.get("type"):
        case "header":
            return wrong_text(block.get("text"), 150)
        case "rich_text":
            return wrong_rich(block)
        case "actions":
            return wrong_actions(block)
        case "context":
            return wrong_context(block)
        case "image":
            return wrong_image(block)
        case "divider":
            return None
        case "input" if view:
            return wrong_input(block)
        case kind:
            return f"{kind} is not expected of Gadfly"


def wrong_blocks(blocks: Iterable[Any], most: int, view: bool = False) -> str | None:
    """Why Slack would answer invalid_blocks, with the place."""
    blocks = list(blocks)
    if len(blocks) > most:
        return f"{len(blocks)} blocks, {most} at most"
    idents = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(set(idents)) < len(idents):
        return "block_id twice"
    for place, block in enumerate(blocks):
        why = wrong_block(block, view)
        if why:
            return f"{why} [json-pointer:/blocks/{place}]"
    return None


def wrong_view(view: Mapping[str, Any]) -> str | None:
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return f"view {kind}"
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "modal":
        known |= {"title", "close", "submit", "clear_on_close", "notify_on_close"}
        short = [("title", True), ("close", False), ("submit", False)]
        for name, needed in short:
            if name in view or needed:
                why = wrong_text(view.get(name), 24)
                if why:
                    return f"{name}: {why}"
        if any(b.get("type") == "input" for b in view["blocks"]) and "submit" not in view:
            return "input without submit"
    if set(view) - known:
        return f"unknown keys {set(view) - known}"
    if len(view.get("private_metadata", "")) > 3000:
        return "private_metadata"
    return wrong_blocks(view.get("blocks") or [], 100, view=True)


def words(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Everything a reader sees of blocks, line by line."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Mapping[str, Any]) -> Iterable[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "rich_text":
            for part in block["elements"]:
                yield "".join(
                    leaf.get("text") or leaf.get("fallback", "") for leaf in part["elements"]
                )
        case "context":
            yield from (part["text"] for part in block["elements"])
        case "actions":
            yield "  ".join(f"[{button['text']['text']}]" for button in block["elements"])
        case "image":
            yield f"(picture: {block['alt_text']})"
        case "input":
            yield f"{block['label']['text']} ______"
