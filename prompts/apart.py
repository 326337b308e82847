"""Work done apart, in processes that may die of it; started when there is some, then kept."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from prompts.formats import Unreadable

HANDS = 2  # processes side by side
ROOT = Path(__file__).resolve().parent.parent
START = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    "from prompts.child import main; main(sys.stdin.buffer, sys.stdout.buffer)"
)
SLACK = 4.0  # seconds that the clock gives on top of the processor's
T = TypeVar("T")
Row = dict[str, Any]


class Lost(Unreadable):
    """The process died of it, or took too long: at another time, or elsewhere, it may not."""


class Stopped(Unreadable):
    """The process was ended while it was at it, which says nothing about the file."""


@dataclass(slots=True)
class Hand:
    """One process apart. Not for two threads at a time."""

    process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Row, seconds: float) -> Row:
        """The answer to a request. Raises `Unreadable`, `Lost` when the process died of it."""
        process = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(seconds + SLACK, stop)
        watch.start()
        try:
            answer = _asked(process, {**request, "seconds": seconds})
        finally:
            watch.cancel()
        if answer is None:
            self.close()
            raise _death(late.is_set())
        if "no" in answer:
            raise Unreadable(str(answer["no"]))
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=None if os.name == "nt" else {},  # tokens and passwords stay here
            )
        return self.process

    def close(self) -> None:
        """End the process. Twice-callable."""
        if self.process is not None:
            self.process.kill()
            with self.process, suppress(BrokenPipeError):
                pass
            self.process = None


def _asked(process: subprocess.Popen[bytes], request: Row) -> Row | None:
    """The answer, or None if the process ended instead."""
    if process.stdin is None or process.stdout is None:
        return None  # never: both pipes were asked for
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        answer: Row = json.loads(process.stdout.readline())
        length = answer.pop("bytes")
        text = process.stdout.read(length)
    except (OSError, ValueError):
        return None
    return ({**answer, "text": text} if text else answer) if len(text) == length else None


def _death(late: bool) -> Lost:
    if late:
        return Lost(
            "took too long to read; restart Gadfly when this machine is less busy, else split it "
            "into parts."
        )
    return Lost("takes more time or memory than a text does; save it anew, or split it.")


@dataclass(slots=True)
class Crew:
    """A few processes apart, and who of them is free. Close it, or use it in a `with`."""

    hands: int = HANDS
    closed: bool = False
    _free: "SimpleQueue[Hand]" = field(default_factory=SimpleQueue)
    _made: list[Hand] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._made = [Hand() for _ in range(self.hands)]
        for hand in self._made:
            self._free.put(hand)

    def ask(self, request: Row, seconds: float) -> Row:
        """As a hand does; from any thread, waiting for a free one."""
        hand = self._free.get()
        try:
            return hand.ask(request, seconds)
        except Lost:
            if self.closed:
                raise Stopped("was not read to the end; it is at the next start.") from None
            raise
        finally:
            self._free.put(hand)

    def each(self, work: Callable[[T], Any], tasks: Iterable[T]) -> Iterator[T]:
        """Do `work(task)` for each, as many side by side as there are hands; each as it is done."""
        with ThreadPoolExecutor(self.hands) as pool:
            left: dict[Future[Any], T] = {}
            try:
                for task in tasks:
                    left[pool.submit(work, task)] = task
                    if len(left) >= 2 * self.hands:
                        yield from _finished(left)
                while left:
                    yield from _finished(left)
            finally:  # interrupted: what waits is not begun any more
                for future in left:
                    future.cancel()
                if left:
                    self.close()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they are at."""
        self.closed = True
        for hand in self._made:
            hand.close()


def _finished(left: "dict[Future[Any], T]") -> Iterator[T]:
    done, _ = wait(left, return_when=FIRST_COMPLETED)
    for future in done:
        task = left.pop(future)
        future.result()
        yield task
