"""What is asked of Pipedrive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access
from ridealong.sources.base.rows import Row
from ridealong.sources.base.web import BadAnswer, Service

PAGE = 100
_CHANGES = 500
_COMPANY = re.compile(r"[a-z0-9-]{1,60}", re.IGNORECASE)


class Pipedrive:
    """An account. Everything raises ``Refused`` or ``TryAgain``."""

    def __init__(self, access: Access) -> None:
        company = access["company"].strip().removesuffix(".pipedrive.com")
        if not (_COMPANY.fullmatch(company) or company.startswith("http://127.0.0.1:")):
            raise Refused("Company domain: only its first part is needed, as in acme.")
        root = company if company.startswith("http") else f"https://{company}.pipedrive.com"
        self._service = Service(
            "Pipedrive", f"{root}/api", authorise=lambda: {"x-api-token": access["token"]}
        )

    def users(self) -> list[Row]:
        """Return everybody who works with the account."""
        return self._rows(self._get("v1/users"))

    def listed(self, what: str, since: str, **more: str) -> Iterator[list[Row]]:
        """Yield pages of deals, persons and so on, changed since then, by their last change."""
        asked = {"limit": PAGE, "sort_by": "update_time", "sort_direction": "asc", **more}
        if since:
            asked["updated_since"] = since
        yield from self._pages(f"v2/{what}", asked)

    def all(self, what: str) -> Iterator[list[Row]]:
        """Yield pages of what has no last change: stages and pipelines."""
        yield from self._pages(f"v2/{what}", {"limit": PAGE})

    def changes(self, deal: int) -> tuple[list[Row], bool]:
        """Return a deal's kept changes, and whether that is all of them.

        The list has been seen to go round in circles beyond 500 entries: then it is cut there.
        """
        found: dict[tuple[Any, ...], Row] = {}
        for page in self._pages(f"v1/deals/{deal}/changelog", {"limit": _CHANGES}):
            before = len(found)
            for row in page:
                mark = (row.get("time"), row.get("field_key"), str(row.get("new_value")))
                found.setdefault(mark, row)
            if len(found) == before:
                return list(found.values()), not page
        return list(found.values()), True

    def deal(self, number: str) -> Row:
        """Return a deal as it is now."""
        return self._row(self._get(f"v2/deals/{number}"))

    def change(self, number: str, values: Mapping[str, Any]) -> None:
        """Change fields of a deal."""
        self._answered(lambda: self._service.patch(f"v2/deals/{number}", dict(values)))

    def add(self, what: str, values: Mapping[str, Any]) -> None:
        """Add a note (v1/notes) or an activity (v2/activities)."""
        self._answered(lambda: self._service.post(what, dict(values)))

    def _pages(self, path: str, asked: Mapping[str, Any]) -> Iterator[list[Row]]:
        following: str | None = None
        seen: set[str] = set()
        while True:
            answer = self._get(path, {**asked, **({"cursor": following} if following else {})})
            yield self._rows(answer)
            more = answer.get("additional_data")
            following = more.get("next_cursor") if isinstance(more, dict) else None
            if not following or following in seen:
                return
            seen.add(following)

    def _get(self, path: str, params: Mapping[str, Any] | None = None) -> Row:
        answer = self._answered(lambda: self._service.get(path, params))
        return answer if isinstance(answer, dict) else {}

    def _answered(self, ask: Any) -> Any:
        try:
            return ask()
        except BadAnswer as error:
            if error.status == 403:
                raise Refused(
                    f"{error} The token's user may lack the right to see this."
                ) from error
            raise Refused(str(error)) from error

    @staticmethod
    def _rows(answer: Row) -> list[Row]:
        rows = answer.get("data")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    @staticmethod
    def _row(answer: Row) -> Row:
        row = answer.get("data")
        return row if isinstance(row, dict) else {}
