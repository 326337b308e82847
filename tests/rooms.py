"""The maps of the house, `prompts/README.md` and `bot/README.md`, made from the modules' own words.

    python tests/rooms.py     writes both anew

A new module is put into a room here; `tests/test_house.py` sees to it that each stands in one.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
Rooms = Mapping[str, str]

PROMPTS: Rooms = {
    "The words, and what the bot asks": "model library deck wording questions.toml",
    "Files become texts": """
        folder sidecars links web intake apart child texts formats cache packing derived
    """,
    "Texts become readings": "readings passages asides sentences windows anchors tongue",
    "The engine: who claims what, and what stands against it": """
        engine clauses mains turns cues patterns expressions shapes cues/ edges genres asking
        contrasts
        voices announced holders signs subject claims debatable counters scene tiers hints aims
        concessions alternatives rejected openings motions standing pairs sayings briefs
        conflicts contrary
    """,
    "Looking up: /quote and /counter": """
        concordance index postings corpus vocabulary
        quotes quality topics
        opposing ground statements replying manner stance together bearing weights/
    """,
    "Summaries: what a group said": """
        talk bytalk likeness grouping points summary answering common sides
    """,
    "For people who script": "mine rank summarise lines __main__",
}
BOT: Rooms = {
    "The words, and the seams": "model events card ports ledger study errors",
    "When: from a setting to a due moment": """
        settings manual secrets written timetable grammar rules schedule breaks ics public clock
        ticker soon coming preview
    """,
    "Out: from a due moment to a post": """
        service plan after edits notices draft compose opening gate snapshot phrases outbox underway
        traces pace lease doubt trouble moves joint lull
    """,
    "In: from a member to an answer": """
        collect taking menu commands queues lookups gaps privacy steering amends answers home names
        control orders
    """,
    "The summary and what is kept of it": """
        summary whom digests digest_card story exchange chart plain markdown archive argmap
        addresses record export
    """,
    "The readings, while it runs": "shelf watch inventory",
    "The program": "__main__ doing app chats until web queries batch demo demo.toml beside",
    "Looking after it": "check machine health metrics logs",
    "The platforms, one behind each port": "chat/ store/ fonts/",
}


def missing(package: str, rooms: Rooms) -> set[str]:
    """Modules that stand in no room, and names in rooms that are no module."""
    there = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__"}
    named = [name for names in rooms.values() for name in names.split()]
    own = {name for name in named if (ROOT / package / f"{name}.py").exists()}
    ghosts = {name for name in named if not list((ROOT / package).glob(f"{name.rstrip('/')}*"))}
    twice = {name for name in named if named.count(name) > 1}
    return there - own | ghosts | twice


def page(package: str, rooms: Rooms) -> str:
    """The map of a package, in Markdown."""
    lines = [f"# {package}/", "", _says(ROOT / package / "__init__.py"), ""]
    for title, names in rooms.items():
        lines += [f"## {title}", "", *_room(ROOT / package, names.split()), ""]
    return "\n".join(
        [*lines, "(Made by `python tests/rooms.py` from the modules' first lines.)", ""]
    )


def _room(folder: Path, names: Iterable[str], deep: str = "") -> Iterator[str]:
    for name in names:
        module = folder / f"{name}.py"
        if module.exists():
            yield f"{deep}- [{name}]({_place(module)}): {_says(module)}"
        else:
            yield from _inner(folder / name)


def _inner(path: Path) -> Iterator[str]:
    """A file of data, or a folder: what it says of itself, and what each of its modules says."""
    init = path / "__init__.py"
    told = f": {_says(init)}" if init.exists() else ""
    yield f"- [{path.name}{'/' * path.is_dir()}]({_place(path)}){told}"
    modules = sorted(module.stem for module in path.glob("*.py") if module != init)
    yield from _room(path, modules, "  ")


def _place(path: Path) -> str:
    """A path as its package's page links to it."""
    return "/".join(path.relative_to(ROOT).parts[1:])


def _says(module: Path) -> str:
    """The first paragraph of a module's docstring."""
    told = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split())


def pages() -> dict[Path, str]:
    """Both maps by the files in which they stand."""
    rooms = {"prompts": PROMPTS, "bot": BOT}
    return {ROOT / package / "README.md": page(package, own) for package, own in rooms.items()}


if __name__ == "__main__":
    for file, text in pages().items():
        file.write_text(text, encoding="utf-8")
