"""Reading the whole company, as insights are worked out from it.

What the record says becomes plain values that name nobody; who may see which deal is asked again,
through the viewer's own pipeline, when evidence is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from ridealong.insight import Advised, Company, Course, Happening, Step
from ridealong.record.paths import PathStep, Touched
from ridealong.record.pipeline import Pipeline
from ridealong.views import coaching
from ridealong.views.coaching.aims import aims
from ridealong.views.coaching.worthwhile import has_power

MOST = 6000
"""So many deals at most are looked at: of more, every second or fourth."""
_DAY = timedelta(days=1)


def days(moment: datetime) -> float:
    """Return a moment as courses count: in days since the beginning of 1970."""
    return moment.timestamp() / _DAY.total_seconds()


def company(pipe: Pipeline) -> Company:
    """Return the courses of all deals up to the moment, with guidance and who leads whom.

    ``pipe`` is one that sees all: ``Pipeline.counting``.
    """
    numbers = pipe.paths.deals(MOST)
    return Company(
        courses=courses(pipe, numbers),
        advised=_advised(pipe, frozenset(numbers)),
        leaders=_leaders(pipe),
        stages=tuple(stage.id for stage in pipe.stages() if stage.status == "open"),
    )


def courses(pipe: Pipeline, numbers: Iterable[int]) -> tuple[Course, ...]:
    """Return how these deals, which are in sight, went up to the moment."""
    wanted = sorted(numbers)
    touched: dict[int, list[Happening]] = {}
    for each in pipe.paths.touched(wanted):
        touched.setdefault(each.deal_id, []).append(_happening(each))
    spoken: dict[int, list[float]] = {}
    for deal, at in pipe.paths.discussed(wanted):
        spoken.setdefault(deal, []).append(days(at))
    found = []
    by_deal = groupby(pipe.paths.steps(wanted, pipe.conversion), key=attrgetter("deal_id"))
    for number, rows in by_deal:
        steps = tuple(_step(row) for row in rows)
        happened = tuple(touched.get(number, ()))
        found.append(Course(number, steps[0].at, steps, happened, tuple(spoken.get(number, ()))))
    return tuple(found)


def _step(row: PathStep) -> Step:
    return Step(
        at=days(row.at),
        stage=row.stage_id or 0,
        place=row.position,
        status="won" if row.status == "won" else "lost" if row.status == "lost" else "open",
        salesperson=row.salesperson_id or 0,
        worth=None if row.value is None else float(row.value),
        pushes=row.pushes,
        next_step=row.next_step,
        deciders=frozenset(key for key, role in row.contacts.items() if has_power(role or "")),
    )


def _happening(each: Touched) -> Happening:
    return Happening(
        days(each.at), each.kind, each.two_way, each.direction == "in", tuple(each.contacts)
    )


def _leaders(pipe: Pipeline) -> Mapping[int, int | None]:
    people = pipe.leading.employed.values()
    return {each.id: each.leader_id for each in people if each.role == "salesperson"}


def _advised(pipe: Pipeline, deals: frozenset[int]) -> tuple[Advised, ...]:
    """Guidance on these deals, and since when it is known that it was followed."""
    given = [each for each in pipe.leading.guidance() if each.deal_id in deals]
    found = []
    for one in coaching.followed(pipe, given):
        if one.outcome == "withdrawn" or one.given.salesperson_id is None:
            continue
        done = None
        if one.outcome == "followed":
            shown = [each.known for each in one.evidence] or [one.given.said_at]
            done = days(min(shown))
        asked = aims(one.given.text)
        found.append(
            Advised(
                deal=one.given.deal_id or 0,
                salesperson=one.given.salesperson_id,
                at=days(one.given.at),
                aim=asked[0] if asked else "",
                followed=done,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.at, each.deal, each.aim)))
