"""`gadfly summarise`: the engine of the summaries, for people who script."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import markdown, phrases
from bot.card import Heading, Part, said
from bot.errors import Say, Wrong
from bot.exchange import Exchange
from bot.story import Story, between
from bot.summary import whole_card
from prompts.model import Excerpt, Remark, Stance
from prompts.summarise import Reply, kpa, polis, reacted, replies
from prompts.summary import sum_up


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    file: Path | None = None
    comments: Path | None = None
    votes: Path | None = None
    lines: bool = False
    json: bool = False
    stance_from: str = "stance"
    language: str = "en"


def summarise(wish: Wish, standard_input: Iterable[str], say: Say) -> int:
    """JSON lines for programs, or Markdown for a person; raises `Wrong` for bad input."""
    try:
        for line in _answers(wish, standard_input):
            say(line)
    except ValueError as error:
        raise Wrong(str(error)) from None
    return 0


def _answers(wish: Wish, standard_input: Iterable[str]) -> Iterator[str]:
    if wish.comments or wish.votes:
        if not (wish.comments and wish.votes):
            raise Wrong("--comments and --votes go together: statements, and who agreed with them")
        return polis(_read(wish.comments), _read(wish.votes))
    if wish.file is None and not wish.lines:
        raise Wrong("name a file of replies, or say --jsonl and give the lines on standard input")
    lines = _read(wish.file) if wish.file else standard_input
    if wish.lines or wish.json:
        return kpa(lines, wish.stance_from, wish.language)
    return _markdown(replies(lines, wish.stance_from), wish.language)


def _read(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise Wrong(
            f"{file} cannot be read ({error.strerror}); name a file of JSON lines"
        ) from None
    except UnicodeDecodeError:
        raise Wrong(f"{file} is not UTF-8; save it as UTF-8 and try again") from None


def _markdown(found: Iterable[Reply], language: str) -> Iterator[str]:
    topics: defaultdict[str, list[Reply]] = defaultdict(list)
    for reply in found:
        topics[reply.topic].append(reply)
    for rows in topics.values():
        card = whole_card(_heard(rows, language))
        yield markdown.render(replace(card, parts=(*card.parts, *_reacted(rows))))


def _reacted(rows: Sequence[Reply]) -> Iterator[Part]:
    """What those who reacted agree on, most surely first, and what sets them apart."""
    found, by_id = reacted(rows), {reply.id: reply for reply in rows}
    agreed = [r for r in map(by_id.__getitem__, found.consensus) if _votes(r, 1) > _votes(r, -1)]
    told = [by_id[id_] for id_ in dict.fromkeys(r for c in found.camps for r in c.representative)]
    split = [reply for reply in told if reply not in agreed and _votes(reply, -1)]
    for heading, shown in ((phrases.AGREED, agreed), (phrases.DISPUTED, split)):
        if shown:
            yield Heading(heading)
        for reply in shown:
            remark = Remark(reply.id, reply.member, reply.text)
            count = phrases.reacted(_votes(reply, 1), _votes(reply, -1))
            yield said(Excerpt(remark, 0, len(reply.text)), f"{reply.member}; {count}")


def _votes(reply: Reply, answer: int) -> int:
    return sum(given == answer for given in reply.reactions.values())


def _heard(rows: list[Reply], language: str) -> Story:
    remarks = tuple(Remark(r.id, r.member, r.text, r.stance, answers=r.answers) for r in rows)
    stances: Mapping[str, Stance] = {r.member: r.stance for r in rows if r.stance is not None}
    exchange = Exchange(remarks, {r.member: r.member for r in rows}, stances, stances)
    found, answered = between(sum_up(rows[0].motion, remarks, language), exchange, language)
    return Story(rows[0].motion, exchange, found, answers=answered)
