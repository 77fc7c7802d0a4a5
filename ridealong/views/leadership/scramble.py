"""The scramble: how a week's edits crowd into the hours before the call with the CEO."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from scipy.special import betaincinv

from ridealong.record.editing import Edit
from ridealong.record.pipeline import Pipeline
from ridealong.views.leadership.figures import CallWeek, Counted, Scramble

WEEKS = 12
EVE = timedelta(hours=24)
WEEK = timedelta(days=7)
AT_ONCE = 5
"""So many deals edited at the very same moment are an import, and nobody's hurry."""
FEWEST = 10
"""Of fewer edits in a week nothing is said."""
FEWEST_KEPT = 3
"""So many briefs kept on one weekday tell when the call is."""
FRIDAY = 4
WORK = range(8, 18)
"""Hours of a working day, Monday to Friday."""


@dataclass(frozen=True, slots=True)
class CallTime:
    """When the call with the CEO is: ``weekday`` 0 is Monday, ``clock`` the company's.

    ``kept``: learned from when briefs were kept, else assumed.
    """

    weekday: int
    clock: time
    kept: bool

    @property
    def words(self) -> str:
        """When it is, or is taken to be; after “before”."""
        return "the CEO call" if self.kept else "Fridays at 8, taken to be the call"


def call_time(pipe: Pipeline) -> CallTime:
    """Return when the call usually is: when briefs were kept, else on Fridays at 8."""
    zone = pipe.organisation.time_zone
    kept = [m.astimezone(zone) for m in pipe.editing.kept_at(pipe.at - WEEKS * WEEK)]
    counts = Counter(moment.weekday() for moment in kept)
    weekday, count = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(FRIDAY, 0))
    if count < FEWEST_KEPT:
        return CallTime(FRIDAY, time(8), kept=False)
    minutes = [m.hour * 60 + m.minute for m in kept if m.weekday() == weekday]
    middle = int(median(minutes))
    return CallTime(weekday, time(middle // 60, middle % 60), kept=True)


def calls(at: datetime, when: CallTime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the last twelve calls up to a moment, the oldest first."""
    today = at.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - when.weekday) % 7)
    last = _moment(day, when, zone)
    if last > at:
        day -= WEEK
    days = (day - WEEK * back for back in reversed(range(WEEKS)))
    return tuple(_moment(each, when, zone) for each in days)


def _moment(day: date, when: CallTime, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, when.clock, tzinfo=zone)


def expected(when: CallTime) -> float:
    """Return the share of a week's working hours that the 24 hours before the call have."""
    hours = 0
    for back in range(1, 25):
        hour = when.weekday * 24 + when.clock.hour - back
        day, clock = divmod(hour, 24)
        hours += day % 7 < 5 and clock in WORK
    return hours / (5 * len(WORK))


def scramble(
    pipe: Pipeline, team: Collection[int], when: CallTime
) -> tuple[Scramble, tuple[Counted, ...]]:
    """Return how the edits of a team's deals crowd, and each edit that is counted.

    What many deals were told at the very same moment came from an import, and is left out.
    """
    moments = calls(pipe.at, when, pipe.organisation.time_zone)
    edits = pipe.editing.edits(moments[0] - WEEK, team, pipe.conversion)
    edits = [each for each in edits if each.at <= moments[-1]]
    by_hand = _by_hand(edits)
    weeks = tuple(_week(call, by_hand) for call in moments)
    names = {deal.id: deal.name for deal in pipe.deals_numbered(sorted({e.deal_id for e in edits}))}
    counted = tuple(
        Counted(
            e.at,
            e.salesperson_id,
            names.get(e.deal_id, ""),
            float(next(call for call in moments if e.at <= call) - e.at <= EVE),
            1.0,
            "deal",
            str(e.deal_id),
        )
        for e in by_hand
    )
    left_out = len(edits) - len(by_hand)
    return Scramble(weeks, expected(when), when.words, when.kept, left_out), counted


def _by_hand(edits: Sequence[Edit]) -> list[Edit]:
    at_once = Counter(each.at for each in edits)
    return [each for each in edits if at_once[each.at] < AT_ONCE]


def _week(call: datetime, edits: Sequence[Edit]) -> CallWeek:
    moments = [each.at for each in edits if call - WEEK < each.at <= call]
    crowded = sum(call - at <= EVE for at in moments)
    if len(moments) < FEWEST:
        return CallWeek(call, len(moments), crowded, None, None)
    return CallWeek(call, len(moments), crowded, *_likely(crowded, len(moments)))


def _likely(some: int, of: int) -> tuple[float, float]:
    """Return Clopper and Pearson's interval of a share: at least 95% whatever the share is."""
    low = float(betaincinv(some, of - some + 1, 0.025)) if some else 0.0
    high = float(betaincinv(some + 1, of - some, 0.975)) if some < of else 1.0
    return low, high
