"""JSON of recorders, told apart by its keys."""

from __future__ import annotations

from itertools import groupby
from typing import Any, TypeGuard

from ridealong.sources.transcripts import layers as around
from ridealong.sources.transcripts.characters import one_line
from ridealong.sources.transcripts.fields import first, load, seconds_at
from ridealong.sources.transcripts.layers import Layer
from ridealong.sources.transcripts.pieces import Piece, Recording, Unreadable
from ridealong.sources.transcripts.sentences import SAMPLES, Sentences, timed

_DURATIONS = ("duration", "audio_duration", "duration_seconds")
# Lists of anything with a speaker and a text, in the order in which they are worth most.
_PLAIN: tuple[str, ...] = ("transcript", "monologues", "transcriptEntries", "transcript_entries")
_PLAIN += ("transcript_segments", "entries", "items", "results", "data")


def read_json(text: str) -> Recording:
    """Return what the JSON of a recorder says."""
    data = load(text)
    found = around.layers(data)
    reading = Sentences(around.known(found))
    pieces = _pieces(data, found, reading)
    if not pieces:
        raise Unreadable("The transcript is there, but nobody says anything in it: it has no cue.")
    pieces, origin = timed(pieces)
    return Recording(
        pieces,
        around.title(found),
        around.started(found) or origin,
        _duration(found),
        around.attendees(found),
        reading.emails,
    )


def _pieces(data: Any, found: list[Layer], reading: Sentences) -> list[Piece]:
    for reader in (_sentences, _utterances, _channels, _segments, _transcripts, _grouped, _plain):
        for layer in found:
            if (pieces := reader(layer, reading)) is not None:
                return pieces
    if isinstance(data, list) and _speaks(data):
        return reading.paced(data, "")
    for layer in found:
        if (pieces := _words(layer, reading)) is not None:
            return pieces
    raise Unreadable(
        "No field of the JSON is a transcript: sentences, utterances, segments, transcript,"
        " or a list of objects with speaker, start, end and text."
    )


def _sentences(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """Fireflies: sentences, with times in seconds."""
    items = layer.fields.get("sentences")
    return reading.read(items, f"{layer.path}sentences") if isinstance(items, list) else None


def _utterances(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """AssemblyAI counts milliseconds, Deepgram seconds."""
    items = layer.fields.get("utterances")
    # Deepgram's list is empty when only its paragraphs were wanted.
    return reading.paced(items, f"{layer.path}utterances") if _filled(items) else None


def _channels(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """Deepgram without utterances: paragraphs, else words, of each channel."""
    channels = layer.fields.get("channels")
    if not _filled(channels):
        return None
    pieces: list[Piece] = []
    for number, channel in enumerate(channels):
        path = f"{layer.path}channels[{number}].alternatives[0]"
        speaker = f"Speaker {number}" if len(channels) > 1 else ""
        best = _deeper(channel, "alternatives", 0)
        paragraphs = _deeper(best, "paragraphs", "paragraphs")
        words = _deeper(best, "words")
        if _filled(paragraphs):
            pieces += reading.read(paragraphs, f"{path}.paragraphs.paragraphs", speaker)
        elif _filled(words):
            pieces += _turns(reading.read(words, f"{path}.words", speaker))
    return pieces


def _segments(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """Whisper: segments, with times in seconds."""
    items = layer.fields.get("segments")
    return reading.read(items, f"{layer.path}segments") if isinstance(items, list) else None


def _transcripts(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """Otter: transcripts, with times in samples of sound."""
    items, path = layer.fields.get("transcripts"), f"{layer.path}transcripts"
    if not isinstance(items, list) or not _speaks(items):
        return None
    if any("start_offset" in item for item in items if isinstance(item, dict)):
        return reading.read(items, path, scale=SAMPLES)
    return reading.paced(items, path)


def _grouped(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """Zoom: participants, each with their own transcripts."""
    people = layer.fields.get("participants")
    pieces: list[Piece] = []
    for number, someone in enumerate(people if isinstance(people, list) else ()):
        items = _deeper(someone, "transcripts")
        if _filled(items):
            speaker = reading.speaker(someone)
            path = f"{layer.path}participants[{number}].transcripts"
            pieces += reading.read(items, path, speaker)
    return pieces or None


def _plain(layer: Layer, reading: Sentences) -> list[Piece] | None:
    for key in _PLAIN:
        items = layer.fields.get(key)
        if not isinstance(items, list):
            continue
        path = f"{layer.path}{key}"
        if any(isinstance(item, dict) and _filled(item.get("sentences")) for item in items):
            return reading.read(items, path, scale=0.001)  # Gong's monologues
        if _speaks(items) or (key == "transcript" and not items):
            return reading.paced(items, path)
    return None


def _words(layer: Layer, reading: Sentences) -> list[Piece] | None:
    """AssemblyAI and others when nobody asked who speaks."""
    items = layer.fields.get("words")
    return _turns(reading.paced(items, f"{layer.path}words")) if _filled(items) else None


def _turns(words: list[Piece]) -> list[Piece]:
    turns = []
    for speaker, group in groupby(words, key=lambda word: word.speaker):
        said = list(group)
        text = one_line(" ".join(word.text for word in said))
        turns.append(Piece(speaker, text, said[0].start, said[-1].end))
    return turns


def _speaks(items: list[Any]) -> bool:
    return any(
        isinstance(item, dict) and isinstance(first(item, Sentences.TEXTS)[1], str)
        for item in items
    )


def _filled(items: Any) -> TypeGuard[list[Any]]:
    return isinstance(items, list) and bool(items)


def _deeper(value: Any, *keys: str | int) -> Any:
    for key in keys:
        if isinstance(key, int):
            value = value[key] if isinstance(value, list) and len(value) > key else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _duration(found: list[Layer]) -> float:
    for layer in found:
        minutes = "sentences" in layer.fields  # Fireflies alone states minutes
        try:
            stated = seconds_at(layer.fields, _DURATIONS, layer.path, 60.0 if minutes else 1.0)
        except Unreadable:
            continue
        if stated:
            return stated
    return 0.0
