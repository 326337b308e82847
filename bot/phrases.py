"""Everything Gadfly says in its own words; `bot.menu` has what can be asked. No curly quotation
marks in here: they belong to quotations alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.model import Marked
from prompts.model import Opposition, Stance, Verdict, Voice

SIDES = {Stance.FOR: "For", Stance.AGAINST: "Against", Stance.TORN: "Torn"}

NO_STANCE = "Without a stance"
NO_STANCE_YET = "You have taken no stance yet. Where do you stand?"
BOTH_SIDES = "Said on both sides"
SPLIT = "Where you split"
ANSWERING = "answering"
THE_READING = "the reading"
STILL_OPEN = "Still open"
ADDED_LATER = "Added later"
ALL_POINTS = "All points"
NOT_WHAT_I_MEANT = "Not what I meant"
MORE_POINTS = "More points"
NO_MORE_POINTS = "That is all: the summary and the pages before hold every point."
NO_DEBATE_YET = "There has been no debate here yet."
NO_DATABASE = "No database yet: the first start of the bot makes it."
YOU = "you"
YOUR_LINES = "Your lines in this debate. The summary follows whatever you change."
NOTHING_OF_YOURS = "Nothing in this debate is yours, or it is gone already."
MORE_OF_YOURS = "And {count} more of yours; edit or delete the message, and the summary follows."
WITHDRAW = "Withdraw"
WITHOUT_NAME = "Without my name"
WITH_NAME = "With my name"
CORRECT_HOW = (
    "To correct a line, edit your message, or: /gadfly notmine correct {ref} the words you meant"
)
WITHDRAWN = "Withdrawn. The line leaves Gadfly and the summary; your message is yours to delete."
CORRECTED = "Corrected. The summary goes by the new words."
UNNAMED = "Done. In this debate's summary your words stand without your name."
NAMED = "Done. Your words stand under your name again."
MOVER = "Thank you. The summary names you as one who changed their mind."
NAME_ME = "Name me as one who changed their mind"
ASIDE = "Set aside, since it seems to make no point on the motion. Its writers are counted."
ASIDE_MORE = "And {count} more; they show as these are restored."
NOTHING_ASIDE = "Nothing is set aside in this debate."
RESTORE = "Restore"
RESTORED = "Restored. It stands among the points now."
NEAR_IT = "The readings on it"
SUMMARY = "Summary"
DIGEST = "Of each side, the point that most people made. A debate's summary has everyone in it."
WHOLE_SUMMARY = "Its summary, with every point"
ARGUMENT_MAP = "Argument map"
AS_ARGDOWN = "The map as Argdown"
ALL_DEBATES = "All debates"
WORDS_GONE = "What members said here has been erased, as RETENTION_DAYS has it."
READING = "From the readings"
NEITHER = "takes no side"
AT_FIRST = "At first"
AT_THE_CLOSE = "At the close"
STANCES = "Where people stand"
KEY_POINTS = "Key points, by how many people hold them"
ONE_PERSON = "Said by one person"
ASKED = "Asked by one person"
AGREED = "What those who reacted agree on"
DISPUTED = "What sets them apart"

WORDING = "Motion and question are Gadfly's wording; the quotations are the readings' own words."
SHOW_PASSAGE = "Show the passage"
CHANGED_SINCE = "The reading has changed since; ask again."
OLD_BUTTON = "This button is from an older Gadfly; /gadfly help says what can be done."
WHERE_IT_STANDS = "Where the group stands"
AS_POSTED = "As it read when it was posted; the reading has changed or is gone since."
ANCHORED = "The reading has changed since this was posted; these words still stand in it."
NO_DIGEST = "fewer than two debates have closed since the last digest"
STALE = "its reading changed before it was posted; another prompt takes its place"
SHARE = "Share"
IN_ROOM = "In #{room}: "
OPEN_NOW = "Open now"
NOTHING_OPEN = "No debate is open."
NEXT = "Next"
STEERS = {"approve": "Approve", "swap": "Swap", "skip": "Skip"}
APPROVED = "A facilitator has looked at this prompt. It comes as planned."
YOUR_DATA = "Your data"
IN = "Gadfly keeps what you write in its threads, until some time after each debate."
OUT = "You opted out: nothing of yours is kept."
STAYS_OUT = "You opted out; /gadfly optin counts you again."
SHOW_ME = "Show what is held"
OPT_OUT = "Keep nothing of mine"
OPT_IN = "Count me again"
ERASE = "Erase my data"
SURE = "Everything Gadfly holds about you goes, for good: replies, stances, reasons."
ERASE_IT = "Erase all of it"
WHY = "Why {stance}? One line, if you like; it may be quoted in the summary."
TAKING = "Taking your stance down."
AGAIN = "That did not work just now, and nothing was changed. Please try again."
NOT_KEPT = "Your reason was not kept."
CLOSED = "This debate is closed."
NO_DEBATE = "No debate is open here. /gadfly next says when the next one opens."
NOT_YOURS = "That is for facilitators. Ask the person who runs Gadfly to add you to FACILITATORS."
ON_ITS_WAY = "On its way."
CLOSING = "Closing; the summary follows in the thread."
OVERTAKEN = "a later prompt was due as well"
OUT_OF_PROMPTS = "No claim is left to ask about. Add a reading that makes one, and prompts go on."
UNKNOWN = "Gadfly does not know the word {word}. What it knows:"
NO_SCHEDULE = "No schedule posts in this room; the settings PROMPT_ROOMS and SCHEDULES name them."
WHICH_SCHEDULE = "No schedule of this room is called {word}; there is {names}."
ONLY_ASKED = "Nothing is due here; a prompt comes when a facilitator asks: /gadfly now"
BY_FACILITATOR = "skipped by a facilitator"
SKIPPED = "Skipped: {when}. The one after it comes as planned."
NO_BOT = "No bot is running on this database; what is to be posted waits until one does."
NOTHING_AHEAD = "No moment is ahead that could be skipped; PROMPT_AT says when there are any."
NO_SLOT = "No slot has come due in the last {days} days."
SWAPPED = "Passed over: {motion} Another claim comes instead."
SWAPPED_OPEN = "The open debate closes, and another claim is on its way."
ANSWERED = "People have answered this one already. /gadfly close ends it with its summary."
PAUSE_HOW = (
    "Until when? Give a date ahead: /gadfly pause until 2027-01-10, or on the command line "
    "gadfly pause --until 2027-01-10"
)
PAUSED = "Paused. Prompts come again from {until} on; /gadfly resume ends the pause earlier."
RESUMED = "Prompts come again as scheduled."
REFUSES = (
    "Nothing can be posted in {room}: {why}. Gadfly tries again every hour and at each start; once "
    "that is mended, /gadfly resume there, or gadfly resume --room {room}, tries at once. "
    "/gadfly audit shows what was missed."
)
THREADLESS = (
    "The prompt in {room} has no thread: {why}. Presses and their reasons count all the same. "
    "Gadfly tries again every hour and at each start, and no other prompt goes there until then; "
    "once that is mended, /gadfly resume there tries at once."
)
TAKEN_DOWN = "its prompt was deleted"
QUOTE_WHAT = "Quote what? Give a topic, such as /quote {topic}"
NO_QUOTE = "Nothing in the readings speaks about {topic}."
COUNTER_WHAT = (
    "Counter what? Give a claim, such as /counter Homework does more harm than good, or ask in the "
    "thread of an open debate."
)
OPTED_OUT = "Done. What you wrote here has been erased, and nothing of yours is kept from now on."
OPTED_IN = "Welcome back. From now on your replies are counted again."
FORGOTTEN = "Done. Everything Gadfly held about you has been erased."
DECIDED: dict[str, str] = {
    Marked.UNNAMED: "you asked to be quoted without your name",
    Marked.MOVED: "you agreed to be named as one who changed their mind",
}
NOTHING_HELD = "Gadfly holds nothing about you."
SHARED_BY = "Shared by {name}"
SUMMED_UP = "Closed, with a summary in its thread: {motion}"
LATE_REPLIES = "Replies written after the close are added once, an hour after the first."
SOMEBODY = "A member"
TOO_FEW = "Too few to tell where the group stands."
NOBODY = "Nobody took part this time."

VERDICTS = {
    Verdict.OPPOSES: "Argues against it:",
    Verdict.UNCERTAIN: "On the same issue; which side it takes is for you to judge:",
    Verdict.NONE: "Nothing in the readings opposes this. The nearest passage, as what it is:",
}
NOTHING_FURTHER = (
    "Beyond the counterpoint of this debate nothing in the readings opposes it. "
    "The nearest passage, as what it is:"
)
NOTHING_NEAR = "Nothing in the readings opposes this, and nothing comes near it."


def counter_label(kind: Opposition, voice: Voice, holder: str | None) -> str:
    """How the counterpoint is introduced: honest about who speaks."""
    if voice in (Voice.REPORTED, Voice.REJECTED, Voice.QUOTED):
        return f"Counterpoint, a view the author reports{f' ({holder})' if holder else ''}"
    if kind is Opposition.CONCESSION:
        return "Counterpoint, granted by the author"
    return "Counterpoint"


def moment(at: datetime) -> str:
    return f"{at:%a %d %b, %H:%M} {at.tzname()}"


def open_until(at: datetime) -> str:
    return f"Open until {moment(at)}."


def summary_of(motion: str) -> str:
    return f"{SUMMARY}: {motion}"


def also_there(who: str) -> str:
    return f"Also there: {who}."


def left_out(count: int) -> str:
    noun = "quotation" if count == 1 else "quotations"
    return f"{count} more {noun} did not fit into this message."


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def counts(row: Mapping[Stance, int]) -> str:
    """Where people stand: 3 for, 4 against, 0 torn."""
    return ", ".join(f"{row.get(stance, 0)} {stance.value}" for stance in Stance)


def reacted(yes: int, no: int) -> str:
    """How many of those who reacted agree: 3 agree, 1 does not."""
    said = f"{yes} {'agrees' if yes == 1 else 'agree'}"
    return f"{said}, {no} {'does' if no == 1 else 'do'} not" if no else said


def debates(count: int) -> str:
    return "1 debate" if count == 1 else f"{count} debates"


def digest(count: int, members: int) -> str:
    return f"Digest: {debates(count)}, {people(members)}"


def represented(count: int, total: int) -> str:
    return f"{count} of {total} contributor{'' if total == 1 else 's'} represented"


def stood(stance: Stance, before: Stance | None) -> str:
    """What a member reads after taking a stance."""
    if before is None or before is stance:
        return f"You are {stance.value}."
    return f"You moved from {before.value} to {stance.value}."


def listed(names: Sequence[str]) -> str:
    """Ana; Ana and Ben; Ana, Ben and Cem."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def more(count: int) -> str:
    return f"And {count} more {'point' if count == 1 else 'points'}"


