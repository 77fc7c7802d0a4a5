"""Short words for facts in tests, and a way to tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.ranks import SourceName
from ridealong.record.writer import Outcome

CRM = SourceName("crm", "crm")
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def on(day: float) -> datetime:
    """Return the moment that many days after the start."""
    return START + timedelta(days=day)


def deal(
    key: str, day: float, *, known: float | None = None, named: str = "", **changes: Any
) -> Fact:
    """State a deal's fields from that day on; ``named``: the statement's own id."""
    return Fact(
        kind="deal",
        key=key,
        at=on(day),
        changes=changes,
        external_id=named or f"{key}:{day}:{'+'.join(sorted(changes))}",
        recorded_at=None if known is None else on(known),
    )


def member(key: str, leader: str | None = None, **changes: Any) -> Fact:
    """State a member who reports to ``leader``."""
    more = {"reports_to": leader} if leader else {}
    return Fact(
        kind="member",
        key=key,
        at=on(-30),
        changes={"name": key.capitalize(), "email": f"{key}@seller.example", **more, **changes},
        external_id=f"member:{key}",
        recorded_at=on(-30),
    )


def stages(**statuses: str) -> list[Fact]:
    """State stages in the order given, each with its status."""
    return [
        Fact(
            kind="stage",
            key=key,
            at=on(-30),
            changes={"name": key, "position": position, "status": status},
            external_id=f"stage:{key}",
            recorded_at=on(-30),
        )
        for position, (key, status) in enumerate(statuses.items())
    ]


def activity(key: str, day: float, *, known: float | None = None, **changes: Any) -> Fact:
    """State an activity on that day."""
    return Fact(
        kind="activity",
        key=key,
        at=on(day),
        changes=changes,
        external_id=f"activity:{key}",
        recorded_at=on(day if known is None else known),
    )


def tell(facts: Iterable[Fact], source: SourceName = CRM) -> Outcome:
    """Append facts to the record."""
    return writer.append(source, facts)
