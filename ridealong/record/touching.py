"""Activities of deals: the last contact, what is planned, and the list for a deal's story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import Left, RowNumber

from ridealong.record import models
from ridealong.record.criteria import DECLINED
from ridealong.record.live import Sight, chunks
from ridealong.record.models import Activity
from ridealong.record.states import ActivityState, Member, Touch


def touches(sight: Sight, deals: Sequence[int]) -> dict[int, Touch]:
    """Return each deal's touch; deals without any activity are left out."""
    found: dict[int, Touch] = {}
    ahead = Q(at__gt=sight.at, known_from__lte=sight.at, among_us=False) & ~DECLINED
    for chunk in chunks(deals):
        rows = Activity.objects.filter(sight.knowledge, deal_id__in=chunk)
        planned = rows.filter(ahead).order_by("deal_id", "-at").values_list("deal_id", "title")
        titles = dict(planned)
        lines = rows.order_by().values("deal_id")
        for line in lines.annotate(
            contact=Max("at", filter=Q(at__lte=sight.at, two_way=True)),
            last=Max("at", filter=Q(at__lte=sight.at)),
            following=Min("at", filter=ahead),
        ):
            touch = Touch(
                line["contact"], line["last"], line["following"], titles.get(line["deal_id"], "")
            )
            found[line["deal_id"] or 0] = touch
    return found


def activities(sight: Sight, viewer: Member | None, deal: int, limit: int) -> list[ActivityState]:
    """Return a deal's activities up to the moment and those then planned, newest first.

    The record of a meeting comes with that meeting, not beside it. A talk among colleagues has its
    words for those of them only.
    """
    rows = _visible(sight).filter(deal_id=deal).order_by(F("at").desc(), "activity_id")[:limit]
    return _states(list(rows), viewer)


def activities_since(
    sight: Sight, viewer: Member | None, deals: Iterable[int], since: datetime
) -> dict[int, list[ActivityState]]:
    """Return what happened on each deal since then and what is planned, the oldest first."""
    found: dict[int, list[ActivityState]] = {}
    for chunk in chunks(deals):
        rows = _visible(sight).filter(deal_id__in=chunk, at__gte=since)
        for state in _states(list(rows.order_by("at", "activity_id")), viewer):
            found.setdefault(state.deal_id or 0, []).append(state)
    return found


def newest(
    sight: Sight, viewer: Member | None, deals: Iterable[int], *, limit: int, letters: int
) -> dict[int, list[ActivityState]]:
    """Return of each deal what ``activities`` does, with the first ``letters`` of each text.

    Of many deals at once: whole texts would be more than one wants in memory.
    """
    found: dict[int, list[ActivityState]] = {}
    newest_first = [F("at").desc(), F("activity_id").asc()]
    place = Window(RowNumber(), partition_by=F("deal_id"), order_by=newest_first)
    for chunk in chunks(deals):
        rows = _visible(sight).filter(deal_id__in=chunk).annotate(place=place)
        rows = rows.filter(place__lte=limit).defer("text").annotate(start=Left("text", letters))
        shown = list(rows.order_by("deal_id", "place"))
        for row in shown:
            row.text = row.start
        for state in _states(shown, viewer):
            found.setdefault(state.deal_id or 0, []).append(state)
    return found


def _visible(sight: Sight) -> QuerySet[Activity]:
    visible = Q(at__lte=sight.at) | Q(known_from__lte=sight.at)
    return Activity.objects.filter(sight.knowledge, visible)


def _states(shown: Sequence[Activity], viewer: Member | None) -> list[ActivityState]:
    involved = {row.member_id for row in shown if row.member_id is not None}
    members = dict(models.Member.objects.filter(id__in=involved).values_list("id", "name"))
    for row in shown:
        if row.among_us and not _took_part(row, viewer):
            row.text = ""
    keys = {row.key for row in shown}
    recordings = {row.recording_of: row for row in shown if row.recording_of in keys}
    return [
        _state(row, members, recordings.get(row.key))
        for row in shown
        if row.recording_of not in keys
    ]


def _took_part(row: Activity, viewer: Member | None) -> bool:
    return viewer is not None and (viewer.id == row.member_id or viewer.key in (row.members or ()))


def _state(
    row: Activity, members: Mapping[int, str], recording: Activity | None = None
) -> ActivityState:
    def listed(value: Any) -> tuple[Any, ...]:
        return tuple(value or ())

    return ActivityState(
        id=row.activity_id,
        key=row.key,
        at=row.at,
        kind=row.kind,
        deal_id=row.deal_id,
        company_id=row.company_id,
        member_id=row.member_id,
        member=members.get(row.member_id, "") if row.member_id else "",
        direction=row.direction,
        two_way=row.two_way,
        title=row.title,
        text=row.text,
        minutes=row.minutes,
        done=row.done,
        contacts=listed(row.contacts),
        members=listed(row.members),
        deals_discussed=listed(row.deals_discussed),
        nature=dict(row.nature or {}),
        known=row.known_from,
        people=listed(row.people),
        attachments=listed(row.attachments),
        recording=None if recording is None else _state(recording, members),
        among_us=row.among_us,
    )
