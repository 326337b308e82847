"""Readings in, claims and counterpoints out: texts and nothing else.

No chat, no clock, no storage, no network. `bot` sees this package as one `Library`.
"""
