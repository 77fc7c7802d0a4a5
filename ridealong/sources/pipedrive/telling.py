"""What Pipedrive says, as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ridealong.record.facts import LINE, Fact
from ridealong.sources.base.connector import Ours
from ridealong.sources.base.deals import Change, deal_facts
from ridealong.sources.base.members import member_facts, member_key
from ridealong.sources.base.rows import EARLY, Row, amount, day, line, moment, needed, words

TRACKED = frozenset(
    {"stage", "status", "amount", "close_date", "salesperson", "name", "company", "currency"}
)
_KINDS = {"call": "phone_call", "meeting": "meeting", "email": "email", "task": "task"}


class Teller:
    """Turns rows into facts. ``members``: {user id: member's key}, filled by ``member``."""

    def __init__(self, prefix: str, ours: Ours) -> None:
        self._prefix = prefix
        self._ours = ours
        self.members: dict[int, str] = {}

    def key(self, number: Any) -> str | None:
        """Return the key of what has this id there; None for none."""
        return None if number in (None, "", 0) else f"{self._prefix}{number}"

    def member(self, row: Row) -> Iterator[Fact]:
        """Tell a user; one whose address is a member's is that member."""
        email, own = line(row.get("email")).lower(), f"{self._prefix}{row['id']}"
        key = self.members[row["id"]] = member_key(self._ours, email, own)
        said = {
            "name": line(row.get("name")) or email,
            "email": email or None,
            "active": bool(row.get("active_flag")),
        }
        stamp = moment(row.get("modified"))
        yield from member_facts(key, own, said, named=f"user:{row['id']}", modified=stamp)

    def stage(self, row: Row) -> Fact:
        """Tell a stage: all of Pipedrive's are of open deals."""
        chance = row.get("deal_probability")
        changes = {
            "name": line(row.get("name")),
            "position": int(row.get("pipeline_id") or 0) * 100 + int(row.get("order_nr") or 0),
            "status": "open",
            "probability": None if chance is None else float(chance) / 100,
        }
        return Fact("stage", f"{self._prefix}{row['id']}", EARLY, changes, f"stage:{row['id']}")

    def company(self, row: Row) -> Fact:
        """Tell an organisation."""
        domain = re.sub(r"^https?://(www\.)?|/.*$", "", line(row.get("website"))).lower()
        changes = {"name": line(row.get("name")), "domain": domain or None}
        key = f"{self._prefix}{row['id']}"
        return Fact("company", key, EARLY, changes, f"organization:{row['id']}")

    def contact(self, row: Row) -> Fact:
        """Tell a person."""
        changes = {
            "name": line(row.get("name")),
            "email": _primary(row.get("emails")).lower() or None,
            "phone": _primary(row.get("phones"))[:64] or None,
            "title": line(row.get("job_title")) or None,
            "company": self.key(row.get("org_id")),
        }
        return Fact("contact", f"{self._prefix}{row['id']}", EARLY, changes, f"person:{row['id']}")

    def deal(self, row: Row, changes: list[Row]) -> Iterator[Fact]:
        """Tell a deal and its kept past."""
        key = f"{self._prefix}{row['id']}"
        modified = needed(row, "update_time")
        if row.get("is_deleted") or row.get("status") == "deleted":
            yield Fact("deal", key, modified, {"deleted": True}, f"deleted:{key}")
            return
        person = self.key(row.get("person_id"))
        values = {
            "name": line(row.get("title")),
            "company": self.key(row.get("org_id")),
            "salesperson": self._member(row.get("owner_id")),
            "stage": self.key(row.get("stage_id")),
            "status": _status(row.get("status")),
            "amount": amount(row.get("value")),
            "currency": line(row.get("currency")) or None,
            "close_date": day(row.get("expected_close_date")),
            "lost_reason": line(row.get("lost_reason")) or None,
            "contacts": {person: "contact"} if person else None,
        }
        history = [change for each in changes if (change := self._change(key, each))]
        yield from deal_facts(
            key,
            created=needed(row, "add_time"),
            modified=modified,
            values=values,
            history=history,
            tracked=TRACKED,
        )

    def _change(self, deal: str, row: Row) -> Change | None:
        """A changelog's entry in the record's fields; None for what is not kept there."""
        field, at = row.get("field_key"), moment(row.get("time"))
        told = {
            "stage_id": ("stage", self.key),
            "status": ("status", _status),
            "value": ("amount", amount),
            "expected_close_date": ("close_date", day),
            "user_id": ("salesperson", self._member),
            "title": ("name", line),
            "org_id": ("company", self.key),
            "currency": ("currency", lambda value: line(value) or None),
        }.get(str(field))
        if told is None or at is None:
            return None
        name, read = told
        mark = f"{deal}:{field}:{at.isoformat()}:{row.get('new_value')}"[: LINE - 10]
        # The changelog writes every value as text.
        old, new = (read(_plain(row.get(part))) for part in ("old_value", "new_value"))
        return Change(mark, at, {name: new}, {name: old})

    def activity(self, row: Row) -> Fact:
        """Tell an activity; a call or meeting that is due is a planned one."""
        key = f"activity:{self._prefix}{row['id']}"
        begins = _due(row) or needed(row, "add_time")
        if row.get("is_deleted"):
            return Fact("activity", key, needed(row, "add_time"), {"deleted": True}, key)
        people = [row.get("person_id"), *(_numbers(row.get("participants")))]
        contacts = sorted({each for number in people if (each := self.key(number))})
        changes = {
            "kind": _KINDS.get(str(row.get("type")), "other"),
            "deal": self.key(row.get("deal_id")),
            "company": self.key(row.get("org_id")),
            "member": self._member(row.get("owner_id")),
            "contacts": contacts or None,
            "title": line(row.get("subject")),
            "text": words(row.get("note") or row.get("public_description")),
            "minutes": _minutes(row.get("duration")),
            "done": bool(row.get("done")),
            "begins": begins,
        }
        return Fact("activity", key, needed(row, "add_time"), changes, key)

    def _member(self, number: Any) -> str | None:
        if number in (None, "", 0):
            return None
        return self.members.get(int(number), self.key(number))


def _status(value: Any) -> str:
    return str(value) if value in {"won", "lost"} else "open"


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _due(row: Row) -> datetime | None:
    if not row.get("due_date"):
        return None
    return moment(f"{row['due_date']}T{row.get('due_time') or '00:00'}")


def _minutes(value: Any) -> float | None:
    """Read a length as Pipedrive writes it: hours and minutes, "01:30"."""
    hours, mark, rest = str(value or "").partition(":")
    minutes = rest.partition(":")[0]
    if not (mark and hours.isdigit() and minutes.isdigit()):
        return None
    return int(hours) * 60.0 + int(minutes)


def _numbers(participants: Any) -> list[Any]:
    rows = participants if isinstance(participants, list) else []
    return [row.get("person_id") for row in rows if isinstance(row, dict)]


def _primary(values: Any) -> str:
    rows = [row for row in values if isinstance(row, dict)] if isinstance(values, list) else []
    rows.sort(key=lambda row: not row.get("primary"))
    return line(rows[0].get("value")) if rows else ""
