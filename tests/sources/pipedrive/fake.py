"""Stands for Pipedrive: users, lists by last change, changelogs, and changes.

After the models and parameters of Pipedrive's own client (version 33.7.0, made from its published
OpenAPI descriptions): pages by ``cursor``, ``updated_since`` inclusive, ``status`` with commas,
deleted deals only when asked for, errors as ``{"success": false, "error": …}``.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug import Request, Response

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
LISTS = ("deals", "persons", "organizations", "activities", "stages")


def stamp(day: float) -> str:
    """Return a time as Pipedrive writes it."""
    return (BEGAN + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Account:
    """An account that remembers. ``fail``: answers to give before its own, one after another."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in LISTS}
        self.users: list[dict[str, Any]] = []
        self.changelog: dict[int, list[dict[str, Any]]] = {}
        self.notes: list[dict[str, Any]] = []
        self.fail: list[Response] = []
        self.circles = False
        self.asked: list[str] = []
        self._number = 1000

    def deal(self, number: int, day: float = 0, **more: Any) -> dict[str, Any]:
        """Keep a deal; a change of a known one goes into its changelog."""
        known = self.rows["deals"].get(number)
        if known is None:
            usual = {
                "id": number,
                "title": f"Deal {number}",
                "owner_id": 1,
                "person_id": 31,
                "org_id": 21,
                "pipeline_id": 1,
                "stage_id": 11,
                "value": 1000,
                "currency": "EUR",
                "status": "open",
                "expected_close_date": "2026-12-31",
                "lost_reason": None,
                "is_deleted": False,
                "add_time": stamp(day),
            }
            row = {**usual, **more, "update_time": stamp(day)}
            self.rows["deals"][number] = row
            return row
        keys = {"owner_id": "user_id"}
        for name, value in more.items():
            entry = {
                "field_key": keys.get(name, name),
                "old_value": None if known[name] is None else str(known[name]),
                "new_value": None if value is None else str(value),
                "actor_user_id": 1,
                "time": stamp(day),
            }
            self.changelog.setdefault(number, []).append(entry)
        known.update(more, update_time=stamp(day))
        return known

    def put(self, what: str, number: int, day: float = 0, **more: Any) -> None:
        """Keep a person, an organisation, an activity or a stage."""
        row = {"id": number, "add_time": stamp(day), "update_time": stamp(day), **more}
        self.rows[what][number] = row

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer."""
        request = Request(environ)
        self.asked.append(request.path)
        answer = self.fail.pop(0) if self.fail else self._answer(request)
        return answer(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.headers.get("x-api-token") != "s3cret-token":
            return refused(401, "unauthorized access")
        parts = request.path.removeprefix("/api/").split("/")
        if parts == ["v1", "users"]:
            return said(self.users)
        if request.method == "GET" and len(parts) == 2:
            return self._list(request, parts[1])
        return self._of_one(request, parts)

    def _of_one(self, request: Request, parts: list[str]) -> Response:
        if parts[-1] == "changelog":
            return self._changes(request, int(parts[2]))
        if parts[1] == "deals" and len(parts) == 3:
            return self._one(request, int(parts[2]))
        if request.method == "POST":
            return self._add(parts[1], request.get_json())
        return refused(404, "unknown method")

    def _list(self, request: Request, what: str) -> Response:
        rows = list(self.rows[what].values())
        if what == "deals":
            wanted = request.args.get("status", "open,won,lost").split(",")
            rows = [row for row in rows if row["status"] in wanted]
        since = request.args.get("updated_since")
        if since:
            rows = [row for row in rows if row["update_time"] >= since]
        rows.sort(key=lambda row: (row[request.args.get("sort_by", "id")], row["id"]))
        return _paged(request, rows)

    def _changes(self, request: Request, number: int) -> Response:
        rows = self.changelog.get(number, [])
        if self.circles:
            return said(rows, f"again-{len(self.asked)}")
        return _paged(request, rows)

    def _one(self, request: Request, number: int) -> Response:
        row = self.rows["deals"].get(number)
        if row is None or row["status"] == "deleted":
            return refused(404, "Deal not found")
        if request.method == "PATCH":
            changed = request.get_json()
            if changed.get("stage_id") not in {None, *self.rows["stages"]}:
                return refused(400, "Stage does not exist")
            self.deal(number, 200, **changed)
        return said(row)

    def _add(self, what: str, values: dict[str, Any]) -> Response:
        self._number += 1
        if what == "notes":
            self.notes.append(values)
        else:
            self.put(what, self._number, 200, **values)
        return said({"id": self._number, **values})


def _paged(request: Request, rows: list[dict[str, Any]]) -> Response:
    start = int(request.args.get("cursor") or 0)
    end = start + int(request.args.get("limit", 100))
    return said(rows[start:end], str(end) if end < len(rows) else None)


def said(data: Any, following: str | None = None) -> Response:
    """Return an answer with these data."""
    body = {"success": True, "data": data, "additional_data": {"next_cursor": following}}
    return Response(json.dumps(body), mimetype="application/json")


def refused(status: int, error: str, **headers: str) -> Response:
    """Return an error as Pipedrive gives it."""
    body = {"success": False, "error": error, "code": "ERR"}
    return Response(json.dumps(body), status, headers, mimetype="application/json")
