"""What is asked of HubSpot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Access
from ridealong.sources.base.rows import Row, line
from ridealong.sources.base.web import BadAnswer, Busy, Service
from ridealong.sources.hubspot.signing_in import SignIn

ROOT = "https://api.hubapi.com"
ATTEMPTS = 5
"""Its limit of ten seconds has passed by then."""
PRIMARY = "Primary"
"""HubSpot's own label of the one company that counts."""
_WITH_HISTORY = 50
_ASSOCIATIONS = 1000
_TOO_MUCH_TODAY = timedelta(hours=1)
_NOTE_TO_DEAL = 214
"""HubSpot's number of the association from a note to a deal."""


class Missing(Refused):
    """The app was not given a right: the text says which."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One end of an association. ``label``: "Primary", "Decision maker"; "" where it has none."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Details:
    """An account's own time zone and currency; None where it does not say."""

    zone: ZoneInfo | None
    currency: str | None


class HubSpot:
    """An account. Everything raises ``Refused`` (``Missing`` for a right) or ``TryAgain``."""

    def __init__(self, access: Access) -> None:
        sign_in = SignIn(access, ROOT)
        self._service = Service(
            "HubSpot",
            ROOT,
            authorise=sign_in.headers,
            renew=sign_in.renew,
            attempts=ATTEMPTS,
        )

    def details(self) -> Details:
        """Return the account's time zone and currency, as far as the app may see them."""
        try:
            row = self._get("account-info/v3/details")
        except Missing:
            return Details(None, None)
        try:
            zone = ZoneInfo(line(row.get("timeZone")))
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
        return Details(zone, line(row.get("companyCurrency")) or None)

    def owners(self) -> Iterator[list[Row]]:
        """Yield pages of everybody who owns or owned something."""
        for archived in ("false", "true"):
            yield from self._pages("crm/v3/owners", {"limit": 100, "archived": archived})

    def pipelines(self) -> list[Row]:
        """Return the deals' pipelines with their stages."""
        return _rows(self._get("crm/v3/pipelines/deals"))

    def properties(self, what: str) -> frozenset[str]:
        """Return the names of the properties that deals, companies and so on have here."""
        rows = _rows(self._get(f"crm/v3/properties/{what}", {"archived": "false"}))
        return frozenset(str(row.get("name")) for row in rows)

    def search(self, what: str, body: Mapping[str, Any]) -> Row:
        """Return a page of what a search finds."""
        return self._query(f"crm/v3/objects/{what}/search", body)

    def archived(self, what: str) -> Iterator[list[Row]]:
        """Yield pages of what was deleted and could still be restored (90 days)."""
        yield from self._pages(f"crm/v3/objects/{what}", {"limit": 100, "archived": "true"})

    def read(
        self, what: str, ids: Sequence[str], properties: Iterable[str], past: Iterable[str] = ()
    ) -> list[Row]:
        """Return those of these that there are, with the past of some properties.

        For one that was merged into another, that other comes.
        """
        found: dict[str, Row] = {}
        for start in range(0, len(ids), _WITH_HISTORY):
            body: Row = {
                "inputs": [{"id": each} for each in ids[start : start + _WITH_HISTORY]],
                "properties": list(properties),
                "propertiesWithHistory": list(past),
            }
            answer = self._query(f"crm/v3/objects/{what}/batch/read", body, {"archived": "false"})
            found.update({str(row["id"]): row for row in _rows(answer)})
        return list(found.values())

    def linked(self, what: str, to: str, ids: Sequence[str]) -> dict[str, list[Linked]]:
        """Return {id: its associations to companies, contacts and so on, by their number}.

        Nothing where that other kind may not be seen.
        """
        found: dict[str, list[Linked]] = {each: [] for each in ids}
        path = f"crm/v4/associations/{what}/{to}/batch/read"
        inputs = [{"id": each} for each in ids]
        while inputs:
            try:
                answer = self._query(path, {"inputs": inputs[:_ASSOCIATIONS]})
            except Missing:
                break
            del inputs[:_ASSOCIATIONS]
            for row in _rows(answer):
                number = str(row["from"]["id"])
                found.setdefault(number, []).extend(_linked(each) for each in row.get("to", ()))
                if after := _following(row):
                    inputs.append({"id": number, "after": after})
        return {each: sorted(ends, key=_number) for each, ends in found.items()}

    def deal(self, number: str, properties: Iterable[str]) -> Row:
        """Return a deal as it is now."""
        asked = {"properties": ",".join(properties), "archived": "false"}
        return self._get(f"crm/v3/objects/deals/{number}", asked)

    def change(self, number: str, values: Mapping[str, str]) -> None:
        """Change properties of a deal."""
        path = f"crm/v3/objects/deals/{number}"
        self._answered(lambda: self._service.patch(path, {"properties": dict(values)}))

    def add_note(self, deal: str, values: Mapping[str, str]) -> None:
        """Add a note to a deal."""
        kind = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": _NOTE_TO_DEAL}
        body = {
            "properties": dict(values),
            "associations": [{"to": {"id": deal}, "types": [kind]}],
        }
        self._answered(lambda: self._service.post("crm/v3/objects/notes", body))

    def _pages(self, path: str, asked: Mapping[str, Any]) -> Iterator[list[Row]]:
        after: str | None = None
        while True:
            answer = self._get(path, {**asked, **({"after": after} if after else {})})
            yield _rows(answer)
            following = _following(answer)
            if not following or following == after:
                return
            after = following

    def _get(self, path: str, params: Mapping[str, Any] | None = None) -> Row:
        answer = self._answered(lambda: self._service.get(path, params))
        return answer if isinstance(answer, dict) else {}

    def _query(
        self, path: str, body: Mapping[str, Any], params: Mapping[str, Any] | None = None
    ) -> Row:
        answer = self._answered(lambda: self._service.query(path, dict(body), params))
        return answer if isinstance(answer, dict) else {}

    @staticmethod
    def _answered(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except Busy as error:
            if isinstance(error.body, dict) and error.body.get("policyName") == "DAILY":
                raise TryAgain(
                    "HubSpot answers no more today: the account's daily limit is reached.",
                    after=_TOO_MUCH_TODAY,
                ) from error
            raise
        except BadAnswer as error:
            if error.status == 403:
                raise Missing(f"{error}{_rights(error.body)}") from error
            raise Refused(str(error)) from error


def _rows(answer: Row) -> list[Row]:
    rows = answer.get("results")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _following(answer: Row) -> str | None:
    paging = answer.get("paging") or {}
    after = (paging.get("next") or {}).get("after")
    return str(after) if after else None


def _linked(row: Row) -> Linked:
    labels = [str(kind["label"]) for kind in row.get("associationTypes", ()) if kind.get("label")]
    label = PRIMARY if PRIMARY in labels else min(labels, default="")
    return Linked(str(row["toObjectId"]), label)


def _number(end: Linked) -> tuple[int, str]:
    return (int(end.id) if end.id.isdigit() else 0, end.id)


def _rights(body: Any) -> str:
    """Name the rights that HubSpot says are missing."""
    errors = body.get("errors") if isinstance(body, dict) else None
    names: list[str] = []
    for error in errors if isinstance(errors, list) else []:
        context = error.get("context") if isinstance(error, dict) else None
        scopes = context.get("requiredGranularScopes") if isinstance(context, dict) else None
        names.extend(str(scope) for scope in scopes or ())
    return f" Missing: {', '.join(names)[:200]}." if names else ""
