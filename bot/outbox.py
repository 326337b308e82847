"""The outbox: every post and every edit is done once, whatever happens in between.

An effect is planned (insert if absent), claimed with a lease, sent, and settled. A send whose
outcome is unknown is in doubt: it rests for the quiet period, longer than the platform can still
be working on it, then its key is looked up on the platform, and only then is it sent again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot import traces, trouble
from bot.draft import Draft, Skip
from bot.ledger import Store, StoreError
from bot.model import Effect, Kind, Room, State
from bot.pace import Pace
from bot.ports import Chat, Clock, Done, NoAnswer, Opens, Outcome, Refused, Unsure
from bot.trouble import LOOK, Trouble
from bot.underway import Task, Underway, over, thinned

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each thing may take. A send is over before its lease, and a doubt rests longer."""

    lease: timedelta = timedelta(seconds=60)
    margin: timedelta = timedelta(seconds=25)  # a send may start until lease - margin
    send: timedelta = timedelta(seconds=15)
    quiet: timedelta = timedelta(seconds=60)
    retry: timedelta = timedelta(seconds=30)  # so that a platform that is back is met in a minute


EVER = datetime.min.replace(tzinfo=UTC)
PORTION = 100  # effects claimed at a time
TRIES = 3  # of what may pass by itself; then somebody is told of it
EDIT_AGAIN = timedelta(days=1)  # an edit that is refused may be of a message that is gone
GIVEN_UP = timedelta(days=7)  # so long past its time nobody asks any more what became of a send
Compose = Callable[[Effect, datetime], Awaitable[Draft | Skip]]
Follow = Callable[[Effect, str, datetime], Awaitable[None]]
Alarm = Callable[[Effect, Trouble], Awaitable[None]]
Witness = Callable[[Effect, State, datetime], None]


def unseen(_: Effect, state: State, now: datetime) -> None:
    """No witness: nobody counts."""


