"""Event logs: one row an event; the mapping says which are stages and which activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ridealong.record.facts import Fact
from ridealong.sources.files.known import Unknown
from ridealong.sources.files.mapping import EventRule
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import


def reader(run: Import, plan: FilePlan) -> Callable[[Import, Row], Iterable[Fact]]:
    """Return what makes facts of an event log's rows.

    Work is one activity from START to COMPLETE; that it was scheduled is no activity yet. Whoever
    worked on a deal last carries it: in such a log nobody else is responsible for it.
    """
    del run
    begun: dict[tuple[str, str], datetime] = {}
    rule = plan.rule
    met: set[str] = set()

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        deal, name = row.text("deal", 100), row.text("event")
        at = row.moment("at")
        if not deal or at is None:
            raise row.bad("deal" if not deal else "at", "is missing")
        event = rule.events.get(name)
        if event is None:
            raise row.bad("event", "is no event that the mapping knows")
        who = row.text("member")
        member = run.known.member(who) if who and who not in rule.nobody else ""
        if deal not in met:
            met.add(deal)
            yield _created(run, row, deal, at)
        if member:
            yield Fact("deal", deal, at, {"salesperson": member}, f"by:{deal}:{at.isoformat()}")
        yield from _event(run, row, deal, at, event, member, begun)

    return tell


def _created(run: Import, row: Row, deal: str, at: datetime) -> Fact:
    changes: dict[str, Any] = {"name": f"Application {deal}"}
    found = row.amount("amount")
    if found is not None:
        changes |= {"amount": str(found[0]), "currency": found[1] or run.currency}
    return Fact("deal", deal, row.moment("created") or at, changes, f"created:{deal}")


def _event(
    run: Import,
    row: Row,
    deal: str,
    at: datetime,
    event: EventRule,
    member: str,
    begun: dict[tuple[str, str], datetime],
) -> Iterator[Fact]:
    if event.ignore:
        return
    name = row.text("event")
    if event.stage:
        try:
            stage = run.known.stage(event.stage)
        except Unknown as error:
            raise row.bad("event", str(error)) from None
        changes: dict[str, Any] = {"stage": run.known.stage_key(stage), "status": stage.status}
        if stage.status != "open":
            changes["close_date"] = at.astimezone(run.zone).date()
        yield Fact("deal", deal, at, changes, f"event:{deal}:{name}:{at.isoformat()}")
    if event.activity:
        yield from _activity(row, deal, at, event, member, begun)


def _activity(
    row: Row,
    deal: str,
    at: datetime,
    event: EventRule,
    member: str,
    begun: dict[tuple[str, str], datetime],
) -> Iterator[Fact]:
    name = row.text("event")
    lifecycle = row.text("lifecycle").upper()
    if lifecycle == "SCHEDULE":
        return
    if lifecycle == "START":
        begun[deal, name] = at
        return
    start = begun.pop((deal, name), at)
    key = f"{deal}:{name}:{at.isoformat()}"
    changes: dict[str, Any] = {
        "kind": event.activity,
        "deal": deal,
        "title": event.title or name,
        "minutes": round((at - start).total_seconds() / 60, 1),
        "done": True,
    }
    if event.direction:
        changes["direction"] = event.direction
    if member:
        changes["member"] = member
    yield Fact("activity", key, start, changes, f"activity:{key}")
