"""Keeping what Ridealong says, so that it is known later what it said, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.sources.stating.noticing import SOURCE

What = Literal["odds", "ranges", "insights"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one sort on a morning; see ``record.vocabulary`` for what is in it.

    ``odds``: {deal's key: thousandths}; ``ranges``: {member's key: {period: (low, middle, high)}};
    ``claims``: {name: claim}; ``people``: keys of the members whom claims are about.
    """

    what: What
    body: Mapping[str, Any]
    odds: Mapping[str, Sequence[int]] = field(default_factory=dict)
    ranges: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    people: Sequence[str] = ()


def say(statements: Iterable[Statement], *, day: date, at: datetime, live: bool = True) -> int:
    """Keep what is said on a day, all of it or nothing; return how much was new.

    ``live`` False: as if it had been kept at that moment, for a history that is made all at once.
    """
    facts = [_fact(each, day, at, live=live) for each in statements]
    return writer.append(SOURCE, facts).added if facts else 0


def statement_key(what: What, day: date) -> str:
    """Return the key of what is said of one sort on a day."""
    return f"{what}:{day.isoformat()}"


def _fact(each: Statement, day: date, at: datetime, *, live: bool) -> Fact:
    said = {
        "odds": {deal: list(won) for deal, won in each.odds.items()},
        "ranges": {
            member: {period: list(ends) for period, ends in periods.items()}
            for member, periods in each.ranges.items()
        },
        "claims": {name: dict(claim) for name, claim in each.claims.items()},
        "people": list(each.people),
    }
    filled = {name: value for name, value in said.items() if value}
    key = statement_key(each.what, day)
    changes = {"what": each.what, "day": day, "body": dict(each.body), **filled}
    return Fact("statement", key, at, changes, key, recorded_at=None if live else at)
