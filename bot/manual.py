"""`gadfly settings`: every setting as `deploy/env.example` and as the README's table."""

import textwrap
from typing import Any

from bot.settings import Settings


def example() -> str:
    """The text of `deploy/env.example`: every setting, what it means and its default."""
    lines = ["# Every setting of Gadfly, with its default. Copy to .env and change what you need."]
    for name, field in Settings.model_fields.items():
        lines += ["", *_wrapped(field.description or "")]
        default = f"={_shown(field.get_default(call_default_factory=True))}"
        lines.append(f"#{name.upper()}{(field.examples or [default])[0]}")
    return "\n".join(lines) + "\n"


def table() -> str:
    """Every setting as a Markdown table, for the README."""
    rows = ["| setting | what it means | default |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = _shown(field.get_default(call_default_factory=True))
        shown = f"`{default}`" if default and default != "{}" else ""
        means = (field.description or "").replace("|", "\\|")
        rows.append(f"| `{name.upper()}` | {means} | {shown} |")
    return "\n".join(rows)


def _wrapped(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, 96)]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)
