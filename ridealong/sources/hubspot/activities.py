"""What HubSpot says of calls, mails, meetings, notes and tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.rows import Row, line, needed, words
from ridealong.sources.hubspot.asking import Linked
from ridealong.sources.hubspot.telling import Teller
from ridealong.sources.hubspot.values import text, when

_COMMON = ("hs_timestamp", "hubspot_owner_id")
_NOT_REACHED = frozenset(
    {
        "9d9162e7-6cf3-4944-bf63-4dff82258764",  # busy
        "a4c4c377-d246-4b32-a13b-75a56a4cd0ff",  # left live message
        "b2cf5968-551e-4856-9783-52b3da59a7d0",  # left voicemail
        "73a0d17f-1163-4015-bdd5-ec830791da20",  # no answer
        "17b47fee-58de-441e-a44c-c6300d46f273",  # wrong number
    }
)
"""HubSpot's own outcomes of calls, the same in every account, in which nobody was spoken to."""
_DIRECTIONS = {"INBOUND": "in", "OUTBOUND": "out", "INCOMING_EMAIL": "in", "EMAIL": "out"}
_NEVER_HELD = frozenset({"CANCELED", "RESCHEDULED"})
_A_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of activity. ``what``: its name there; ``tell``: its own fields from properties."""

    what: str
    kind: str
    properties: tuple[str, ...]
    tell: Callable[[Row], dict[str, Any]]


def _call(said: Row) -> dict[str, Any]:
    held = line(said.get("hs_call_status")) in {"", "COMPLETED"}
    duration = said.get("hs_call_duration")
    return {
        "title": line(said.get("hs_call_title")),
        "text": words(said.get("hs_call_body")),
        "minutes": float(duration) / _A_MINUTE if duration else None,
        "direction": _DIRECTIONS.get(line(said.get("hs_call_direction")), ""),
        "done": held and line(said.get("hs_call_disposition")) not in _NOT_REACHED,
    }


def _email(said: Row) -> dict[str, Any]:
    return {
        "title": line(said.get("hs_email_subject")),
        "text": text(said.get("hs_email_text")) or words(said.get("hs_email_html")),
        "direction": _DIRECTIONS.get(line(said.get("hs_email_direction")), ""),
        "done": True,
    }


def _meeting(said: Row) -> dict[str, Any]:
    """An outcome that nobody filled in says nothing: whether it is over is for its time to say."""
    outcome = line(said.get("hs_meeting_outcome"))
    if outcome in _NEVER_HELD:
        return {"deleted": True}
    begins, ends = when(said.get("hs_meeting_start_time")), when(said.get("hs_meeting_end_time"))
    return {
        "title": line(said.get("hs_meeting_title")),
        "text": words(said.get("hs_meeting_body")),
        "minutes": (ends - begins).total_seconds() / 60 if begins and ends else None,
        "done": {"COMPLETED": True, "NO_SHOW": False}.get(outcome),
        **({"begins": begins} if begins else {}),
    }


def _note(said: Row) -> dict[str, Any]:
    return {"text": words(said.get("hs_note_body")), "done": True}


def _task(said: Row) -> dict[str, Any]:
    return {
        "title": line(said.get("hs_task_subject")),
        "text": words(said.get("hs_task_body")),
        "done": said.get("hs_task_status") == "COMPLETED",
    }


KINDS = (
    Kind(
        "calls",
        "phone_call",
        (
            "hs_call_title",
            "hs_call_body",
            "hs_call_duration",
            "hs_call_direction",
            "hs_call_status",
            "hs_call_disposition",
            *_COMMON,
        ),
        _call,
    ),
    Kind(
        "emails",
        "email",
        ("hs_email_subject", "hs_email_text", "hs_email_html", "hs_email_direction", *_COMMON),
        _email,
    ),
    Kind(
        "meetings",
        "meeting",
        (
            "hs_meeting_title",
            "hs_meeting_body",
            "hs_meeting_start_time",
            "hs_meeting_end_time",
            "hs_meeting_outcome",
            *_COMMON,
        ),
        _meeting,
    ),
    Kind("notes", "note", ("hs_note_body", *_COMMON), _note),
    Kind("tasks", "task", ("hs_task_subject", "hs_task_body", "hs_task_status", *_COMMON), _task),
)
ENDS = ("deals", "companies", "contacts")
"""What activities are associated with."""


def activity(
    teller: Teller, kind: Kind, row: Row, ends: Mapping[str, Mapping[str, list[Linked]]]
) -> Fact:
    """Tell an activity. ``ends``: {what: {activity's id: associations}}."""
    created = needed(row, "createdAt")
    key = f"{kind.what}:{teller.key(row['id'])}"
    if row.get("archived"):
        return Fact("activity", key, created, {"deleted": True}, key)
    said = row["properties"]
    deals, companies, contacts = (
        [f"{teller.key(end.id)}" for end in ends[what].get(str(row["id"]), ())] for what in ENDS
    )
    changes: dict[str, Any] = {
        "kind": kind.kind,
        "deal": deals[0] if deals else None,
        "deals_discussed": deals if len(deals) > 1 else None,
        "company": companies[0] if companies else None,
        "contacts": contacts or None,
        "member": teller.owner(said.get("hubspot_owner_id")),
        "begins": when(said.get("hs_timestamp")) or created,
    }
    own = kind.tell(said)
    return Fact("activity", key, created, own if own.get("deleted") else {**changes, **own}, key)
