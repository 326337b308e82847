"""The library: all that the bot asks of the readings, behind one frozen view."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

from prompts import deck, derived, opposing, quotes
from prompts.anchors import anchored
from prompts.apart import Crew
from prompts.bearing import about
from prompts.concordance import Concordance
from prompts.deck import Past
from prompts.ground import Ground, ground
from prompts.intake import Told
from prompts.model import Counter, Passage, Prompt, Reading, Remark, Stance, Summary
from prompts.pairs import Pair
from prompts.readings import Fetch, Shelf, Trouble, load, silent
from prompts.topics import Phrases, topics

if TYPE_CHECKING:
    from prompts.index import Index


TOPICS = 24  # that are suggested at once
LEANS = 0.8  # probability from which somebody is asked whether a text takes a side
NOTHING_TO_ARGUE = (
    "makes no claim that a group could argue about; it serves /quote alone. Add one that does."
)
REPEATS = (
    "makes no claim that others do not make, {other} above all; remove one of the two if they are "
    "copies."
)


@dataclass(frozen=True, slots=True)
class Found:
    """What questions are answered from: an index, what claims stand there, the phrases by key."""

    index: "Index"
    material: Ground
    phrases: Mapping[str, Phrases]


@dataclass(frozen=True)
class Library:
    """The readings as they were when it was opened. Every answer is a function of its arguments.

    A pattern is one or several of `fnmatch`'s, parted by commas, against a reading's key
    (`ethics/*`); None and `*` take all readings. The index over the passages is made when it is
    first asked for.
    """

    shelf: Shelf
    pairs: tuple[Pair, ...]
    cases: tuple[deck.Case, ...]
    kept: Path | None = None
    _names: derived.Named | None = field(default=None, repr=False, compare=False)
    _warming: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)
    _done: Event = field(default_factory=Event, init=False, repr=False, compare=False)

    @classmethod
    def open(
        cls,
        seeds: Path,
        kept: Path | None = None,
        told: Told = silent,
        fetch: Fetch | None = None,
        before: Shelf | None = None,
    ) -> "Library":
        """The library of a folder. What is derived is kept under `kept`, if that is given.

        Interrupted, it goes on where it stopped the next time. `told` hears how far it is, and
        `fetch` brings the web pages that the folder names. What is as it was `before` is not read
        again.
        """
        with Crew() as crew:
            shelf = load(seeds, kept, crew, told, fetch, before)
            names = derived.named(shelf.readings)
            if kept:
                derived.prepare(shelf.readings, kept, names, crew, told)
        rows = derived.dealable(shelf.readings, kept, names)
        if kept:
            derived.tidy(shelf.readings, kept, names, shelf.kept)
        pairs, cases = tuple(pair for pair, _ in rows if pair.met), deck.deck(rows)
        derived.let_go(rows)
        return cls(shelf, pairs, cases, kept, names)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.shelf.readings

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What could not be used, or not for prompts, one line each."""
        argued = {case.passage.reading.key for case in self.cases}
        repeated = deck.repeated(self.cases)
        idle = (r.key for r in self.readings if r.key not in argued)
        return (
            *self.shelf.troubles,
            *(Trouble(key, NOTHING_TO_ARGUE) for key in idle),
            *(Trouble(key, REPEATS.format(other=repeated[key])) for key in repeated),
        )

    # -- prompts --------------------------------------------------------------------------------

    def next_prompt(self, history: Iterable[Past], pattern: str | None = None) -> Prompt | None:
        """The prompt that follows a history, oldest first; None when every claim was used."""
        return deck.deal(self.cases, history, pattern)

    def upcoming(self, history: Iterable[Past], pattern: str | None = None) -> Iterator[Prompt]:
        """The prompts that follow a history, one after the other, until every claim was used."""
        past = list(history)
        while prompt := self.next_prompt(past, pattern):
            yield prompt
            past.append(deck.used(prompt))

    def left(self, history: Iterable[Past], pattern: str | None = None) -> int:
        """How many prompts remain after a history."""
        return len(deck.fresh(self.cases, list(history), pattern))

    def spread(self, history: Iterable[Past], pattern: str | None = None) -> dict[str, int]:
        """How many prompts remain after a history in each reading of the pattern, by key."""
        found = {r.key: 0 for r in self.readings if deck.matches(r, pattern)}
        for case in deck.fresh(self.cases, list(history), pattern):
            found[case.passage.reading.key] += 1
        return found

    # -- questions ------------------------------------------------------------------------------

    def quotes(self, topic: str, limit: int = 3, pattern: str | None = None) -> tuple[Passage, ...]:
        """Up to `limit` passages on a topic, from different readings first; empty if none is."""
        found = self._found
        asked = found.index.question(topic)
        hits = found.index.find(asked, self._keys(pattern))
        hits = quotes.about(quotes.spoken(hits, asked.touched_by))
        return quotes.chosen(hits, found.material.over, limit)

    def counter(
        self,
        claim_text: str,
        near: Passage | None = None,
        pattern: str | None = None,
        seen: Sequence[Passage] = (),
    ) -> Counter:
        """What stands against a claim. `near` is the claim's own passage, where it has one.

        What overlaps a passage of `seen` is on screen already and does not come again.
        """
        index, keys = self._found.index, self._keys(pattern)
        material = (
            self._found.material if keys is None else self._found.material.within(frozenset(keys))
        )
        hits = index.search(claim_text, keys, shares=about(claim_text[: opposing.TYPED]))
        judge = _judge(claim_text)
        return opposing.counter(claim_text, near, material, hits, index.weight, seen, judge)

    def topics(self, pattern: str | None = None, typed: str = "") -> tuple[str, ...]:
        """Key phrases of a pattern's readings, weightiest first: some two dozen.

        With what somebody has typed so far, those that hold it, in any case.
        """
        keys = tuple(r.key for r in self.readings if deck.matches(r, pattern))
        if keys not in self._topics:
            self._topics[keys] = topics([self._found.phrases[key] for key in keys])
        wanted = typed.strip().casefold()
        return tuple(topic for topic in self._topics[keys] if wanted in topic.casefold())[:TOPICS]

    def key_points(self, motion: str, remarks: Sequence[Remark], language: str = "en") -> Summary:
        """What a group said about a motion."""
        from prompts.summary import sum_up  # its tables are of no use before a debate closes

        return sum_up(motion, remarks, language)

    def leaning(self, motion: str, text: str, language: str = "en") -> Stance | None:
        """The side that a text seems to take, to be asked about and never to be asserted."""
        from prompts.stance import stance  # its weights are of use here alone

        speaks = stance(motion, text) if language.startswith("en") else 0.5
        if abs(speaks - 0.5) < LEANS - 0.5:
            return None
        return Stance.FOR if speaks > 0.5 else Stance.AGAINST

    # -- places ---------------------------------------------------------------------------------

    def passage(self, key: str, digest: str, start: int, end: int) -> Passage | None:
        """The passage that a quotation names; None if its reading is gone, moved or changed."""
        reading = self._by_digest.get(digest)
        if reading is None or reading.key != key or not 0 <= start < end <= len(reading.text):
            return None
        return Passage(reading, start, end)

    def anchored(self, key: str, exact: str, prefix: str, suffix: str) -> Passage | None:
        """Where words that were quoted stand now in the reading of that key; None if nowhere."""
        reading = next((reading for reading in self.readings if reading.key == key), None)
        return anchored(reading, exact, prefix, suffix) if reading else None

    def context(self, passage: Passage) -> Passage:
        """The paragraphs that a passage stands in."""
        blocks = [
            b for b in passage.reading.blocks if b.start < passage.end and passage.start < b.end
        ]
        if not blocks:
            return passage
        start, end = min(b.start for b in blocks), max(b.end for b in blocks)
        return Passage(passage.reading, min(start, passage.start), max(end, passage.end))

    def _keys(self, pattern: str | None) -> list[str] | None:
        keys = [reading.key for reading in self.readings if deck.matches(reading, pattern)]
        return keys if len(keys) < len(self.readings) else None

    def warm(self, told: Told = silent) -> None:
        """Do now what the first question would wait for, what is much work apart. From any thread,
        twice-callable: whoever comes second waits until it is done."""
        with self._warming:
            if not self.warmed:
                self._warm(told)
                self._done.set()

    @property
    def warmed(self) -> bool:
        """Whether a question is answered at once."""
        return self._done.is_set()

    def _warm(self, told: Told) -> None:
        if self.kept:
            derived.look_up(self.readings, self.kept, self._named, told)
        self.__dict__["_found"] = self._looked_up(told)
        _ = self._by_digest, self.topics()
        _ = self.quotes(""), self.counter("")  # a question loads what questions need
        for case in self.cases[:1]:
            _judge(case.pair.claim.motion or "")([case.passage])

    @cached_property
    def _found(self) -> Found:
        return self._looked_up(silent)

    def _looked_up(self, told: Told) -> Found:
        from prompts.index import Index  # only questions need it

        rest: list[Concordance] = []

        def each() -> Iterator[Concordance]:
            for one in derived.concordances(self.readings, self.kept, self._named):
                yield one
                rest.append(one.closed())
                told("Indexing", len(rest), len(self.readings))

        index = Index.joined(each())
        phrases = {one.reading.key: one.phrases for one in rest}
        return Found(index, ground(rest, self.pairs), phrases)

    @property
    def _named(self) -> derived.Named:
        return self._names or derived.named(self.readings)

    @cached_property
    def _topics(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The topics of each pattern that was asked for, by the keys of its readings."""
        return {}

    @cached_property
    def _by_digest(self) -> dict[str, Reading]:
        return {reading.digest: reading for reading in self.readings}


def _judge(claim: str) -> opposing.Judge:
    """How likely passages speak for a claim; .5 in languages that have no weights."""
    from prompts.together import cautious  # only questions need it

    def judged(passages: Sequence[Passage]) -> list[float]:
        english = [p.text for p in passages if p.reading.language.startswith("en")]
        sides = iter(cautious(claim[: opposing.TYPED], english))
        return [next(sides) if p.reading.language.startswith("en") else 0.5 for p in passages]

    return judged
