"""What is told to a person in one line, without a traceback."""

from collections.abc import Callable

Say = Callable[[str], None]  # says a line to whoever typed a verb


class Wrong(Exception):
    """Something that only a person can put right: a setting, a file, a second process.

    The message is one line: it names the setting or file, its value, and what to do next.
    """


class Refusal(Wrong):
    """An order that cannot be carried out as things stand, which harms nothing."""
