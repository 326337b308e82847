"""Facilitators are told in private what needs them."""

import logging
from datetime import timedelta

from bot import phrases
from bot.model import Effect, Kind, Room
from bot.study import Study
from bot.trouble import Trouble

log = logging.getLogger(__name__)

NOTICE_PATIENCE = timedelta(days=1)


async def alarm(study: Study, effect: Effect, found: Trouble) -> None:
    """Tell every facilitator with a name, once for each trouble, that a room takes no posts."""
    said = phrases.THREADLESS if effect.kind is Kind.THREAD else phrases.REFUSES
    text = said.format(room=effect.room, why=found.why)
    log.error(text)
    await tell(study, f"{effect.room}/{found.number}", text, effect)


async def tell(study: Study, name: str, text: str, about: Effect | None = None) -> None:
    """Tell every facilitator with a name in private; once under each `name`, by one replica."""
    now = study.clock.now()
    for member in study.facilitators:
        platform, _, person = member.partition(":")
        chat = study.chats.get(platform)
        nobody = person.startswith("role:") and not (chat and chat.traits.tells_roles)
        if person in ("", "*") or nobody:
            continue  # nobody in particular
        notice = Effect(
            key=f"notice/{name}/{member}",
            kind=Kind.NOTICE,
            schedule=about.schedule if about else "",
            room=Room(platform, person),  # members have private rooms of their own
            due=now,
            until=now + NOTICE_PATIENCE,
            payload={"text": text} | ({"room": str(about.room)} if about else {}),
        )
        await study.store.plan(notice)
