"""Stands for HubSpot's API: lists, searches, batches, associations, changes, tokens.

After the models and parameters of HubSpot's own clients (hubspot-api-client 12.0.0 for Python and
@hubspot/api-client 13.5.0, made from its published OpenAPI descriptions): paging by ``after``,
searches that give ``reach`` results at most (10,000 there), batches of 100 (50 with history, 1,000
of associations), versions with the newest first, errors with ``category`` and ``policyName``.
Stricter than HubSpot: a parameter or property that there is not is refused, never ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from werkzeug import Request, Response

from tests.sources.hubspot.answers import No, body, only, paged, refused, said
from tests.sources.hubspot.portal import Portal

_OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "EQ": lambda there, asked: there == asked,
    "GT": lambda there, asked: there > asked,
    "GTE": lambda there, asked: there >= asked,
    "LT": lambda there, asked: there < asked,
    "LTE": lambda there, asked: there <= asked,
}
_SEARCH = {"query", "limit", "after", "sorts", "properties", "filterGroups"}
_READ = {"inputs", "properties", "propertiesWithHistory", "idProperty"}
WRITTEN = 200.0
"""The day on which what a test writes is written."""


class Fake:
    """The service over a portal. ``fail``: answers to give before its own; ``asked``: paths.

    ``lacks``: {kind of object: the scope that the app was not given}. ``failing``: numbers of
    requests that are answered with 503, as is the next one of ``busy_once``'s paths.
    """

    def __init__(self, portal: Portal, reach: int = 10_000) -> None:
        self.portal = portal
        self.reach = reach
        self.fail: list[Response] = []
        self.failing: set[int] = set()
        self.busy_once: set[str] = set()
        self.asked: list[str] = []
        self.lacks: dict[str, str] = {}
        self.token = "s3cret-token"
        self.refresh = "s3cret-refresh"
        self.notes: list[dict[str, Any]] = []
        self.changed: list[dict[str, str]] = []

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.path)
        if len(self.asked) in self.failing or request.path in self.busy_once:
            self.busy_once.discard(request.path)
            answer = refused(503, "busy", "SERVICE_UNAVAILABLE")
        elif self.fail:
            answer = self.fail.pop(0)
        else:
            try:
                answer = self._answer(request)
            except No as no:
                answer = no.response
        return answer(environ, start_response)

    def _answer(self, request: Request) -> Response:
        path = request.path.strip("/")
        if path == "oauth/v1/token":
            return self._renew(request)
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            message = "The OAuth token used to make this call expired"
            raise No(401, message, "EXPIRED_AUTHENTICATION")
        if path.startswith("crm/v3/objects/"):
            what, *rest = path.removeprefix("crm/v3/objects/").split("/")
            self._may(what)
            return self._objects(request, what, rest)
        return self._other(request, path)

    def _other(self, request: Request, path: str) -> Response:
        match [request.method, *path.split("/")]:
            case ["GET", "account-info", "v3", "details"]:
                return said(self.portal.details)
            case ["GET", "crm", "v3", "owners"]:
                self._may("owners")
                return self._owners(request)
            case ["GET", "crm", "v3", "pipelines", "deals"]:
                only(request, set())
                return said({"results": self.portal.pipelines})
            case ["GET", "crm", "v3", "properties", what]:
                only(request, {"archived", "properties"})
                return said(
                    {"results": [{"name": n} for n in sorted(self.portal.properties[what])]}
                )
            case ["POST", "crm", "v4", "associations", what, to, "batch", "read"]:
                self._may(what)
                self._may(to)
                return self._links(body(request, {"inputs"}), what, to)
        raise No(404, "resource not found", "OBJECT_NOT_FOUND")

    def _may(self, what: str) -> None:
        if scope := self.lacks.get(what):
            message = "This app hasn't been granted all required scopes to make this call."
            detail = {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": [scope]},
            }
            raise No(403, message, "MISSING_SCOPES", errors=[detail])

    def _renew(self, request: Request) -> Response:
        wanted = {"grant_type", "client_id", "client_secret", "refresh_token"}
        if set(request.form) != wanted or request.form["refresh_token"] != self.refresh:
            return refused(400, "missing or invalid refresh token", "BAD_REFRESH_TOKEN")
        self.token += "-new"
        answer = {"access_token": self.token, "refresh_token": self.refresh, "expires_in": 1800}
        return said({**answer, "token_type": "bearer"})

    def _owners(self, request: Request) -> Response:
        only(request, {"email", "after", "limit", "archived"})
        archived = request.args.get("archived", "false") == "true"
        rows = [row for row in self.portal.owners if row["archived"] == archived]
        return paged(request, rows)

    def _objects(self, request: Request, what: str, rest: list[str]) -> Response:
        match [request.method, *rest]:
            case ["GET"]:
                only(request, {"limit", "after", "properties", "associations", "archived"})
                return self._list(request, what)
            case ["POST", "search"]:
                return self._search(body(request, _SEARCH), what)
            case ["POST", "batch", "read"]:
                only(request, {"archived"})
                return self._batch(body(request, _READ), what)
            case ["GET", number]:
                only(request, {"properties", "propertiesWithHistory", "archived"})
                names = request.args.get("properties", "").split(",")
                return said(self._row(what, self._living(what, number), names))
            case ["PATCH", number]:
                return self._change(what, number, body(request, {"properties"})["properties"])
            case ["POST"] if what == "notes":
                self.notes.append(body(request, {"properties", "associations"}))
                self._known(what, self.notes[-1]["properties"])
                return said({"id": "1"}, 201)
        raise No(404, "resource not found", "OBJECT_NOT_FOUND")

    def _list(self, request: Request, what: str) -> Response:
        archived = request.args.get("archived", "false") == "true"
        rows = self.portal.rows[what].items()
        found = [
            self._row(what, number, ()) for number, row in rows if bool(row["deleted"]) == archived
        ]
        return paged(request, found)

    def _search(self, asked: dict[str, Any], what: str) -> Response:
        limit, after = int(asked.get("limit", 10)), int(asked.get("after", 0))
        if limit > 200 or after + limit > self.reach:
            raise No(400, f"paging beyond {self.reach} results", "VALIDATION_ERROR")
        self._known(what, asked.get("properties", ()))
        filters = [each for group in asked.get("filterGroups", ()) for each in group["filters"]]
        (sort,) = asked["sorts"]
        self._known(what, [sort["propertyName"], *(each["propertyName"] for each in filters)])
        found = [
            (_number(row["values"][sort["propertyName"]]), int(number), number)
            for number, row in self.portal.rows[what].items()
            if not row["deleted"] and all(_fits(row["values"], each) for each in filters)
        ]
        found.sort()
        page = [each[2] for each in found[after : after + limit]]
        answer: dict[str, Any] = {
            "total": len(found),
            "results": [self._row(what, number, asked.get("properties", ())) for number in page],
        }
        if after + limit < len(found):
            answer["paging"] = {"next": {"after": str(after + limit)}}
        return said(answer)

    def _batch(self, asked: dict[str, Any], what: str) -> Response:
        past = asked.get("propertiesWithHistory", ())
        ids = [each["id"] for each in asked["inputs"]]
        if len(ids) > (50 if past else 100) or not ids:
            raise No(400, f"{len(ids)} inputs are too many or none", "VALIDATION_ERROR")
        self._known(what, [*asked.get("properties", ()), *past])
        alive = {self.portal.became.get(number, number) for number in ids}
        found = [
            self._row(what, number, asked.get("properties", ()), past)
            for number in sorted(alive)
            if number in self.portal.rows[what] and not self.portal.rows[what][number]["deleted"]
        ]
        return said(
            {"status": "COMPLETE", "results": found}, 200 if len(found) == len(ids) else 207
        )

    def _links(self, asked: dict[str, Any], what: str, to: str) -> Response:
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

    def _change(self, what: str, number: str, values: dict[str, str]) -> Response:
        self._known(what, values)
        stages = {s["id"]: p["id"] for p in self.portal.pipelines for s in p["stages"]}
        stage = values.get("dealstage")
        now = self.portal.rows[what][self._living(what, number)]["values"]
        pipeline = values.get("pipeline", now.get("pipeline"))
        if stage is not None and stages.get(stage) != pipeline:
            raise No(
                400,
                f'Property values were not valid: [{{"isValid":false,"message":"{stage} was not '
                'one of the allowed options"}]',
                "VALIDATION_ERROR",
            )
        self.changed.append(values)
        self.portal.put(what, int(number), WRITTEN, **values)
        return said(self._row(what, number, ()))

    def _living(self, what: str, number: str) -> str:
        number = self.portal.became.get(number, number)
        row = self.portal.rows[what].get(number)
        if row is None or row["deleted"]:
            raise No(404, "resource not found", "OBJECT_NOT_FOUND")
        return number

    def _known(self, what: str, names: Iterable[str]) -> None:
        if unknown := set(names) - self.portal.properties[what]:
            message = f"Property {min(unknown)!r} does not exist"
            raise No(400, message, "VALIDATION_ERROR", subCategory="PROPERTY_DOESNT_EXIST")

    def _row(
        self, what: str, number: str, names: Iterable[str], past: Iterable[str] = ()
    ) -> dict[str, Any]:
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
    return {"toObjectId": number, "associationTypes": [plain, named] if label else [plain]}
