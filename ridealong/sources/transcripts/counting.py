"""Who talked for how long, and how much they asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ridealong.sources.transcripts.pieces import Piece
from ridealong.sources.transcripts.questions import is_punctuated, questions_in, words_in

MAX_SECONDS = 48 * 3600.0
WORDS_A_SECOND = 2.5


@dataclass(slots=True)
class Count:
    """What one speaker said."""

    spans: list[tuple[float, float]] = field(default_factory=list)
    guessed: float = 0.0
    questions: int = 0
    words: int = 0

    @property
    def seconds(self) -> float:
        """How long the speaker talked; a moment covered by two cues counts once."""
        total, until = 0.0, 0.0
        for start, end in sorted(self.spans):
            total += max(0.0, end - max(start, until))
            until = max(until, end)
        return round(total + self.guessed, 3)


def said(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with any text, each speaker's name always written in the same way."""
    names: dict[str, str] = {}
    return [
        replace(piece, speaker=names.setdefault(piece.speaker.casefold(), piece.speaker))
        for piece in pieces
        if piece.text
    ]


def counted(pieces: list[Piece]) -> dict[str, Count]:
    """Return what each speaker said, in the order in which they first spoke."""
    punctuated = any(is_punctuated(piece.text) for piece in pieces)
    counts: dict[str, Count] = defaultdict(Count)
    for piece in pieces:
        count, words = counts[piece.speaker], words_in(piece.text)
        start, end = _clamped(piece.start), _clamped(piece.end)
        if start is not None and end is not None and end > start:
            count.spans.append((start, end))
        else:
            count.guessed += words / WORDS_A_SECOND
        count.words += words
        count.questions += questions_in(piece.text, punctuated=punctuated)
    return counts


def placed(pieces: Iterable[Piece]) -> Iterator[tuple[float, float]]:
    """Go through the start and end of each piece, never backward."""
    earliest = until = 0.0
    for piece in pieces:
        start, end = _clamped(piece.start), _clamped(piece.end)
        start = max(earliest, until if start is None else start)
        if end is None or end <= start:
            end = start + words_in(piece.text) / WORDS_A_SECOND
        earliest, until = start, max(until, end)
        yield round(start, 3), round(end, 3)


def _clamped(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(seconds, 0.0), MAX_SECONDS)
