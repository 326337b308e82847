"""`gadfly`, also `python -m bot`: what can be typed. `bot.doing` has what each verb does."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__, doing, menu
from bot.errors import Wrong

MOST = 10_000  # moments or days that can be asked for


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit code: 0 done, 1 something to put right (said in a line),
    2 no verb, or one with words that it does not know.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if "verb" not in arguments:
        parser.print_help(sys.stderr)
        return 2
    from bot import logs

    if arguments.verb is not doing.run:  # which logs as the settings say
        logs.set_up("ERROR")
    try:
        return int(arguments.verb(arguments) or 0)
    except Wrong as wrong:
        # A token may stand where a number should.
        print(f"gadfly: {logs.Censor()(str(wrong))}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


REPLIES = """A line of FILE is an object with topic, motion, reply_id, text and stance ("pro",
"con", "torn" or null); it may hold member (else each reply is somebody's of their own), answers
(the reply_id that it was written under) and reactions, {"member": 1 agrees, -1 does not, 0 passes}.
With --json a line out holds topic and key_points (text, source, stance, members), and, where people
reacted, consensus (reply ids) and groups; Markdown quotes what these agree on. Statements and
votes: lines of {topic, comment_id} and of {topic, voter, votes}."""
QUERIES = """A line in is {"query_id", "text"}; it may hold exclude and candidates, lists of doc_id.
A line out is {"query_id", "ranked"}: doc_ids, the best first."""
PAIRS = """A line in is {"id", "motion", "text"}; a line out is {"id", "stance", "score"}: "pro",
"con" or null, and how likely that is right."""
LINES = """A line is {"id", "text"}: its claims and counterpoints; {"id", "documents"} with two of
{"id", "text"}: what in the second stands against the first; or {"id", "claim", "candidates"}: which
of these are for and against it. "language" may stand beside a text; offsets count code points."""

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gadfly",
        description="A debate bot for study groups. Settings come from the environment; "
        "`gadfly settings` lists them.",
    )
    parser.add_argument("--version", action="version", version=f"gadfly {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    _running(verbs)
    _keeping(verbs)
    _consulting(verbs)
    _scripting(verbs)
    return parser


def _verb(
    verbs: "Verbs", name: str, run: Callable[..., int | None], what: str, more: str = ""
) -> argparse.ArgumentParser:
    """A verb that says what it does in the list of all and in its own help."""
    told = f"{what[0].upper()}{what[1:]}."
    made = verbs.add_parser(name, help=what, description=told, epilog=more)
    made.set_defaults(verb=run)
    return made


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST}")
    return int(text)


def _words(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; write a few words")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        told = f"{text!r} is not a date; write such as 2027-01-10"
        raise argparse.ArgumentTypeError(told) from None


def _running(verbs: "Verbs") -> None:
    _verb(verbs, "run", doing.run, "run the bot with the chats that the settings name")
    _verb(verbs, "demo", doing.demo, "play one study-group week in the terminal")
    coming = _verb(verbs, "next", doing.coming, "the next due moments, and what would be posted")
    coming.add_argument("--at", help="a schedule to try instead of the settings' own")
    coming.add_argument("--zone", help="its time zone, such as Europe/Berlin")
    coming.add_argument("--from", dest="start", help="count from this instant (ISO 8601)")
    coming.add_argument("--count", type=_count, default=7, help="how many (default 7)")
    coming.add_argument("--json", action="store_true", help="UTC instants and local times as JSON")
    audit = _verb(
        verbs, "audit", doing.audit, "what became of each slot: posted, late, skipped, why"
    )
    audit.add_argument("--days", type=_count, default=14, help="how far back (default 14)")
    for name in menu.ORDERS:
        steer = _verb(verbs, name, doing.steer, menu.LEADS[name])
        steer.add_argument("--room", help="such as page:agora; left out: the only one there is")
        if name != "close":
            how = "of several in the room, the one that is meant"
            steer.add_argument("--schedule", default="", help=how)
        if name == "pause":
            day = "the date they come again from, such as 2027-01-10"
            steer.add_argument("--until", type=_day, required=True, help=day)
        steer.set_defaults(order=name)


def _keeping(verbs: "Verbs") -> None:
    archive = _verb(
        verbs, "archive", doing.archive, "every closed debate as pages, Markdown and maps"
    )
    _folder(archive, "archive")
    export = _verb(verbs, "export", doing.export, "every debate as JSON, CSV and Markdown")
    _folder(export, "export")
    export.add_argument("--store", action="store_true", help="and the whole store, for import")
    bring = _verb(
        verbs, "import", doing.bring_in, "fill an empty store from an export with --store"
    )
    bring.add_argument("path", type=Path, help="the export's folder, or its store.jsonl")
    check = _verb(verbs, "check", doing.check, "look at everything, and say what to put right")
    check.add_argument("--json", action="store_true", help="for scripts; the exit code tells, too")
    _verb(verbs, "health", doing.health, "ask the running bot whether it is well")
    settings = _verb(
        verbs, "settings", doing.settings, "every setting, what it means and its default"
    )
    settings.add_argument("--table", action="store_true", help="as the README's table")


def _folder(verb: argparse.ArgumentParser, name: str) -> None:
    told = f"where to (default {name})"
    verb.add_argument("folder", nargs="?", type=Path, default=Path(name), help=told)


def _consulting(verbs: "Verbs") -> None:
    what = "what the readings say about a topic, word for word"
    quote = _verb(verbs, "quote", doing.quote, what)
    quote.add_argument("topic", nargs="+", type=_words, help="in any words")
    quote.add_argument("--json", action="store_true", help="passages with their places as JSON")
    counter = _verb(verbs, "counter", doing.counter, "the best passage against a claim")
    counter.add_argument(
        "claim", nargs="+", type=_words, help="a sentence that one can argue about"
    )
    counter.add_argument("--json", action="store_true", help="verdict and passages as JSON")
    readings = _verb(verbs, "readings", doing.readings, "what could be read, and how far it goes")
    readings.add_argument("--json", action="store_true", help="one JSON object")


def _scripting(verbs: "Verbs") -> None:
    mine = _verb(
        verbs, "mine", doing.mine, "claims and counterpoints of a FILE, or of JSON lines", LINES
    )
    mine.add_argument("file", nargs="?", type=Path, help="left out: JSON lines on standard input")
    rank = _verb(
        verbs, "rank", doing.rank, "documents ranked for queries, JSON lines both", QUERIES
    )
    rank.add_argument("--corpus", type=Path, required=True, help='lines of {"doc_id", "text"}')
    tasks = ("quote", "counter")
    rank.add_argument("--task", choices=tasks, default="quote", help="what for (default quote)")
    _verb(verbs, "stance", doing.stance, "texts judged for and against motions, JSON lines", PAIRS)
    summed = _verb(
        verbs, "summarise", doing.summarise, "the key points of a FILE of replies", REPLIES
    )
    summed.add_argument("file", nargs="?", type=Path, help="replies as JSON lines")
    summed.add_argument("--jsonl", action="store_true", help="JSON lines in and out")
    summed.add_argument("--json", action="store_true", help="JSON lines out, not Markdown")
    field = "the field that holds the side (default stance)"
    summed.add_argument("--stance-from", default="stance", metavar="FIELD", help=field)
    summed.add_argument("--comments", type=Path, help="statements, for common ground")
    summed.add_argument("--votes", type=Path, help="who agreed with which statement")
    summed.add_argument("--language", default="en", help="of the replies (default en)")


if __name__ == "__main__":
    sys.exit(main())
