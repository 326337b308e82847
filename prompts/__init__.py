"""Readings in, claims and counterpoints out: texts and nothing else.

No chat, no clock, no database; only `prompts.web` asks the network, for pages that a folder names.
`bot` asks the readings through one `Library`.
"""
