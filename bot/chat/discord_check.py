"""What posting and listening on Discord need, looked at with live calls."""

from collections.abc import AsyncIterator, Sequence

import discord

from bot.chat.discord_events import remedy
from bot.chat.discord_rest import BAD_TOKEN, TROUBLES, Home, NotOurs, Rest
from bot.model import Room
from bot.ports import Finding

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
    "create_public_threads": "Create Public Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
INTENT = (
    "Switch on Message Content Intent in the developer portal (Bot, Privileged Gateway Intents); "
    "without it stances, reasons and replies that name Gadfly are all it can read."
)


async def findings(rest: Rest, rooms: Sequence[Room], *, blind: bool) -> AsyncIterator[Finding]:
    """The token, the intent, and each room with what Gadfly may do there."""
    try:
        client = await rest.client()
    except discord.LoginFailure:
        yield Finding("Discord's token", "is not accepted", BAD_TOKEN)
        return
    except TROUBLES as why:
        yield Finding("Discord", f"does not answer ({why})", "Look at DISCORD_API_URL and the net.")
        return
    yield Finding(f"Discord's token, for {client.user}")
    yield _intent(client.application_flags if client.application else None, blind=blind)
    for room in rooms:
        yield await _room(rest, room)


def _intent(flags: discord.ApplicationFlags | None, *, blind: bool) -> Finding:
    granted = flags and (flags.gateway_message_content or flags.gateway_message_content_limited)
    if blind or not granted:
        return Finding("the message-content intent", "is off: plain replies are unread", INTENT)
    return Finding("the message-content intent")


async def _room(rest: Rest, room: Room) -> Finding:
    rest.forget(room)
    what = f"the channel {room.id}"
    try:
        home = await rest.home(room)
        missing = await _missing(rest, home)
    except NotOurs as why:
        return Finding(what, "cannot be used", str(why))
    except discord.HTTPException as error:
        return Finding(what, f"Discord says: {error.text}", remedy(error.code, room))
    except TROUBLES as why:
        return Finding(what, f"Discord does not answer ({why})", "Try again in a minute.")
    if missing:
        return Finding(what, f"Gadfly lacks {', '.join(missing)}", remedy(50013, room))
    return Finding(f"the channel #{home.name} of {home.guild.name}")


async def _missing(rest: Rest, home: Home) -> list[str]:
    """The names of the permissions that Gadfly needs in a channel and has not."""
    granted = await rest.granted(home)
    return [name for flag, name in NEEDED.items() if not getattr(granted, flag)]
