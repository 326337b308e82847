"""What an extractor gives back, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prompts.model import Block


class Unreadable(ValueError):
    """A file that cannot be used; its text says in one line why and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file as it can be quoted, and what the file says about itself.

    `blocks` are in order, do not overlap and lie within `text`. `meta` holds the keys of
    `prompts.formats.header.KEYS` that the file named. `notes` are one-line remarks for whoever
    owns the file; they do not keep it from being used.
    """

    text: str
    blocks: tuple[Block, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
