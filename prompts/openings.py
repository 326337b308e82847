"""What may stand before a claim: markers, attribution to oneself, "it is clear that"."""

from prompts.edges import Edges, edges

ROUNDS = 6  # markers that may stand one behind the other


def stripped(words: str, language: str = "en") -> str:
    """Without discourse markers, attribution to oneself and openings like "it is clear that"."""
    own, low = edges(language), words.lower()
    stages = [
        stage.opens
        for stage in own.stages
        if not stage.signs or any(map(low.__contains__, stage.signs))
    ]
    for _ in range(ROUNDS):
        shorter = words
        for stage in stages:
            opening = stage.match(shorter)
            shorter = shorter[opening.end() :].lstrip() if opening else shorter
        if shorter == words:
            break
        words = shorter
    return _upright(words, own)


def _upright(words: str, own: Edges) -> str:
    """With its subject first, where a language turns it: "Erstens lenken Handys ab" as "Handys
    lenken ab"."""
    opening = own.inverting.match(words)
    turned = own.inverted.match(words, opening.end()) if opening else None
    if turned is None:
        return words
    return f"{turned['subject']} {turned['verb']}{words[turned.end() :]}"
