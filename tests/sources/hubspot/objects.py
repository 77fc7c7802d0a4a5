"""Objects of a portal as HubSpot's API tells them: lists, searches, batches, associations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from werkzeug import Request, Response

from tests.sources.hubspot.answers import No, paged, said
from tests.sources.hubspot.portal import Portal

_OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "EQ": lambda there, asked: there == asked,
    "GT": lambda there, asked: there > asked,
    "GTE": lambda there, asked: there >= asked,
    "LT": lambda there, asked: there < asked,
    "LTE": lambda there, asked: there <= asked,
}


class Objects:
    """What there is. ``reach``: how many results a search gives at most."""

    def __init__(self, portal: Portal, reach: int) -> None:
        self.portal = portal
        self.reach = reach

    def list(self, request: Request, what: str) -> Response:
        """Return a page of a list."""
        archived = request.args.get("archived", "false").lower() == "true"
        rows = self.portal.rows[what].items()
        found = [
            self.row(what, number, ()) for number, row in rows if bool(row["deleted"]) == archived
        ]
        return paged(request, found)

    def search(self, asked: dict[str, Any], what: str) -> Response:
        """Return a page of what a search finds."""
        limit, after = int(asked.get("limit", 10)), int(asked.get("after", 0))
        if limit > 200 or after + limit > self.reach:
            raise No(400, f"paging beyond {self.reach} results", "VALIDATION_ERROR")
        self.known(what, asked.get("properties", ()))
        filters = [each for group in asked.get("filterGroups", ()) for each in group["filters"]]
        (sort,) = asked["sorts"]
        self.known(what, [sort["propertyName"], *(each["propertyName"] for each in filters)])
        found = [
            (_number(row["values"][sort["propertyName"]]), int(number), number)
            for number, row in self.portal.rows[what].items()
            if not row["deleted"] and all(_fits(row["values"], each) for each in filters)
        ]
        found.sort()
        page = [each[2] for each in found[after : after + limit]]
        answer: dict[str, Any] = {
            "total": len(found),
            "results": [self.row(what, number, asked.get("properties", ())) for number in page],
        }
        if after + limit < len(found):
            answer["paging"] = {"next": {"after": str(after + limit)}}
        return said(answer)

    def batch(self, asked: dict[str, Any], what: str) -> Response:
        """Return those that are asked for, and for merged ones what they became."""
        past = asked.get("propertiesWithHistory", ())
        ids = [each["id"] for each in asked["inputs"]]
        if len(ids) > (50 if past else 100) or not ids:
            raise No(400, f"{len(ids)} inputs are too many or none", "VALIDATION_ERROR")
        self.known(what, [*asked.get("properties", ()), *past])
        alive = {self.portal.became.get(number, number) for number in ids}
        found = [
            self.row(what, number, asked.get("properties", ()), past)
            for number in sorted(alive)
            if number in self.portal.rows[what] and not self.portal.rows[what][number]["deleted"]
        ]
        return said(
            {"status": "COMPLETE", "results": found}, 200 if len(found) == len(ids) else 207
        )

    def links(self, asked: dict[str, Any], what: str, to: str) -> Response:
        """Return associations, two of each on a page."""
        if not 0 < len(asked["inputs"]) <= 1000:
            raise No(400, "inputs are too many or none", "VALIDATION_ERROR")
        results, errors = [], []
        for each in asked["inputs"]:
            ends = sorted(self.portal.links.get((what, each["id"], to), {}).items())
            start = int(each.get("after", 0))
            if not ends:
                errors.append({"subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND"})
                continue
            row: dict[str, Any] = {
                "from": {"id": each["id"]},
                "to": [_end(end, label) for end, label in ends[start : start + 2]],
            }
            if start + 2 < len(ends):
                row["paging"] = {"next": {"after": str(start + 2)}}
            results.append(row)
        answer = {"status": "COMPLETE", "results": results}
        return said({**answer, "errors": errors, "numErrors": len(errors)}, 207 if errors else 200)

    def known(self, what: str, names: Iterable[str]) -> None:
        """Refuse properties that there are not."""
        if unknown := set(names) - self.portal.properties[what]:
            message = f"Property {min(unknown)!r} does not exist"
            raise No(400, message, "VALIDATION_ERROR", subCategory="PROPERTY_DOESNT_EXIST")

    def row(
        self, what: str, number: str, names: Iterable[str], past: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Return an object as it is told."""
        row = self.portal.rows[what][number]
        stamp = row["values"].get("lastmodifieddate") or row["values"]["hs_lastmodifieddate"]
        told: dict[str, Any] = {
            "id": number,
            "properties": {name: row["values"].get(name) for name in names},
            "createdAt": row["created"],
            "updatedAt": stamp,
            "archived": bool(row["deleted"]),
        }
        if row["deleted"]:
            told["archivedAt"] = row["deleted"]
        if past:
            told["propertiesWithHistory"] = {
                name: row["past"].get(name, [])[::-1] for name in past if name in row["past"]
            }
        return told


def _fits(values: dict[str, Any], asked: dict[str, str]) -> bool:
    there = values[asked["propertyName"]]
    return _OPERATORS[asked["operator"]](_number(there), int(asked["value"]))


def _number(value: str) -> int:
    if value.isdigit():
        return int(value)
    return round(datetime.fromisoformat(value).timestamp() * 1000)


def _end(number: str, label: str) -> dict[str, Any]:
    plain = {"category": "HUBSPOT_DEFINED", "typeId": 3, "label": None}
    named = {"category": "USER_DEFINED", "typeId": 12, "label": label}
    if label == "Primary":
        named = {"category": "HUBSPOT_DEFINED", "typeId": 5, "label": label}
    return {"toObjectId": number, "associationTypes": [plain, named] if label else [plain]}
