"""What was said at a moment, beside what came of it by now; and of one deal over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ridealong.lib.clock import end_of_day
from ridealong.lib.periods import SPANS, Period, period_named
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.said import Claimed, Morning, Ranged, Spoken
from ridealong.record.states import DealState
from ridealong.views import inspection

STANDS = timedelta(days=8)
"""So long what was said on a morning stands, where no later one came: as a fit does."""
WEEKS = 12
PER_PAGE = 50
SHOWN = ("30d", "90d", "ever")
"""Horizons that are shown; those of the calendar come nearer each day, and move by that alone."""


@dataclass(frozen=True, slots=True)
class Point:
    """Odds of a deal to be won as said on a morning: {horizon's name: share}."""

    at: datetime
    won: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Course:
    """What was said about one deal over twelve weeks, the oldest first.

    Each holds until the next one, the last until ``ended``. ``begun``: since when odds are said.
    """

    deal: DealState
    since: datetime
    until: datetime
    points: tuple[Point, ...]
    ended: datetime | None
    begun: datetime | None

    @property
    def changes(self) -> tuple[Point, ...]:
        """The points at which one of ``SHOWN`` became another whole percent, the latest first."""
        found: list[Point] = []
        for point in self.points:
            if not found or _percents(point) != _percents(found[-1]):
                found.append(point)
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class SaidOfDeal:
    """A deal that was open then, what was said about it, and what came of it by now.

    ``came``: open, won or lost; "" where the viewer may not see it any more, or it is gone.
    """

    deal: DealState
    won: Mapping[str, float]
    came: str
    came_at: datetime | None


@dataclass(frozen=True, slots=True)
class Landed:
    """A range as said, and what was won in the period.

    ``member_id`` None: the company. ``over``: the period is; else ``came`` is what came so far.
    """

    period: str
    member_id: int | None
    member: str
    low: Decimal
    middle: Decimal
    high: Decimal
    came: Decimal
    over: bool

    @property
    def inside(self) -> bool:
        """Whether what came lies within it."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True)
class Stood:
    """A claim as it stood, said in this form at ``at``; ``still``: it was said last, too.

    ``body`` as kept, its deals only those in sight; ``unseen``: how many more it counts.
    """

    at: datetime
    name: str
    kind: str
    body: Mapping[str, Any]
    unseen: int
    still: bool


@dataclass(frozen=True)
class Said:
    """What was said as of ``at``. ``odds_at``, ``ranges_at``, ``claims_at``: on which morning.

    None where nothing was: ``begun`` says since when odds are said. ``horizons``: (name, until).
    ``deals``: one page of the ``count`` that were open then, the most valuable first.
    """

    at: datetime
    odds_at: datetime | None
    ranges_at: datetime | None
    claims_at: datetime | None
    begun: datetime | None
    horizons: tuple[tuple[str, datetime], ...]
    deals: tuple[SaidOfDeal, ...]
    count: int
    page: int
    pages: int
    ranges: tuple[Landed, ...]
    claims: tuple[Stood, ...]


def of_deal(pipe: Pipeline, deal: DealState) -> Course:
    """Return what was said about a deal in sight in the twelve weeks up to the moment."""
    since = pipe.at - timedelta(weeks=WEEKS)
    spoken = list(pipe.said.courses([deal.id]))
    before = [one for one in spoken if one.at <= since][-1:]
    shown = [*before, *(one for one in spoken if one.at > since)]
    points: tuple[Point, ...] = ()
    if shown:
        mornings = pipe.said.mornings("odds", since=shown[0].at)
        names = {each.at: horizons_of(each) for each in mornings}
        points = tuple(Point(one.at, _shares(one, names[one.at])) for one in shown)
    ended = _ended(pipe, [deal.id], points[-1].at) if points else {}
    return Course(deal, since, pipe.at, points, ended.get(deal.id), pipe.said.begun("odds"))


def said_at(then: Pipeline, now: Pipeline, *, page: int = 1, per_page: int = PER_PAGE) -> Said:
    """Return what was said at the moment of ``then``, and what came of it by that of ``now``."""
    odds, ranges, claims = (standing(then, what) for what in ("odds", "ranges", "insights"))
    count = sum(each.count for each in then.tallies(Criteria(), ""))
    pages = max(1, -(-count // per_page))
    page = min(max(page, 1), pages)
    deals: tuple[SaidOfDeal, ...] = ()
    if odds is not None:
        shown = then.open_deals(Criteria(), offset=(page - 1) * per_page, limit=per_page)
        deals = tuple(_of_deals(then, now, odds, shown))
    return Said(
        at=then.at,
        odds_at=odds.at if odds else None,
        ranges_at=ranges.at if ranges else None,
        claims_at=claims.at if claims else None,
        begun=then.said.begun("odds") or now.said.begun("odds"),
        horizons=horizons_of(odds) if odds else (),
        deals=deals,
        count=count,
        page=page,
        pages=pages,
        ranges=tuple(_landed(now, then.said.ranges(at=[ranges.at]))) if ranges else (),
        claims=tuple(_claims(then, now, claims)) if claims else (),
    )


def standing(pipe: Pipeline, what: str) -> Morning | None:
    """Return the morning whose words stand at the moment; None where the last is too long ago."""
    found = pipe.said.mornings(what, since=pipe.at - STANDS, limit=1)
    return found[0] if found else None


def horizons_of(morning: Morning) -> tuple[tuple[str, datetime], ...]:
    """Return (name, until) of the horizons that odds were said by on a morning."""
    return tuple((n, datetime.fromisoformat(until)) for n, until in morning.body["horizons"])


def _shares(one: Spoken, horizons: Sequence[tuple[str, datetime]]) -> dict[str, float]:
    return {name: won / 1000 for (name, _), won in zip(horizons, one.won, strict=False)}


def _of_deals(
    then: Pipeline, now: Pipeline, morning: Morning, deals: Sequence[DealState]
) -> Iterator[SaidOfDeal]:
    numbers = [deal.id for deal in deals]
    said = then.said.latest(numbers)
    seen = {deal.id: deal.status for deal in now.deals_numbered(numbers)}
    ended, horizons = _ended(now, seen, then.at), horizons_of(morning)
    for deal in deals:
        won = _shares(said[deal.id], horizons) if deal.id in said else {}
        came = seen.get(deal.id, "")
        yield SaidOfDeal(deal, won, came, None if came == "open" else ended.get(deal.id))


def _ended(pipe: Pipeline, deals: Iterable[int], since: datetime) -> dict[int, datetime]:
    """Return when each of these deals was first won or lost after a moment, of those that were."""
    ended: dict[int, datetime] = {}
    for each in pipe.said.stretches(deals):
        if each.status != "open" and each.since > since:
            ended.setdefault(each.deal_id, each.since)
    return ended


def _percents(point: Point) -> list[int | None]:
    found = (point.won.get(name) for name in SHOWN)
    return [None if won is None else round(won * 100) for won in found]


def _landed(now: Pipeline, ranges: Sequence[Ranged]) -> Iterator[Landed]:
    """Yield ranges with what came, the company's first, the shortest period first."""
    names = {number: each.name for number, each in now.leading.employed.items()}
    periods = {each.period: period_named(each.period) for each in ranges}
    won: dict[str, list[DealState]] = {}
    for each in sorted(
        ranges,
        key=lambda each: (each.member_id is not None, SPANS.index(periods[each.period].span)),
    ):
        period = periods[each.period]
        if each.period not in won:
            won[each.period] = inspection.deals_won_in(now, period)
        yield landed(now, each, period, won[each.period], names)


def landed(
    now: Pipeline,
    said: Ranged,
    period: Period,
    won: Iterable[DealState],
    names: Mapping[int, str],
) -> Landed:
    """Return a range with what came of it; ``won``: the deals that were won in the period."""
    ends = end_of_day(period.last, now.organisation.time_zone)
    group = None
    if said.member_id is not None:
        led = now.moved(min(ends, now.at), now.known).leading.led_by(said.member_id)
        group = {said.member_id, *(each.id for each in led)}
    values = (d.value or Decimal(0) for d in won if group is None or d.salesperson_id in group)
    return Landed(
        period=said.period,
        member_id=said.member_id,
        member="" if said.member_id is None else names.get(said.member_id, "Somebody"),
        low=said.low,
        middle=said.middle,
        high=said.high,
        came=sum(values, Decimal(0)),
        over=ends < now.at,
    )


def _claims(then: Pipeline, now: Pipeline, morning: Morning) -> Iterator[Stood]:
    """Yield the claims that stood on a morning, in the order in which they were said."""
    last = {each.name: each for each in then.said.claims(set(morning.body["standing"]))}
    newest = next(iter(now.said.mornings("insights", limit=1)), morning)
    for name in morning.body["standing"]:
        if name in last:
            yield _stood(then, last[name], still=name in newest.body["standing"])


def _stood(then: Pipeline, claim: Claimed, *, still: bool) -> Stood:
    sides = ("first", "second")
    keys = {key for side in sides for key in claim.body[side]["deals"]}
    seen = then.deals_with_keys(keys).keys()
    body = dict(claim.body)
    for side in sides:
        kept = [key for key in claim.body[side]["deals"] if key in seen]
        body[side] = {**claim.body[side], "deals": kept}
    return Stood(claim.at, claim.name, claim.kind, body, len(keys) - len(seen), still)
