"""What Odoo says of messages, meetings and what is to be done, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from email.utils import parseaddr

from ridealong.record.facts import Fact
from ridealong.sources.base.rows import Row, line, moment, needed, words
from ridealong.sources.odoo.asking import name_of, number_of, plain
from ridealong.sources.odoo.people import People

SPOKEN = [
    "|",
    ["mail_activity_type_id", "!=", False],
    ["message_type", "in", ["email", "email_outgoing", "comment"]],
]
"""Messages that somebody wrote, and what was done; not what Odoo notes by itself."""
_CATEGORIES = {"phonecall": "phone_call", "meeting": "meeting"}
_ENVELOPE = "fa-envelope"


class Activities:
    """Turns activities into facts.

    ``types``: rows of mail.activity.type by id; ``internal``: the subtypes of messages that only
    colleagues see.
    """

    def __init__(
        self, prefix: str, people: People, types: Mapping[int, Row], internal: Iterable[int]
    ) -> None:
        self._prefix, self._people, self._types = prefix, people, types
        self._internal = frozenset(internal)

    def key(self, what: str, number: int) -> str:
        """Return an activity's key: message:7, meeting:7 or todo:7."""
        return f"{what}:{self._prefix}{number}"

    def message(self, row: Row) -> Iterator[Fact]:
        """Tell a mail, a note, or what was done."""
        row = plain(row)
        key, at = self.key("message", row["id"]), needed(row, "date")
        text, title = words(row.get("body")), line(row.get("subject"))
        kind, outgoing = self._spoken(row)
        if not (text or title or row.get("attachment_ids") or row.get("mail_activity_type_id")):
            # Odoo empties a message that somebody deletes.
            yield Fact("activity", key, at, {"deleted": True}, key)
            return
        author = number_of(row.get("author_id"))
        changes = {
            "kind": kind,
            "deal": self._people.key(row.get("res_id")),
            "member": self._people.colleague(author),
            "contacts": self._contacts([author, *recipients(row)]),
            "direction": ("out" if outgoing else "in") if kind == "email" else "",
            "title": title or line(name_of(row.get("mail_activity_type_id"))),
            "text": text,
            "people": _sender(row) if kind == "email" else None,
            "done": True,
            "deleted": False,
        }
        yield Fact("activity", key, at, changes, key)

    def _spoken(self, row: Row) -> tuple[str, bool]:
        """Return a message's kind, and whether a colleague wrote it."""
        author = number_of(row.get("author_id"))
        ours = self._people.colleague(author) is not None
        done = number_of(row.get("mail_activity_type_id"))
        if done:
            kind = self.kind(done)
            # The meeting itself is in the calendar; this says what came of it.
            return ("note" if kind == "meeting" else kind), True
        if row.get("message_type") in {"email", "email_outgoing"}:
            return "email", ours
        internal = row.get("is_internal") or number_of(row.get("subtype_id")) in self._internal
        outside = any(self._people.colleague(each) is None for each in recipients(row))
        return ("note" if internal or (ours and not outside) else "email"), ours

    def meeting(self, row: Row) -> Iterator[Fact]:
        """Tell a meeting of the calendar that belongs to an opportunity; private ones are not."""
        row = plain(row)
        if row.get("privacy") == "private":
            return
        key, at = self.key("meeting", row["id"]), needed(row, "create_date")
        if row.get("active") is not True:
            yield Fact("activity", key, at, {"deleted": True}, key)
            return
        guests = [self._people.colleague(each) for each in recipients(row)]
        hours = row.get("duration")
        changes = {
            **({"among_us": True} if len(guests) > 1 and all(guests) else {}),
            "kind": "meeting",
            "deal": self._people.key(number_of(row.get("opportunity_id"))),
            "member": self._people.member(number_of(row.get("user_id"))),
            "members": sorted({each for each in guests if each}) or None,
            "contacts": self._contacts(recipients(row)),
            "title": line(row.get("name")),
            "text": words(row.get("description")),
            "minutes": round(hours * 60, 1) if hours and not row.get("allday") else None,
            "begins": needed(row, "start"),
            "deleted": False,
        }
        yield Fact("activity", key, at, changes, key)

    def todo(self, row: Row) -> Iterator[Fact]:
        """Tell what is to be done; a meeting to be held is in the calendar."""
        row = plain(row)
        if row.get("calendar_event_id"):
            return
        key = self.key("todo", row["id"])
        changes = {
            "kind": self.kind(number_of(row.get("activity_type_id"))),
            "deal": self._people.key(row.get("res_id")),
            "member": self._people.member(number_of(row.get("user_id"))),
            "title": self.step(row),
            "text": words(row.get("note")),
            "done": False,
            "begins": moment(row.get("date_deadline")),
            "deleted": False,
        }
        yield Fact("activity", key, needed(row, "create_date"), changes, key)

    def kind(self, number: int | None) -> str:
        """Return the kind of activity that one of this type is."""
        known = plain(self._types.get(number or 0, {}))
        if known.get("icon") == _ENVELOPE:
            return "email"
        return _CATEGORIES.get(str(known.get("category")), "task")

    @staticmethod
    def step(row: Row) -> str:
        """Return in a few words what is to be done."""
        row = plain(row)
        return line(row.get("summary")) or line(name_of(row.get("activity_type_id")))

    def _contacts(self, partners: Iterable[int | None]) -> list[str] | None:
        found = {self._people.contact(each) for each in partners}
        return sorted(each for each in found if each) or None


def recipients(row: Row) -> list[int]:
    """Return the partners that a message went to, or that a meeting invites."""
    return [*(row.get("partner_ids") or []), *(row.get("notified_partner_ids") or [])]


def earliest(todos: Iterable[Row]) -> Row | None:
    """Return what is due first; of several on a day what was planned first."""
    return min(todos, key=lambda row: (_due(row), row["id"]), default=None)


def _due(row: Row) -> date:
    found = moment(plain(row).get("date_deadline"))
    return found.date() if found else date.max


def _sender(row: Row) -> list[dict[str, str]] | None:
    name, email = parseaddr(line(row.get("email_from")))
    return [{"email": email.lower(), "name": name, "answer": ""}] if "@" in email else None
