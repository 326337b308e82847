"""Members' words on their way into the store.

Events are hints, the thread's history is the truth: events make the store current within
seconds, and `sweep` makes it right before anything is said about a debate. Only threads of
Gadfly's own prompts are ever written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.events import Deleted, Edited, Said
from bot.ledger import Store
from bot.model import Debate, Reply
from bot.ports import Chat, ThreadGone
from bot.study import Study


async def said(store: Store, event: Said) -> Debate | None:
    """Keep a reply; its debate, or None where it is in none of ours, known, or not to be kept."""
    at, answers = event.at, event.answers
    reply = Reply(event.room, event.message, event.member, event.text, at, answers=answers)
    return await store.hear(event.thread, reply)


async def changed(store: Store, event: Edited | Deleted) -> Debate | None:
    """Keep an edit or a deletion; the debate whose reply it changed, if any.

    Both may come before their reply and are remembered; of nobody else's messages may they be.
    """
    known = event.thread and await store.debate_of(event.room, event.thread)
    if isinstance(event, Edited):
        if not known:
            return None
        return await store.edit_reply(event.room, event.message, event.text, event.at)
    if event.thread is not None and not known:
        return None
    return await store.drop_reply(event.room, event.message, event.at)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a thread was found to say: whether that changed the store, and whether something in
    there is not shown (yet) and has to be looked for again.
    """

    changed: bool
    unshown: bool


async def sweep(study: Study, chat: Chat, debate: Debate) -> Swept:
    """Read the thread again and make the store say what it says.

    What was stored before the reading began and is not in the thread has been deleted there, but
    for the newest: a platform may tell of a reply at once and show it in the thread only later.
    What arrives while it is read is left alone: it may not be in the pages already seen.
    """
    before = await study.store.ids(debate.id)
    try:
        thread = [reply async for reply in chat.replies(debate.room, debate.thread)]
        changed = await study.store.put_replies(debate.id, thread) > 0
        missing = before - {reply.message for reply in thread}
        late = missing & await _late(study, debate, thread) if missing else frozenset()
    except ThreadGone:
        missing, late, changed = before, frozenset(), False
    for message in sorted(missing - late):
        changed |= await study.store.drop_reply(debate.room, message, None) is not None
    return Swept(changed, bool(late))


async def _late(study: Study, debate: Debate, shown: Sequence[Reply]) -> frozenset[str]:
    """Replies that may be there and not be shown yet: histories lag by up to a minute (#5)."""
    since = max([study.clock.now() - study.patience.quiet, *(reply.at for reply in shown)])
    return frozenset(r.message for r in await study.store.replies(debate.id) if r.at > since)
