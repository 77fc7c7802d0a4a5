"""Writing a field of an opportunity back."""

from __future__ import annotations

import re

from simple_salesforce.format import format_soql

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Edit
from ridealong.sources.base.rows import line
from ridealong.sources.base.writing import to_write
from ridealong.sources.salesforce.asking import Org

_NAMES = {"stage": "StageName", "close_date": "CloseDate", "next_step": "NextStep"}
FIELDS = frozenset({*_NAMES, "note"})
"""What can be written back."""
_ID = re.compile(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")
_NEXT_STEP = 255
_TITLE = 80


def write(org: Org, access: Access, edit: Edit, *, anyway: bool) -> None:
    """Write a field, or add a note. Raises ``Differs``, ``Refused`` or ``TryAgain``."""
    deal = edit.deal.removeprefix(access.prefix)
    if not _ID.fullmatch(deal):
        raise Refused("This deal is not one of Salesforce's.")
    if edit.field == "note":
        _add_note(org, deal, edit.value or "")
        return
    name = _NAMES[edit.field]
    if edit.field == "next_step" and len(edit.value or "") > _NEXT_STEP:
        raise Refused(f"Salesforce takes a next step of at most {_NEXT_STEP} characters.")
    rows = next(org.listed("Opportunity", [format_soql("Id = {}", deal)])).rows
    if not rows or rows[0].get("IsDeleted"):
        raise Refused("The opportunity is not there any more.")
    if name not in rows[0]:
        raise Refused(f"Salesforce does not show this user {name}.")
    current = line(rows[0][name]) or None
    if not to_write(access, edit, current, anyway=anyway):
        return
    value = edit.value
    if value and edit.field == "stage":
        value = value.removeprefix(access.prefix)
    org.change("Opportunity", deal, {name: value})


def _add_note(org: Org, deal: str, text: str) -> None:
    """Add a note, unless it is there: the answer to an earlier try may have been lost."""
    notes = org.related("Note", "ParentId", [deal])
    if any(note.get("Body") == text and not note.get("IsDeleted") for note in notes):
        return
    title = next((words for each in text.splitlines() if (words := each.strip())), "Note")
    org.add("Note", {"ParentId": deal, "Title": title[:_TITLE], "Body": text})
