"""JSON lines as people who script write them: objects with their numbers, or what is wrong."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Row = dict[str, Any]


def objects(lines: Iterable[str], needed: Sequence[str], of: str = "") -> Iterator[tuple[int, Row]]:
    """The object of each line with its number, from 1; blank lines are passed over.

    Raises ValueError, one line, for what is no object or lacks one of the `needed` names; `of`
    says which lines they are, such as " of the queries".
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", "nested too deeply, or a number too long")
            raise ValueError(f"line {number}{of} is no JSON ({why}): one object a line") from None
        lacks = [name for name in needed if not isinstance(row, dict) or name not in row]
        if lacks:
            raise ValueError(f"line {number}{of} lacks {lacks[0]!r}; it takes {', '.join(needed)}")
        yield number, row
