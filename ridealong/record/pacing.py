"""How deals went, salesperson by salesperson, so that one of them can stand beside their team.

A salesperson sees nothing of a colleague's. What leaves here of others names neither them nor
their deals, and comes in an order that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db.models import Count, Q

from ridealong.record.live import Sight, chunks
from ridealong.record.models import Activity, DealVersion
from ridealong.record.touching import touches

YEAR = timedelta(days=365)
"""How far back deals are looked at."""
QUARTER = timedelta(days=90)
"""How far back contacts with buyers are counted."""


@dataclass(frozen=True, slots=True)
class Course:
    """How one deal went in the year up to the moment looked at.

    ``deal_id``: 0 where it is not the deal of the one asked about. ``outcome``: won or lost, "" of
    an open one. ``stage_days``: how long it was in each stage that it left in that year.
    ``next_step``: one is agreed, or something is planned. ``contacts``: in which the buyer took
    part in the last 90 days; ``days``: how many of these days it was open.
    """

    deal_id: int
    outcome: str
    stage_days: tuple[float, ...]
    pushes: int
    next_step: bool
    contacts: int
    days: float


@dataclass(frozen=True, slots=True)
class Paces:
    """How the deals of one salesperson went, and those of each other one of their team."""

    own: tuple[Course, ...]
    others: tuple[tuple[Course, ...], ...]


class _Version(NamedTuple):
    deal: int
    valid_from: datetime
    stage: int | None
    status: str
    salesperson: int
    next_step: str
    pushes: int
    created_at: datetime


def paces(sight: Sight, member: int, others: Iterable[int]) -> Paces:
    """Return how the deals of ``member`` and of each of ``others`` went.

    The caller has seen to it that ``member`` is in sight.
    """
    team = {member: [], **{number: [] for number in others}}  # type: dict[int, list[Course]]
    versions = _versions(sight, sorted(team))
    still_open = [rows[-1].deal for rows in versions if rows[-1].status == "open"]
    planned = {n for n, touch in touches(sight, still_open).items() if touch.next_activity}
    contacts = _contacts(sight, still_open)
    for rows in versions:
        now = rows[-1]
        if now.status != "open" and _ended(rows) < sight.at - YEAR:
            continue
        team[now.salesperson].append(
            Course(
                deal_id=now.deal if now.salesperson == member else 0,
                outcome="" if now.status == "open" else now.status,
                stage_days=tuple(_stage_days(rows, sight.at - YEAR)),
                pushes=now.pushes,
                next_step=bool(now.next_step) or now.deal in planned,
                contacts=contacts.get(now.deal, 0),
                days=(sight.at - max(now.created_at, sight.at - QUARTER)) / timedelta(days=1),
            )
        )
    rest = [tuple(courses) for number, courses in team.items() if number != member]
    return Paces(tuple(team[member]), tuple(sorted(rest, key=lambda each: (len(each), repr(each)))))


def _versions(sight: Sight, team: Sequence[int]) -> list[list[_Version]]:
    """The versions up to the moment of each deal that one of the team carries, or ended lately."""
    holding = Q(valid_from__lte=sight.at, valid_to__gt=sight.at)
    recent = Q(is_open=True) | Q(valid_from__gte=sight.at - YEAR)
    rows = DealVersion.objects.filter(sight.knowledge, holding, recent, salesperson_id__in=team)
    found: list[list[_Version]] = []
    for chunk in chunks(rows.values_list("deal_id", flat=True)):
        course = DealVersion.objects.filter(
            sight.knowledge, deal_id__in=chunk, valid_from__lte=sight.at
        ).order_by("deal_id", "valid_from")
        named = course.values_list(
            "deal_id",
            "valid_from",
            "stage_id",
            "status",
            "salesperson_id",
            "next_step",
            "pushes",
            "created_at",
        )
        each = map(_Version._make, named)
        found += [list(group) for _, group in groupby(each, key=lambda version: version.deal)]
    return found


def _ended(rows: Sequence[_Version]) -> datetime:
    """When the deal went to the status that it has."""
    first = rows[-1]
    for row in reversed(rows):
        if row.status != first.status:
            break
        first = row
    return first.valid_from


def _stage_days(rows: Sequence[_Version], since: datetime) -> Iterable[float]:
    began = rows[0].valid_from
    for before, after in pairwise(rows):
        if (after.stage, after.status) == (before.stage, before.status):
            continue
        if before.status == "open" and before.stage is not None and after.valid_from >= since:
            yield (after.valid_from - began) / timedelta(days=1)
        began = after.valid_from


def _contacts(sight: Sight, deals: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in chunks(deals):
        rows = Activity.objects.filter(
            sight.knowledge,
            deal_id__in=chunk,
            two_way=True,
            at__gt=sight.at - QUARTER,
            at__lte=sight.at,
        )
        counted = rows.order_by().values("deal_id").annotate(n=Count("id"))
        found.update((line["deal_id"] or 0, line["n"]) for line in counted)
    return found
