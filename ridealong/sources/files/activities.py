"""Activities: mails, phone calls, meetings, tasks and notes, done or planned."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ridealong.record.directory import normal
from ridealong.record.facts import Fact
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import

KINDS = {
    "email": "email", "e mail": "email", "mail": "email", "call": "phone_call",
    "phone": "phone_call", "phone call": "phone_call", "telefonat": "phone_call",
    "anruf": "phone_call", "meeting": "meeting", "event": "meeting", "demo": "meeting",
    "lunch": "meeting", "visit": "meeting", "video call": "meeting", "besuch": "meeting",
    "task": "task", "to do": "task", "todo": "task", "deadline": "task", "aufgabe": "task",
    "note": "note", "notes": "note", "notiz": "note", "1 1": "one_on_one",
    "one on one": "one_on_one",
}  # fmt: skip
INBOUND = {"in", "inbound", "incoming", "received", "incoming email", "eingehend"}
OUTBOUND = {"out", "outbound", "outgoing", "sent", "email", "forwarded email", "ausgehend"}
DONE = {"1", "true", "yes", "done", "completed", "complete", "held", "erledigt", "closed"}


def reader(run: Import, plan: FilePlan) -> Callable[[Import, Row], Iterable[Fact]]:
    """Return what makes facts of an activities file's rows."""
    del run, plan
    return _activity


def _activity(run: Import, row: Row) -> Iterator[Fact]:
    at = row.moment("at")
    if at is None:
        raise row.bad("at", "is missing: when was it?")
    kind = KINDS.get(normal(row.text("kind")), "other" if row.has("kind") else "note")
    changes: dict[str, Any] = {"kind": kind}
    deal = row.text("deal", 100)
    if deal:
        changes["deal"] = deal
    if row.has("company"):
        changes["company"] = run.known.company(row.text("company"))
    if not deal and "company" not in changes and not row.has("contact"):
        raise row.bad("deal", "is missing: neither deal nor company nor contact is named")
    if row.has("contact"):
        changes["contacts"] = [normal(row.text("contact")) or row.text("contact")]
    if row.has("member"):
        changes["member"] = run.known.member(row.text("member"))
    changes["title"] = row.text("title", 0)[:250]
    changes |= {name: value for name, value in _details(row).items() if value is not None}
    yield Fact("activity", _key(row), at, changes, f"activity:{_key(row)}")


def _details(row: Row) -> dict[str, Any]:
    minutes = row.amount("minutes")
    word = normal(row.text("direction"))
    done = normal(row.text("done")) in DONE if row.has("done") else None
    return {
        "text": row.text("text", 0) or None,
        "minutes": float(minutes[0]) if minutes else None,
        "direction": "in" if word in INBOUND else "out" if word in OUTBOUND else None,
        "done": done,
    }


def _key(row: Row) -> str:
    """The activity's id; without one, what its row says."""
    if row.has("id"):
        return row.text("id", 100)
    return hashlib.blake2b(repr(row.line.cells).encode(), digest_size=10).hexdigest()
