"""What can be asked, each with what it does: for helps, platforms' menus and the command line."""

HELP = (
    "/quote TOPIC: what the readings say about it, word for word, with the place",
    "/counter CLAIM: the best passage against it; without a claim, against the open debate's",
)
LOOKUPS = ("quote", "counter")  # what the readings are asked; each has a slash command of its own
VERBS = {  # of /gadfly, for everybody
    "next": "when the next debates open",
    "status": "the open debate and where you stand in it",
    "notmine": "correct, withdraw or anonymise what you are quoted with",
    "me": "what Gadfly holds about you",
    "forget": "erase all of it",
    "optout": "keep nothing of yours from now on",
    "optin": "count you again",
}
LEADS = {  # and for facilitators
    "now": "open the next debate at once; of several schedules, the one it names",
    "close": "close the open debate and post its summary",
    "skip": "leave out the next slot of a room",
    "swap": "another claim instead of the open one nobody has answered, or of the next",
    "pause": "no prompts before a date",
    "resume": "end the pause; what a room refused is tried again",
    "aside": "what a summary left out as no point, and back in with it",
    "audit": "what became of each slot of the last 14 days",
}
BEHIND = {"pause": " until 2027-01-10"}  # what is typed behind a verb, as the help shows it
ORDERS = ("now", "close", "skip", "swap", "pause", "resume")  # also verbs of the command line
