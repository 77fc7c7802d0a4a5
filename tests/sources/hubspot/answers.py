"""Answers of HubSpot's API, and what it refuses to read."""

from __future__ import annotations

import json
from typing import Any

from werkzeug import Request, Response


class No(Exception):
    """What is refused: the answer."""

    def __init__(self, status: int, message: str, category: str, **more: Any) -> None:
        super().__init__(message)
        self.response = refused(status, message, category, **more)


def only(request: Request, allowed: set[str]) -> None:
    """Refuse parameters that there are not."""
    if unknown := set(request.args) - allowed:
        raise No(400, f"unknown parameter {min(unknown)}", "VALIDATION_ERROR")


def body(request: Request, allowed: set[str]) -> dict[str, Any]:
    """Return what was posted; fields that there are not are refused."""
    read: dict[str, Any] = request.get_json()
    if unknown := set(read) - allowed:
        raise No(400, f"unknown field {min(unknown)}", "VALIDATION_ERROR")
    return read


def paged(request: Request, rows: list[dict[str, Any]]) -> Response:
    """Return the page that is asked for."""
    limit, start = int(request.args.get("limit", 10)), int(request.args.get("after", 0))
    if limit > 100:
        raise No(400, "limit is at most 100", "VALIDATION_ERROR")
    answer: dict[str, Any] = {"results": rows[start : start + limit]}
    if start + limit < len(rows):
        answer["paging"] = {"next": {"after": str(start + limit)}}
    return said(answer)


def said(answer: Any, status: int = 200) -> Response:
    """Return an answer."""
    return Response(json.dumps(answer), status, mimetype="application/json")


def refused(status: int, message: str, category: str, **more: Any) -> Response:
    """Return an error as HubSpot gives it."""
    said_no = {"status": "error", "message": message, "correlationId": "c", "category": category}
    return Response(json.dumps({**said_no, **more}), status, mimetype="application/json")


def too_much(policy: str) -> Response:
    """Return what HubSpot says when a limit is reached."""
    message = f"You have reached your {policy.lower()} limit."
    return refused(429, message, "RATE_LIMITS", errorType="RATE_LIMIT", policyName=policy)
