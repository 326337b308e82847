"""What each verb of the command line does. Each imports what it needs, so that help is instant."""

import argparse
import asyncio
import os
import signal
import sys


def heed_sigterm() -> None:
    """Until the loop has its own handler: process 1 of a container is deaf to it by default.

    Nothing is open yet. An exception would not do: raised while Python imports, it may fall into
    a callback that swallows it, and the program would run on (#4).
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


def run(_: argparse.Namespace) -> int:
    heed_sigterm()
    from bot import app, logs, settings

    own = settings.load()
    logs.set_up(own.log_level, own.log_format, settings.secret_values(own))
    return asyncio.run(app.run(own, print))


def demo(_: argparse.Namespace) -> None:
    import shutil

    from bot import demo, settings

    width = min(shutil.get_terminal_size().columns, 100) - 4 if sys.stdout.isatty() else None
    asyncio.run(demo.play(settings.load(), print, width))


def coming(arguments: argparse.Namespace) -> None:
    from bot import coming

    coming.show(
        coming.Wish(arguments.at, arguments.zone, arguments.start, arguments.count, arguments.json),
        print,
    )


def audit(arguments: argparse.Namespace) -> None:
    from bot import coming

    asyncio.run(coming.audit(arguments.days, print))


def check(arguments: argparse.Namespace) -> int:
    from bot import check, clock

    return asyncio.run(check.run(clock.SystemClock(), print, arguments.json))


def export(arguments: argparse.Namespace) -> int:
    from bot import export

    return asyncio.run(export.export(arguments.folder, print, arguments.store))


def bring_in(arguments: argparse.Namespace) -> int:
    from bot import export

    return asyncio.run(export.bring_in(arguments.path, print))


def health(_: argparse.Namespace) -> int:
    from bot import health, settings

    own = settings.load()
    return health.ask(own.web_host, own.web_port, print)


def steer(arguments: argparse.Namespace) -> None:
    from bot import orders

    words = (getattr(arguments, "until", ""), getattr(arguments, "schedule", ""))
    orders.give(arguments.order, arguments.room, " ".join(words), print)


def settings(arguments: argparse.Namespace) -> None:
    from bot import manual

    print(f"{manual.table()}\n" if arguments.table else manual.example(), end="")


def quote(arguments: argparse.Namespace) -> int:
    from bot import queries

    return queries.quote(" ".join(arguments.topic), print, arguments.json)


def counter(arguments: argparse.Namespace) -> int:
    from bot import queries

    return queries.counter(" ".join(arguments.claim), print, arguments.json)


def rank(arguments: argparse.Namespace) -> int:
    from bot import queries

    return queries.rank(arguments.corpus, arguments.task, print)


def stance(_: argparse.Namespace) -> int:
    from bot import queries

    return queries.stance(print)


def readings(arguments: argparse.Namespace) -> int:
    from bot import inventory

    return inventory.readings(print, arguments.json)


def mine(arguments: argparse.Namespace) -> int:
    from bot import queries

    return queries.mine(arguments.file, print)


def archive(arguments: argparse.Namespace) -> int:
    from bot import archive

    return asyncio.run(archive.archive(arguments.folder, print))


def summarise(arguments: argparse.Namespace) -> int:
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
