"""A prompt as it was posted, kept as JSON beside its debate.

A reading may change or go; what a debate was opened with may not. So the words, their citation
and their place are kept at planning, and everything said later of that debate is said from here.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot import phrases
from bot.card import Quotation, Source, quote
from prompts.deck import Used
from prompts.model import Counterpoint, Prompt


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A prompt without its readings."""

    key: str
    kind: str
    motion: str
    question: str
    claim: Quotation
    counterpoint: Quotation | None
    language: str = "en"

    def quotations(self) -> tuple[Quotation, ...]:
        return (self.claim, self.counterpoint) if self.counterpoint else (self.claim,)


def freeze(prompt: Prompt) -> dict[str, Any]:
    """The prompt as plain JSON values."""
    counterpoint = prompt.counterpoint
    return asdict(
        Snapshot(
            prompt.key,
            prompt.kind,
            prompt.motion,
            prompt.question,
            quote(prompt.claim.passage, "Claim"),
            _counter(counterpoint) if counterpoint else None,
            prompt.claim.passage.reading.language,
        )
    )


def _counter(counterpoint: Counterpoint) -> Quotation:
    label = phrases.counter_label(counterpoint.kind, counterpoint.voice, counterpoint.holder)
    return quote(counterpoint.passage, label)


def thaw(stored: Mapping[str, Any]) -> Snapshot:
    """What `freeze` kept."""
    other = stored["counterpoint"]
    words = {**stored, "claim": quotation(stored["claim"])}
    return Snapshot(**{**words, "counterpoint": quotation(other) if other else None})


def quotation(stored: Mapping[str, Any]) -> Quotation:
    """A quotation as it was kept."""
    return Quotation(**{**stored, "source": Source(**stored["source"])})


def used(stored: Mapping[str, Any]) -> Used:
    """What the deck must know of a prompt that was dealt before."""
    source = stored["claim"]["source"]
    return Used(stored["key"], source["digest"], source["start"], source["end"])
