"""The process that opens what others have made: one file after the other, within limits.

It has no settings, no secrets and may write no file. A request is a line of JSON on standard
input, an answer a line on standard output, and behind it as many bytes of a text as it says; what
breaks it costs the file it was at.
"""

import gc
import io
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from prompts.folder import fingerprint, opened, refused
from prompts.formats import Unreadable, extractor, seen
from prompts.formats.encodings import in_utf8
from prompts.formats.extract import BROKEN
from prompts.texts import as_reading, written

MEMORY = 1 << 30  # bytes
# New objects after which the collector looks through them: what an analysis makes stays to its end.
SWEPT = 20_000
Row = dict[str, Any]


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when it is enough
    _confine()
    gc.set_threshold(SWEPT)
    for line in source:
        request = json.loads(line)
        _allow(request["seconds"])
        answer = _answer(request)
        text = answer.pop("text", b"")
        sink.write(
            json.dumps({**answer, "bytes": len(text)}, separators=(",", ":")).encode() + b"\n"
        )
        sink.write(text)
        sink.flush()


def _answer(request: Row) -> Row:
    try:
        return WORK[request["do"]](request)
    except Unreadable as error:
        return {"no": str(error)}
    except OSError as error:
        return {"no": refused(error) if error.errno else BROKEN}
    except MemoryError:
        return {"no": "needs more memory than a text does; split it, or save it as PDF anew."}
    except Exception:  # a parser may raise anything for what a file can hold
        return {"no": BROKEN}


def _extract(request: Row) -> Row:
    root, path, largest = Path(request["root"]), Path(request["path"]), request["largest"]
    with opened(root, path, largest) as file:
        data = file.read(largest + 1)
    digest, head = fingerprint(io.BytesIO(data))
    told = in_utf8(data, request["encoding"])
    found = extractor(seen(request["format"], head))(told)
    return {"digest": digest, "text": written(found)}


def _analyse(request: Row) -> Row:
    from prompts import packing
    from prompts.briefs import brief
    from prompts.engine import analyse

    found = analyse(as_reading(request["reading"]))
    rows = {"analysis": packing.analysis_row(found), "brief": packing.brief_row(brief(found))}
    # Nobody unpacks them on the way.
    return {name: packing.packed(row) for name, row in rows.items()}


def _look_up(request: Row) -> Row:
    from prompts import concordance, packing

    reading = as_reading(request["reading"])
    analysis = packing.analysis(reading, json.loads(request["analysis"]))
    return concordance.as_row(concordance.concordance(reading, analysis))


WORK = {"extract": _extract, "analyse": _analyse, "look up": _look_up}


def _confine() -> None:
    """Less memory, no files to write, no core dumps. Where a system has no limits, time decides."""
    with suppress(ImportError):
        import resource

        for name, most in (("AS", MEMORY), ("FSIZE", 0), ("CORE", 0), ("NOFILE", 64)):
            with suppress(ValueError, OSError, AttributeError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _allow(seconds: float) -> None:
    """So much more processor time from now on."""
    with suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + seconds) + 1
        with suppress(ValueError, OSError):
            resource.setrlimit(
                resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1])
            )


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
