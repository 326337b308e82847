"""What was said in a lecture, as subtitles and transcripts have it: cited by the time it was said.

SubRip, WebVTT, and what sites and meetings give as plain text. Times and the numbers of cues are
no text; lines that a live transcript shows again are read once. A player shows a sentence over
several cues, so it is found by its time, and not by a search in the file.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from prompts.formats.extract import Extract, Part, Unreadable, lay
from prompts.formats.people import TWICE, WHO, named
from prompts.model import Kind, Page
from prompts.passages import blocks

PAUSE = 2.0  # seconds after a sentence, from which on a paragraph ends
LONG, LONGEST = 600, 2_500  # letters of a paragraph: it ends with its sentence, and it ends
FEW, SHARE = 4, 0.15  # times in a plain text, and of its lines, from which on it is a transcript
SPARSE = 1_500  # letters of speech in which at least one sentence ends
SPAN = 0.05  # seconds between two cues that follow at once
UNENDED = (
    "has no full stops, as machines write down what they hear, so that no sentence can be quoted; "
    "set them, or fetch subtitles that a person made."
)
_CLOCK = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?"
_SPAN = re.compile(rf"\s*({_CLOCK})\s*(?:-->|,)\s*({_CLOCK})(?:\s.*)?$")
# How a plain text gives them: on a line of their own, behind a name, before what is said.
_TIMES = (
    re.compile(rf"\s*[\[(]?(?P<at>{_CLOCK})[\])]?(?P<who>)(?P<words>)\s*$"),
    re.compile(
        rf"\s*\[?(?P<who>[A-Z][\w.'’ -]{{1,40}}?)(?:\s{{2,}}|\]\s+|\s+(?=[\[(]))"
        rf"[\[(]?(?P<at>{_CLOCK})[\])]?:?(?P<words>)\s*$"
    ),
    re.compile(rf"\s*[\[(]?(?P<at>{_CLOCK})[\])]?:?(?P<who>)\s+(?P<words>[^\d\s].*)"),
)
_LABEL = re.compile(r"\s*[A-Z][\w.'’ -]{1,40}$")
_HINT = re.compile(r"\d:\d\d")
_SPELT = re.compile(
    r"\s*Transcribed by \S+\s*$|"
    r"\s*\d+ (?:hours?|minutes?|seconds?)(?:, \d+ (?:minutes?|seconds?))*\s*$"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]{1,60})>")
_TAG = re.compile(r"<[^<>]{1,80}>|\{\\[^{}]{1,60}\}")
_SOUND = re.compile(r"\[[^\[\]]{0,60}\]|\([^()]{0,60}\)")
_SONG = re.compile(r"[♪♫]")
_TURN = re.compile(r"(?:>>+|[-–—]\s?(?=[A-Z\"“‘']))\s*")
_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?:[\"”’»)]{1,2})?\s+(?=\W{0,2}[^\W\d_a-z])")
_ENDED = re.compile(r"[.!?…][\"”’»)]*$")


class Cue(NamedTuple):
    """Words and when they are said, in seconds; `who` is a name, or a blank for another voice."""

    start: float
    end: float
    words: str
    who: str = ""


def extract(data: bytes) -> Extract:
    """What is said, a paragraph for each turn. Raises `Unreadable`."""
    from prompts.formats.text import clean, decode  # which reads transcripts by way of this

    found = spoken(clean(decode(data)))
    if found is None:
        raise Unreadable("holds no times as subtitles have them; if it is a text, name it .txt.")
    return found


def spoken(text: str) -> Extract | None:
    """A text that is a transcript by its times; None if it is none."""
    if _HINT.search(text) is None:  # as in most
        return None
    lines = text.split("\n")
    cues, above = _cues(lines), list[Part]()
    if not cues:
        lines = _beside(lines)
        cues, above = _noted(lines), list(_above(lines))
    if not cues:
        return None
    turns = _turns(_once(cues))
    parts = [*above, *(part for turn in turns for part in _told(turn))]
    people = {turn[0].who for turn in turns}
    sole = next(iter(people)) if len(people) == 1 else ""
    words = " ".join(part.words for part in parts)
    lost = len(words) > SPARSE and len(_ends(words)) * SPARSE < len(words)
    meta = {"author": named(sole) if " " in sole.strip() else ""}
    return lay(parts, meta, (UNENDED,) if lost else ())


# -- from lines to cues -------------------------------------------------------------------------


def _cues(lines: Sequence[str]) -> list[Cue]:
    """The cues of a file that says of each when it begins and when it ends."""
    times = [(n, found) for n, line in enumerate(lines) if (found := _SPAN.match(line))]
    ends = [*(n - _named(lines, n) for n, _ in times), len(lines)][1:]
    strict = lines[0].startswith("WEBVTT")  # where a blank line ends a cue, and remarks may follow
    cues = list[Cue]()
    for (at, found), end in zip(times, ends, strict=True):
        own = lines[at + 1 : end]
        if strict:
            own = own[: next((n for n, line in enumerate(own) if not line), len(own))]
        cues.append(Cue(_seconds(found[1]), _seconds(found[2]), "\n".join(own)))
    return cues


def _named(lines: Sequence[str], at: int) -> bool:
    """Whether the line before a time is the number or the name of its cue."""
    alone = at < 2 or not lines[at - 2].strip()
    return at > 0 and (alone or lines[at - 1].strip().isdecimal())


def _noted(lines: Sequence[str]) -> list[Cue]:
    """The cues of a plain text with the time before each."""
    times = [(n, found) for n, line in enumerate(lines) if (found := _time(line))]
    starts = [_seconds(found["at"]) for _, found in times]
    filled = sum(bool(line.strip()) for line in lines)
    rising = all(a <= b for a, b in pairwise(starts))
    if len(times) < max(FEW, SHARE * filled) or not rising:
        return []
    cues = list[Cue]()
    ends = [(n, start) for (n, _), start in zip(times[1:], starts[1:], strict=True)]
    for (at, found), (end, until) in zip(times, [*ends, (len(lines), starts[-1])], strict=True):
        own = [found["words"], *(line for line in lines[at + 1 : end] if not _SPELT.match(line))]
        cues.append(Cue(_seconds(found["at"]), until, "\n".join(own), found["who"]))
    return cues


def _beside(lines: Sequence[str]) -> list[str]:
    """The lines with the name that stands alone above a time beside it."""
    found = list(lines)
    for n, line in enumerate(lines[1:], start=1):
        alone = n == 1 or not lines[n - 2].strip()
        if alone and _LABEL.match(lines[n - 1]) and (time := _TIMES[0].match(line)):
            found[n - 1], found[n] = "", f"{lines[n - 1].strip()}  {time['at']}"
    return found


def _above(lines: Sequence[str]) -> Iterator[Part]:
    """What stands above the first time: a title, say, and who speaks."""
    first = next((n for n, line in enumerate(lines) if _time(line)), 0)
    text = "\n".join(lines[:first])
    for number, block in enumerate(blocks(text)):
        kind = Kind.ASIDE if number and block.kind is Kind.HEADING else block.kind
        yield Part(" ".join(text[block.start : block.end].split()), kind)


def _time(line: str) -> re.Match[str] | None:
    if line.lstrip()[:2].strip("[( ").isdecimal() or line.rstrip(" :])")[-1:].isdecimal():
        return next((found for form in _TIMES if (found := form.match(line))), None)
    return None


def _seconds(clock: str) -> float:
    """A time such as 1:02:03,450."""
    whole = 0.0
    for part in clock.replace(",", ".").split(":"):
        whole = 60 * whole + float(part)
    return whole


# -- from cues to turns -------------------------------------------------------------------------


def _once(cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues line by line, without what a live transcript shows again, sounds and songs."""
    shown, until = "", 0.0
    for cue in cues:
        who = cue.who
        for line in cue.words.split("\n"):
            voice = _VOICE.search(line)
            who = voice[1].strip() if voice else who
            words = " ".join(unescape(_TAG.sub("", line)).split())
            again = words == shown and cue.start <= until + SPAN
            if not words or again:
                continue
            shown = words
            said = "" if _SONG.search(words) else " ".join(_SOUND.sub(" ", words).split())
            if any(map(str.isalnum, said)):
                yield cue._replace(words=said, who=who)
        until = cue.end


