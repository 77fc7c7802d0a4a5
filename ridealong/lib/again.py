"""What work says when it cannot go on: later, with a person's help, or in another process."""

from __future__ import annotations

from datetime import timedelta


class TryAgain(Exception):
    """It did not work now and may later: the text says what happened, for a person.

    ``after``: not before so long, where whoever refused said so.
    """

    def __init__(self, text: str, *, after: timedelta | None = None) -> None:
        super().__init__(text)
        self.after = after


class Interrupted(Exception):
    """The process was asked to end: what is done stays, the rest is taken up again."""


class Refused(Exception):
    """A person has to do something: wrong password, missing right, unknown address.

    The text says what happened and what to do, for whoever connected the source. It never holds
    a secret.
    """
