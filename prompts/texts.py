"""Extracts and readings as bytes and JSON values, for the cache and on the way from the child."""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from prompts.formats import Extract, Unreadable
from prompts.model import Block, Kind, Mend, Page, Reading

# Bytes of a text as it comes and in memory, which whoever takes it in has both at once, and of
# each of its blocks, pages and mends.
SPACE, PLACE = 20_500_000, 220
PIECE = 1 << 16  # characters
Row = dict[str, Any]
KINDS = {kind.value: kind for kind in Kind}  # many times as fast as to ask the class


def written(extract: Extract) -> bytes:
    """An extract as it is kept, and as it comes from the child: a line of JSON, then its text, so
    that whoever takes it in never holds it more than twice (#9)."""
    row = {"meta": dict(extract.meta), "notes": list(extract.notes), **_places_row(extract)}
    text = extract.text.encode()
    places = len(extract.blocks) + len(extract.pages) + len(extract.mends)
    if len(text) + sys.getsizeof(extract.text) + PLACE * places > SPACE:
        raise Unreadable("is longer than a reading can be; split it into chapters.")
    return json.dumps(row, separators=(",", ":")).encode() + b"\n" + text


def as_extract(data: bytes) -> Extract | Unreadable:
    """What `written` made, or why there is no text. Raises for anything else."""
    end = data.find(b"\n") + 1 or len(data)
    row = json.loads(data[:end])
    if "no" in row:
        return Unreadable(str(row["no"]))
    meta = {str(key): str(value) for key, value in row["meta"].items()}
    text = str(memoryview(data)[end:], "utf-8")
    return Extract(meta=meta, notes=tuple(map(str, row["notes"])), **_text({**row, "text": text}))


def reading_row(reading: Reading) -> Row:
    """As much of a reading as its analysis looks at."""
    head = {"key": reading.key, "title": reading.title, "author": reading.author}
    own = {"digest": reading.digest, "language": reading.language, "text": reading.text}
    return {**head, **own, **_places_row(reading)}


def as_reading(row: Row) -> Reading:
    """What `reading_row` made."""
    named = {key: row[key] for key in ("key", "title", "author", "digest", "language")}
    return Reading(**named, **_text(row))


def _places_row(source: Extract | Reading) -> Row:
    """Where blocks, pages and mends are, as numbers and words in a row: a list for each would take
    as much room again."""
    return {
        "blocks": [x for b in source.blocks for x in (b.start, b.end, b.kind.value)],
        "pages": [x for page in source.pages for x in (page.start, page.label)],
        "mends": [x for mend in source.mends for x in (mend.start, mend.end, mend.printed)],
    }


def _text(row: Row) -> Row:
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("a text is a string")
    blocks = tuple(Block(int(a), int(b), KINDS[kind]) for a, b, kind in _by(row["blocks"], 3))
    if any(not 0 <= b.start < b.end <= len(text) for b in blocks):
        raise ValueError("a block lies outside its text")
    pages = tuple(Page(int(start), str(label)) for start, label in _by(row["pages"], 2))
    mends = tuple(Mend(int(a), int(b), str(printed)) for a, b, printed in _by(row["mends"], 3))
    return {"text": text, "blocks": blocks, "pages": pages, "mends": mends}


def _by(values: Sequence[Any], count: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(values)] * count, strict=True)


def digest(text: str) -> str:
    """The SHA-256 of a text, piece by piece: another copy of a long one would be megabytes."""
    made = hashlib.sha256()
    for at in range(0, len(text), PIECE):
        made.update(text[at : at + PIECE].encode())
    return made.hexdigest()
