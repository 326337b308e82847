"""Extracts and readings as plain JSON values, for the cache and on the way from the child."""

from typing import Any

from prompts.formats import Extract
from prompts.model import Block, Kind, Mend, Page, Reading

Row = dict[str, Any]


def extract_row(extract: Extract) -> Row:
    """An extract as JSON values."""
    return {"meta": dict(extract.meta), "notes": list(extract.notes), **_text_row(extract)}


def as_extract(row: Row) -> Extract:
    """What `extract_row` made. Raises for anything else."""
    meta = {str(key): str(value) for key, value in row["meta"].items()}
    return Extract(meta=meta, notes=tuple(map(str, row["notes"])), **_text(row))


def reading_row(reading: Reading) -> Row:
    """As much of a reading as its analysis looks at."""
    head = {"key": reading.key, "title": reading.title, "author": reading.author}
    return {**head, "digest": reading.digest, "language": reading.language, **_text_row(reading)}


def as_reading(row: Row) -> Reading:
    """What `reading_row` made."""
    named = {key: row[key] for key in ("key", "title", "author", "digest", "language")}
    return Reading(**named, **_text(row))


def _text_row(source: Extract | Reading) -> Row:
    return {
        "text": source.text,
        "blocks": [(b.start, b.end, b.kind.value) for b in source.blocks],
        "pages": [(p.start, p.label) for p in source.pages],
        "mends": [(m.start, m.end, m.printed) for m in source.mends],
    }


def _text(row: Row) -> Row:
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("a text is a string")
    blocks = tuple(Block(int(a), int(b), Kind(kind)) for a, b, kind in row["blocks"])
    if any(not 0 <= b.start < b.end <= len(text) for b in blocks):
        raise ValueError("a block lies outside its text")
    pages = tuple(Page(int(start), str(label)) for start, label in row["pages"])
    mends = tuple(Mend(int(a), int(b), str(printed)) for a, b, printed in row["mends"])
    return {"text": text, "blocks": blocks, "pages": pages, "mends": mends}
