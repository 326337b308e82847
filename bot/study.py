"""What a study group's bot is made of. Data only: the functions stand in the stages' modules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.lease import Lease
from bot.ledger import Store
from bot.model import Member, Room
from bot.names import Names
from bot.outbox import EVER, Patience, Witness, unseen
from bot.pace import SHARE, Pace
from bot.ports import Chat, Clock
from bot.queues import Queues
from bot.schedule import Schedule
from bot.underway import Underway
from prompts.library import Library


@dataclass(frozen=True, slots=True)
class Study:
    """`owner` names this process among the replicas; `nudge` asks whoever ticks to do it soon."""

    library: Library
    store: Store
    chats: Mapping[str, Chat]
    schedules: tuple[Schedule, ...]
    clock: Clock
    owner: str
    nudge: Callable[[], None]
    facilitators: tuple[str, ...] = ()
    retention: timedelta = timedelta(days=90)
    patience: Patience = Patience()
    paces: Mapping[str, Pace] = field(default_factory=dict)
    witness: Witness = unseen
    started: datetime = EVER
    leases: Mapping[str, Lease] = field(default_factory=dict)  # of chats where one replica listens
    queues: Queues = field(default_factory=Queues)
    underway: Underway = field(default_factory=Underway)

    def schedule(self, name: str) -> Schedule | None:
        return next((s for s in self.schedules if s.name == name), None)

    def called(self, schedule: str) -> Names:
        """How members are called in a schedule's rooms; where it is gone, they are not."""
        known = self.schedule(schedule)
        return known.names if known else Names.NONE

    def in_room(self, room: Room) -> tuple[Schedule, ...]:
        """Every schedule that posts in the room."""
        return tuple(s for s in self.schedules if room in s.rooms)

    def facilitates(self, member: Member) -> bool:
        """Whether the member may steer: named by id or by a role, or everybody there may."""
        names = {member.id, f"{member.id.partition(':')[0]}:*", *member.groups}
        return not names.isdisjoint(self.facilitators)

    def local(self, moment: datetime, schedule: str) -> datetime:
        """The moment in the schedule's zone; as it is where the schedule is gone."""
        known = self.schedule(schedule)
        return moment.astimezone(known.zone) if known else moment


def paced(chats: Mapping[str, Chat]) -> dict[str, Pace]:
    """The pace of each platform that names how many posts it allows."""
    rates = {name: chat.traits.posts_per_second for name, chat in chats.items()}
    return {name: Pace(rate * SHARE) for name, rate in rates.items() if rate}


def leased(chats: Mapping[str, Chat], store: Store, owner: str) -> dict[str, Lease]:
    """A lease for each chat that only one of several replicas may listen to."""
    alone = [name for name, chat in chats.items() if chat.traits.one_listener]
    return {name: Lease(store, f"listens/{name}", owner) for name in alone if store.shared}


@dataclass(slots=True)
class Live:
    """The study as it is now; only its library ever changes. Who runs for long keeps this and not
    the study, or the first library would stay beside the one that took its place (#9)."""

    study: Study
