"""Run by Alembic, inside the connection and the transaction that `migrate` gives it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.store.tables import Utc, Words, metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Name our own types as a migration imports them."""
    if kind == "type" and isinstance(item, Utc | Words):
        name = type(item).__name__
        autogen.imports.add(f"from bot.store.tables import {name}")
        return f"{name}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
