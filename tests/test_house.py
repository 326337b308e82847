"""Rules about the whole house, each read from the source itself."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import rooms

from bot import manual, settings
from prompts import formats
from prompts.formats import frontmatter

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("prompts/**/*.py")])
CORE = list(ROOT.glob("bot/*.py"))
# These know every room, on purpose.
WIRING = {
    "__main__.py",
    "app.py",
    "beside.py",
    "chats.py",
    "check.py",
    "coming.py",
    "demo.py",
    "export.py",
    "orders.py",
}
OWN_FILE = {  # third-party libraries that are named in one place alone
    "apscheduler": {"bot/ticker.py"},
    "pydantic_settings": {"bot/settings.py"},
    "slack_bolt": {"bot/chat/slack_door.py"},
    "discord": {  # one file of 300 lines does not hold a platform
        "bot/chat/discord_adapter.py",
        "bot/chat/discord_answers.py",
        "bot/chat/discord_check.py",
        "bot/chat/discord_ears.py",
        "bot/chat/discord_gate.py",
        "bot/chat/discord_line.py",
        "bot/chat/discord_pages.py",
        "bot/chat/discord_posts.py",
        "bot/chat/discord_rest.py",
        "bot/chat/discord_spots.py",
        "bot/chat/discord_view.py",
    },
    "tantivy": {"prompts/postings.py"},
    "sentencex": {"prompts/sentences.py"},
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def texts() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in SOURCES}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in texts().items()}


@cache
def imports() -> dict[Path, list[str]]:
    """What each file imports, by module and by name."""
    return {path: list(_imported(tree)) for path, tree in trees().items()}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_prompts_never_imports_bot() -> None:
    paths = ROOT.glob("prompts/**/*.py")
    assert not [(name(path), m) for path in paths for m in imports()[path] if within(m, "bot")]


def test_the_core_imports_no_adapter_and_no_driver() -> None:
    drivers = ("bot.chat", "bot.store", "sqlalchemy", "sqlite3", "alembic")
    for path in (path for path in CORE if path.name not in WIRING):
        # The web server knows nobody who mounts on it.
        foreign = drivers if path.name == "web.py" else (*drivers, "aiohttp", "bot.web")
        assert not [m for m in imports()[path] if within(m, *foreign)], name(path)


def test_an_adapter_knows_the_port_and_never_the_service_or_the_store() -> None:
    known = "chat ports model events card errors menu phrases pace"
    allowed = [f"bot.{module}" for module in known.split()]
    for path in ROOT.glob("bot/chat/*.py"):
        own = [m for m in imports()[path] if within(m, "bot") and m != "bot"]
        assert not [m for m in own if not within(m, *allowed)], name(path)


def test_a_library_is_named_in_its_own_file_alone() -> None:
    for library, homes in OWN_FILE.items():
        users = {name(path) for path in SOURCES if any(within(m, library) for m in imports()[path])}
        assert users <= homes, library


def test_files_and_functions_stay_short() -> None:
    for path, tree in trees().items():
        assert texts()[path].count("\n") <= LONGEST_FILE, name(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{name(path)}: {node.name} has {length} lines"


def test_the_clock_alone_asks_for_the_time_and_settings_alone_for_the_environment() -> None:
    asks = re.compile(r"\b(datetime\.now|datetime\.utcnow|time\.time|date\.today)\(")
    reads = re.compile(r"os\.environ|getenv")
    asking, reading = (
        [name(path) for path, text in texts().items() if words.search(text)]
        for words in (asks, reads)
    )
    assert (asking, reading) == (["bot/clock.py"], ["bot/settings.py"])


def test_every_lint_exception_says_why() -> None:
    said = re.compile(r"# (noqa: \w+|type: ignore\[[\w-]+\])\s+\S.{2,}")
    for path, text in texts().items():
        for line in text.splitlines():
            excepted = "# noqa" in line or "# type: ignore" in line
            assert not excepted or said.search(line), f"{name(path)}: {line}"


def test_every_module_says_what_it_is() -> None:
    silent = [path for path, tree in trees().items() if tree.body and not ast.get_docstring(tree)]
    assert not list(map(name, silent))


def test_no_module_names_two_things_alike() -> None:
    for path, tree in trees().items():
        targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
        named = Counter(t.id for t in targets if isinstance(t, ast.Name))
        # The second would stand for both, unseen.
        assert not [word for word, count in named.items() if count > 1], name(path)


def test_env_example_is_what_the_settings_say() -> None:
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    assert example == manual.example(), "run: gadfly settings > deploy/env.example"


def test_the_table_in_the_readme_is_what_the_settings_say() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    assert shown.strip() == manual.table(), "run: gadfly settings --table"


def test_every_module_has_its_place_on_the_map() -> None:
    assert not rooms.missing("prompts", rooms.PROMPTS) | rooms.missing("bot", rooms.BOT)
    for file, text in rooms.pages().items():
        assert file.read_text(encoding="utf-8") == text, "run: python tests/rooms.py"


def test_every_setting_is_described() -> None:
    for field, info in settings.Settings.model_fields.items():
        assert info.description, field


def test_the_readings_folder_says_what_is_read_there() -> None:
    page = (ROOT / "seeds/README.md").read_text(encoding="utf-8")
    files, keys = map("`{}`".format, formats.FORMATS), map("| {} |".format, frontmatter.KEYS)
    assert not [word for word in (*files, *keys) if word not in page]


def test_the_top_of_the_house_is_as_fixed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 - whatever git the developer has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    folders = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
    assert folders <= {"bot", "prompts", "seeds", "deploy", "tests", ".ci"}


def test_no_two_test_files_have_one_name() -> None:
    """Pytest collects nothing at all then, and whoever runs one of them does not see it."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_no_test_gives_up_sooner_than_a_busy_machine_needs() -> None:
    """Five seconds were lost to load more than once (#4): `tests/waiting.py` has patience."""
    limit = re.compile(r"(?:asyncio\.timeout|wait_for|communicate|wait)\([^()\n]*?\b(\d[\d.]*)\)")
    hasty = {
        f"{name(path)}: {found[0]}"
        for path in ROOT.glob("tests/**/test_*.py")
        for found in limit.finditer(path.read_text(encoding="utf-8"))
        if float(found[1]) < 20
    }
    assert hasty == set()


def test_no_lock_file_names_an_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8")


def test_help_is_there_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from bot.__main__ import _parser; _parser().format_help(); "
        "print([m for m in ('sqlalchemy', 'aiohttp', 'pydantic', 'tantivy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
