"""Stands for Salesforce's REST API: signing in, describing, querying, changing and adding.

After the REST API developer guide (version 60.0): errors as ``[{"message", "errorCode"}]``, an
expired token as 401 INVALID_SESSION_ID, more rows by ``nextRecordsUrl`` in batches of
``Sforce-Query-Options: batchSize`` (200 to 2,000), deleted rows by ``queryAll`` only, objects and
fields that the user may not see as if they were not there. After the OAuth guide: tokens for a
refresh token, client credentials or a password at ``/services/oauth2/token``.
"""

from __future__ import annotations

import json
import re
import socket
from typing import Any

from werkzeug import Request, Response

from tests.sources.salesforce import soql
from tests.sources.salesforce.organisation import Organisation

VERSION = "60.0"
_DATA = f"/services/data/v{VERSION}/"
_GRANTS = {
    "refresh_token": {"client_id": "app", "client_secret": "s3cret-app"},
    "client_credentials": {"client_id": "app", "client_secret": "s3cret-app"},
    "password": {
        "client_id": "app",
        "client_secret": "s3cret-app",
        "username": "sam",
        "password": "s3cret-wordTOKEN",
    },
}
_LONGEST = {"NextStep": 255, "Title": 80, "Body": 32_000}


class Salesforce(Organisation):
    """An organisation that answers.

    ``fail``: answers to give before its own, one after another; ``drop``: so many requests to cut
    without an answer; ``answers``: so many more, then only time-outs; ``rule``: a validation
    rule's words; ``rotates``: refresh tokens are good once; ``asked``: what came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fail: list[Response] = []
        self.drop = 0
        self.answers: int | None = None
        self.rule = ""
        self.rotates = False
        self.refresh = "s3cret-refresh-1"
        self.tokens: set[str] = set()
        self.given = 0
        self.asked: list[str] = []
        self._cursors: dict[str, list[soql.Row]] = {}

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.args.get("q") or f"{request.method} {request.path}")
        if self.drop:
            self.drop -= 1
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        if request.path == "/services/oauth2/token":
            answer = self._token(request)
        elif self.fail:
            answer = self.fail.pop(0)
        elif request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            answer = refused(401, "INVALID_SESSION_ID", "Session expired or invalid")
        else:
            answer = self._answer(request)
        if self.answers is not None:
            self.answers -= 1
            if self.answers < 0 and request.path == "/services/oauth2/token":
                answer = Response(status=503)
            elif self.answers < 0:
                answer = refused(400, "QUERY_TIMEOUT", "Your query request was running too long.")
        return answer(environ, start_response)

    def _token(self, request: Request) -> Response:
        form = request.form.to_dict()
        grant = form.pop("grant_type", "")
        wanted = dict(_GRANTS.get(grant, {"": ""}))
        if grant == "refresh_token":
            wanted["refresh_token"] = self.refresh
        if form != wanted:
            body = {"error": "invalid_grant", "error_description": "expired or wrong"}
            return Response(json.dumps(body), 400, mimetype="application/json")
        self.given += 1
        token = f"s3cret-token-{self.given}"
        self.tokens.add(token)
        body = {"access_token": token, "instance_url": request.host_url.rstrip("/")}
        if grant == "refresh_token" and self.rotates:
            self.refresh = body["refresh_token"] = f"s3cret-refresh-{self.given + 1}"
        return Response(json.dumps(body), mimetype="application/json")

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix(_DATA).rstrip("/")
        if request.method == "GET" and path in {"query", "queryAll"}:
            return self._query(request, with_deleted=path == "queryAll")
        if request.method == "GET" and (match := re.fullmatch(r"query/(01g\d+)-(\d+)", path)):
            return self._batch(request, match[1], int(match[2]))
        if request.method == "GET" and (match := re.fullmatch(r"sobjects/(\w+)/describe", path)):
            return self._described(match[1])
        if request.method == "PATCH" and (match := re.fullmatch(r"sobjects/(\w+)/(\w+)", path)):
            return self._changed(match[1], match[2], request.get_json())
        if request.method == "POST" and (match := re.fullmatch(r"sobjects/(\w+)", path)):
            return self._added(match[1], request.get_json())
        return refused(404, "NOT_FOUND", "The requested resource does not exist")

    def _query(self, request: Request, *, with_deleted: bool) -> Response:
        try:
            query = soql.read(request.args["q"])
            there = self.rows.get(query.name, {}).values()
            rows = query.rows(
                self.schema, [row for row in there if with_deleted or not row["IsDeleted"]]
            )
        except soql.Wrong as wrong:
            return refused(400, wrong.code, str(wrong))
        cursor = f"01g{len(self._cursors):06d}"
        self._cursors[cursor] = rows
        return self._batch(request, cursor, 0)

    def _batch(self, request: Request, cursor: str, start: int) -> Response:
        option = request.headers.get("Sforce-Query-Options", "batchSize=2000")
        size = int(option.removeprefix("batchSize="))
        if not 200 <= size <= 2000:
            return refused(400, "INVALID_QUERY_OPTIONS", "batch size: 200 to 2000")
        rows = self._cursors.get(cursor)
        if rows is None:
            return refused(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        end = start + size
        body: dict[str, Any] = {"totalSize": len(rows), "done": end >= len(rows)}
        if end < len(rows):
            body["nextRecordsUrl"] = f"{_DATA}query/{cursor}-{end}"
        body["records"] = [{"attributes": {"type": "?"}, **row} for row in rows[start:end]]
        return Response(json.dumps(body), mimetype="application/json")

    def _described(self, name: str) -> Response:
        if name not in self.schema:
            return refused(404, "NOT_FOUND", "The requested resource does not exist")
        fields = [{"name": field} for field in sorted(self.schema[name])]
        body = {"name": name, "queryable": True, "fields": fields}
        return Response(json.dumps(body), mimetype="application/json")

    def _changed(self, name: str, found: str, values: dict[str, Any]) -> Response:
        row = self.rows.get(name, {}).get(found)
        if row is None or name != "Opportunity":
            return refused(404, "NOT_FOUND", "Provided external ID field does not exist")
        if row["IsDeleted"]:
            return refused(404, "ENTITY_IS_DELETED", "entity is deleted")
        if wrong := self._wrong(name, values):
            return wrong
        self.deal(int(found[3:15]), 200, **values)
        return Response(status=204)

    def _added(self, name: str, values: dict[str, Any]) -> Response:
        if wrong := self._wrong(name, values):
            return wrong
        body = {"id": self.add(name, 200, **values), "success": True, "errors": []}
        return Response(json.dumps(body), 201, mimetype="application/json")

    def _wrong(self, name: str, values: dict[str, Any]) -> Response | None:
        stages = {row["ApiName"] for row in self.rows["OpportunityStage"].values()}
        for field, value in values.items():
            if field not in self.schema[name]:
                words = f"No such column '{field}' on sobject of type {name}"
                return refused(400, "INVALID_FIELD", words)
            if field in {"CloseDate", "StageName"} and value is None:
                words = f"Required fields are missing: [{field}]"
                return refused(400, "REQUIRED_FIELD_MISSING", words)
            if field == "StageName" and value not in stages:
                words = f"Stage: bad value for restricted picklist field: {value}"
                return refused(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", words)
            if len(str(value)) > _LONGEST.get(field, 1_000):
                return refused(400, "STRING_TOO_LONG", f"{field}: data value too large")
        if self.rule:
            return refused(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", self.rule)
        return None


def refused(status: int, code: str, message: str, **headers: str) -> Response:
    """Return an error as Salesforce gives it."""
    body = [{"message": message, "errorCode": code, "fields": []}]
    return Response(json.dumps(body), status, headers, mimetype="application/json")
