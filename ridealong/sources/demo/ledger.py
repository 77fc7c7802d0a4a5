"""Where the simulation tells its facts, in both times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ridealong.record.facts import Fact, SubjectKind


class Ledger:
    """Facts told until the simulation's end; what would be learned later is not known yet."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._facts: list[Fact] = []
        self._counted: dict[str, int] = {}

    def tell(
        self,
        kind: SubjectKind,
        key: str,
        at: datetime,
        changes: Mapping[str, Any],
        *,
        recorded_at: datetime | None = None,
        named: str = "",
    ) -> None:
        """State what was so from ``at`` on; ``named``: the statement that this one corrects."""
        known = recorded_at or at
        if known >= self.now:
            return
        self._facts.append(
            Fact(
                kind=kind,
                key=key,
                at=at,
                changes=dict(changes),
                external_id=named or f"{kind}:{key}:{self.number(f'{kind}:{key}')}",
                recorded_at=known,
            )
        )

    def number(self, name: str, start: int = 1) -> int:
        """Return the next number of a series."""
        self._counted[name] = self._counted.get(name, start - 1) + 1
        return self._counted[name]

    def states(self, kind: SubjectKind, until: datetime) -> dict[str, dict[str, Any]]:
        """Return what was so, of every subject of a kind, just before ``until``."""
        found: dict[str, dict[str, Any]] = {}
        for fact in self._facts:
            if fact.kind == kind and fact.at < until:
                found.setdefault(fact.key, {}).update(fact.changes)
        return found

    def in_order(self) -> list[Fact]:
        """Return every fact in the order in which they were learned."""
        return sorted(self._facts, key=lambda fact: (fact.recorded_at, fact.at))
