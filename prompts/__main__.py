"""`python -m prompts seeds/` shows what would be asked, in the order in which it would be."""

import argparse
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from prompts.library import Library
from prompts.model import Passage, Prompt
from prompts.passages import cite

WIDTH = 88


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the prompts; 1 where the readings hold none."""
    known = _parser().parse_args(arguments)
    library = Library.open(known.folder)
    for trouble in library.troubles:
        print(trouble, file=sys.stderr)
    found = list(islice(library.upcoming((), known.readings), known.count))
    with suppress(BrokenPipeError):  # `| head` has seen enough
        for number, prompt in enumerate(found, start=1):
            print("\n".join(_lines(number, prompt)), flush=True)
    if not found:
        print(
            f"{known.folder} holds no claim to argue about; add a text that argues for something."
        )
    return 0 if found else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m prompts", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of readings")
    parser.add_argument("--count", type=int, default=10, help="how many prompts (10)")
    parser.add_argument("--readings", default="*", help="a pattern such as ethics/*")
    return parser


def _lines(number: int, prompt: Prompt) -> Iterator[str]:
    yield f"{number}. {_plain(prompt.motion)}"
    yield from _quoted("Claim", prompt.claim.passage)
    if prompt.counterpoint is not None:
        yield from _quoted("Against it", prompt.counterpoint.passage)
    yield f"   {_plain(prompt.question)} ({prompt.kind})"
    yield ""


def _quoted(label: str, passage: Passage) -> Iterator[str]:
    """Lines break at blanks alone, so that the words stay as they stand in the reading."""
    yield from textwrap.wrap(
        f"{label}: “{passage.text}”",
        WIDTH,
        initial_indent="   ",
        subsequent_indent="   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield f"      {_plain(str(cite(passage)))}"


def _plain(text: str) -> str:
    """Gadfly's own wording: the marks of a quotation are for quotations alone."""
    return text.replace("“", "'").replace("”", "'")


if __name__ == "__main__":
    sys.exit(main())
