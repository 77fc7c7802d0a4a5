"""Whether rules are worth having: what came after they fired, in the company's own past."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from ridealong.record.live import chunks
from ridealong.record.pipeline import Pipeline
from ridealong.record.progress import Progress, Watch
from ridealong.record.states import DealState
from ridealong.views.signals.judging import switched_on
from ridealong.views.signals.lifting import Lift, lift
from ridealong.views.signals.replaying import Moment, mondays, replay
from ridealong.views.signals.rule import Rule

ENDED = timedelta(days=90)
"""So long after a moment a loss, or a win, counts as what came after it."""
MOVED = timedelta(days=30)
"""So long a push does."""
LONGEST = timedelta(days=730)
"""So far back it looks."""
OUTCOMES = ("lost", "pushed", "won")


@dataclass(frozen=True, slots=True)
class Ahead:
    """How many days before something a rule fired, the median over ``deals`` of them."""

    days: float | None
    deals: int


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """How one rule did: how often it fired, how early, and what came after, against deals alike.

    ``lifts``: by outcome, of ``OUTCOMES``. ``lifted``: one that the rule is about is shown: a loss
    or a push, and of good news a win.
    """

    name: str
    title: str
    good: bool
    fired: int
    deals: int
    before_loss: Ahead
    before_push: Ahead
    lifts: Mapping[str, Lift]

    @property
    def lifted(self) -> bool:
        """Say whether it is worth having, as far as this past shows."""
        return any(
            self.lifts[each].shown for each in (["won"] if self.good else ["lost", "pushed"])
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """How the rules did at ``moments``, on ``deals`` deals; at ``live`` of them as known then."""

    at: datetime
    since: datetime | None
    moments: int
    live: int
    deals: int
    rules: tuple[RuleTrial, ...]


@dataclass(frozen=True)
class _Course:
    """What became of a deal: when it ended, and how; when it was pushed."""

    ended: datetime | None
    status: str
    pushed: tuple[datetime, ...]

    def came(self, outcome: str, after: datetime) -> bool:
        """Say whether it came in its time after a moment."""
        if outcome == "pushed":
            following = self.next_push(after)
            return following is not None and following <= after + MOVED
        return self.status == outcome and self.ended is not None and self.ended <= after + ENDED

    def next_push(self, after: datetime) -> datetime | None:
        """Return when it was pushed next."""
        place = bisect_right(self.pushed, after)
        return self.pushed[place] if place < len(self.pushed) else None


def backtest(pipe: Pipeline, watch: Watch | None = None) -> Trial:
    """Replay the past week by week and say of every rule what came after it fired.

    Norms are those that would have been learned in each week.
    """
    chosen = switched_on(pipe.signals.settings())
    first = pipe.evidence.begins
    begin = max(first, pipe.at - LONGEST) if first else pipe.at
    weeks = mondays(pipe, begin.astimezone(pipe.organisation.time_zone).date())
    seen: list[Moment] = []
    for moment in replay(pipe, weeks, chosen):
        seen.append(moment)
        if watch:
            watch(Progress("looking at weeks", len(seen), len(weeks)))
    deals = {deal.id for moment in seen for deal, _ in moment.deals}
    courses = _courses(pipe, deals)
    rows = _Rows(seen, courses, until=pipe.at)
    return Trial(
        at=pipe.at,
        since=seen[0].at if seen else None,
        moments=len(seen),
        live=sum(moment.known for moment in seen),
        deals=len(deals),
        rules=tuple(rows.of(rule, tries=len(chosen) * 2) for rule, _ in chosen),
    )


def _courses(pipe: Pipeline, deals: set[int]) -> dict[int, _Course]:
    found: dict[int, _Course] = {}
    for chunk in chunks(deals):
        for deal, versions in pipe.histories(chunk).items():
            last = versions[-1]
            closed = next((v for v in versions[::-1] if v.status == "open"), None)
            ended = closed.valid_to if last.status != "open" and closed else None
            pushed = tuple(
                after.valid_from
                for before, after in pairwise(versions)
                if before.close_date and after.close_date and after.close_date > before.close_date
            )
            found[deal] = _Course(ended, last.status, pushed)
    return found


class _Rows:
    """Every deal at every moment, with whom it is alike."""

    def __init__(
        self, seen: Sequence[Moment], courses: Mapping[int, _Course], *, until: datetime
    ) -> None:
        self._rows = [(moment.at, deal, names) for moment in seen for deal, names in moment.deals]
        self._courses = courses
        self._until = until
        self._strata = _alike([(at, deal) for at, deal, _ in self._rows])

    def of(self, rule: Rule, *, tries: int) -> RuleTrial:
        """Say how one rule did."""
        standing: set[int] = set()
        once: set[int] = set()
        fresh: list[tuple[datetime, int]] = []
        first: list[int] = []
        never: list[int] = []
        for place, (at, deal, names) in enumerate(self._rows):
            if rule.name not in names:
                standing.discard(deal.id)
                if deal.id not in once:
                    never.append(place)
                continue
            # What stood when the past begins fired before it: nobody knows when.
            if deal.id not in standing and at > self._rows[0][0]:
                fresh.append((at, deal.id))
                if deal.id not in once:
                    first.append(place)
            standing.add(deal.id)
            once.add(deal.id)
        return RuleTrial(
            name=rule.name,
            title=rule.title,
            good=rule.good,
            fired=len(fresh),
            deals=len({deal for _, deal in fresh}),
            before_loss=_ahead(fresh, self._lost_after),
            before_push=_ahead(fresh, lambda at, deal: self._courses[deal].next_push(at)),
            lifts={outcome: self._lift(outcome, first, never, tries) for outcome in OUTCOMES},
        )

    def _lost_after(self, at: datetime, deal: int) -> datetime | None:
        course = self._courses[deal]
        return (
            course.ended if course.status == "lost" and course.ended and course.ended > at else None
        )

    def _lift(self, outcome: str, first: list[int], never: list[int], tries: int) -> Lift:
        span = MOVED if outcome == "pushed" else ENDED
        # What came after is known only where its time is over.
        places = [p for p in (*first, *never) if self._rows[p][0] + span <= self._until]
        fired = set(first)
        rows = [self._rows[place] for place in places]
        return lift(
            deals=[deal.id for _, deal, _ in rows],
            strata=[self._strata[place] for place in places],
            fired=[place in fired for place in places],
            came=[self._courses[deal.id].came(outcome, at) for at, deal, _ in rows],
            tries=tries,
        )


def _ahead(
    fresh: Sequence[tuple[datetime, int]], when: Callable[[datetime, int], datetime | None]
) -> Ahead:
    """From the first time on each deal that was followed by it."""
    days: dict[int, float] = {}
    for at, deal in fresh:
        came = when(at, deal)
        if came is not None and deal not in days:
            days[deal] = (came - at) / timedelta(days=1)
    return Ahead(median(days.values()) if days else None, len(days))


def _alike(rows: Sequence[tuple[datetime, DealState]]) -> list[int]:
    """Number rows by what makes deals alike: stage, third of size, fourth of age."""
    sizes = np.array([float(deal.value or 0) for _, deal in rows])
    ages = np.array([(at - deal.created_at) / timedelta(days=1) for at, deal in rows])
    if not len(rows):
        return []
    size = np.digitize(sizes, np.quantile(sizes, [1 / 3, 2 / 3]))
    age = np.digitize(ages, np.quantile(ages, [0.25, 0.5, 0.75]))
    groups: dict[tuple[Any, ...], int] = {}
    return [
        groups.setdefault((deal.stage_id, int(size[place]), int(age[place])), len(groups))
        for place, (_, deal) in enumerate(rows)
    ]


def trial_shape(trial: Trial) -> dict[str, Any]:
    """Return a trial as plain values: what commands print and what is kept."""
    return {
        "at": trial.at.isoformat(),
        "since": trial.since.isoformat() if trial.since else None,
        "weeks": trial.moments,
        "weeks_as_known_then": trial.live,
        "deals": trial.deals,
        "days_after": {"lost": ENDED.days, "won": ENDED.days, "pushed": MOVED.days},
        "rules": [{**asdict(rule), "lifted": rule.lifted} for rule in trial.rules],
    }
