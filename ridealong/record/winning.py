"""What was won in several spans of time, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ridealong.lib.money import from_hundredths
from ridealong.record.live import Sight, chunks
from ridealong.record.models import Employment

Span = tuple[datetime, datetime]
_COLUMNS = ("deal_id", "valid_from", "valid_to", "status", "salesperson_id", "amount", "currency")


@dataclass(frozen=True, slots=True)
class Win:
    """A deal that was won in a span, as it stood at the span's end. ``amount`` in ``currency``.

    ``of``: numbers of its salesperson and of everybody above them then.
    """

    deal_id: int
    of: frozenset[int]
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class _Version:
    deal_id: int
    valid_from: datetime
    valid_to: datetime
    status: str
    salesperson_id: int | None
    amount: int | None
    currency: str


def wins(sight: Sight, spans: Sequence[Span]) -> list[list[Win]]:
    """Return the deals in sight that were won in each span (begin, end), as two openings would.

    Won at its end, and not at its beginning; not those that came from somebody out of sight.
    """
    if not spans:
        return []
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans)
    won = sight.believed().filter(
        sight.seen, status="won", valid_from__gt=first, valid_from__lte=last
    )
    versions: dict[int, list[_Version]] = {}
    for chunk in chunks(set(won.order_by().values_list("deal_id", flat=True))):
        rows = sight.believed().filter(deal_id__in=chunk, valid_from__lte=last)
        for row in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
            version = _Version(*row)
            versions.setdefault(version.deal_id, []).append(version)
    employed = list(Employment.objects.filter(sight.knowledge, valid_from__lte=last, active=True))
    found = []
    for span in spans:
        leaders = {
            row.member_id: row.leader_id
            for row in employed
            if row.valid_from <= span[1] < row.valid_to
        }
        found.append(list(_won(sight, versions, span, leaders)))
    return found


def _won(
    sight: Sight,
    versions: Mapping[int, list[_Version]],
    span: Span,
    leaders: Mapping[int, int | None],
) -> Iterator[Win]:
    for _, course in sorted(versions.items()):
        before, after = (_holding(course, moment) for moment in span)
        if after is None or after.status != "won" or not _seen(sight, after):
            continue
        if before is None or (_seen(sight, before) and before.status != "won"):
            amount = None if after.amount is None else from_hundredths(after.amount)
            group = frozenset(_upwards(after.salesperson_id, leaders))
            yield Win(after.deal_id, group, amount, after.currency)


def _upwards(member: int | None, leaders: Mapping[int, int | None]) -> Iterator[int]:
    passed: set[int] = set()
    while member is not None and member not in passed:
        yield member
        passed.add(member)
        member = leaders.get(member)


def _holding(course: Sequence[_Version], moment: datetime) -> _Version | None:
    return next((each for each in course if each.valid_from <= moment < each.valid_to), None)


def _seen(sight: Sight, version: _Version) -> bool:
    return sight.scope is None or version.salesperson_id in sight.scope
