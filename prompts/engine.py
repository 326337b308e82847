"""The analysis of one reading: claims, voices, counterpoints, motions. Pure and deterministic."""

from prompts.claims import claims, ranked
from prompts.clauses import outline
from prompts.counters import counterpoints
from prompts.genres import genre
from prompts.model import Analysis, Reading
from prompts.voices import voices

VERSION = "82"  # what a stored analysis is known by; raised whenever results change


def analyse(reading: Reading) -> Analysis:
    """What a reading argues. The same reading gives the same analysis in every process."""
    doc = outline(reading)
    spoken = voices(doc)
    kind = genre(doc)
    rows = ranked(doc, spoken, kind)
    return Analysis(claims(doc, rows), counterpoints(doc, spoken, rows, kind))
