"""The store, call by call: which rows each one reads or writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import (
    Debate,
    Effect,
    Kind,
    Mark,
    Member,
    Phase,
    Position,
    Reply,
    Room,
    Standing,
    State,
    Taken,
)
from bot.store import dealt, debates, facts, marks, members, outbox, replies, stances
from bot.store.calls import DEADLINE, Calls
from bot.store.engine import file_of, read_url
from bot.store.together import Together
from prompts.deck import Past, Used


class Store:
    """`bot.ledger.Store` on SQLite or PostgreSQL; that protocol says what each call does."""

    def __init__(self, calls: Calls) -> None:
        self._db = calls
        self._hear = Together(self._hear_all)
        self._take = Together(self._take_all)

    async def _hear_all(self, said: Sequence[replies.Heard]) -> list[Debate | None]:
        # The threads of open debates are read again at each start.
        return await self._db.note(replies.hear, said)

    async def _take_all(self, presses: Sequence[stances.Press]) -> list[Taken | None]:
        return await self._db.write(stances.take_all, presses)

    @classmethod
    async def at(cls, url: str, deadline: float = DEADLINE) -> "Store":
        """The store at DATABASE_URL, its tables made or brought up to date where needed.

        A SQLite file is kept for this process alone until `close`. Raises StoreError, one line,
        for everything that can be wrong with the database. `deadline` is in seconds.
        """
        calls = Calls(url, deadline)
        try:
            await calls.prepare()
        except BaseException:
            await calls.close()
            raise
        return cls(calls)

    @classmethod
    async def peek(cls, url: str) -> "Store | None":
        """A store to read beside the process that keeps it; None where there is none yet."""
        path = file_of(read_url(url))
        if path is None:
            return cls(Calls(url))
        return cls(Calls(url, peek=True)) if path.exists() else None

    @property
    def shared(self) -> bool:
        return self._db.shared

    async def close(self) -> None:
        await self._db.close()

    # The outbox.

    async def plan(self, effect: Effect, deals: Used | None = None) -> bool:
        return await self._db.write(outbox.plan, effect, deals)

    async def claim(
        self, now: datetime, owner: str, lease: datetime, limit: int = 100, but: Kind | None = None
    ) -> tuple[Effect, ...]:
        return await self._db.write(outbox.claim, now, owner, lease, limit, but)

    async def claim_doubt(
        self, before: datetime, owner: str, lease: datetime, now: datetime
    ) -> tuple[Effect, ...]:
        return await self._db.write(outbox.claim_doubt, before, owner, lease, now)

    async def settle(
        self,
        key: str,
        owner: str,
        state: State,
        now: datetime,
        *,
        message: str | None = None,
        why: str | None = None,
        due: datetime | None = None,
    ) -> bool:
        return await self._db.write(outbox.settle, key, owner, state, now, message, why, due)

    async def abandon(self, now: datetime) -> None:
        await self._db.write(outbox.abandon, now)

    async def next_due(self, now: datetime, quiet: timedelta) -> datetime | None:
        return await self._db.read(outbox.next_due, now, quiet)

    async def wake(self, room: Room, why: str) -> None:
        await self._db.write(outbox.wake, room, why)

    async def effect(self, key: str) -> Effect | None:
        return await self._db.read(outbox.effect, key)

    async def effects(
        self,
        *,
        schedule: str | None = None,
        debate: str | None = None,
        kind: Kind | None = None,
        state: State | None = None,
        since: datetime | None = None,
    ) -> tuple[Effect, ...]:
        equal = {"schedule": schedule, "debate": debate, "kind": kind, "state": state}
        return await self._db.read(outbox.find, since, equal)

    # Debates.

    async def open(self, debate: Debate) -> bool:
        return await self._db.write(debates.keep, debate)

    async def debate(self, id: str) -> Debate | None:
        return await self._db.read(debates.debate, id)

    async def debate_of(self, room: Room, thread: str) -> Debate | None:
        return await self._db.read(debates.debate_of, room, thread)

    async def latest(self, room: Room) -> Debate | None:
        return await self._db.read(debates.latest, room)

    async def debates(
        self, *, phase: Phase | None = None, room: Room | None = None, schedule: str | None = None
    ) -> tuple[Debate, ...]:
        equal = {"phase": phase, "room": str(room) if room else None, "schedule": schedule}
        return await self._db.read(debates.find, equal)

    async def underway(self) -> tuple[Debate, ...]:
        return await self._db.read(debates.underway)

    async def closed(self, since: datetime, most: int) -> tuple[Debate, ...]:
        return await self._db.read(debates.closed, since, most)

    async def leave(self, rooms: Sequence[Room]) -> int:
        gone = await self._db.write(members.leave, rooms)
        await self._db.scrub()
        return gone

    async def set_phase(self, id: str, phase: Phase, at: datetime) -> bool:
        return await self._db.write(debates.set_phase, id, phase, at)

    # What was dealt.

    async def history(self, room: Room) -> Sequence[Past]:
        return await self._db.read(dealt.history, room)

    async def pass_over(self, room: Room, event: str, at: datetime, deals: Used) -> None:
        await self._db.write(dealt.note, room, dealt.PASSED + event, at, deals)

    # What members say.

    async def hear(self, thread: str, reply: Reply) -> Debate | None:
        return await self._hear((thread, reply))

    async def put_replies(self, debate: str, said: Sequence[Reply]) -> int:
        puts = [(debate, reply) for reply in said]
        changed = await self._db.write(replies.put, puts, shown=True)
        return len({(r.room, r.message) for r, new in zip(said, changed, strict=True) if new})

    async def edit_reply(self, room: Room, message: str, text: str, at: datetime) -> Debate | None:
        return await self._db.write(replies.edit, room, message, text, at)

    async def drop_reply(self, room: Room, message: str, at: datetime | None) -> Debate | None:
        return await self._db.write(replies.drop, room, message, at)

    async def replies(self, debate: str) -> tuple[Reply, ...]:
        return await self._db.read(replies.find, debate)

    async def ids(self, debate: str) -> frozenset[str]:
        return await self._db.read(replies.ids, debate)

    async def take(
        self, debate: str, position: Position, together: Sequence[str] = ()
    ) -> Taken | None:
        return await self._take((debate, position, tuple(together)))

    async def standing(self, debates: Sequence[str], member: str, until: datetime) -> Standing:
        return await self._db.read(stances.stand, debates, member, until)

    async def put_position(self, debate: str, position: Position) -> bool:
        return await self._db.write(stances.put, debate, position)

    async def positions(self, debate: str) -> tuple[Position, ...]:
        return await self._db.read(stances.find, debate)

    async def drop_reasons(self, debate: str, member: str) -> bool:
        return await self._db.write(stances.unsay, debate, member)

    async def put_mark(self, debate: str, mark: Mark, at: datetime) -> bool:
        return await self._db.write(marks.put, debate, mark, at)

    async def drop_mark(self, debate: str, mark: Mark) -> bool:
        return await self._db.write(marks.drop, debate, mark)

    async def marks(self, debate: str) -> frozenset[Mark]:
        return await self._db.read(marks.find, debate)

    # Members.

    async def remember(self, member: Member) -> None:
        await self._db.write(members.introduce, member)

    async def opt_out(self, member: str, at: datetime) -> tuple[str, ...]:
        touched = await self._db.write(members.erase, member, at, True)
        await self._db.scrub()
        return touched

    async def opt_in(self, member: str, at: datetime) -> None:
        await self._db.write(members.opt_in, member, at)

    async def opted_out(self, member: str) -> bool:
        return await self._db.read(members.opted_out, member)

    async def erase(self, member: str, at: datetime) -> tuple[str, ...]:
        touched = await self._db.write(members.erase, member, at, None)
        await self._db.scrub()
        return touched

    async def held(self, member: str) -> dict[str, object]:
        return await self._db.read(members.held, member)

    async def purge(self, before: datetime) -> int:
        gone = await self._db.write(members.purge, before)
        if gone:
            await self._db.scrub()
        return gone

    # Odds and ends.

    async def seen(self, event: str, at: datetime) -> bool:
        return await self._db.write(facts.seen, event, at)

    async def get_fact(self, key: str) -> str | None:
        return await self._db.read(facts.get, key)

    async def set_fact(self, key: str, value: str) -> None:
        await self._db.write(facts.put, key, value)

    async def swap_fact(self, key: str, old: str | None, new: str) -> bool:
        return await self._db.write(facts.swap, key, old, new)
