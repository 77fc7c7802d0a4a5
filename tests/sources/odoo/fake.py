"""Stands for an Odoo server: version 19 with JSON-2, or 14 with the older RPC.

Fields, their types and the words of every refusal are those of two real servers (Odoo 19.0 and
14.0, with their own demonstration data), kept in ``recorded/``; test_fake.py compares. A model, a
field, a method or an argument that the real one does not have is refused as it refuses it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug import Request, Response

from tests.sources.odoo.domains import NoField, checked, matches

KEY = "s3cret-key"
DATABASE, LOGIN, USER = "acme", "sam@seller.example", 2
BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
_EMPTY: dict[str, Any] = {
    "float": 0.0, "monetary": 0.0, "integer": 0, "one2many": [], "many2many": [],
}  # fmt: skip
METHODS: dict[str, set[str]] = {
    "search_read": {"domain", "fields", "offset", "limit", "order"},
    "search": {"domain", "offset", "limit", "order"},
    "search_count": {"domain", "limit"},
    "fields_get": {"allfields", "attributes"},
    "read": {"fields", "load"},
    "write": {"vals"},
    "message_post": {"body", "body_is_html", "subtype_xmlid", "message_type", "subject"},
    "activity_schedule": {"act_type_xmlid", "date_deadline", "summary", "note"},
}
ON_MODELS = {"search_read", "search", "search_count", "fields_get"}
_FIRST = {"search_read": "domain", "search": "domain", "search_count": "domain", "write": "vals"}
_GROUPS = {19: "Role / Administrator", 14: "Administration/Settings"}


def recorded(version: int) -> dict[str, Any]:
    """Return what a real server of this version answered."""
    path = Path(__file__).with_name("recorded") / f"odoo-{version}.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def stamp(day: float) -> str:
    """Return a time as Odoo writes it."""
    return (BEGAN + timedelta(days=day)).strftime("%Y-%m-%d %H:%M:%S")


class Fault(Exception):
    """An error as Odoo raises it: its name, its words, and JSON-2's status."""

    def __init__(self, name: str, words: str, status: int) -> None:
        super().__init__(words)
        self.name, self.status = name, status
        self.arguments: list[Any] = [words, status] if name.startswith("werkzeug") else [words]

    def body(self) -> dict[str, Any]:
        """Return it as JSON-2 says it."""
        words = str(self)
        return {"name": self.name, "message": words, "arguments": self.arguments, "context": {}}


class _Dropped(Exception):
    """It was done, but the answer is lost on the way."""


