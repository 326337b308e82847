"""Which language a text is in, told by its smallest words; enough to choose how it is read."""

import re
from collections import Counter

SAMPLE = 5_000  # characters from the middle of a text; more tells no more
ENOUGH = 8  # small words that must be met
FEW = 4  # that are enough where no other language has any
LEAD = 1.5  # times the words of the second language that the first must have
SMALL = {
    "en": "the of and is are was that this with for have has not they which would their from been",
    "de": "der und das ist nicht den mit sich auf dem eine auch als wird sie ich wir oder sind zum",
    "fr": "les des est une dans que pour qui pas sur sont nous vous cette avec mais aux elle leur",
    "es": "los las una que por con para del como pero está más sus esta también hay muy este sin",
    "it": "che della non per sono gli nel anche dei alla delle più questo come essere dal nella",
    "nl": "het een van niet dat zijn voor met ook aan wordt maar deze worden hebben naar bij ze",
    "pt": "que não uma para com dos são mais como mas foi pela também ser isso aos nos ele seu",
    "sv": "och att det som är på för inte med den till har om av ett kan men vi jag från",
    "pl": "nie jest się że oraz przez które który dla jako tylko ale być tego czy może przy",
    "da": "og det ikke er på til med af der som har men vi jeg være blev kan også fra hvad",
    "ru": "и не что на это как он по но из за от его так же для мы все они быть",
    "tr": "ve bir bu için ile da çok olarak daha ama gibi kadar olan değil ne sonra en her",
}
_HELD = Counter(word for words in SMALL.values() for word in words.split())
WORDS = {  # those that no other language has
    language: frozenset(word for word in words.split() if _HELD[word] == 1)
    for language, words in SMALL.items()
}
# Scripts that one language of many readers is written in.
SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
SHARE = 0.2  # of the letters in a script
_WORD = re.compile(r"[^\W\d_]+")
TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]+)*", re.I)


def tongue(text: str) -> str | None:
    """The two letters of a text's language; None where it does not tell."""
    middle = max(0, (len(text) - SAMPLE) // 2)
    sample = text[middle : middle + SAMPLE].lower()
    for language, script in () if sample.isascii() else SCRIPTS:
        signs = len(script.findall(sample))
        # Japanese has more Chinese signs than its own, Chinese has none of those.
        least = SHARE * (0.3 if language == "ja" else 1)
        if signs and signs > least * sum(map(str.isalpha, sample)):
            return language
    met = Counter(_WORD.findall(sample))
    found = sorted(
        ((sum(met[word] for word in words), language) for language, words in WORDS.items()),
        reverse=True,
    )
    (most, language), (second, _) = found[:2]
    sure = most >= ENOUGH and most >= LEAD * second
    return language if sure or (most >= FEW and not second) else None
