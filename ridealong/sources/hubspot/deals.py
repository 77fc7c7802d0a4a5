"""What HubSpot says of a deal: how it is, and the past that is kept of its properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.record.facts import Fact
from ridealong.sources.base.deals import Change, deal_facts
from ridealong.sources.base.rows import EARLY, Odd, Row, amount, line, needed
from ridealong.sources.hubspot.asking import PRIMARY, Linked
from ridealong.sources.hubspot.telling import Teller
from ridealong.sources.hubspot.values import day, text, when

PAST = (
    "dealstage",
    "amount",
    "closedate",
    "hubspot_owner_id",
    "dealname",
    "hs_manual_forecast_category",
    "hs_next_step",
    "deal_currency_code",
)
"""Properties whose past is read. The pipeline's is in the stage's: stages have one pipeline."""
NOW = (
    *PAST,
    "closed_lost_reason",
    "createdate",
    "hs_lastmodifieddate",
    "hs_is_closed",
    "hs_is_closed_won",
    "hs_merged_object_ids",
)
_CATEGORIES = {
    "OMIT": "omitted",
    "PIPELINE": "pipeline",
    "BEST_CASE": "best_case",
    "COMMIT": "commit",
    "CLOSED": "closed",
}
_AT_ONCE = timedelta(minutes=1)
"""What a deal is created with is written within so long."""


class Deals:
    """Turns rows of deals into facts. ``zone`` and ``currency`` are the account's."""

    def __init__(self, teller: Teller, zone: ZoneInfo, currency: str | None) -> None:
        self._teller = teller
        self._reading: dict[str, tuple[str, Callable[[Any], Any]]] = {
            "dealstage": ("stage", teller.key),
            "amount": ("amount", amount),
            "closedate": ("close_date", lambda value: day(value, zone)),
            "hubspot_owner_id": ("salesperson", teller.owner),
            "dealname": ("name", line),
            "hs_manual_forecast_category": ("category", lambda value: _CATEGORIES.get(line(value))),
            "hs_next_step": ("next_step", lambda value: text(value) or None),
            "deal_currency_code": ("currency", lambda value: line(value) or currency),
        }

    def deal(
        self, row: Row, companies: Sequence[Linked], contacts: Sequence[Linked]
    ) -> Iterator[Fact]:
        """Tell a deal, its past, and that those which were merged into it are no more."""
        key, said = f"{self._teller.key(row['id'])}", row["properties"]
        created = when(said.get("createdate")) or needed(row, "createdAt")
        history: list[Change] = []
        fields = {"status"}
        for name, entries in (row.get("propertiesWithHistory") or {}).items():
            if name in self._reading and entries:
                fields.add(self._reading[name][0])
                history += self._changes(key, name, entries, created)
        company = next((end for end in companies if end.label == PRIMARY), None)
        company = company or next(iter(companies), None)
        values = {
            **{field: read(said.get(name)) for name, (field, read) in self._reading.items()},
            "status": self._status(said),
            "company": self._teller.key(company.id) if company else None,
            "lost_reason": line(said.get("closed_lost_reason")) or None,
            "contacts": {
                f"{self._teller.key(end.id)}": line(end.label) or "contact" for end in contacts
            }
            or None,
        }
        yield from deal_facts(
            key,
            created=min([created, *(change.at for change in history)]),
            modified=when(said.get("hs_lastmodifieddate")) or needed(row, "updatedAt"),
            values=values,
            history=history,
            tracked=fields,
        )
        # Corrects what was said while it was deleted, in case it was.
        yield Fact("deal", key, created, {"deleted": False}, f"deleted:{key}")
        yield from (self.merged(number) for number in merged_ids(row))

    def archived(self, row: Row) -> Fact:
        """Tell that a deal was deleted; it may be restored."""
        key = f"{self._teller.key(row['id'])}"
        return Fact("deal", key, needed(row, "archivedAt"), {"deleted": True}, f"deleted:{key}")

    def merged(self, number: str) -> Fact:
        """Tell that a deal is no more, nor was: the one it became has its whole past.

        HubSpot makes a new deal of two, with both pasts. Were theirs left, each would count twice.
        """
        key = f"{self._teller.key(number)}"
        return Fact("deal", key, EARLY, {"deleted": True}, f"deleted:{key}")

    def _status(self, said: Row) -> str:
        known = self._teller.status(said.get("dealstage"))
        if known is None and said.get("hs_is_closed") == "true":
            return "won" if said.get("hs_is_closed_won") == "true" else "lost"
        return known or "open"

    def _changes(
        self, deal: str, name: str, entries: Sequence[Row], created: datetime
    ) -> Iterator[Change]:
        """Turn a property's versions, the newest first, into changes.

        The first version is no change if the deal was created with it.
        """
        field, read = self._reading[name]
        timed = [(_at(entry), entry) for entry in reversed(entries)]
        timed.sort(key=lambda each: each[0])
        before: Any = None
        for index, (at, entry) in enumerate(timed):
            value = read(entry.get("value"))
            if index == 0 and at <= created + _AT_ONCE:
                before = entry.get("value")
                continue
            if value != read(before):
                mark = f"{deal}:{name}:{at.isoformat()}:{line(entry.get('value'))[:80]}"
                changes, was = {field: value}, {field: read(before)}
                if field == "stage":
                    changes["status"] = self._teller.status(entry.get("value")) or "open"
                    was["status"] = self._teller.status(before) or "open"
                yield Change(mark, at, changes, was)
            before = entry.get("value")


def merged_ids(row: Row) -> list[str]:
    """Return the ids of what was merged into this one."""
    ids = line(row["properties"].get("hs_merged_object_ids")).split(";")
    return [each for each in ids if each and each != str(row["id"])]


def _at(entry: Row) -> datetime:
    found = when(entry.get("timestamp"))
    if found is None:
        raise Odd("a version without its time")
    return found
