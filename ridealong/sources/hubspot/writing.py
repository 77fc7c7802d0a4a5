"""Writing a field of a deal back."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

from ridealong.lib import clock
from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Edit
from ridealong.sources.base.rows import Row
from ridealong.sources.base.writing import to_write
from ridealong.sources.hubspot.asking import HubSpot
from ridealong.sources.hubspot.values import day, noon, text

_PROPERTIES = {"close_date": "closedate", "stage": "dealstage", "next_step": "hs_next_step"}
FIELDS = frozenset({*_PROPERTIES, "note"})


def write(account: HubSpot, access: Access, edit: Edit, *, anyway: bool) -> None:
    """Write one field, or add a note, to a deal.

    Raises ``Differs``, ``Refused`` or ``TryAgain``.
    """
    number = edit.deal.removeprefix(access.prefix)
    if edit.field == "note":
        note = escape(edit.value or "").replace("\n", "<br>")
        account.add_note(number, {"hs_note_body": note, "hs_timestamp": clock.now().isoformat()})
        return
    deal = account.deal(number, ("pipeline", *_PROPERTIES.values()))
    if str(deal.get("id")) != number:
        raise Refused(f"HubSpot merged this deal into another one, {deal.get('id')}.")
    said = deal["properties"]
    zone = account.details().zone or ZoneInfo("UTC")
    if to_write(access, edit, _current(edit.field, said, zone), anyway=anyway):
        account.change(number, _values(account, access, edit, said, zone))


def _current(field: str, said: Row, zone: ZoneInfo) -> str | None:
    value = said.get(_PROPERTIES[field])
    if field == "close_date":
        found = day(value, zone)
        return found.isoformat() if found else None
    return text(value) or None


def _values(
    account: HubSpot, access: Access, edit: Edit, said: Row, zone: ZoneInfo
) -> dict[str, str]:
    name = _PROPERTIES[edit.field]
    if edit.field == "close_date":
        return {name: noon(edit.value, zone) if edit.value else ""}
    if edit.field == "next_step":
        return {name: edit.value or ""}
    if not edit.value:
        raise Refused("A deal in HubSpot always has a stage.")
    stage = edit.value.removeprefix(access.prefix)
    pipeline = _pipeline(account, stage)
    # A stage of another pipeline is taken only together with that pipeline.
    moved = {"pipeline": pipeline} if pipeline not in {None, said.get("pipeline")} else {}
    return {name: stage, **moved}


def _pipeline(account: HubSpot, stage: str) -> str | None:
    """Return the id of a stage's pipeline; None where HubSpot is to say that there is none."""
    for pipeline in account.pipelines():
        if any(str(row.get("id")) == stage for row in pipeline.get("stages") or ()):
            return str(pipeline["id"])
    return None
