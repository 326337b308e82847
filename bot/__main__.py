"""`gadfly`, also `python -m bot`: the verbs. Each imports what it needs; help is instant."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.errors import Wrong

STEERS = {
    "now": "open the next debate of a room at once",
    "close": "close the open debate of a room and post its summary",
    "skip": "leave out the next slot of a room",
    "swap": "another claim instead of the next, or of the open one nobody has answered",
    "pause": "no prompts in a room before a date",
    "resume": "prompts come again, and what a room refused is tried again",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit code: 0 done, 1 something to put right (said in a line)."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.verb(arguments) or 0)
    except Wrong as wrong:
        from bot.logs import Censor  # a token may stand where a number should

        print(f"gadfly: {Censor()(str(wrong))}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


REPLIES = """A line of FILE is an object with topic, motion, reply_id, text and stance ("pro",
"con", "torn" or null); it may hold member (else each reply is somebody's of their own) and
reactions, {"member": 1 agrees, -1 does not, 0 passes}. With --json a line out holds topic and
key_points (text, source, stance, members), and, where people reacted, consensus (reply ids) and
groups; Markdown quotes what these agree on. Statements and votes: lines of {topic, comment_id} and
of {topic, voter, votes}."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gadfly",
        description="A debate bot for study groups. Settings come from the environment; "
        "`gadfly settings` lists them.",
    )
    parser.add_argument("--version", action="version", version=f"gadfly {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    _running(verbs)
    _asking(verbs)
    return parser


def _running(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = verbs.add_parser("run", help="run the bot with the chats that the settings name")
    run.set_defaults(verb=_run)
    demo = verbs.add_parser("demo", help="play one study-group week in the terminal")
    demo.set_defaults(verb=_demo)
    coming = verbs.add_parser("next", help="the next due moments, and what would be posted")
    coming.add_argument("--at", help="a schedule to try instead of the settings' own")
    coming.add_argument("--zone", help="its time zone, such as Europe/Berlin")
    coming.add_argument("--from", dest="start", help="count from this instant (ISO 8601)")
    coming.add_argument("--count", type=int, default=7, help="how many (default 7)")
    coming.add_argument("--json", action="store_true", help="UTC instants and local times as JSON")
    coming.set_defaults(verb=_next)
    archive = verbs.add_parser("archive", help="every closed debate as pages, Markdown and maps")
    archive.add_argument("folder", nargs="?", type=Path, default=Path("archive"))
    archive.set_defaults(verb=_archive)
    audit = verbs.add_parser("audit", help="what became of each slot: posted, late, skipped, why")
    audit.add_argument("--days", type=int, default=14, help="how far back (default 14)")
    audit.set_defaults(verb=_audit)
    for verb, what in STEERS.items():
        steer = verbs.add_parser(verb, help=what)
        steer.add_argument("--room", help="such as page:agora; left out: the only one there is")
        if verb == "pause":
            steer.add_argument("--until", required=True, help="the date they come again from")
        steer.set_defaults(verb=_steer, order=verb)
    export = verbs.add_parser("export", help="every debate as JSON, CSV and Markdown")
    export.add_argument("folder", nargs="?", type=Path, default=Path("export"))
    export.add_argument("--store", action="store_true", help="and the whole store, for import")
    export.set_defaults(verb=_export)
    bring = verbs.add_parser("import", help="fill an empty store from an export with --store")
    bring.add_argument("path", type=Path, help="the export's folder, or its store.jsonl")
    bring.set_defaults(verb=_import)
    check = verbs.add_parser("check", help="look at everything, and say what to put right")
    check.add_argument("--json", action="store_true", help="for scripts; the exit code tells, too")
    check.set_defaults(verb=_check)
    health = verbs.add_parser("health", help="ask the running bot whether it is well")
    health.set_defaults(verb=_health)
    settings = verbs.add_parser("settings", help="every setting, what it means and its default")
    settings.add_argument("--table", action="store_true", help="as the README's table")
    settings.set_defaults(verb=_settings)


def _asking(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    quote = verbs.add_parser("quote", help="what the readings say about a topic, word for word")
    quote.add_argument("topic", nargs="+")
    quote.add_argument("--json", action="store_true", help="passages with their places as JSON")
    quote.set_defaults(verb=_quote)
    counter = verbs.add_parser("counter", help="the best passage against a claim")
    counter.add_argument("claim", nargs="+")
    counter.add_argument("--json", action="store_true", help="verdict and passages as JSON")
    counter.set_defaults(verb=_counter)
    rank = verbs.add_parser("rank", help="documents ranked for queries, JSON lines both")
    rank.add_argument("--corpus", type=Path, required=True, help='lines of {"doc_id", "text"}')
    rank.add_argument("--task", choices=("quote", "counter"), default="quote")
    rank.set_defaults(verb=_rank)
    stance = verbs.add_parser("stance", help="texts judged for and against motions, JSON lines")
    stance.set_defaults(verb=_stance)
    readings = verbs.add_parser("readings", help="what could be read, and how far it goes")
    readings.add_argument("--json", action="store_true", help="one JSON object")
    readings.set_defaults(verb=_readings)
    mine = verbs.add_parser("mine", help="claims and counterpoints of a FILE, or of JSON lines")
    mine.add_argument("file", nargs="?", type=Path, help="left out: JSON lines on standard input")
    mine.set_defaults(verb=_mine)
    summarise = verbs.add_parser(
        "summarise", help="the key points of a FILE of replies", epilog=REPLIES
    )
    summarise.add_argument("file", nargs="?", type=Path, help="replies as JSON lines")
    summarise.add_argument("--jsonl", action="store_true", help="JSON lines in and out")
    summarise.add_argument("--json", action="store_true", help="JSON lines out, not Markdown")
    summarise.add_argument(
        "--stance-from", default="stance", metavar="FIELD", help="the field that holds the side"
    )
    summarise.add_argument("--comments", type=Path, help="statements, for common ground")
    summarise.add_argument("--votes", type=Path, help="who agreed with which statement")
    summarise.add_argument("--language", default="en", help="of the replies (default en)")
    summarise.set_defaults(verb=_summarise)


def _run(_: argparse.Namespace) -> int:
    # Until the loop has its own handler: process 1 of a container is deaf to it by default.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    from bot import app, logs, settings

    own = settings.load()
    logs.set_up(own.log_level, own.log_format, settings.secret_values(own))
    return asyncio.run(app.run(own, print))


def _demo(_: argparse.Namespace) -> None:
    import shutil

    from bot import demo, logs, settings

    logs.set_up("ERROR")
    width = min(shutil.get_terminal_size().columns, 100) - 4 if sys.stdout.isatty() else None
    asyncio.run(demo.play(settings.load(), print, width))


def _next(arguments: argparse.Namespace) -> None:
    from bot import coming

    coming.show(
        coming.Wish(arguments.at, arguments.zone, arguments.start, arguments.count, arguments.json),
        print,
    )


def _audit(arguments: argparse.Namespace) -> None:
    from bot import coming

    asyncio.run(coming.audit(arguments.days, print))


def _check(arguments: argparse.Namespace) -> int:
    from bot import check, clock, logs

    logs.set_up("ERROR")  # what the libraries warn of is among the findings
    return asyncio.run(check.run(clock.SystemClock(), print, arguments.json))


def _export(arguments: argparse.Namespace) -> int:
    from bot import export, logs

    logs.set_up("ERROR")
    return asyncio.run(export.export(arguments.folder, print, arguments.store))


def _import(arguments: argparse.Namespace) -> int:
    from bot import export

    return asyncio.run(export.bring_in(arguments.path, print))


def _health(_: argparse.Namespace) -> int:
    from bot import health, settings

    own = settings.load()
    return health.ask(own.web_host, own.web_port, print)


def _steer(arguments: argparse.Namespace) -> None:
    from bot import logs, orders

    logs.set_up("ERROR")
    orders.give(arguments.order, arguments.room, getattr(arguments, "until", ""), print)


def _settings(arguments: argparse.Namespace) -> None:
    from bot import manual

    print(f"{manual.table()}\n" if arguments.table else manual.example(), end="")


def _quote(arguments: argparse.Namespace) -> int:
    from bot import asking

    return asking.quote(" ".join(arguments.topic), print, arguments.json)


def _counter(arguments: argparse.Namespace) -> int:
    from bot import asking

    return asking.counter(" ".join(arguments.claim), print, arguments.json)


def _rank(arguments: argparse.Namespace) -> int:
    from bot import asking

    return asking.rank(arguments.corpus, arguments.task, print)


def _stance(_: argparse.Namespace) -> int:
    from bot import asking

    return asking.stance(print)


def _readings(arguments: argparse.Namespace) -> int:
    from bot import inventory

    return inventory.readings(print, arguments.json)


def _mine(arguments: argparse.Namespace) -> int:
    from bot import asking

    return asking.mine(arguments.file, print)


def _archive(arguments: argparse.Namespace) -> int:
    from bot import archive

    return asyncio.run(archive.archive(arguments.folder, print))


def _summarise(arguments: argparse.Namespace) -> int:
    from bot import batch

    wish = batch.Wish(
        file=arguments.file,
        comments=arguments.comments,
        votes=arguments.votes,
        lines=arguments.jsonl,
        json=arguments.json,
        stance_from=arguments.stance_from,
        language=arguments.language,
    )
    return batch.summarise(wish, sys.stdin, print)


if __name__ == "__main__":
    sys.exit(main())
