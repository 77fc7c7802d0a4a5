"""One sync of an Odoo database: who is who, then what changed of everything, then what went."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial

from ridealong.record.facts import Fact, SubjectKind
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem
from ridealong.sources.base.rows import EARLY, Row, told
from ridealong.sources.odoo.activities import SPOKEN, Activities, recipients
from ridealong.sources.odoo.asking import Domain, Odoo, number_of
from ridealong.sources.odoo.following import Place
from ridealong.sources.odoo.going import gone
from ridealong.sources.odoo.past import History, Moved, partners
from ridealong.sources.odoo.people import People, leading
from ridealong.sources.odoo.telling import Deals, stage_fact
from ridealong.sources.odoo.todos import followed
from ridealong.sources.odoo.wanted import (
    LEAD,
    MEETING,
    MESSAGE,
    PARTNER,
    STAGE,
    SUBTYPE,
    TODO,
    TODO_TYPE,
    USER,
    wanted,
)

OPPORTUNITIES: Domain = [["type", "=", "opportunity"]]
COLLEAGUES: Domain = [["share", "=", False], ["login", "!=", "__system__"]]
"""Everybody who works with Odoo; not those who only see a portal, nor Odoo's own robot."""
_REACHABLE: Domain = ["|", ["is_company", "=", True], ["type", "=", "contact"]]
_MESSAGES: Domain = [["model", "=", LEAD], *SPOKEN]
_MEETINGS: Domain = [["opportunity_id", "!=", False]]
_DELETED = {LEAD, MEETING}
"""Of what it is watched whether it is still there."""
_DEALS = 100
_ROWS = 200
Tell = Callable[[Row], Iterable[Fact]]


