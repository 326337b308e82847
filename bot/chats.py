"""The chats that the settings name, each made from its own settings and nothing else."""

from collections.abc import Callable, Mapping

from pydantic import SecretStr

from bot import commands, menu, timetable, web
from bot.errors import Wrong
from bot.model import Room
from bot.ports import Chat, Clock
from bot.settings import Settings

SLACK_KINDS = ("xoxb-", "xoxp-", "xapp-")  # a bot's token, a person's, an app's


def chats_of(own: Settings, clock: Clock) -> dict[str, Chat]:
    """The chats that the rooms name."""
    named = (room for plan in timetable.schedules(own) for room in plan.rooms)
    rooms = tuple(dict.fromkeys(named))
    unknown = [room for room in rooms if room.platform not in CHATS]
    if unknown:
        why = f"there is no chat for {unknown[0]}; there is {', '.join(CHATS)}"
        raise Wrong(f"PROMPT_ROOMS: {why}")
    return {
        name: make(own, clock, its)
        for name, make in CHATS.items()
        if (its := tuple(room for room in rooms if room.platform == name))
    }


def page_of(own: Settings, clock: Clock, rooms: tuple[Room, ...]) -> Chat:
    from bot.chat.page import PageChat

    if not web.loopback(own.web_host):
        why = "the page lets in everybody who reaches it; use 127.0.0.1, or take its rooms out"
        raise Wrong(f"WEB_HOST={own.web_host}: {why} of PROMPT_ROOMS")
    try:
        own.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"cannot be made ({error.strerror}); name a folder that Gadfly may write to"
        raise Wrong(f"DATA_DIR={own.data_dir}: {why}") from None
    return PageChat(rooms, own.data_dir / "page.json", clock)


def slack_of(own: Settings, clock: Clock, rooms: tuple[Room, ...]) -> Chat:
    from bot.chat.slack_adapter import Keys, SlackChat

    bot = _slack_token("SLACK_BOT_TOKEN", own.slack_bot_token, "xoxb-")
    app = _slack_token("SLACK_APP_TOKEN", own.slack_app_token, "xapp-")
    signing = own.slack_signing_secret
    if bot is None:
        raise Wrong("SLACK_BOT_TOKEN is missing; deploy/slack/README.md says where to get it")
    if app is None and signing is None:
        why = "one of them is needed, see deploy/slack/README.md"
        raise Wrong(f"SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode): {why}")
    odd = [room for room in rooms if room.id.startswith("#")]
    if odd:
        how = "press the channel's name in Slack: its id, such as C0123ABCD, ends what About says"
        raise Wrong(f"PROMPT_ROOMS: {odd[0]} is no channel's id of Slack's; {how}")
    _address("SLACK_API_URL", own.slack_api_url, "https", "http")
    secret = signing.get_secret_value() if signing else None
    keys = Keys(bot, app, secret, own.slack_api_url)
    return SlackChat(keys, rooms, clock, frozenset((*menu.LOOKUPS, *commands.VERBS)))


def _slack_token(setting: str, given: SecretStr | None, kind: str) -> str | None:
    """The token; one of another kind is told apart before Slack is asked again and again."""
    token = given.get_secret_value() if given else None
    if token and token.startswith(SLACK_KINDS) and not token.startswith(kind):
        how = f"put the one there that begins with {kind}, see deploy/slack/README.md"
        raise Wrong(f"{setting} is another kind of token; {how}")
    return token


def discord_of(own: Settings, clock: Clock, rooms: tuple[Room, ...]) -> Chat:
    from bot.chat.discord_adapter import DiscordChat, use_addresses

    if own.discord_token is None:
        raise Wrong("DISCORD_TOKEN is missing; deploy/discord.md says where to get it")
    token = own.discord_token.get_secret_value()
    if " " in token:
        raise Wrong("DISCORD_TOKEN has a space in it; write the token alone, without Bot before it")
    odd = [room for room in rooms if not room.id.isdigit()]
    if odd:
        how = "switch on Developer Mode in Discord, and copy the channel's id"
        raise Wrong(f"PROMPT_ROOMS: {odd[0]} is no channel of Discord's; {how}")
    _address("DISCORD_API_URL", own.discord_api_url, "https", "http")
    _address("DISCORD_GATEWAY_URL", own.discord_gateway_url, "wss", "ws")
    use_addresses(own.discord_api_url, own.discord_gateway_url)
    return DiscordChat(
        token,
        rooms,
        clock,
        asks_gateway=own.discord_gateway_url is None,
        ping_role=own.discord_ping_role,
        notices=own.discord_notice_channel,
    )


def _address(setting: str, url: str | None, *schemes: str) -> None:
    if url is not None and not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise Wrong(f"{setting}={url}: is no address; write such as {schemes[0]}://host")


CHATS: Mapping[str, Callable[[Settings, Clock, tuple[Room, ...]], Chat]] = {
    "page": page_of,
    "slack": slack_of,
    "discord": discord_of,
}
