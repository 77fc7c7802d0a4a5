"""Entries of a transcript in JSON, whatever their fields are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from ridealong.sources.transcripts.characters import one_line
from ridealong.sources.transcripts.fields import first, seconds_at, text_at
from ridealong.sources.transcripts.people import entry, person
from ridealong.sources.transcripts.pieces import MAX_PIECES, Piece, Unreadable
from ridealong.sources.transcripts.questions import words_in

SAMPLES = 1 / 16_000  # Otter counts samples of sound
_SINCE_1970 = 1e9  # no call lasts as long: from here on a time is a moment
_SLOW = 20.0  # seconds a word: what is slower than that was counted in milliseconds

_SPEAKERS: tuple[str, ...] = (
    "speaker_name",
    "speakerName",
    "display_name",
    "displayName",
    "user_name",
)
_SPEAKERS += ("username", "speaker", "name", "participant", "speaker_label", "speakerId")
_SPEAKERS += ("speaker_id", "user", "author")
_STARTS: tuple[str, ...] = (
    "start",
    "start_time",
    "startTime",
    "start_offset",
    "start_ms",
    "startMs",
    "begin",
)
_STARTS += ("start_timestamp", "timestamp", "ts", "offset", "spoken_at")
_ENDS = ("end", "end_time", "endTime", "end_offset", "end_ms", "endMs", "end_timestamp", "end_ts")
_LENGTHS = ("duration", "duration_ms", "durationMs")


@dataclass(slots=True)
class Sentences:
    """Reads entries; it knows the people of the file, and notes the addresses of speakers."""

    TEXTS: ClassVar = ("text", "transcript", "raw_text", "sentence", "punctuated_word", "word")

    people: dict[str, tuple[str, str]]
    emails: dict[str, str] = field(default_factory=dict)
    _strangers: dict[str, str] = field(default_factory=dict)

    def paced(self, items: list[Any], path: str) -> list[Piece]:
        """Return the pieces of a list whose times are seconds or milliseconds."""
        pieces = self.read(items, path)
        times = [time for p in pieces for time in (p.start, p.end) if time is not None]
        words = sum(words_in(piece.text) for piece in pieces)
        lasting = sum(p.end - p.start for p in pieces if p.start is not None and p.end is not None)
        lasting = lasting or (max(times, default=0.0) - min(times, default=0.0))
        slow = words and lasting / words > _SLOW
        return self.read(items, path, scale=0.001) if slow else pieces

    def read(
        self, items: list[Any], path: str, speaker: str = "", scale: float = 1.0
    ) -> list[Piece]:
        """Return the pieces of a list; those of sentences within an entry have its speaker."""
        if len(items) > MAX_PIECES:
            raise Unreadable(f"{path} has more than {MAX_PIECES:,} entries.")
        pieces: list[Piece] = []
        for number, item in enumerate(items):
            place = f"{path}[{number}]"
            if not isinstance(item, dict):
                raise Unreadable(f"{place} is no object with speaker, start, end and text.")
            name = self.speaker(item) or speaker
            within = item.get("sentences")
            if isinstance(within, list):
                pieces += self._within(within, f"{place}.sentences", name, scale)
            else:
                pieces.append(_piece(item, place, name, scale))
        return pieces

    def speaker(self, item: dict[str, Any]) -> str:
        """Return the name of who speaks in an entry."""
        value = first(item, _SPEAKERS)[1]
        if isinstance(value, dict):
            name, email = entry(value)
        elif isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        elif (key := str(value)[:100]) in self.people:
            name, email = self.people[key]
        else:
            name, email = person(self._named(key if isinstance(value, int) else value))
        if email:
            self.emails.setdefault(name or email, email)
        return name or email

    def _within(self, items: list[Any], path: str, speaker: str, scale: float) -> list[Piece]:
        for number, item in enumerate(items):
            if not isinstance(item, dict):
                raise Unreadable(f"{path}[{number}] is no object with start, end and text.")
        return [
            _piece(item, f"{path}[{number}]", speaker, scale) for number, item in enumerate(items)
        ]

    def _named(self, value: str) -> str:
        text = one_line(value[:2000])
        if not text.lstrip("-").isdigit():
            return f"Speaker {text}" if len(text) == 1 else text
        if len(text) <= 3:
            return f"Speaker {text}"
        # A number that long is a key to people whom the file does not have.
        return self._strangers.setdefault(text, f"Speaker {len(self._strangers) + 1}")


def timed(pieces: list[Piece]) -> tuple[list[Piece], datetime | None]:
    """Return pieces in the order of their times, and when that was, if the times are moments."""
    starts = [piece.start for piece in pieces if piece.start is not None]
    if len(starts) == len(pieces):
        pieces = sorted(pieces, key=lambda piece: piece.start or 0.0)
    origin = min(starts, default=0.0)
    if not _SINCE_1970 <= origin < 5 * _SINCE_1970:
        return pieces, None
    return list(_since(origin, pieces)), datetime.fromtimestamp(origin, UTC)


def _since(origin: float, pieces: list[Piece]) -> Iterable[Piece]:
    for piece in pieces:
        start = None if piece.start is None else piece.start - origin
        end = None if piece.end is None else piece.end - origin
        yield replace(piece, start=start, end=end)


def _piece(item: dict[str, Any], path: str, speaker: str, scale: float) -> Piece:
    start = seconds_at(item, _STARTS, path, scale)
    end = seconds_at(item, _ENDS, path, scale)
    if end is None and start is not None:
        lasting = seconds_at(item, _LENGTHS, path, scale)
        end = None if lasting is None else start + lasting
    return Piece(speaker, one_line(text_at(item, Sentences.TEXTS, path)), start, end)
