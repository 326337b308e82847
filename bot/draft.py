"""What an effect turns into at the moment of its sending: a draft, or why there is none."""

from dataclasses import dataclass

from bot.card import Card


@dataclass(frozen=True, slots=True)
class Draft:
    """What an effect turns into at the moment of its sending."""

    card: Card
    thread: str | None = None
    message: str | None = None  # set: replace this post instead of adding one
    member: str | None = None  # set: tell this member in private
    opens: bool = False  # with `message`: see to that prompt's thread


@dataclass(frozen=True, slots=True)
class Skip:
    """Why an effect is not to be sent after all."""

    why: str