class Server:
    """A server that remembers.

    ``fail``: answers to give before its own; ``breaks``: after so many questions one is answered
    with rubbish; ``refused``: models without a right; ``missing``: models of apps that are not
    there; ``lacking``: fields as "model.field"; ``hidden``: opportunities that its user may not
    see; ``says_no``: what it answers to every change; ``drops``: methods that it carries out
    without getting an answer through.
    """

    def __init__(self, version: int = 19) -> None:
        self.version = version
        self.fields: dict[str, dict[str, str]] = recorded(version)["fields"]
        self.tables: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in self.fields}
        self.fail: list[Response] = []
        self.refused: set[str] = set()
        self.missing: set[str] = set()
        self.lacking: set[str] = set()
        self.hidden: set[int] = set()
        self.says_no = ""
        self.drops: set[str] = set()
        self.breaks = -1
        self.asked: list[tuple[str, str, dict[str, Any]]] = []

    def has(self, model: str, field: str) -> bool:
        """Say whether a model has a field."""
        known = field == "id" or field in self.fields[model]
        return known and f"{model}.{field}" not in self.lacking

    def put(self, model: str, number: int, day: float = 0, /, **values: Any) -> dict[str, Any]:
        """Keep a row; what is not said is empty as Odoo has it."""
        row = {name: _EMPTY.get(kind, False) for name, kind in self.fields[model].items()}
        row |= {name: stamp(day) for name in ("create_date", "write_date", "date") if name in row}
        unknown = {name for name in values if not self.has(model, name)}
        assert not unknown, f"{model} has no {unknown}"
        self.tables[model][number] = {**row, "active": True, **values, "id": number}
        return self.tables[model][number]

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer."""
        request = Request(environ)
        self.breaks -= 1
        if self.breaks == -1:
            return Response("<html>")(environ, start_response)
        if self.fail:
            return self.fail.pop(0)(environ, start_response)
        try:
            return self._answer(request)(environ, start_response)
        except _Dropped:
            return Response("", 502)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        parts = request.path.strip("/").split("/")
        if parts == ["web", "webclient", "version_info"]:
            return _json(recorded(self.version)["version"])
        if parts == ["jsonrpc"]:
            return _json({"jsonrpc": "2.0", "id": 1, **self._rpc(request.get_json()["params"])})
        if parts[:2] == ["json", "2"] and self.version >= 19:
            return self._json2(request, *parts[2:])
        return Response("<h1>Not Found</h1>", 404, mimetype="text/html")

    def _json2(self, request: Request, model: str, method: str) -> Response:
        if request.headers.get("X-Odoo-Database") != DATABASE:
            page = "<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>"
            return Response(page, 404, mimetype="text/html")
        try:
            if request.headers.get("Authorization") != f"bearer {KEY}":
                raise Fault("werkzeug.exceptions.Unauthorized", "Invalid apikey", 401)
            named = request.get_json()
            return _json(self._call(model, method, named.pop("ids", None), named))
        except Fault as fault:
            return _json(fault.body(), fault.status)

    def _rpc(self, params: dict[str, Any]) -> dict[str, Any]:
        database, who, password, *arguments = params["args"]
        if database != DATABASE:
            words = f'FATAL:  database "{database}" does not exist\n'
            return _error(Fault("psycopg2.OperationalError", words, 500))
        if params["method"] == "authenticate":
            return {"result": USER if (who, password) == (LOGIN, KEY) else False}
        if (who, password) != (USER, KEY):
            return _error(Fault("odoo.exceptions.AccessDenied", "Access Denied", 403))
        model, method, positions, named = arguments
        try:
            ids = None if method in ON_MODELS or not positions else positions.pop(0)
            if "vals" in named or ("domain" in named and method != "search_read"):
                words = f"{method}() got an unexpected keyword argument {next(iter(named))!r}"
                raise Fault("builtins.TypeError", words, 500)
            if positions:
                named[_FIRST.get(method, "?")] = positions.pop(0)
            return {"result": self._call(model, method, ids, named)}
        except Fault as fault:
            return _error(fault)

    def _call(self, model: str, method: str, ids: Any, named: dict[str, Any]) -> Any:
        new = self.version >= 19
        if model not in self.fields or model in self.missing:
            if new:
                words = f"the model {model!r} does not exist"
                raise Fault("werkzeug.exceptions.NotFound", words, 404)
            raise Fault("odoo.exceptions.UserError", f"Object {model} doesn't exist", 422)
        if method.startswith("_"):
            name = f"'{model}.{method}'" if new else method
            words = f"Private methods (such as {name}) cannot be called remotely."
            raise Fault("odoo.exceptions.AccessError", words, 403)
        if method not in METHODS:
            if new:
                words = f"The method '{model}.{method}' does not exist"
                raise Fault("werkzeug.exceptions.NotFound", words, 404)
            words = f"type object '{model}' has no attribute '{method}'"
            raise Fault("builtins.AttributeError", words, 500)
        context = named.pop("context", {})
        for name in named.keys() - METHODS[method]:
            words = f"got an unexpected keyword argument '{name}'"
            raise Fault("werkzeug.exceptions.UnprocessableEntity", words, 422)
        self.asked.append((model, method, named))
        if model in self.refused and method != "fields_get":
            raise self._no_right(model)
        if ids is not None:
            result = getattr(self, f"_{method}")(model, ids, **named)
        else:
            result = getattr(self, f"_{method}")(model, context=context, **named)
        if method in self.drops:
            raise _Dropped
        return result

    def _no_right(self, model: str) -> Fault:
        name = {"mail.tracking.value": "Mail Tracking Value"}.get(model, model)
        words = (
            f"You are not allowed to access '{name}' ({model}) records.\n\nThis operation is "
            f"allowed for the following groups:\n\t- {_GROUPS[self.version]}\n\nContact your "
            "administrator to request access if necessary."
        )
        return Fault("odoo.exceptions.AccessError", words, 403)

    def _found(self, model: str, domain: list[Any], context: Any) -> list[dict[str, Any]]:
        try:
            checked(self, model, domain)
        except NoField as error:
            how = "condition" if self.version >= 19 else "leaf"
            words = f"Invalid field {error.model}.{error.field} in {how} {error.leaf!r}"
            raise Fault("builtins.ValueError", words, 500) from error
        return [
            row
            for row in self.tables[model].values()
            if (row["active"] or context.get("active_test") is False or not self._archives(model))
            and not (model == "crm.lead" and row["id"] in self.hidden)
            and matches(self, model, row, domain)
        ]

    def _archives(self, model: str) -> bool:
        return "active" in self.fields[model]

    def _search_read(
        self, model: str, *, context: Any, domain: Any = (), fields: Any = (), **more: Any
    ) -> list[dict[str, Any]]:
        rows = self._found(model, list(domain), context)
        for part in reversed(more.get("order", "id").split(", ")):
            name, _, way = part.partition(" ")
            rows.sort(key=lambda row: row[name], reverse=way == "desc")
        return [self._shown(model, row, fields) for row in rows[: more.get("limit")]]

    def _shown(self, model: str, row: dict[str, Any], fields: list[str]) -> dict[str, Any]:
        for name in fields:
            if not self.has(model, name):
                on = "on" if self.version >= 19 else "on model"
                raise Fault("builtins.ValueError", f"Invalid field '{name}' {on} '{model}'", 500)
        return {"id": row["id"], **{name: row[name] for name in fields}}

    def _search(self, model: str, context: Any, domain: Any = (), **more: Any) -> list[int]:
        rows = self._search_read(model, context=context, domain=domain, **more)
        return [row["id"] for row in rows]

    def _search_count(self, model: str, context: Any, domain: Any = ()) -> int:
        return len(self._found(model, list(domain), context))

    def _fields_get(
        self, model: str, context: Any, allfields: list[str], attributes: list[str]
    ) -> dict[str, Any]:
        assert attributes == ["type"]
        kinds = {"id": "integer", **self.fields[model]}
        return {name: {"type": kinds[name]} for name in allfields if self.has(model, name)}

    def _read(self, model: str, ids: list[int], fields: list[str]) -> list[dict[str, Any]]:
        if model == "crm.lead" and self.hidden & set(ids) & self.tables[model].keys():
            raise Fault("odoo.exceptions.AccessError", "Uh-oh! Top-secret records.", 403)
        if fields == ["id"]:
            # It does not look: 19 repeats what it was asked, 14 stumbles.
            if self.version < 19:
                for number in ids:
                    self._there(model, number)
            return [{"id": number} for number in ids]
        rows = [self.tables[model][number] for number in ids if number in self.tables[model]]
        return [self._shown(model, row, fields) for row in rows]

    def _there(self, model: str, number: int) -> dict[str, Any]:
        if self.says_no:
            raise Fault("odoo.exceptions.UserError", self.says_no, 422)
        row = self.tables[model].get(number)
        if row is None:
            words = (
                "Record does not exist or has been deleted.\n"
                f"(Record: {model}({number},), User: {USER})"
            )
            raise Fault("odoo.exceptions.MissingError", words, 404)
        return row

    def _write(self, model: str, ids: list[int], vals: dict[str, Any]) -> bool:
        for number in ids:
            row = self._there(model, number)
            if "stage_id" in vals:
                stage = self._there("crm.stage", vals["stage_id"])
                vals = {**vals, "stage_id": [stage["id"], stage["name"]]}
            row.update(vals)
        return True

    def _message_post(self, model: str, ids: list[int], **values: Any) -> Any:
        if self.version < 17 and "body_is_html" in values:
            raise Fault("builtins.TypeError", "unexpected body_is_html", 500)
        (number,) = ids
        self._there(model, number)
        new = max(self.tables["mail.message"], default=500) + 1
        internal = values["subtype_xmlid"] == "mail.mt_note"
        self.put(
            "mail.message", new, 200, model=model, res_id=number, body=values["body"],
            message_type=values["message_type"], subtype_id=[2, "Note"] if internal else [1, "D"],
            author_id=[3, "Sam"],
        )  # fmt: skip
        return [new] if self.version >= 19 else new

    def _activity_schedule(self, model: str, ids: list[int], **values: Any) -> Any:
        (number,) = ids
        self._there(model, number)
        assert values["act_type_xmlid"] == "mail.mail_activity_data_todo"
        new = max(self.tables["mail.activity"], default=700) + 1
        self.put(
            "mail.activity", new, 200, res_model=model, res_id=number, summary=values["summary"],
            date_deadline="2026-07-24", activity_type_id=[4, "To-Do"], user_id=[USER, "Sam"],
        )  # fmt: skip
        return [new] if self.version >= 19 else f"mail.activity({new},)"


def _error(fault: Fault) -> dict[str, Any]:
    return {"error": {"code": 200, "message": "Odoo Server Error", "data": fault.body()}}


def _json(data: Any, status: int = 200) -> Response:
    return Response(json.dumps(data), status, mimetype="application/json")
