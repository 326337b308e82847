"""Figures for Prometheus: counts and times by kind, never a name, an id or a word of anybody's."""

import asyncio
import math
from collections.abc import Iterable
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.card import Card
from bot.events import Event
from bot.health import Sign
from bot.ledger import Store, StoreError
from bot.model import Effect, State
from bot.ports import Handle
from bot.ticker import Pulse

LATE = (1, 5, 15, 30, 60, 300, 900, 3600, 21600)
QUICK = (0.005, 0.02, 0.1, 0.25, 0.5, 1, 2, 3, 10)
STEP = 1.0  # seconds between two looks at the loop's lag


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        own = self.registry
        self._settled = Counter(
            "gadfly_posts", "Posts and edits by outcome.", ("kind", "outcome"), registry=own
        )
        self._late = Histogram(
            "gadfly_lateness_seconds", "From due to sent.", ("kind",), registry=own, buckets=LATE
        )
        self._doubts = Gauge("gadfly_doubts", "Posts of unknown outcome.", registry=own)
        self._overdue = Gauge(
            "gadfly_overdue_seconds", "How long the oldest post has been due.", registry=own
        )
        self._answer = Histogram(
            "gadfly_answer_seconds",
            "From hearing an event to its answer.",
            ("event",),
            registry=own,
            buckets=QUICK,
        )
        self._ready = Gauge("gadfly_ready", "1 if well.", ("part",), registry=own)
        self._ticks = Gauge("gadfly_ticks", "Ticks so far.", ("outcome",), registry=own)
        self._lag = Gauge("gadfly_loop_lag_seconds", "Lag of the event loop.", registry=own)

    def settled(self, effect: Effect, state: State, now: datetime) -> None:
        """A post or an edit ended, or was put back."""
        self._settled.labels(effect.kind, state.value).inc()
        if state is State.SENT:
            self._late.labels(effect.kind).observe((now - effect.due).total_seconds())

    def timed(self, handle: Handle) -> Handle:
        """The same handle, with its time to the answer taken. Its count is the count of events."""

        async def counted(event: Event) -> Card | None:
            with self._answer.labels(type(event).__name__.lower()).time():
                return await handle(event)

        return counted

    async def watch_lag(self) -> None:
        """Keep an eye on how long the loop lets a ready task wait, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(STEP)
            self._lag.set(loop.time() - before - STEP)

    async def text(self, store: Store, signs: Iterable[Sign], pulse: Pulse, now: datetime) -> bytes:
        """Everything in Prometheus' text form, without what a silent store would have told."""
        for sign in signs:
            self._ready.labels(sign.name).set(sign.well)
        self._ticks.labels("good").set(pulse.good)
        self._ticks.labels("failed").set(pulse.failed)
        doubts, overdue = await _backlog(store, now)
        self._doubts.set(doubts)
        self._overdue.set(overdue)
        return generate_latest(self.registry)


async def _backlog(store: Store, now: datetime) -> tuple[float, float]:
    """How many are in doubt, and for how many seconds the oldest has been due."""
    try:
        doubts = await store.effects(state=State.DOUBT)
        waiting = await store.effects(state=State.PENDING)
    except StoreError:
        return math.nan, math.nan
    oldest = min((effect.due for effect in waiting), default=now)
    return len(doubts), max(0.0, (now - oldest).total_seconds())