def _turns(cues: Iterable[Cue]) -> list[list[Cue]]:
    """Who speaks, one turn after the other; each cue holds a sentence's end at its end alone."""
    lines = list(cues)
    heads = Counter(found[1] for cue in lines if (found := WHO.match(_TURN.sub("", cue.words))))
    turns, speaker = list[list[Cue]](), ""
    for cue in lines:
        opened = _TURN.match(cue.words)
        words = cue.words[opened.end() :] if opened else cue.words
        label = WHO.match(words)
        who = cue.who or speaker
        if label and (opened or _speaks(label[1], heads)):
            who, words = label[1], words[label.end() :]
        elif opened and not cue.who:
            who = " "
        if not turns or who != speaker or (opened and who == " "):
            turns.append([])
        speaker = who
        turns[-1] += [cue._replace(words=piece, who=who) for piece in _sentences(words)]
    return turns


def _speaks(label: str, heads: Mapping[str, int]) -> bool:
    """Whether words before a colon name who speaks: in capitals, often, or as others do here."""
    whole = " " in label and max(heads.values()) >= TWICE
    return label.isupper() or heads[label] >= TWICE or whole


def _sentences(words: str) -> list[str]:
    at = [0, *(found.end() for found in _ends(words)), len(words)]
    return [words[a:b].strip() for a, b in pairwise(at) if words[a:b].strip()]


def _ends(words: str) -> list[re.Match[str]]:
    return list(_END.finditer(words))


def _told(turn: Sequence[Cue]) -> Iterator[Part]:
    """A turn as paragraphs below the name of who speaks."""
    if turn[0].who.strip():
        yield Part(turn[0].who, Kind.ASIDE)
    paragraph = list[Cue]()
    for cue in turn:
        if paragraph and _parts(paragraph, cue):
            yield _laid(paragraph)
            paragraph = []
        paragraph.append(cue)
    yield _laid(paragraph)


def _parts(paragraph: Sequence[Cue], cue: Cue) -> bool:
    length, last = sum(len(one.words) for one in paragraph), paragraph[-1]
    paused = cue.start - last.end >= PAUSE or length >= LONG
    return length >= LONGEST or (paused and _ENDED.search(last.words) is not None)


def _laid(paragraph: Sequence[Cue]) -> Part:
    words, pages = "", list[Page]()
    for cue in paragraph:
        words += " " if words else ""
        pages.append(Page(len(words), _shown(cue.start)))
        words += cue.words
    return Part(words, pages=tuple(pages))


def _shown(seconds: float) -> str:
    """A time as players show it."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
