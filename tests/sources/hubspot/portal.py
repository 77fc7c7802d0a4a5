"""What a HubSpot account remembers: objects with their past, associations, deletion, merges."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from ridealong.sources.hubspot.activities import KINDS
from ridealong.sources.hubspot.deals import NOW
from ridealong.sources.hubspot.telling import COMPANY, CONTACT

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
_ALWAYS = ("createdate", "hs_lastmodifieddate", "hs_object_id", "hs_merged_object_ids")


def moment(day: float) -> str:
    """Return a time as HubSpot writes it."""
    at = BEGAN + timedelta(days=day)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


class Portal:
    """An account. ``properties``: which there are of each kind of object, for a test to take away.

    A row: its properties, their versions (the oldest first), and when it was deleted.
    """

    def __init__(self) -> None:
        self.properties: dict[str, set[str]] = {
            "deals": {*NOW, "pipeline", *_ALWAYS},
            "companies": {*COMPANY, *_ALWAYS},
            "contacts": {*CONTACT, "lastmodifieddate", *_ALWAYS},
            **{kind.what: {*kind.properties, *_ALWAYS} for kind in KINDS},
        }
        self.rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in self.properties}
        self.links: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        self.owners: list[dict[str, Any]] = []
        self.pipelines: list[dict[str, Any]] = []
        self.became: dict[str, str] = {}
        self.details: dict[str, Any] = {
            "portalId": 62515,
            "timeZone": "Europe/Berlin",
            "companyCurrency": "EUR",
        }

    def put(self, what: str, number: int, day: float = 0, **values: Any) -> None:
        """Keep an object, or change one."""
        at = moment(day)
        row = self.rows[what].setdefault(
            str(number), {"created": at, "values": {}, "past": {}, "deleted": None}
        )
        stamp = "lastmodifieddate" if what == "contacts" else "hs_lastmodifieddate"
        always = {"createdate": row["created"], "hs_object_id": str(number), stamp: at}
        for name, value in values.items():
            row["values"][name] = value
            entry = {"value": value or "", "timestamp": at, "sourceType": "CRM_UI"}
            row["past"].setdefault(name, []).append({**entry, "updatedByUserId": 7})
        row["values"].update(always)

    def link(self, what: str, number: int, to: str, other: int, label: str = "") -> None:
        """Associate two objects, in both directions."""
        self.links[what, str(number), to][str(other)] = label
        self.links[to, str(other), what][str(number)] = label

    def delete(self, what: str, number: int, day: float) -> None:
        """Delete an object; that is no change of it."""
        self.rows[what][str(number)]["deleted"] = moment(day)

    def restore(self, what: str, number: int) -> None:
        """Bring an object back; that is no change of it either."""
        self.rows[what][str(number)]["deleted"] = None

    def merge(self, one: int, other: int, into: int, day: float) -> None:
        """Make a new deal of two: it has the first one's values, both pasts and associations."""
        first, second = (self.rows["deals"][str(number)] for number in (one, other))
        self.put("deals", into, day)
        row = self.rows["deals"][str(into)]
        merged = f"{one};{other}"
        row["created"] = min(first["created"], second["created"])
        row["values"].update(first["values"])
        row["values"].update(
            {
                "createdate": row["created"],
                "hs_object_id": str(into),
                "hs_lastmodifieddate": moment(day),
                "hs_merged_object_ids": merged,
            }
        )
        for name in {*first["past"], *second["past"]}:
            versions = [*second["past"].get(name, ()), *first["past"].get(name, ())]
            row["past"][name] = sorted(versions, key=lambda entry: str(entry["timestamp"]))
        for number in (one, other):
            for what, from_id, to in list(self.links):
                if (what, from_id) == ("deals", str(number)):
                    for end, label in self.links.pop((what, from_id, to)).items():
                        self.links[to, end, "deals"].pop(str(number), None)
                        self.link("deals", into, to, int(end), label)
            self.delete("deals", number, day)
            self.became[str(number)] = str(into)
