"""Reading an account: one part after another, each from where the last sync left it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem
from ridealong.sources.base.rows import Row, told
from ridealong.sources.hubspot.activities import ENDS, KINDS, Kind, activity
from ridealong.sources.hubspot.asking import HubSpot, Missing
from ridealong.sources.hubspot.changing import Changes, Found
from ridealong.sources.hubspot.deals import NOW, PAST, Deals, merged_ids
from ridealong.sources.hubspot.telling import COMPANY, CONTACT, Teller
from ridealong.sources.hubspot.values import when

_OVERLAP = timedelta(minutes=2)
"""A search finds what was changed some seconds later; saying it again is free."""
_AT_A_TIME = 100
_REMEMBERED = 10_000
"""Deleted deals of which it is known that they were told; of more, some are told again."""


class Reading:
    """One sync. ``since``: {what: stamp of the last change}; ``gone``: {deal's id: deleted at}."""

    def __init__(self, access: Access, cursor: Cursor, ours: Ours) -> None:
        self._account = HubSpot(access)
        self._teller = Teller(access.prefix, ours)
        details = self._account.details()
        self._deals = Deals(self._teller, details.zone or ours.zone, details.currency)
        self._since: dict[str, str] = dict(cursor.get("since", {}))
        self._gone: dict[str, str] = dict(cursor.get("gone", {}))

    def pages(self) -> Iterator[Page]:
        """Read everything; what the app may not see is listed, and the rest goes on."""
        yield from self._allowed("owners", self._owners())
        yield from self._allowed("stages", self._stages())
        teller = self._teller
        simple = (("companies", COMPANY, teller.company), ("contacts", CONTACT, teller.contact))
        for what, wanted, tell in simple:
            yield from self._allowed(what, self._simple(what, wanted, tell))
        yield from self._allowed("deals", self._changed_deals())
        yield from self._allowed("deleted deals", self._deleted_deals())
        for kind in KINDS:
            yield from self._allowed(kind.what, self._activities(kind))
            yield from self._allowed(f"deleted {kind.what}", self._deleted_activities(kind))

    def _allowed(self, doing: str, pages: Iterator[Page]) -> Iterator[Page]:
        try:
            yield from pages
        except Missing as error:
            yield Page((), self._cursor(), doing, 0, problems=(Problem(doing, str(error)),))

    def _owners(self) -> Iterator[Page]:
        done = 0
        for rows in self._account.owners():
            done += len(rows)
            yield self._page("owners", rows, self._teller.member, done)

    def _stages(self) -> Iterator[Page]:
        rows = self._account.pipelines()
        yield self._page("stages", rows, self._teller.stages, len(rows))

    def _simple(
        self, what: str, wanted: Sequence[str], tell: Callable[[Row], Fact]
    ) -> Iterator[Page]:
        properties, lacking = self._present(what, wanted)
        yield from lacking
        done = 0
        for found in self._found(what, properties):
            total = done + found.total
            done += len(found.rows)
            self._since[what] = found.stamp
            yield self._page(what, found.rows, lambda row: [tell(row)], done, total)

    def _changed_deals(self) -> Iterator[Page]:
        properties, lacking = self._present("deals", NOW)
        yield from lacking
        done = 0
        for found in self._found("deals", ()):
            total = done + found.total
            done += len(found.rows)
            ids = [str(row["id"]) for row in found.rows]
            rows = self._whole(ids, properties)
            # First, so that a sync that is cut here does not go on behind the deals.
            yield from self._moved_along(rows)
            self._since["deals"] = found.stamp
            yield self._deal_page(rows, done, total)

    def _whole(self, ids: Sequence[str], properties: Sequence[str]) -> list[Row]:
        past = [name for name in PAST if name in properties]
        return self._account.read("deals", ids, properties, past)

    def _deal_page(self, rows: list[Row], done: int, total: int | None = None) -> Page:
        ids = [str(row["id"]) for row in rows]
        companies = self._account.linked("deals", "companies", ids)
        contacts = self._account.linked("deals", "contacts", ids)

        def tell(row: Row) -> Iterable[Fact]:
            number = str(row["id"])
            return self._deals.deal(row, companies[number], contacts[number])

        return self._page("deals", rows, tell, done, total)

    def _moved_along(self, deals: Iterable[Row]) -> Iterator[Page]:
        """Tell anew the activities of merged deals: moving them is no change of theirs."""
        merged = [str(row["id"]) for row in deals if merged_ids(row)]
        for kind in KINDS if merged else ():
            yield from self._allowed(kind.what, self._activities_of(kind, merged))

    def _activities_of(self, kind: Kind, deals: Sequence[str]) -> Iterator[Page]:
        linked = self._account.linked("deals", kind.what, deals)
        ids = sorted({end.id for ends in linked.values() for end in ends})
        properties, _ = self._present(kind.what, kind.properties)
        for start in range(0, len(ids), _AT_A_TIME):
            rows = self._account.read(kind.what, ids[start : start + _AT_A_TIME], properties)
            yield self._activity_page(kind, rows, start + len(rows))

    def _deleted_deals(self) -> Iterator[Page]:
        """Tell which deals were deleted, and anew those that no longer are."""
        properties, _ = self._present("deals", NOW)
        listed: dict[str, str] = {}
        done = 0
        for rows in self._account.archived("deals"):
            listed.update({str(row["id"]): str(row.get("archivedAt")) for row in rows})
            new = [row for row in rows if self._gone.get(str(row["id"])) != row.get("archivedAt")]
            if new:
                done += len(new)
                yield self._ends(new, properties, done)
        back = [number for number in self._gone if number not in listed]
        for start in range(0, len(back), _AT_A_TIME):
            rows = self._whole(back[start : start + _AT_A_TIME], properties)
            yield self._deal_page(rows, start + len(rows))
        self._gone = dict(sorted(listed.items(), key=lambda each: each[1])[-_REMEMBERED:])
        yield Page((), self._cursor(), "deleted deals", done)

    def _ends(self, deleted: list[Row], properties: Sequence[str], done: int) -> Page:
        """Tell deleted deals; of one that was merged, what it became answers to its number."""
        now = self._account.read("deals", [str(row["id"]) for row in deleted], properties)
        merged = {number for row in now for number in merged_ids(row)}

        def tell(row: Row) -> Iterable[Fact]:
            number = str(row["id"])
            yield self._deals.merged(number) if number in merged else self._deals.archived(row)

        return self._page("deleted deals", deleted, tell, done)

    def _activities(self, kind: Kind) -> Iterator[Page]:
        properties, lacking = self._present(kind.what, kind.properties)
        yield from lacking
        done = 0
        for found in self._found(kind.what, properties):
            total = done + found.total
            done += len(found.rows)
            self._since[kind.what] = found.stamp
            yield self._activity_page(kind, found.rows, done, total)

    def _deleted_activities(self, kind: Kind) -> Iterator[Page]:
        """Tell which were deleted since the last that is known to be; their list has no order."""
        name = f"deleted {kind.what}"
        last, newest, done = self._since.get(name, ""), self._since.get(name, ""), 0
        for rows in self._account.archived(kind.what):
            new = [row for row in rows if str(row.get("archivedAt")) >= last]
            if not new:
                continue
            newest = max(newest, *(str(row.get("archivedAt")) for row in new))
            done += len(new)
            yield self._page(name, new, lambda row: [activity(self._teller, kind, row, {})], done)
        self._since[name] = newest
        yield Page((), self._cursor(), name, done)

    def _activity_page(
        self, kind: Kind, rows: list[Row], done: int, total: int | None = None
    ) -> Page:
        ids = [str(row["id"]) for row in rows]
        ends = {what: self._account.linked(kind.what, what, ids) for what in ENDS}
        return self._page(
            kind.what, rows, lambda row: [activity(self._teller, kind, row, ends)], done, total
        )

    def _found(self, what: str, properties: Sequence[str]) -> Iterator[Found]:
        last = when(self._since.get(what))
        since = last - _OVERLAP if last else None
        return Changes(self._account, what, properties).since(since)

    def _present(self, what: str, wanted: Sequence[str]) -> tuple[list[str], list[Page]]:
        """Return those properties that the account has, and a page that lists the others."""
        try:
            there = self._account.properties(what)
        except Missing:
            return list(wanted), []
        names = [name for name in wanted if name in there]
        lacking = [
            Problem(f"{what}: {name}", "This account has no such property: it is left out.")
            for name in wanted
            if name not in there
        ]
        if not lacking:
            return names, []
        return names, [Page((), self._cursor(), what, 0, problems=tuple(lacking))]

    def _page(
        self,
        doing: str,
        rows: Sequence[Row],
        tell: Callable[[Row], Iterable[Fact]],
        done: int,
        total: int | None = None,
    ) -> Page:
        return told(doing, rows, tell, self._cursor(), done=done, total=total)

    def _cursor(self) -> dict[str, Any]:
        return {"since": dict(self._since), "gone": self._gone}
