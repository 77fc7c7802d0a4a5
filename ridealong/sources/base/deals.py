"""A deal as a CRM keeps it, its present and its kept past, as facts that may come in any order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ridealong.record.facts import Fact


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a CRM's history, in the record's fields.

    ``id``: the CRM's own, or made of what it says; ``was``: what the same fields held before,
    where the CRM says so.
    """

    id: str
    at: datetime
    changes: Mapping[str, Any]
    was: Mapping[str, Any] = field(default_factory=dict)


def deal_facts(
    key: str,
    *,
    created: datetime,
    modified: datetime,
    values: Mapping[str, Any],
    history: Sequence[Change] = (),
    tracked: Collection[str] = (),
) -> Iterator[Fact]:
    """Tell a deal: how it began, each change that was kept, and how it stands at ``modified``.

    Tell the whole history each time: what is told again unchanged adds nothing.
    ``values``: every field as it is now (None: empty). ``tracked``: those whose whole past is in
    ``history``; they began with what their first change says was before, or else as they are now.
    Of all others only the present is known, and taken to hold back to the deal's beginning, as far
    as no earlier sync said otherwise.
    """
    beginning = {name: value for name, value in values.items() if name in tracked}
    first: dict[str, Any] = {}
    for change in sorted(history, key=lambda each: (each.at, each.id)):
        for name in change.changes:
            first.setdefault(name, change.was.get(name))
        yield Fact(
            "deal", key, change.at, dict(change.changes), f"change:{change.id}", dict(change.was)
        )
    beginning.update({name: value for name, value in first.items() if name in tracked})
    if "status" in beginning:
        beginning["status"] = beginning["status"] or "open"
    # Of what is said at one moment, the last in alphabetical order stands: begin, change, deal.
    yield Fact("deal", key, created, beginning, f"begin:{key}")
    present = {name: value for name, value in values.items() if name not in tracked}
    stamp = f"deal:{key}:{modified.isoformat()}"
    yield Fact("deal", key, modified, dict(values), stamp, present)
