"""The objects around a transcript in a recorder's JSON: what the call was, and who took part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ridealong.sources.transcripts.characters import MAX_NAME, one_line
from ridealong.sources.transcripts.moments import moment
from ridealong.sources.transcripts.people import entry, ids
from ridealong.sources.transcripts.pieces import Unreadable

_AROUND: tuple[str, ...] = (
    "data",
    "payload",
    "result",
    "results",
    "response",
    "body",
    "transcript",
    "speech",
)
_AROUND += ("transcription", "transcript_data", "metaData", "metadata", "meeting", "call")
# Lists of calls, of which a file may have one.
_OF_CALLS = ("callTranscripts", "calls")
_TITLES: tuple[str, ...] = ("title", "topic", "meeting_title", "meetingTitle", "subject")
_MOMENTS: tuple[str, ...] = (
    "started",
    "startedAt",
    "started_at",
    "start_time",
    "startTime",
    "dateString",
)
_MOMENTS += ("date", "date_time", "dateTime", "recorded_at", "recordedAt", "recording_start")
_MOMENTS += ("scheduled", "scheduled_at", "created", "created_at", "createdAt")
_ATTENDEES: tuple[str, ...] = (
    "parties",
    "meeting_attendees",
    "attendees",
    "participants",
    "invitees",
)
_ATTENDEES += ("calendar_invitees",)
_SPEAKERS = ("speakers", "users")
_MAX = 40


@dataclass(frozen=True, slots=True)
class Layer:
    """An object, and where it stands in the file, as "data.transcript."."""

    path: str
    fields: dict[str, Any]


def layers(data: Any) -> list[Layer]:
    """Return the objects that may hold the transcript or say something about it, outer first."""
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    found = [Layer("", data)] if isinstance(data, dict) else []
    for layer in found:
        found += [
            Layer(f"{layer.path}{key}.", value)
            for key in _AROUND
            if isinstance(value := layer.fields.get(key), dict)
        ]
        for key in _OF_CALLS:
            value = layer.fields.get(key)
            if isinstance(value, list) and value:
                found.append(_only(layer, key, value))
        if len(found) > _MAX:
            break
    return found


def title(found: list[Layer]) -> str:
    """Return what the call was called."""
    return next(
        (
            one_line(value[:2000])[:MAX_NAME]
            for value in _values(found, _TITLES)
            if isinstance(value, str) and value.strip()
        ),
        "",
    )


def started(found: list[Layer]) -> datetime | None:
    """Return when the call was."""
    return next((at for value in _values(found, _MOMENTS) if (at := moment(value))), None)


def attendees(found: list[Layer]) -> list[tuple[str, str]]:
    """Return the people whom the file lists as attendees, as (name, email)."""
    return [entry(value) for value in _lists(found, _ATTENDEES)]


def known(found: list[Layer]) -> dict[str, tuple[str, str]]:
    """Return (name, email) by each number and key by which the file names a speaker."""
    people: dict[str, tuple[str, str]] = {}
    for value in _lists(found, (*_ATTENDEES, *_SPEAKERS)):
        someone = entry(value)
        for key in ids(value) if any(someone) else ():
            people.setdefault(key, someone)
    return people


def _only(layer: Layer, key: str, value: list[Any]) -> Layer:
    if len(value) > 1:
        raise Unreadable(f"{layer.path}{key} has {len(value)} calls; a file is to have one.")
    if not isinstance(value[0], dict):
        raise Unreadable(f"{layer.path}{key}[0] is no object.")
    return Layer(f"{layer.path}{key}[0].", value[0])


def _values(found: list[Layer], keys: tuple[str, ...]) -> Iterator[Any]:
    for key in keys:
        for layer in found:
            if layer.fields.get(key) is not None:
                yield layer.fields[key]


def _lists(found: list[Layer], keys: tuple[str, ...]) -> Iterator[Any]:
    for value in _values(found, keys):
        if isinstance(value, list):
            yield from value[:1000]
