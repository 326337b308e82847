"""`ports.Facts` in a dictionary, for a chat that is tried without a store."""

from dataclasses import dataclass

from bot.errors import Wrong


@dataclass
class Shelf:
    """What outlives a process; where it is `away`, nobody can tell."""

    facts: dict[str, str]
    away: bool = False

    async def get_fact(self, key: str) -> str | None:
        if self.away:
            raise Wrong("the store is away")
        return self.facts.get(key)

    async def set_fact(self, key: str, value: str) -> None:
        if self.away:
            raise Wrong("the store is away")
        self.facts[key] = value
