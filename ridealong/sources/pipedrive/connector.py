"""A Pipedrive account that is read, and written back to where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, timedelta
from html import escape
from typing import Any

from ridealong.lib.again import Refused
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import (
    Access,
    Cursor,
    Edit,
    Ours,
    Page,
    Setting,
)
from ridealong.sources.base.rows import Cut, Odd, Row, moment, told
from ridealong.sources.base.writing import to_write
from ridealong.sources.pipedrive.asking import Pipedrive
from ridealong.sources.pipedrive.telling import Teller

_OVERLAP = timedelta(minutes=2)
"""What is changed while it is listed may be seen late; saying it again is free."""
_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_LIVING = {"status": "open,won,lost"}
_FIELDS = {"close_date": "expected_close_date", "stage": "stage_id"}


class Connector:
    """An account by its API token."""

    kind = "pipedrive"
    title = "Pipedrive"
    weighs = "crm"
    every = timedelta(minutes=5)
    for_everyone = False
    writes = frozenset({"close_date", "stage", "next_step", "note"})
    settings = (
        Setting("company", "Company domain", help="acme, if you sign in at acme.pipedrive.com."),
        Setting(
            "token",
            "API token",
            kind="secret",
            help="In Pipedrive: your name, Personal preferences, API. Its user sees what is read.",
        ),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count users and stages. Raises ``Refused`` or ``TryAgain``."""
        account = Pipedrive(access)
        stages = sum(len(page) for page in account.all("stages"))
        return f"{len(account.users())} users, {stages} stages."

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read users and stages, then what changed of everything, each by its last change."""
        account, teller = Pipedrive(access), Teller(access.prefix, ours)
        since: dict[str, str] = dict(cursor.get("since", {}))
        yield _page("users", account.users(), teller.member, since, 0)
        for rows in account.all("stages"):
            yield _page("stages", rows, lambda row: [teller.stage(row)], since, 0)
        parts: tuple[tuple[str, str, dict[str, str], Callable[[Row], Iterable[Fact]]], ...] = (
            ("organizations", "organizations", {}, lambda row: [teller.company(row)]),
            ("persons", "persons", {}, lambda row: [teller.contact(row)]),
            (
                "deals",
                "deals",
                {"status": "open,won,lost"},
                lambda row: _whole(account, teller, row),
            ),
            ("deleted deals", "deals", {"status": "deleted"}, lambda row: teller.deal(row, [])),
            ("activities", "activities", {}, lambda row: [teller.activity(row)]),
        )
        for doing, what, more, tell in parts:
            done = 0
            for rows in account.listed(what, _overlapping(since.get(doing, "")), **more):
                done += len(rows)
                stamps = [str(row["update_time"]) for row in rows if _is_time(row)]
                if stamps:
                    since[doing] = max(stamps)
                yield _page(doing, rows, tell, since, done)

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write a field back. Raises ``Differs``, ``Refused`` or ``TryAgain``.

        A next step is an activity to be done there; a note is a note.
        """
        account = Pipedrive(access)
        number = edit.deal.removeprefix(access.prefix)
        if edit.field == "note":
            account.add("v1/notes", {"deal_id": int(number), "content": _escaped(edit.value or "")})
        elif edit.field == "next_step":
            if edit.value:
                subject = {"deal_id": int(number), "subject": edit.value, "type": "task"}
                account.add("v2/activities", subject)
        else:
            _write_field(account, access, edit, number, anyway=anyway)


def _write_field(
    account: Pipedrive, access: Access, edit: Edit, number: str, *, anyway: bool
) -> None:
    name = _FIELDS[edit.field]
    there = account.deal(number).get(name)
    current = None if there in (None, "") else str(there)
    if not to_write(access, edit, current, anyway=anyway):
        return
    if edit.field == "close_date":
        account.change(number, {name: edit.value})
    elif edit.value is None:
        raise Refused("A deal in Pipedrive always has a stage.")
    else:
        account.change(number, {name: int(edit.value.removeprefix(access.prefix))})


def _whole(account: Pipedrive, teller: Teller, row: Row) -> Iterator[Fact]:
    changes, complete = account.changes(row["id"])
    yield from teller.deal(row, changes)
    if not complete:
        # The changelog went round in circles.
        raise Cut("Its history is longer than Pipedrive gives: cut.")


def _page(
    doing: str, rows: list[Row], tell: Callable[[Row], Iterable[Fact]], since: Any, done: int
) -> Page:
    return told(doing, rows, tell, {"since": dict(since)}, done=done or len(rows))


def _is_time(row: Row) -> bool:
    """Say whether a row says when it changed; one that does not must not become the cursor."""
    try:
        return moment(row.get("update_time")) is not None
    except Odd:
        return False


def _overlapping(stamp: str) -> str:
    if not stamp:
        return ""
    since = moment(stamp)
    return "" if since is None else (since - _OVERLAP).astimezone(UTC).strftime(_STAMP)


def _escaped(text: str) -> str:
    """A note there is HTML: what a person wrote is only text."""
    return escape(text).replace("\n", "<br>")


CONNECTORS = (Connector(),)
