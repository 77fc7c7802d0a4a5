"""WebVTT and SRT: cues with two times each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import srt
import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from ridealong.sources.transcripts.characters import MAX_NAME, one_line
from ridealong.sources.transcripts.moments import moment_in
from ridealong.sources.transcripts.people import person
from ridealong.sources.transcripts.pieces import MAX_PIECES, Piece, Recording, Unreadable
from ridealong.sources.transcripts.voices import spoken

# Few digits, so that no number is too long for anybody.
_TIME = r"(-?)(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?!\d)")
_BREAK = re.compile(r"\r\n|\r|\n")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_FACT = re.compile(r"[ \t]*([A-Za-z]{1,20})[ \t]*[:=][ \t]*(\S.*)")
_TITLES = {"title", "topic", "subject", "meeting"}
_ATTENDEES = {"attendees", "participants", "invitees"}

Cue = tuple[float, float, str]


def has_times(text: str) -> bool:
    """Say whether any line is a cue's pair of times."""
    return any("-->" in line and _TIMES.match(line) for line in _BREAK.split(text))


def read_vtt(text: str) -> Recording:
    """Return what a WebVTT file says; its first line may be missing."""
    lines = [_plain_times(line) for line in _BREAK.split(text.lstrip())]
    if not lines[0].startswith("WEBVTT"):
        lines[:0] = ["WEBVTT", ""]
    _check_count(text)
    try:
        file = webvtt.WebVTT.from_string("\n".join(lines))
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise Unreadable(f"The cues cannot be read: {str(error)[:200]}.") from error
    cues = [
        (
            caption.start_time.in_milliseconds() / 1000,
            caption.end_time.in_milliseconds() / 1000,
            caption.raw_text,
        )
        for caption in file.captions
    ]
    recording = _recording(cues, text)
    _note(recording, file.header_text, [*file.metadata, *file.header_comments])
    return recording


def read_srt(text: str) -> Recording:
    """Return what an SRT file says."""
    _check_count(text)
    cues: list[tuple[float, float, list[str]]] = []
    # The library's pattern for whole files takes hours on some that are no SRT; its times do not.
    for line in _BREAK.split(text):
        if match := _TIMES.match(line):
            if cues and cues[-1][2] and _NUMBER.fullmatch(cues[-1][2][-1]):
                cues[-1][2].pop()
            start, end = (
                srt.srt_timestamp_to_timedelta(_time(match, group, ",")).total_seconds()
                for group in (1, 6)
            )
            cues.append((start, end, []))
        elif cues and line.strip():
            cues[-1][2].append(line)
    return _recording([(start, end, "\n".join(lines)) for start, end, lines in cues], text)


def _plain_times(line: str) -> str:
    """Return a cue's times as the standard writes them, and any other line as it is."""
    match = _TIMES.match(line) if "-->" in line else None
    return f"{_time(match, 1, '.')} --> {_time(match, 6, '.')}" if match else line


def _time(match: re.Match[str], group: int, mark: str) -> str:
    minus, hours, minutes, seconds, fraction = match.group(*range(group, group + 5))
    if minus:
        return f"00:00:00{mark}000"
    # Beyond 59, minutes and seconds are a mistake, and not worth losing the words for.
    minutes, seconds = (str(min(int(part), 59)) for part in (minutes, seconds))
    whole = ":".join(part.zfill(2) for part in (hours or "", minutes, seconds))
    return f"{whole}{mark}{fraction.ljust(3, '0')}"


def _check_count(text: str) -> None:
    if text.count("-->") > MAX_PIECES:
        raise Unreadable(f"The file has more than {MAX_PIECES:,} cues.")


def _recording(cues: Sequence[Cue], text: str) -> Recording:
    if not cues:
        for number, line in enumerate(_BREAK.split(text), 1):
            if "-->" in line:
                raise Unreadable(
                    f"Line {number} should have two times such as 00:00:01.000 --> 00:00:04.000,"
                    f" not “{one_line(line[:400])[:80]}”; the file has no other cue."
                )
        raise Unreadable("The file has no cue: no line has two times with --> between them.")
    recording = Recording()
    for (start, end, _), parts in zip(cues, spoken(cue[2] for cue in cues), strict=True):
        recording.seconds = max(recording.seconds, end)
        for piece in _pieces(start, end, parts):
            name, email = person(piece.speaker)
            recording.pieces.append(replace(piece, speaker=name))
            if email:
                recording.emails[name] = email
    return recording


def _pieces(start: float, end: float, parts: list[tuple[str, str]]) -> Iterable[Piece]:
    """Share out the time of a cue among those who speak in it, by the length of what they say."""
    total = sum(len(words) for _, words in parts)
    for speaker, words in parts:
        until = start + (end - start) * len(words) / total if len(parts) > 1 else end
        yield Piece(speaker, words, start, until)
        total, start = total - len(words), until


def _note(recording: Recording, header: str, notes: Sequence[str]) -> None:
    recording.title = one_line(header[:1000]).lstrip("-– ")[:MAX_NAME]
    lines = [line[:2000] for note in notes[:100] for line in note[:20_000].splitlines()]
    for line in lines:
        fact = _FACT.match(line)
        word = fact[1].lower() if fact else ""
        if fact and word in _TITLES:
            recording.title = one_line(fact[2])[:MAX_NAME]
        elif fact and word in _ATTENDEES:
            entries = re.split(r"[,;]", fact[2])
            recording.participants += [person(entry) for entry in entries if entry.strip()]
        recording.at = recording.at or moment_in(line)
    recording.at = recording.at or moment_in(header)