class Reading:
    """A sync. Everything raises ``No`` where Odoo will not, ``Refused`` or ``TryAgain``."""

    def __init__(self, access: Access, cursor: Cursor, ours: Ours) -> None:
        self._prefix, self._place = access.prefix, Place(cursor)
        self._odoo = Odoo(access)
        self._read: dict[str, set[int]] = {}
        self._wanted = wanted(self._odoo)
        self._names = self._wanted.names
        users = self._odoo.rows(USER, COLLEAGUES, self._names[USER])
        partners = self._wanted.has(PARTNER)
        self._users = users
        self._people = People(access.prefix, ours, self._odoo, users, partners=partners)

    def pages(self) -> Iterator[Page]:
        """Yield everything that is new since the cursor."""
        problems = tuple(self._wanted.problems)
        yield Page((), self._place.cursor(), "what there is", 0, problems=problems)
        yield self._colleagues()
        won = yield from self._stages()
        if self._wanted.has(PARTNER):
            tell = self._people.tell_partner
            yield from self._changed("companies and contacts", PARTNER, _REACHABLE, tell)
        yield from self._deals(won)
        yield from self._activities()
        yield from self._deleted()

    def _colleagues(self) -> Page:
        leads = leading(self._odoo, self._wanted)
        return self._told("users", self._users, lambda row: self._people.tell_user(row, leads))

    def _stages(self) -> Generator[Page, None, list[int]]:
        """Tell the stages and return which of them are won."""
        rows = self._odoo.rows(STAGE, [], self._names[STAGE], order="sequence, id")
        places = {row["id"]: place for place, row in enumerate(rows, 1)}
        yield self._told(
            "stages",
            rows,
            lambda row: [stage_fact(f"{self._prefix}{row['id']}", row, places[row["id"]])],
        )
        return [row["id"] for row in rows if row["is_won"]]

    def _deals(self, won: Sequence[int]) -> Iterator[Page]:
        history = History(self._odoo, self._wanted)
        names = set(self._names[LEAD])
        if not self._wanted.has(PARTNER):
            names.discard("partner_id")
        deals = Deals(self._prefix, self._people, won, names, history.tracks)
        done, total = 0, self._waiting(LEAD, OPPORTUNITIES)
        for rows in self._pages(LEAD, OPPORTUNITIES, _DEALS):
            done += len(rows)
            past = history.of(row["id"] for row in rows)
            saves = [moved for each in past.values() for moved in each]
            self._people.meet(
                [*(number_of(row.get("partner_id")) for row in rows), *partners(saves)]
            )
            tell = partial(_whole, deals, past)
            yield self._told("opportunities", rows, tell, done, total)

    def _activities(self) -> Iterator[Page]:
        types = {row["id"]: row for row in self._kinds(TODO_TYPE)}
        internal = [row["id"] for row in self._kinds(SUBTYPE) if row["internal"]]
        tells = Activities(self._prefix, self._people, types, internal)
        if self._wanted.has(MESSAGE):
            yield from self._changed("messages", MESSAGE, _MESSAGES, tells.message)
        if self._wanted.has(MEETING):
            yield from self._changed("meetings", MEETING, _MEETINGS, tells.meeting)
        if self._wanted.has(TODO):
            for rows, comparing, done, total in followed(
                self._odoo, self._names[TODO], self._place, self._prefix, tells
            ):
                yield self._told("activities to do", rows, comparing.tell, done, total)

    def _kinds(self, model: str) -> list[Row]:
        if not self._wanted.has(model):
            return []
        return self._odoo.rows(model, [], self._names[model])

    def _deleted(self) -> Iterator[Page]:
        """Tell what went. When is not known: at the newest change that Odoo speaks of."""
        yield from self._gone(LEAD, OPPORTUNITIES, "deal", self._prefix)
        if self._wanted.has(MEETING):
            yield from self._gone(MEETING, _MEETINGS, "activity", f"meeting:{self._prefix}")

    def _gone(self, model: str, domain: Domain, kind: SubjectKind, begins: str) -> Iterator[Page]:
        at = self._place.newest() or EARLY
        for went in gone(self._odoo, self._place, model, domain, self._read.get(model, ())):
            facts = tuple(
                Fact(
                    kind,
                    f"{begins}{n}",
                    at,
                    {"deleted": True},
                    f"deleted:{kind}:{n}:{at.isoformat()}",
                )
                for n in went.deleted
            )
            problems = tuple(
                Problem(f"{model} {n}", "Its user may no longer see it: it stays as it was.")
                for n in went.hidden
            )
            cursor = self._place.cursor()
            yield Page(facts, cursor, "what was deleted", len(facts), problems=problems)

    def _changed(self, doing: str, model: str, domain: Domain, tell: Tell) -> Iterator[Page]:
        done, total = 0, self._waiting(model, domain)
        for rows in self._pages(model, domain, _ROWS):
            done += len(rows)
            if model != PARTNER:
                self._people.meet(_partners(rows))
            yield self._told(doing, rows, tell, done, total)

    def _pages(self, model: str, domain: Domain, size: int) -> Iterator[list[Row]]:
        read = self._read.setdefault(model, set())
        for rows in self._place.changed(self._odoo, model, domain, self._names[model], size=size):
            if model in _DELETED:
                read.update(row["id"] for row in rows)
            yield rows

    def _waiting(self, model: str, domain: Domain) -> int:
        return self._odoo.count(model, [*domain, *self._place.narrowing(model)])

    def _told(
        self, doing: str, rows: Sequence[Row], tell: Tell, done: int = 0, total: int | None = None
    ) -> Page:
        cursor = self._place.cursor()
        return told(doing, rows, tell, cursor, done=done or len(rows), total=total)


def _whole(deals: Deals, past: Mapping[int, Sequence[Moved]], row: Row) -> Iterator[Fact]:
    return deals.tell(row, past.get(row["id"], []))


def _partners(rows: Sequence[Row]) -> Iterator[int | None]:
    for row in rows:
        yield number_of(row.get("author_id"))
        yield from recipients(row)
