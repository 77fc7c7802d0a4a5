"""Tasks and events of Salesforce, as facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.rows import MAX_TEXT, Row, day, line, moment, needed
from ridealong.sources.salesforce.objects import is_a
from ridealong.sources.salesforce.telling import Keys

_KINDS = {"Call": "phone_call", "Email": "email", "ListEmail": "email"}
_DIRECTIONS = {"Inbound": "in", "Outbound": "out"}


class ActivityTeller:
    """Turns tasks and events into facts."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def task(self, row: Row, people: Iterable[str]) -> Fact:
        """Tell a task, a logged phone call or e-mail. ``people``: ids of who else takes part."""
        seconds = row.get("CallDurationInSeconds")
        more = {
            "kind": _KINDS.get(line(row.get("TaskSubtype")), "task"),
            "direction": _DIRECTIONS.get(line(row.get("CallType")), ""),
            "minutes": None if seconds is None else float(seconds) / 60,
            "done": bool(row.get("IsClosed")),
            "begins": self._happened(row) or needed(row, "CreatedDate"),
        }
        return self._activity(row, people, more)

    def event(self, row: Row, people: Iterable[str]) -> Fact:
        """Tell an event; a private one is not there."""
        begins = moment(row.get("ActivityDateTime")) or self._midnight(row.get("ActivityDate"))
        minutes = row.get("DurationInMinutes")
        more = {
            "kind": "meeting",
            "minutes": None if minutes is None else float(minutes),
            "begins": begins or needed(row, "CreatedDate"),
        }
        return self._activity(row, people, more)

    def _activity(self, row: Row, people: Iterable[str], more: Row) -> Fact:
        keys = self._keys
        key, made = f"activity:{keys.of(row['Id'])}", needed(row, "CreatedDate")
        if row.get("IsDeleted") or row.get("IsPrivate"):
            return Fact("activity", key, made, {"deleted": True}, key)
        about, everybody = row.get("WhatId"), {str(row.get("WhoId")), *people}
        company = row.get("AccountId") or (about if is_a("company", about) else None)
        contacts = sorted({str(keys.of(each)) for each in everybody if is_a("contact", each)})
        members = {keys.members[each] for each in everybody if each in keys.members}
        member = keys.member(row.get("OwnerId")) if row.get("OwnerId") else None
        invited = {each for each in people if each}
        # Invited were colleagues only, and nobody of the buyer.
        ours = bool(invited) and not row.get("WhoId") and invited <= keys.members.keys()
        changes = {
            **({"among_us": True} if ours else {}),
            "deal": keys.of(about) if is_a("deal", about) else None,
            "company": keys.of(company),
            "member": member,
            "members": sorted(members - {str(member)}) or None,
            "contacts": contacts or None,
            "title": line(row.get("Subject")),
            "text": str(row.get("Description") or "").replace("\x00", "").strip()[:MAX_TEXT],
            **more,
        }
        return Fact("activity", key, made, changes, key)

    def _happened(self, row: Row) -> datetime | None:
        """When a task is due, or was done: to the minute where both name the same day."""
        done = moment(row.get("CompletedDateTime"))
        due = day(row.get("ActivityDate"))
        if done and (due is None or done.astimezone(self._keys.ours.zone).date() == due):
            return done
        return self._midnight(due)

    def _midnight(self, value: Any) -> datetime | None:
        found = day(value)
        return datetime.combine(found, time(), self._keys.ours.zone) if found else None
