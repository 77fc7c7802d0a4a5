"""What Salesforce answers when it will not, as what to do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import requests
from simple_salesforce.exceptions import SalesforceError

from ridealong.lib.again import Refused, TryAgain

_LIMIT = timedelta(minutes=30)
"""Requests are counted over the last 24 hours: asking again at once only uses up more of them."""
_LATER = {
    "REQUEST_LIMIT_EXCEEDED": _LIMIT,
    "QUERY_TIMEOUT": None,
    "INVALID_QUERY_LOCATOR": None,
    "UNABLE_TO_LOCK_ROW": None,
    "SERVER_UNAVAILABLE": None,
}
_ABSENT = frozenset({"NOT_FOUND", "INVALID_TYPE", "INSUFFICIENT_ACCESS"})
_WORDS = 300


def code(error: SalesforceError) -> str:
    """Return Salesforce's code of an error, "" where it gave none."""
    return str(_first(error).get("errorCode") or "")


def is_absent(error: SalesforceError) -> bool:
    """Say whether there is no such object, or none that the one who asks may see."""
    return code(error) in _ABSENT


def meant(error: SalesforceError) -> Refused | TryAgain:
    """Return what to raise for an error of Salesforce, with its own words."""
    words = " ".join(str(_first(error).get("message") or "").split())[:_WORDS]
    said = f"Salesforce answered {error.status}: {words}" if words else ""
    if code(error) in _LATER:
        return TryAgain(said, after=_LATER[code(error)])
    if error.status == 429 or error.status >= 500:
        return TryAgain(said or f"Salesforce answered {error.status} again and again.")
    if error.status == 401:
        return Refused(f"{said} Sign in there anew, or ask who looks after it to let this app in.")
    return Refused(said or f"Salesforce answered {error.status}.")


def unreached(error: requests.RequestException, address: str) -> Refused | TryAgain:
    """Return what to raise where no answer came that could be read."""
    if isinstance(error, requests.exceptions.SSLError):
        return Refused(f"Salesforce has no valid certificate at {address}.")
    if isinstance(error, requests.exceptions.JSONDecodeError):
        return TryAgain("Salesforce answered with something that is not JSON.")
    return TryAgain(f"Salesforce could not be reached at {address}.")


def _first(error: SalesforceError) -> dict[str, Any]:
    content: Any = error.content
    if isinstance(content, list) and content:
        content = content[0]
    return content if isinstance(content, dict) else {}
