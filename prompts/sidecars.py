"""What people write beside a file about it: NAME.toml with title, author, year and so on."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from prompts.formats.frontmatter import shown, told
from prompts.formats.text import decode, notes

SUFFIX = ".toml"
LARGEST = 100_000  # bytes


def of(key: str, others: Mapping[str, object]) -> str | None:
    """The key of the sidecar of a reading: `mill.pdf.toml`, else `mill.toml`."""
    path = PurePosixPath(key)
    names = (f"{key}{SUFFIX}", str(path.with_suffix(SUFFIX)))
    return next((name for name in names if name in others), None)


def orphans(keys: Iterable[str]) -> tuple[str, ...]:
    """Sidecars that lie beside nothing."""
    known = set(keys)
    texts = [key for key in known if not key.lower().endswith(SUFFIX)]
    used = {of(key, dict.fromkeys(known)) for key in texts}
    return tuple(sorted(k for k in known - used if k.lower().endswith(SUFFIX)))


def read(data: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keys of a sidecar, and a line about each that is not used. Raises `Unreadable`."""
    try:
        rows = tomllib.loads(decode(data))
    except (ValueError, RecursionError) as error:  # numbers and brackets without end, too
        why = str(error).split(";")[0]
        return {}, (f"is not TOML ({why}); write lines such as title = “On Liberty”.",)
    meta, unknown = told({key.lower(): shown(value) for key, value in rows.items()})
    return meta, notes(unknown)
