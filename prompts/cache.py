"""What was derived from a text, kept by its content, so that a second start need not derive it.

To tell a reading's `name` takes longer than all else that is done with it here, so whoever asks
has it at hand (#9).

One file for each file that took work to read, named by its content. As JSON, for each reading its
analysis, its brief and its concordance, named by the text, its blocks, its language and the
engine's version; and what the readings of its folder say against it, named by all of them. A
passage is kept as its offsets, so nothing that is quoted comes from here. The folder can be thrown
away at any time.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from prompts.briefs import Brief, Rival
from prompts.concordance import Concordance, of_row
from prompts.formats import Extract, Unreadable
from prompts.model import Analysis, Reading
from prompts.packing import analysis, analysis_row, brief, packed
from prompts.texts import as_extract

TRIES = 2  # of a file that a process died of
TEXTS = "texts"  # the folder of what was read from files
SHORT = 1_000  # bytes; a refusal is shorter
FORM = 4  # the shape of the files; raised when it changes
BROKEN = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def name(reading: Reading, version: str) -> str:
    """The file's name for a reading under an engine's version."""
    blocks = ";".join(f"{b.start},{b.end},{b.kind.value}" for b in reading.blocks)
    blocks += ";".join(f"|{m.start},{m.end},{m.printed}" for m in reading.mends)
    return _hashed(str(FORM), version, reading.language, reading.digest, blocks)


def _hashed(*parts: str) -> str:
    return f"{hashlib.sha256(chr(30).join(parts).encode()).hexdigest()[:40]}.json"


def names(met: Sequence[str]) -> tuple[str, str, str, str]:
    """The files' names for all that is kept of a reading beside others: `met` is `name` of it and
    of each of them."""
    own = met[0]
    return own, _hashed("brief", own), _hashed("concordance", own), _hashed("rivals", *met)


def has(folder: Path, own: str) -> bool:
    """Whether an analysis and a brief were kept for the reading of that name."""
    return (folder / own).is_file() and (folder / _hashed("brief", own)).is_file()


def recall(folder: Path, own: str, reading: Reading) -> Analysis | None:
    """What was kept for the reading; None if there is nothing, or nothing that fits."""
    try:
        return analysis(reading, json.loads((folder / own).read_bytes()))
    except BROKEN:
        return None


def written(folder: Path, own: str) -> str:
    """An analysis as its file has it, for `analysis`; empty if none was kept."""
    try:
        return (folder / own).read_text(encoding="utf-8")
    except BROKEN:
        return ""


def keep(folder: Path, own: str, found: Analysis) -> bool:
    """Keep an analysis; False where the folder cannot be written, which costs time only."""
    return keep_row(folder, own, packed(analysis_row(found)))


def keep_row(folder: Path, own: str, row: str) -> bool:
    """Keep an analysis that was made into JSON values, and packed, already."""
    return _put(folder, own, row)


def extract_name(file: str, kind: str, version: str) -> str:
    """The file's name for what was read from a file of that SHA-256 in that format."""
    return f"{TEXTS}/{_hashed('extract', version, kind, file)}"


def recall_extract(folder: Path, file: str, kind: str, version: str) -> Extract | Unreadable | None:
    """What was read from a file of that SHA-256 in that format, or why it could not be.

    What its process died of is tried once more, on what may be a quieter machine, and no more.
    """
    if lost(folder, file, kind, version) in range(1, TRIES):
        return None
    try:
        return as_extract((folder / extract_name(file, kind, version)).read_bytes())
    except BROKEN:
        return None


def lost(folder: Path, file: str, kind: str, version: str) -> int:
    """How often the process died that read that file, or took too long."""
    path = folder / extract_name(file, kind, version)
    try:
        return int(json.loads(path.read_bytes())["lost"]) if path.stat().st_size < SHORT else 0
    except BROKEN:
        return 0


def keep_extract(folder: Path, file: str, kind: str, version: str, data: bytes) -> bool:
    """Keep an extract as `texts.written` makes it, or `{"no": why}`."""
    return _put(folder, extract_name(file, kind, version), data)


def recall_brief(folder: Path, own: str, reading: Reading, held: bool = True) -> Brief | None:
    """The brief that was kept for the reading, its sides only if it is `held` against others; None
    if there is none that fits."""
    try:
        kept = json.loads((folder / _hashed("brief", own)).read_bytes())
        return brief(reading, kept, held)
    except BROKEN:
        return None


def keep_brief(folder: Path, own: str, row: str) -> bool:
    """Keep a brief that was made into JSON values and packed."""
    return _put(folder, _hashed("brief", own), row)


def has_concordance(folder: Path, own: str) -> bool:
    """Whether what can be looked up in the reading was kept."""
    return (folder / _hashed("concordance", own)).is_file()


def recall_concordance(folder: Path, own: str, reading: Reading) -> Concordance | None:
    """What can be looked up in the reading, as it was kept; None if there is none that fits."""
    try:
        kept = (folder / _hashed("concordance", own)).read_bytes()
        return of_row(reading, json.loads(kept))
    except BROKEN:
        return None


def keep_concordance(folder: Path, own: str, row: Mapping[str, Any]) -> bool:
    """Keep what can be looked up, made into JSON values."""
    return _written(folder, _hashed("concordance", own), row)


def recall_rivals(folder: Path, met: Sequence[str]) -> tuple[Rival, ...] | None:
    """What exactly these readings were found to say against the first; None if nothing was kept.

    The readings are told by their names here (`name`).
    """
    try:
        kept = json.loads((folder / names(met)[3]).read_bytes())
        return tuple(Rival(int(i), int(s), int(j), float(x)) for i, s, j, x in kept)
    except BROKEN:
        return None


def keep_rivals(folder: Path, met: Sequence[str], rivals: Sequence[Rival]) -> bool:
    """Keep what these say against the first; False where the folder cannot be written."""
    return _written(folder, names(met)[3], rivals)


def tidy(folder: Path, used: Iterable[str]) -> None:
    """Remove what was kept of readings that are gone or were changed; `used` is what is not.

    Nobody keeps a text longer than the folder of readings does. What another process needs of it
    is made again there.
    """
    names = set(used)
    for path in (*folder.glob("*.json"), *(folder / TEXTS).glob("*.json")):
        if path.relative_to(folder).as_posix() not in names:
            with suppress(OSError):
                path.unlink()


def _written(folder: Path, file: str, content: Any) -> bool:
    return _put(folder, file, packed(content))


def _put(folder: Path, file: str, content: str | bytes) -> bool:
    data = content.encode() if isinstance(content, str) else content
    try:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        replaced(folder / file, data)
    except OSError:
        return False
    return True


def replaced(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that nobody ever reads half a file."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
