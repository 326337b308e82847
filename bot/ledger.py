"""What Gadfly remembers, as the core asks for it. `bot.store` keeps it, on two databases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import Wrong
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
from prompts.deck import Past, Used


class StoreError(Wrong):
    """The store could not do it, or cannot say whether it did.

    After a lost connection or a passed deadline the change may have happened all the same: what
    was asked for is read again before it is acted on.
    """


class Store(Protocol):
    """What Gadfly remembers. Times are aware; what comes back is in UTC.

    Every call is one transaction that is durable when the call returns, ends within seconds
    whatever the database does, and raises `StoreError` and nothing else for the database's
    troubles. Any number of processes may call on PostgreSQL; on SQLite one.
    """

    # The outbox: an effect's key is unique, and that uniqueness is the referee.

    async def plan(self, effect: Effect, deals: Used | None = None) -> bool:
        """Insert if the key is absent; True if this call inserted it.

        What it deals is then in its room's history, until it is skipped or refused.
        """

    async def claim(
        self, now: datetime, owner: str, lease: datetime, limit: int = 100, but: Kind | None = None
    ) -> tuple[Effect, ...]:
        """Make pending effects that are due ours to send, oldest first, but none of the kind `but`.

        Nobody else gets them. They come back SENDING, with our lease and one more attempt. What
        was put back with a wait is due when the wait is over.
        """

    async def claim_doubt(
        self, before: datetime, owner: str, lease: datetime, now: datetime
    ) -> tuple[Effect, ...]:
        """Make effects ours to look up that have been in doubt since `before` or longer.

        They stay DOUBT; one whose lease has passed can be claimed by the next. What is being sent
        under a lease that has passed is in doubt from `now` on: its quiet period begins.
        """

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
        """Say how an effect of ours ended; False if it is not ours any more.

        An effect stays ours from its claim until somebody else claims it, also when its lease has
        lapsed meanwhile. Back to PENDING or in DOUBT, nobody claims it before `due` (None: at
        once); the effect's own due time stays what it was.
        """

    async def abandon(self, now: datetime) -> None:
        """What is being sent is in doubt from `now` on: whoever sent it is no more.

        For the start of a process that has its store to itself.
        """

    async def next_due(self, now: datetime, quiet: timedelta) -> datetime | None:
        """The first moment after `now` at which an effect may be claimed, a doubt is `quiet` old,
        or an open debate closes; None where nothing waits.
        """

    async def wake(self, room: Room, why: str) -> None:
        """Pending effects of the room that wait with this `why` need not wait any longer."""

    async def effect(self, key: str) -> Effect | None: ...

    async def effects(
        self,
        *,
        schedule: str | None = None,
        debate: str | None = None,
        kind: Kind | None = None,
        state: State | None = None,
        since: datetime | None = None,
    ) -> tuple[Effect, ...]:
        """The effects that match all that is given, `since` by their due time; oldest first."""

    # Debates.

    async def open(self, debate: Debate) -> bool:
        """Keep a new debate. Twice-callable; True if this call kept it."""

    async def debate(self, id: str) -> Debate | None: ...

    async def debate_of(self, room: Room, thread: str) -> Debate | None: ...

    async def latest(self, room: Room) -> Debate | None:
        """The debate opened last in the room."""

    async def debates(
        self, *, phase: Phase | None = None, room: Room | None = None, schedule: str | None = None
    ) -> tuple[Debate, ...]:
        """The debates that match all that is given, oldest first."""

    async def underway(self) -> tuple[Debate, ...]:
        """The debates that are open or closing, oldest first."""

    async def closed(self, since: datetime, most: int) -> tuple[Debate, ...]:
        """The debates that closed since then, the last first, and no more than `most`."""

    async def leave(self, rooms: Sequence[Room]) -> int:
        """Erase the debates of these rooms, all that was said in them and all that was to be
        posted there; how many debates. Twice-callable.
        """

    async def set_phase(self, id: str, phase: Phase, at: datetime) -> bool:
        """Move a debate on, never back; True if this call moved it.

        The first move away from OPEN keeps `at` as the time it closed.
        """

    # What was dealt.

    async def history(self, room: Room) -> Sequence[Past]:
        """What was asked in the room or may yet be, and what was passed over, in any order."""

    async def pass_over(self, room: Room, event: str, at: datetime, deals: Used) -> None:
        """Have it in the room's history, though it is not asked there. Once for each `event`."""

    # What members say. Any order of arrival of the same events ends in the same state.

    async def hear(self, thread: str, reply: Reply) -> Debate | None:
        """Keep a reply as it reads; the debate of its thread, if that changed anything in one.

        An edit beats the first wording and a later edit an earlier one, by the platform's time. A
        deleted reply stays deleted. What its member does not let us keep is not kept. Many at once
        cost little more than one.
        """

    async def put_replies(self, debate: str, replies: Sequence[Reply]) -> int:
        """The same for many that a thread shows now, in one transaction; how many changed.

        What was dropped without a time, for not being shown, is back with it.
        """

    async def edit_reply(self, room: Room, message: str, text: str, at: datetime) -> Debate | None:
        """The message reads `text` since `at`; the debate of the reply that this changed.

        An edit that comes before its reply is remembered for an hour.
        """

    async def drop_reply(self, room: Room, message: str, at: datetime | None) -> Debate | None:
        """Erase a reply's words and whose they were; the debate of the reply that this changed.

        The message's id is remembered, so that it stays deleted when its words come later. `at` is
        when it was deleted; None where it is only not shown any more.
        """

    async def replies(self, debate: str) -> tuple[Reply, ...]:
        """The replies as they read now, oldest first, under their members' latest names."""

    async def ids(self, debate: str) -> frozenset[str]:
        """The messages of `replies`."""

    async def take(
        self, debate: str, position: Position, together: Sequence[str] = ()
    ) -> Taken | None:
        """Keep a step as `put_position` does, if the debate is open at its time.

        What came of it, counted over the debate and those that are one with it; None where there
        is no such debate. Many at once cost little more than one.
        """

    async def standing(self, debates: Sequence[str], member: str, until: datetime) -> Standing:
        """Where the group stands in debates that are one, up to a moment, and the member in it."""

    async def put_position(self, debate: str, position: Position) -> bool:
        """Keep one step of a member's stance; the same step again changes nothing (False)."""

    async def positions(self, debate: str) -> tuple[Position, ...]:
        """Every step, oldest first: where a member stands is their last."""

    async def drop_reasons(self, debate: str, member: str) -> bool:
        """Erase the reasons that a member gave for their stances; False if there was none."""

    async def put_mark(self, debate: str, mark: Mark, at: datetime) -> bool:
        """Keep a decision about a debate's words; False if it is kept already or may not be."""

    async def drop_mark(self, debate: str, mark: Mark) -> bool:
        """Take the decision back; False if there was none."""

    async def marks(self, debate: str) -> frozenset[Mark]: ...

    # Members, and what they may ask for. Their ids and words are in no file of a SQLite store
    # when `erase`, `opt_out` or `purge` returns; settled effects of the debates they took part in
    # lose their payload (prompts keep theirs: it holds words of readings alone).

    async def remember(self, member: Member) -> None:
        """Keep the name to show for a member who has said something that is kept."""

    async def opt_out(self, member: str, at: datetime) -> tuple[str, ...]:
        """Erase as `erase` does, and keep nothing of theirs from now on. Twice-callable."""

    async def opt_in(self, member: str, at: datetime) -> None:
        """Keep again what they say from `at` on, and nothing from before."""

    async def opted_out(self, member: str) -> bool: ...

    async def erase(self, member: str, at: datetime) -> tuple[str, ...]:
        """Erase everything about a member, for good; the debates they had taken part in.

        What they said before `at` is not kept again when the thread is read again.
        """

    async def held(self, member: str) -> dict[str, object]:
        """Everything held about a member, as plain JSON values."""

    async def purge(self, before: datetime) -> int:
        """Erase what was said in debates that ended before `before`; how many words and stances."""

    # Odds and ends.

    async def seen(self, event: str, at: datetime) -> bool:
        """True the first time this event is shown to any process, False ever after."""

    async def get_fact(self, key: str) -> str | None: ...

    async def set_fact(self, key: str, value: str) -> None: ...

    async def swap_fact(self, key: str, old: str | None, new: str) -> bool:
        """Set a fact that still reads `old` (None: that is not there); True if this call did."""

    @property
    def shared(self) -> bool:
        """Whether other replicas may be at work on the same rows."""

    async def close(self) -> None: ...
