"""What waits for a person: activities without a deal, questions that texts raise."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ridealong.record.live import Sight
from ridealong.record.models import Activity, DealVersion
from ridealong.record.models import Question as QuestionRow
from ridealong.record.states import Question, ToPlace

SHORT = 280


def unplaced(sight: Sight, limit: int) -> list[ToPlace]:
    """Return activities of those in scope whose deal is unsure, the newest first."""
    return [_unplaced(row) for row in _unsure(sight).order_by("-at", "activity_id")[:limit]]


def count_unplaced(sight: Sight) -> int:
    """Return how many there are."""
    return _unsure(sight).count()


def in_sight(sight: Sight, key: str) -> bool:
    """Say whether the activity of that key is of somebody in scope."""
    return _of_scope(sight).filter(key=key).exists()


def _unsure(sight: Sight) -> QuerySet[Activity]:
    # The record of a meeting follows that meeting: it is asked about once.
    return _of_scope(sight).filter(placing="unsure", recording_of="")


def _of_scope(sight: Sight) -> QuerySet[Activity]:
    seen = Q() if sight.scope is None else Q(member_id__in=sorted(sight.scope))
    return Activity.objects.filter(seen, is_latest=True)


def _unplaced(row: Activity) -> ToPlace:
    match = row.match or {}
    return ToPlace(
        key=row.key,
        at=row.at,
        kind=row.kind,
        direction=row.direction,
        title=row.title,
        text=row.text if len(row.text) <= SHORT else f"{row.text[: SHORT - 1].rstrip()}…",
        people=tuple(row.people or ()),
        why=tuple(match.get("why") or ()),
        candidates=tuple((deal, sure) for deal, sure in match.get("candidates") or ()),
    )


def questions(sight: Sight, salesperson: int) -> list[Question]:
    """Return open questions on a salesperson's open deals, the newest first.

    Of a deal's field (or person) only the newest is asked.
    """
    rows = _of_own_deals(sight, salesperson).filter(answer="")
    asked: dict[tuple[int, str, str], Question] = {}
    for row in rows.order_by("-at", "-id"):
        about = (row.value or {}).get("contact") or (row.value or {}).get("email") or ""
        asked.setdefault((row.deal_id, row.field, about), _question(row))
    return list(asked.values())


def question(sight: Sight, salesperson: int, number: int) -> Question | None:
    """Return a question on one of a salesperson's open deals, answered or not."""
    row = _of_own_deals(sight, salesperson).filter(id=number).first()
    return _question(row) if row else None


def _of_own_deals(sight: Sight, salesperson: int) -> QuerySet[QuestionRow]:
    deals = DealVersion.objects.filter(
        sight.knowledge,
        salesperson_id=salesperson,
        is_open=True,
        valid_from__lte=sight.at,
        valid_to__gt=sight.at,
    )
    return QuestionRow.objects.filter(deal_id__in=deals.values("deal_id"))


def _question(row: QuestionRow) -> Question:
    return Question(
        id=row.id,
        key=row.key,
        at=row.at,
        deal_id=row.deal_id,
        activity=row.activity_key,
        field=row.field,
        value=row.value,
        sentence=row.sentence,
        asks=row.asks,
        sure=row.sure,
    )
