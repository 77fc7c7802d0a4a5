"""What a transcript's file says, before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

MAX_BYTES = 20 * 1024 * 1024
MAX_PIECES = 200_000


class Unreadable(ValueError):
    """A file that is no transcript; the text says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A cue or a sentence, in seconds from the beginning as the file has them."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(slots=True)
class Recording:
    """All that one file says."""

    pieces: list[Piece] = field(default_factory=list)
    title: str = ""
    at: datetime | None = None
    seconds: float = 0.0
    participants: list[tuple[str, str]] = field(default_factory=list)
    emails: dict[str, str] = field(default_factory=dict)  # by the name of a speaker