def no_side(count: int) -> str:
    """Behind the people of a side's point, of whom so many took none."""
    return f" ({count} of them took no side)" if count else ""


def added(count: int) -> str:
    what = "1 reply" if count == 1 else f"{count} replies"
    return f"{what} from after the close {'was' if count == 1 else 'were'} added once"


def sounds(stance: Stance) -> str:
    """Asked of whoever wrote and took no stance; what they press is what counts."""
    asked = "Where do you stand? Until you press, you are counted on no side."
    return f"Your reply reads as {stance.value}. {asked}"


def over(last: Stance | None) -> str:
    """What a press after the close did: nothing; where its member stands all the same."""
    if last is None:
        return f"{CLOSED} Your press came after it and counts on no side."
    return f"{CLOSED} You stay counted as {last.value}; what came after it changes nothing."


def moved(count: int, way: str) -> str:
    return f"{people(count)} moved {way}"


def held(row: Mapping[str, str], at: datetime) -> str:
    """One thing that Gadfly holds about a member, said to them."""
    when = moment(at)
    if "text" in row:
        return f"{when}, you wrote{' and edited' if row['edited'] else ''}: {row['text']}"
    if "stance" in row:
        because = f", because: {row['reason']}" if row["reason"] else ""
        return f"{when}, you took a stance: {row['stance']}{because}"
    return f"{when}, {DECIDED[row['kind']] if 'kind' in row else 'you shared a quotation'}"


def so_far(writers: int, closes: datetime) -> str:
    wrote = f"{people(writers)} wrote so far." if writers else "Nobody has written yet."
    return f"{wrote} {open_until(closes)}"


def low(left: int, schedule: str) -> str:
    noun = "prompt" if left == 1 else "prompts"
    return f"{left} {noun} left for the schedule {schedule}. Add readings, and they go on."


def lasted(span: timedelta) -> str:
    """A span as people say it: 20 h, 1 d 6 h, 45 min."""
    minutes = int(span.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "d"), (hours, "h"), (rest, "min")]
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or "0 min"


def gaps(found: Mapping[str, int]) -> str:
    """How many questions the readings held nothing for, by command."""
    each = " and ".join(f"{n} by /{command}" for command, n in sorted(found.items()))
    return f"Questions that the readings hold no answer to: {each}."