async def untold(_: Effect, trouble: Trouble) -> None:
    """Nobody to tell."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Delivers effects. `compose` makes the card, `follow` does what a sent effect entails.

    `follow(effect, message, now)` runs before the effect is marked sent, so it may run twice; the
    effect was `settled` when it may have stood there at the earliest;
    `witness` is told of every outcome, for the figures. `alarm` tells those who can mend it that
    a room takes no posts; it may run twice for the same trouble. `started` is when this process
    began.
    """

    store: Store
    chats: Mapping[str, Chat]
    clock: Clock
    owner: str
    compose: Compose
    follow: Follow
    patience: Patience = Patience()
    paces: Mapping[str, Pace] = field(default_factory=dict)
    witness: Witness = unseen
    alarm: Alarm = untold
    started: datetime = EVER
    underway: Underway = field(default_factory=Underway)

    async def deliver(
        self, now: datetime, but: Kind | None = None, within: float | None = None
    ) -> Collection[Task]:
        """Send what is due, but none of that kind, and clear up what is in doubt.

        Returns when all of it is done; `within` seconds after its last claim at the latest, with
        what goes on beside.
        """
        lease = now + self.patience.lease
        doubtful = await self.store.claim_doubt(now - self.patience.quiet, self.owner, lease, now)
        begun = self._begin("look up", self._look_up, doubtful)
        return await over(begun | await self._flow(now, but, within), within)

    async def _flow(self, now: datetime, but: Kind | None, within: float | None) -> set[Task]:
        """Begin what is due, and claim more when half of it is done: no more at a time than a lease
        outlasts, and no turn to post is to pass unused while the last answers come in (#4).
        """
        begun, busy = set[Task](), set(self.underway.tasks.values())
        while len(busy := await thinned(busy, PORTION // 2, within)) <= PORTION // 2:
            asked = PORTION - len(busy)
            due = await self._claim(now, asked, but)
            busy |= self._begin("send to", self._room, due)
            begun |= busy
            if len(due) < asked:
                break
        return begun

    def _begin(
        self, what: str, work: Callable[[list[Effect]], Awaitable[None]], effects: Iterable[Effect]
    ) -> set[Task]:
        begin = self.underway.begin
        return {begin(f"{what} {one[0].room}", partial(work, one)) for one in _by_room(effects)}

    async def _claim(self, now: datetime, most: int, but: Kind | None) -> tuple[Effect, ...]:
        now = max(now, self.clock.now())
        return await self.store.claim(now, self.owner, now + self.patience.lease, most, but)

    async def _look_up(self, effects: list[Effect]) -> None:
        await self._each(self._reconcile, effects)

    async def _room(self, effects: list[Effect]) -> None:
        """What is due in one room; what it refused before comes last, as it may be that post."""
        known = await trouble.of(self.store, effects[0].room) if len(effects) > 1 else None
        effects.sort(key=lambda e: bool(known and e.key == known.cause))
        await self._each(self._send, effects)

    async def _each(
        self, step: Callable[[Effect], Awaitable[None]], effects: Iterable[Effect]
    ) -> None:
        for effect in effects:
            try:
                async with asyncio.timeout(self.patience.lease.total_seconds()):
                    await step(effect)  # bounded: a platform that hangs holds up nobody else
            except StoreError as why:  # it lapses, and is looked up
                log.warning("failed; it will be tried again: %s", why, extra={"effect": effect.key})
            except Exception:  # one room's trouble must not keep the others waiting
                log.exception("failed; it will be tried again", extra={"effect": effect.key})

    async def _send(self, effect: Effect) -> None:
        chat, now = self._chat(effect.room), self.clock.now()
        there = await traces.answered(self.store, effect)
        if chat is not None and there is None:
            there = await traces.forgotten(self.store, chat, effect, now)
        if there is not None:
            return await self._sent(effect, there, None)
        if now > effect.until:
            return await self._settle(effect, State.SKIPPED, why=_too_late(effect, now))
        if chat is None:
            why = f"no chat {effect.room.platform} is running"
            return await self._settle(effect, State.PENDING, why=why, due=now + self.patience.retry)
        known = await trouble.of(self.store, effect.room)
        if known and known.waits(effect, now, self.started):
            return await self._settle(effect, State.PENDING, why=known.why, due=now + LOOK)
        await self._compose(effect, known, now)

    async def _compose(self, effect: Effect, known: Trouble | None, now: datetime) -> None:
        try:
            draft = await self.compose(effect, now)
        except NoAnswer as why:  # a thread that could not be read, or not whole: nothing was sent
            log.warning("put off: %s", why, extra={"effect": effect.key})
            return await self._later(effect, str(why), why.wait)
        if isinstance(draft, Skip):
            return await self._settle(effect, State.SKIPPED, why=draft.why)
        if known and not await trouble.trying(self.store, effect.room, known, now):
            return await self._settle(effect, State.PENDING, why=known.why, due=now + LOOK)
        await self._post(effect, draft, known)

    async def _post(self, effect: Effect, draft: Draft, known: Trouble | None) -> None:
        if effect.room.platform in self.paces:
            await self.paces[effect.room.platform].wait()
        # A process frozen past its lease must not send when it thaws (#4): another may have. The
        # chat looks again when the request is about to leave.
        now = self.clock.now()
        if effect.lease is None or now > effect.lease - self.patience.margin:
            return await self._settle(effect, State.PENDING, why="the lease was running out")
        leaves = effect.lease - self.patience.margin + self.patience.send
        effect = replace(effect, settled=now)  # it may stand from now on
        outcome = await self._attempt(effect, draft, leaves)
        if isinstance(outcome, Done):
            return await self._sent(effect, outcome.message, known)
        if isinstance(outcome, Refused):
            return await self._refused(effect, draft, outcome)
        await self._settle(effect, State.DOUBT, why=outcome.why)

    async def _attempt(self, effect: Effect, draft: Draft, leaves: datetime) -> Outcome:
        chat = self.chats[effect.room.platform]
        try:
            async with asyncio.timeout(self.patience.send.total_seconds()):
                if draft.member is not None:
                    return await chat.tell(draft.member, draft.card)
                if draft.opens and draft.message and isinstance(chat, Opens):
                    return await chat.open(effect.room, draft.message, draft.card)
                if draft.message is not None:
                    return await chat.edit(effect.room, draft.message, draft.card)
                where = effect.room, draft.card, effect.key, draft.thread
                return await chat.post(*where, until=leaves)
        except TimeoutError:
            return Unsure("no answer in time")

    async def _refused(self, effect: Effect, draft: Draft, refused: Refused) -> None:
        log.warning("refused: %s", refused.why, extra={"effect": effect.key})
        if not (refused.lasting or (refused.perhaps and effect.attempt >= TRIES)):
            wait = refused.wait
            if refused.perhaps:  # it is given more time by each try
                wait = self.patience.retry.total_seconds() * 2**effect.attempt
            return await self._later(effect, refused.why, wait)
        if draft.member is not None or refused.gone:
            over = State.SKIPPED if refused.gone else State.REFUSED
            return await self._settle(effect, over, why=refused.why)
        if draft.message is not None and not draft.opens:
            due = self.clock.now() + EDIT_AGAIN
            return await self._settle(effect, State.PENDING, why=refused.why, due=due)
        await self._denied(effect, draft, refused.why)

    async def _denied(self, effect: Effect, draft: Draft, why: str) -> None:
        """The room takes no posts, or not this one: trying again helps when somebody mends it."""
        now, known = self.clock.now(), await trouble.of(self.store, effect.room)
        if known and known.over and known.cause == effect.key:  # others were taken meanwhile
            return await self._settle(effect, State.REFUSED, why=why)
        fresh = known is None or known.over
        number = known.number + fresh if known else 1
        found = Trouble(number, why, effect.key, draft.thread is None, now.isoformat())
        if fresh:
            await self.alarm(effect, found)
        await trouble.keep(self.store, effect.room, known, found)
        await self._settle(effect, State.PENDING, why=why, due=now + LOOK)

    async def _later(self, effect: Effect, why: str, wait: float | None = None) -> None:
        rest = timedelta(seconds=wait) if wait else self.patience.retry
        await self._settle(effect, State.PENDING, why=why, due=self.clock.now() + rest)

    async def _reconcile(self, effect: Effect) -> None:
        """Look the key up; found is sent, not found is sent again from the start."""
        chat, now = self._chat(effect.room), self.clock.now()
        if effect.kind is Kind.NOTICE:  # nobody's to look up, and twice is worse than perhaps once
            return await self._settle(effect, State.SENT, why="perhaps")
        if chat is None:
            return await self._settle(effect, State.DOUBT, why=effect.why, due=now + LOOK)
        try:
            found = await traces.answered(self.store, effect)
            found = found or await traces.found(self.store, chat, effect)
        except NoAnswer as why:
            over = now > effect.until + GIVEN_UP
            state = State.SKIPPED if over else State.DOUBT
            due = now + (timedelta(seconds=why.wait) if why.wait else LOOK)
            return await self._settle(effect, state, why=f"in doubt: {why}", due=due)
        if found is not None:
            known = await trouble.of(self.store, effect.room)
            return await self._sent(effect, found, known)
        await self._settle(effect, State.PENDING, why="looked for and not found")

    async def _sent(self, effect: Effect, message: str, known: Trouble | None) -> None:
        now = self.clock.now()
        if known and not known.over:  # as it reads by now: this try is noted in it
            await trouble.end(self.store, effect.room, await trouble.of(self.store, effect.room))
        await self.follow(effect, message, now)
        await self._settle(effect, State.SENT, message=message)
        late = round((now - effect.due).total_seconds())
        log.info("sent", extra={"effect": effect.key, "late_s": late, "posted": message})

    async def _settle(
        self,
        effect: Effect,
        state: State,
        *,
        message: str | None = None,
        why: str | None = None,
        due: datetime | None = None,
    ) -> None:
        now = self.clock.now()
        if not await self.store.settle(
            effect.key, self.owner, state, now, message=message, why=why, due=due
        ):
            lost = "not ours any more; its new owner settles it"
            return log.warning(lost, extra={"effect": effect.key})
        self.witness(effect, state, now)

    def _chat(self, room: Room) -> Chat | None:
        return self.chats.get(room.platform)


def _by_room(effects: Iterable[Effect]) -> list[list[Effect]]:
    rooms: dict[Room, list[Effect]] = {}
    for effect in effects:
        rooms.setdefault(effect.room, []).append(effect)
    return list(rooms.values())


def _too_late(effect: Effect, now: datetime) -> str:
    late = round((now - effect.due).total_seconds() / 60)
    return f"{late} min late, too late{f': {effect.why}' if effect.why else ''}"
