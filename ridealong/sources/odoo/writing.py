"""Writing back to Odoo: close date, stage, next step and notes."""

from __future__ import annotations

from html import escape
from typing import Any

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Edit
from ridealong.sources.base.rows import Row
from ridealong.sources.base.writing import to_write
from ridealong.sources.odoo.activities import Activities, earliest
from ridealong.sources.odoo.asking import Odoo, number_of, plain
from ridealong.sources.odoo.todos import OPEN
from ridealong.sources.odoo.wanted import LEAD, TODO

FIELDS = frozenset({"close_date", "stage", "next_step", "note"})
_TAKES_MARKED_TEXT = 17
_TO_DO = "mail.mail_activity_data_todo"


def write(access: Access, edit: Edit, *, anyway: bool) -> None:
    """Write one field. Raises ``Differs``, ``Refused``, ``TryAgain``, or ``No`` while reading."""
    reading, writing = Odoo(access), Odoo(access, writing=True)
    number = edit.deal.removeprefix(access.prefix)
    rows = (
        reading.of(LEAD, [int(number)], ["date_deadline", "stage_id"]) if number.isdigit() else {}
    )
    if not rows:
        raise Refused("Odoo has no such opportunity any more, or not for this user.")
    deal, row = int(number), rows[int(number)]
    if edit.field == "note":
        _note(writing, deal, edit.value or "")
    elif edit.field == "next_step":
        _next_step(access, reading, writing, edit, deal, anyway=anyway)
    else:
        _field(access, writing, edit, row, anyway=anyway)


def _field(access: Access, writing: Odoo, edit: Edit, row: Row, *, anyway: bool) -> None:
    stage = edit.field == "stage"
    name = "stage_id" if stage else "date_deadline"
    there: Any = number_of(row[name]) if stage else plain(row)[name]
    if not to_write(access, edit, str(there) if there else None, anyway=anyway):
        return
    value: Any = edit.value or False
    if stage:
        value = (edit.value or "").removeprefix(access.prefix)
        if not value.isdigit():
            raise Refused("An opportunity in Odoo always has one of its stages.")
        value = int(value)
    writing.does(LEAD, "write", [row["id"]], vals={name: value})


def _next_step(
    access: Access, reading: Odoo, writing: Odoo, edit: Edit, deal: int, *, anyway: bool
) -> None:
    """The next step there is the activity that is due next: its summary, or a new one to do."""
    names = ["summary", "activity_type_id", "date_deadline"]
    following = earliest(reading.rows(TODO, [*OPEN, ["res_id", "=", deal]], names))
    current = Activities.step(following) if following else None
    if not to_write(access, edit, current, anyway=anyway):
        return
    if not edit.value:
        raise Refused("In Odoo a next step ends when its activity is marked as done there.")
    if following:
        writing.does(TODO, "write", [following["id"]], vals={"summary": edit.value})
    else:
        writing.does(LEAD, "activity_schedule", [deal], act_type_xmlid=_TO_DO, summary=edit.value)


def _note(writing: Odoo, deal: int, text: str) -> None:
    """A note there is HTML: what a person wrote is only text."""
    said = {"body": escape(text).replace("\n", "<br>"), "subtype_xmlid": "mail.mt_note"}
    if writing.number >= _TAKES_MARKED_TEXT:
        said["body_is_html"] = True  # type: ignore[assignment]  # else it is escaped again
    writing.does(LEAD, "message_post", [deal], message_type="comment", **said)
