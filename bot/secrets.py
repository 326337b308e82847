"""Secrets from files, as container platforms hand them out. No error shows what stands in one."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.errors import Wrong


def from_files(names: Iterable[str], given: Mapping[str, str | None]) -> dict[str, str]:
    """The secrets of `names` (lower case) that stand in files.

    `given` is the environment in lower case: NAME_FILE names a file, SECRETS_DIR a folder with
    files named like the settings. Raises `Wrong` where a secret is set twice, or a file that was
    named cannot be used.
    """
    folder = _folder(given.get("secrets_dir"))
    found: dict[str, str] = {}
    for name in names:
        ways = dict(_ways(name, given, folder))
        if len(ways) > 1:
            raise Wrong(f"{name.upper()} is set twice, by {' and '.join(ways)}; leave one of them")
        for way, path in ways.items():
            if path is not None:
                found[name] = _read(way, path)
    return found


def _folder(named: str | None) -> Path | None:
    folder = Path(named) if named else None
    if folder is not None and not folder.is_dir():
        raise Wrong(f"SECRETS_DIR={named}: is not a folder; mount it, or take the setting out")
    return folder


def _ways(
    name: str, given: Mapping[str, str | None], folder: Path | None
) -> Iterable[tuple[str, Path | None]]:
    """Every way by which the secret is given; without a path, it stands in the environment."""
    if given.get(name):
        yield name.upper(), None
    if path := given.get(f"{name}_file"):
        yield f"{name.upper()}_FILE", Path(path)
    for spelt in (name, name.upper()):
        if folder is not None and (folder / spelt).is_file():
            yield f"SECRETS_DIR/{spelt}", folder / spelt


def _read(way: str, path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        how = "mount it, let this user read it, or take the setting out"
        raise Wrong(f"{way}: {path} cannot be read ({error.strerror}); {how}") from None
    except UnicodeDecodeError:
        raise Wrong(f"{way}: {path} is not text; put the secret there and nothing else") from None
    if not text:
        raise Wrong(f"{way}: {path} is empty; put the secret there and nothing else")
    return text
