"""What Ridealong said: of each statement what was said first. What was said cannot be unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ridealong.record.facts import MASKED
from ridealong.record.fold import Said
from ridealong.record.inserting import insert
from ridealong.record.live import chunks
from ridealong.record.models import SaidClaim, SaidOdds, SaidRange, Statement
from ridealong.record.projection.rows import Told
from ridealong.record.store import subject_numbers
from ridealong.record.vocabulary import LISTED

ODDS = ("deal_id", "day", "won")
RANGES = ("statement_id", "member_id", "period", "at", "low", "middle", "high")
CLAIMS = ("statement_id", "name", "kind", "person_id", "at", "body")


def statements(keys: Mapping[int, str], told: Told) -> None:
    """Fold what was said, with the odds, ranges and claims in it."""
    for chunk in chunks(keys):
        before = Statement.objects.filter(id__in=chunk)
        # Odds are found by their deals: a day's are looked for only where there are any.
        days = before.filter(what="odds").values_list("day", flat=True)
        for day in list(days):
            SaidOdds.objects.filter(day=day).delete()
        for table in (SaidRange, SaidClaim):
            table._default_manager.filter(statement_id__in=chunk).delete()
        before.delete()
    for number in sorted(keys):
        first = _first(told.get(number, []))
        if first is not None:
            _keep(number, keys[number], first)


def _first(facts: list[Said]) -> Said | None:
    whole = [f for f in facts if f.changes != MASKED and {"what", "day"} <= f.changes.keys()]
    return min(whole, key=lambda fact: (fact.recorded_at, fact.digest), default=None)


def _keep(number: int, key: str, said: Said) -> None:
    changes = said.changes
    Statement.objects.create(
        id=number,
        key=key,
        what=changes["what"],
        day=_day(said),
        at=said.at,
        known_from=said.recorded_at,
        body=changes.get("body", {}),
    )
    numbers = subject_numbers(
        (kind, each)
        for field, kind in LISTED["statement"].items()
        for each in changes.get(field) or ()
        if each
    )
    insert(SaidOdds, ODDS, _odds(said, numbers))
    insert(SaidRange, RANGES, _ranges(number, said, numbers))
    insert(SaidClaim, CLAIMS, _claims(number, said, numbers))


def _day(said: Said) -> int:
    return date.fromisoformat(said.changes["day"]).toordinal()


def _odds(said: Said, numbers: Mapping[tuple[str, str], int]) -> Iterator[tuple[Any, ...]]:
    day = _day(said)
    for deal, won in (said.changes.get("odds") or {}).items():
        yield numbers["deal", deal], day, " ".join(str(each) for each in won)


def _ranges(
    number: int, said: Said, numbers: Mapping[tuple[str, str], int]
) -> Iterator[tuple[Any, ...]]:
    for member, periods in (said.changes.get("ranges") or {}).items():
        whose = numbers["member", member] if member else None
        for period, (low, middle, high) in periods.items():
            yield number, whose, period, said.at, low, middle, high


def _claims(
    number: int, said: Said, numbers: Mapping[tuple[str, str], int]
) -> Iterator[tuple[Any, ...]]:
    for name, body in (said.changes.get("claims") or {}).items():
        person = body.get("person")
        whose = numbers["member", person] if person else None
        yield number, name, body["kind"], whose, said.at, body
