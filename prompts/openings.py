"""What may stand before a claim: markers, attribution to oneself, "it is clear that"."""

import re

from prompts.cues import code
from prompts.edges import edges

# What may stand before a claim without being part of it.
_LEAD = re.compile(
    r"^(?:\[?(?:cmv|change my view)\]?\s*[:–-]\s*|[a-z]\w{0,11}:\s+|\(?\d{1,2}[.)]\s+|"
    r"dear (?:[\w.'’-]+ ?){1,4},\s*|"
    r"[a-z][\w'’-]*(?: [\w'’-]+){1,2}: (?-i:(?=[A-Z]))|(?:but then|but|and|or|yet|"
    r"however|therefore|thus|hence|indeed|in fact|"
    r"moreover|furthermore|in addition(?! to\b)|additionally|plus|"
    r"for (?:various|many|several) reasons|also|firstly|secondly|thirdly|lastly|consequently|"
    r"as a result(?! of\b)|accordingly|ultimately|in conclusion|to conclude|to sum up|in sum|"
    r"in short|in summary|all in all|on the whole|of course|clearly|obviously|"
    r"undoubtedly|certainly|surely|"
    r"in (?:my|our) (?:opinion|view)|personally|for me|to me|as i see it|from my point of view|"
    r"at the same time(?! as\b)|contrary to popular (?:belief|myth|opinion|wisdom)|"
    r"nevertheless|nonetheless|even so|that said|on the contrary|by contrast|for example|"
    r"for instance|in reality|in truth|unfortunately|sadly|fortunately|to begin with|first of all|"
    r"above all|for (?:all )?(?:of )?(?:this|that|these|those|the above) reasons?|"
    r"in the end(?! of\b)|in other words|as far as i(?: am|'m) concerned|"
    r"taking everything into account|"
    r"all things considered|what is more|what's more|"
    r"from th(?:is|at) (?:point of view|perspective)|last but not least|at the end of the day|"
    r"on balance|by and large|given (?:all )?this|"
    r"fair enough|needless to say|"
    r"admittedly|frankly|honestly|simply put|that is why|this is why|that's why|"
    r"so(?! (?:many|much|few|little|long|far|called)\b))\b"
    # what may also begin the claim itself ("No school ...", "First aid ...") needs its comma
    r"(?:[,:]\s*|\s+(?!(?:is|are|was|were)\b))|"
    r"(?:yes|no|well|first|second|third|finally|overall|instead|rather|now|then|again|still|yet|"
    r"(?:perhaps |and |but )?(?:most|more) \w+ly|heaven knows|on the (?:one|other) hand|"
    r"after all|let(?:'|’| u)s (?:be (?:honest|clear|fair|real|frank|blunt)|face it)|"
    r"make no mistake|to be clear|"
    r"besides|on the other hand|specifically|in particular|further|(?:more|most) importantly|"
    r"in general|generally|naturally|actually|likewise|similarly|imo|imho)"
    r"(?:[,:]\s*|\s+[-–—]\s+))",
    re.I,
)
_STANCE = re.compile(
    r"^(?:(?:as [^,]{3,60}, )?i can (?:tell|assure) you that |"
    r"i(?:['’]m| am) (?:also |still |\w+ly )?of the (?:\w+ )?"
    r"(?:view|opinion|belief|mind) that |"
    r"(?:i|we) (?:\w+ly |do |would |still |also |am of the |have come to |tend to ){0,2}"
    r"(?:believe|think|feel|argue|contend|maintain|hold|suggest|am convinced|am sure|am certain|"
    r"agree|opinion|say|suspect|am confident|conclude|insist)(?: strongly| firmly)?"
    r"(?: (?:with )?the (?:view|opinion|belief|position|idea|statement|notion))?"
    r"(?: with (?:[\w.'’-]+ ){1,4}that)?(?: that)?,? )"
    r"(?!(?:way|of|about|with(?! the [\w ]{3,40}:)|in|for|against|to|so|more|less|like|as|at)\b)",
    re.I,
)
_STATED = re.compile(
    r"^(?:(?:my|the) (?:\w+ ){0,2}(?:view|opinion|belief|point|argument|thesis|contention|"
    r"position|conclusion|truth|fact|lesson|reality|bottom line|upshot)(?: here)? is"
    r"(?:(?: simply)? that|,)|"
    r"(?:one|the|my) (?:\w+ )?reason (?:why )?(?:i|we) (?:\w+ ){1,5}is that|"
    r"it(?:['’]s| is) (?:\w+ly )?(?:clear|obvious|evident|true|undeniable|certain|"
    r"my belief|my view|my opinion|apparent) that|"
    r"it (?:cannot|can't|can not) be denied that|it goes without saying that|"
    r"(?:the|a|an)?\s?(?:first|second|third|main|final|last|other|another|one|next|key) (?:\w+ )?"
    r"(?:reason|point|argument|advantage|benefit|problem|aspect)(?: \w+ \w+)? is that|"
    r"(?:after|having) (?:considering|weighing|considered|weighed)[^,]{3,60}, it is clear that|"
    r"this (?:essay|paper|article|post|column|piece) (?:\w+ ){0,3}(?:argues?|contends?|maintains?|"
    r"shows?|illustrate|demonstrates?|proves?) that|"
    r"with the [\w ]{3,40}:|"
    r"(?:\w+ ){1,4}(?:rightly|correctly|aptly|convincingly|justly|persuasively) \w+ that|"
    r"(?:this|what (?:this|that|it)) (?:means|shows|suggests|proves|implies)"
    r"(?:, for (?:example|instance),)?(?: is)? that|there is no doubt that|no doubt) ",
    re.I,
)

ENGLISH = (_LEAD, _STANCE, _STATED)

# What puts the verb before its subject in German; the subject, if it can be told, goes first again.
_INVERTING = re.compile(
    r"(?:(?:meiner|unserer) (?:meinung|ansicht|auffassung) nach|aus meiner sicht|erstens|zweitens|"
    r"drittens|außerdem|zudem|daher|deshalb|deswegen|darum|folglich|somit|insgesamt|letztlich|"
    r"schließlich|dennoch|trotzdem|vor allem|darüber hinaus|natürlich|zusammenfassend|kurzum) ",
    re.I,
)
_INVERTED = re.compile(
    r"(?P<verb>[a-zäöüß]+) (?P<subject>(?:es|man|wir|jeder|alle|(?:der|die|das|ein|eine|kein|keine|"
    r"viele|alle|jede|jeder|jedes|unsere|unser) (?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ][\wäöüß-]+|"
    r"[A-ZÄÖÜ][\wäöüß-]+))\b(?! (?:der|des|und|oder|von)\b)"
)


def stripped(words: str, language: str = "en") -> str:
    """Without discourse markers, attribution to oneself and openings like "it is clear that"."""
    own = code(language)
    patterns = ENGLISH if own == "en" else (edges(own).opens,)
    for _ in range(6):
        shorter = words
        for pattern in patterns:
            opening = pattern.match(shorter)
            shorter = shorter[opening.end() :].lstrip() if opening else shorter
        if shorter == words:
            break
        words = shorter
    return _upright(words) if own == "de" else words


def _upright(words: str) -> str:
    """German with its subject first: "Erstens lenken Handys ab" as "Handys lenken ab"."""
    opening = _INVERTING.match(words)
    turned = _INVERTED.match(words, opening.end()) if opening else None
    if turned is None:
        return words
    return f"{turned['subject']} {turned['verb']}{words[turned.end() :]}"
