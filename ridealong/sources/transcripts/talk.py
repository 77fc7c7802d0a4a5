"""What was said on a call, by whom and for how long, out of the file of any common recorder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ridealong.sources.transcripts.captions import has_times, read_srt, read_vtt
from ridealong.sources.transcripts.characters import MAX_NAME, decode, one_line
from ridealong.sources.transcripts.counting import MAX_SECONDS, Count, counted, placed, said
from ridealong.sources.transcripts.moments import moment_in, title_of
from ridealong.sources.transcripts.people import Addresses, each_once
from ridealong.sources.transcripts.pieces import MAX_BYTES, Piece, Recording, Unreadable
from ridealong.sources.transcripts.recorders import read_json

__all__ = ["MAX_BYTES", "MAX_TEXT", "Speaker", "Talk", "Unreadable", "Utterance", "read"]

MAX_TEXT = 200_000
_NO_TRANSCRIPTS = {
    b"PK\x03\x04": "a Word document or a ZIP archive",
    b"%PDF": "a PDF",
    b"ID3": "a recording of sound",
    b"RIFF": "a recording of sound",
    b"\x1aE\xdf\xa3": "a video",
}
_COMMA = re.compile(r"\d,\d{1,3}[ \t]*-->")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person says until another does; in seconds from the beginning."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """How much one person talked and asked; name and email are "" where nobody knows."""

    name: str
    email: str
    seconds: float
    share: float
    questions: int
    words: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A call or a meeting in words; the speaker with most talk time comes first."""

    title: str
    at: datetime | None
    minutes: float
    speakers: tuple[Speaker, ...]
    utterances: tuple[Utterance, ...]
    text: str
    participants: tuple[tuple[str, str], ...]


def read(raw: bytes, name: str) -> Talk:
    """Return the talk in a file; raise Unreadable where there is none."""
    name = re.split(r"[/\\]", name)[-1][:MAX_NAME]
    recording = _recording(raw, name)
    pieces = said(recording.pieces)
    utterances = _utterances(pieces)
    last = max((utterance.end for utterance in utterances), default=0.0)
    seconds = max(last, min(max(recording.seconds, 0.0), MAX_SECONDS))
    participants = each_once(recording.participants)
    addresses = Addresses([*recording.emails.items(), *participants])
    return Talk(
        title=recording.title or title_of(one_line(name)),
        at=recording.at or moment_in(name),
        minutes=round(seconds / 60, 3),
        speakers=_speakers(counted(pieces), addresses),
        utterances=utterances,
        text=_text(utterances),
        participants=participants,
    )


def _recording(raw: bytes, name: str) -> Recording:
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    for beginning, what in _NO_TRANSCRIPTS.items():
        if raw.startswith(beginning):
            raise Unreadable(f"The file is {what}; VTT, SRT or JSON is needed.")
    text = decode(raw)
    if not text.strip():
        raise Unreadable("The file is empty.")
    return _reader(text, name)(text)


def _reader(text: str, name: str) -> Callable[[str], Recording]:
    beginning, ending = text.lstrip()[:6], name.lower().rpartition(".")[2]
    if beginning == "WEBVTT":
        return read_vtt
    # Captions may begin with a bracket too: "[Music]".
    if beginning.startswith("{") or (beginning.startswith("[") and not has_times(text)):
        return read_json
    if has_times(text):
        return read_srt if _COMMA.search(text) else read_vtt
    by_ending = {"vtt": read_vtt, "srt": read_srt, "json": read_json}
    if ending not in by_ending:
        raise Unreadable("The file is no transcript that can be read: no VTT, SRT or JSON.")
    return by_ending[ending]


def _utterances(pieces: list[Piece]) -> tuple[Utterance, ...]:
    merged: list[tuple[float, float, str, list[str]]] = []
    for piece, (start, end) in zip(pieces, placed(pieces), strict=True):
        if merged and merged[-1][2] == piece.speaker:
            began, until, speaker, texts = merged[-1]
            texts.append(piece.text)
            merged[-1] = (began, max(until, end), speaker, texts)
        else:
            merged.append((start, end, piece.speaker, [piece.text]))
    return tuple(
        Utterance(start, end, speaker, " ".join(texts)) for start, end, speaker, texts in merged
    )


def _speakers(counts: dict[str, Count], addresses: Addresses) -> tuple[Speaker, ...]:
    seconds = {name: count.seconds for name, count in counts.items()}
    total = sum(seconds.values())
    speakers = (
        Speaker(
            name=name,
            email=addresses.of(name),
            seconds=seconds[name],
            share=seconds[name] / total if total else 0.0,
            questions=count.questions,
            words=count.words,
        )
        for name, count in counts.items()
    )
    return tuple(sorted(speakers, key=lambda speaker: -speaker.seconds))


def _text(utterances: tuple[Utterance, ...]) -> str:
    lines = (f"{u.speaker}: {u.text}" if u.speaker else u.text for u in utterances)
    return "\n".join(lines)[:MAX_TEXT]
