"""Event logs: one row an event; the mapping says which are stages and which activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ridealong.record.facts import Fact
from ridealong.sources.files.known import Unknown
from ridealong.sources.files.mapping import EventRule
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import


@dataclass(frozen=True, slots=True)
class Event:
    """One row that was read: what happened to which deal, when, by whom ("" for nobody)."""

    deal: str
    name: str
    at: datetime
    member: str
    rule: EventRule
    lifecycle: str


Begun = dict[tuple[str, str], datetime]


def reader(run: Import, plan: FilePlan) -> Callable[[Import, Row], Iterable[Fact]]:
    """Return what makes facts of an event log's rows.

    Work is one activity from START to COMPLETE; that it was scheduled is no activity yet. Whoever
    worked on a deal last carries it: in such a log nobody else is responsible for it.
    """
    del run
    begun: Begun = {}
    met: set[str] = set()

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        event = _read(run, row, plan)
        if event.deal not in met:
            met.add(event.deal)
            yield _created(run, row, event)
        if event.member:
            name = f"by:{event.deal}:{event.at.isoformat()}"
            yield Fact("deal", event.deal, event.at, {"salesperson": event.member}, name)
        if event.rule.stage and not event.rule.ignore:
            yield _moved(run, row, event)
        if event.rule.activity and not event.rule.ignore:
            yield from _activity(event, begun)

    return tell


def _read(run: Import, row: Row, plan: FilePlan) -> Event:
    deal, name, at = row.text("deal", 100), row.text("event"), row.moment("at")
    if not deal or at is None:
        raise row.bad("at" if deal else "deal", "is missing")
    rule = plan.rule.events.get(name)
    if rule is None:
        raise row.bad("event", "is no event that the mapping knows")
    who = row.text("member")
    member = run.known.member(who) if who and who not in plan.rule.nobody else ""
    return Event(deal, name, at, member, rule, row.text("lifecycle").upper())


def _created(run: Import, row: Row, event: Event) -> Fact:
    changes: dict[str, Any] = {"name": f"Application {event.deal}"}
    found = row.amount("amount")
    if found is not None:
        changes |= {"amount": str(found[0]), "currency": found[1] or run.currency}
    at = row.moment("created") or event.at
    return Fact("deal", event.deal, at, changes, f"created:{event.deal}")


def _moved(run: Import, row: Row, event: Event) -> Fact:
    try:
        stage = run.known.stage(event.rule.stage)
    except Unknown as error:
        raise row.bad("event", str(error)) from None
    changes: dict[str, Any] = {"stage": run.known.stage_key(stage), "status": stage.status}
    if stage.status != "open":
        changes["close_date"] = event.at.astimezone(run.zone).date()
    name = f"event:{event.deal}:{event.name}:{event.at.isoformat()}"
    return Fact("deal", event.deal, event.at, changes, name)


def _activity(event: Event, begun: Begun) -> Iterator[Fact]:
    if event.lifecycle == "SCHEDULE":
        return
    if event.lifecycle == "START":
        begun[event.deal, event.name] = event.at
        return
    start = begun.pop((event.deal, event.name), event.at)
    key = f"{event.deal}:{event.name}:{event.at.isoformat()}"
    changes: dict[str, Any] = {
        "kind": event.rule.activity,
        "deal": event.deal,
        "title": event.rule.title or event.name,
        "minutes": round((event.at - start).total_seconds() / 60, 1),
        "done": True,
    }
    if event.rule.direction:
        changes["direction"] = event.rule.direction
    if event.member:
        changes["member"] = event.member
    yield Fact("activity", key, start, changes, f"activity:{key}")
