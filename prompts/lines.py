"""JSON lines as people who script write them: read one by one, or what is wrong with the first."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

Row = dict[str, Any]
T = TypeVar("T")


def objects(
    lines: Iterable[str], needed: Sequence[str], make: Callable[[Row], T], of: str = ""
) -> Iterator[T]:
    """What `make` makes of the object of each line; blank lines are passed over.

    Raises ValueError, one line with the line's number from 1, for what is no object, lacks one of
    the `needed` names, or holds what `make` takes no way; `of` says which lines these are, such as
    " of the queries".
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"line {number}{of}"
            row = _object(line, needed, where)
            try:
                made = make(row)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{where}: {error}") from None
            yield made


def _object(line: str, needed: Sequence[str], where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", "nested too deeply, or a number too long")
        raise ValueError(f"{where} is no JSON ({why}): one object a line") from None
    lacks = [name for name in needed if not isinstance(row, dict) or name not in row]
    if lacks:
        raise ValueError(f"{where} lacks {lacks[0]!r}; it takes {', '.join(needed)}")
    return dict(row)
