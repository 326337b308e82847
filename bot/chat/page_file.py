"""The page's history in one JSON file, whole after every change and after every crash."""

import json
import os
from pathlib import Path

from bot.chat.history import History
from bot.chat.page_cards import entry_json, entry_of
from bot.errors import Wrong

FORMAT = 1


def load(file: Path) -> History:
    """What was saved; an empty history where there is no file.

    Raises `Wrong` for a file that cannot be read or is damaged: it is never taken for empty.
    """
    try:
        return _history(json.loads(file.read_bytes()))
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise Wrong(f"{file}: {error.strerror}; Gadfly must be able to read it") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Wrong(
            f"{file} is damaged or not the page's history; put a copy of it back, "
            "or move it away to start with an empty page"
        ) from None


def _history(stored: dict[str, object]) -> History:
    last, entries = stored["last"], stored["entries"]
    if stored["format"] != FORMAT or not isinstance(last, int) or not isinstance(entries, list):
        raise ValueError("another format")
    read = [entry_of(entry) for entry in entries]
    return History(last, {entry.id: entry for entry in read})


def save(file: Path, history: History) -> None:
    """Replaces the file in one step; it is on the disk when this returns. Twice-callable.

    Raises OSError, and then the file is as it was, unless the disk failed in the very last step.
    """
    entries = [entry_json(entry) for entry in history.entries.values()]
    text = json.dumps({"format": FORMAT, "last": history.last, "entries": entries})
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    # Members' words are for the owner of the file alone.
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """The new name is safe only once the folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
