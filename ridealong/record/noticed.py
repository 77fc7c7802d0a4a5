"""Which signals a member sees: those in sight that stand, unless somebody put them away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.expressions import Exists

from ridealong.record.live import Sight
from ridealong.record.models import Response, Signal
from ridealong.record.states import Member

ANY = "any"
"""Instead of a rule's name: of whichever."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the signals. A field that is None does not narrow.

    ``salespeople``: on deals that these members carry; ``unseen``: which the viewer has not seen.
    """

    deals: frozenset[int] | None = None
    rules: frozenset[str] | None = None
    salespeople: frozenset[int] | None = None
    unseen: bool = False

    def narrow(
        self, rows: QuerySet[Signal], sight: Sight, viewer: Member | None
    ) -> QuerySet[Signal]:
        """Return those rows that are wanted."""
        if self.deals is not None:
            rows = rows.filter(deal_id__in=sorted(self.deals))
        if self.rules is not None:
            rows = rows.filter(rule__in=sorted(self.rules))
        if self.salespeople is not None:
            rows = rows.filter(carried(sight, self.salespeople))
        return rows.filter(~looked_at(sight, viewer)) if self.unseen else rows


def carried(sight: Sight, salespeople: Collection[int]) -> Q:
    """Return the condition for signals on deals that these members carry."""
    theirs = sight.versions().filter(salesperson_id__in=sorted(salespeople))
    return Q(deal_id__in=theirs.values("deal_id"))


def in_sight(sight: Sight, viewer: Member | None) -> Q:
    """Return the condition for signals of deals in sight that are for this member.

    What is for leaders only is not for the one who carries the deal. Whoever keeps the
    installation, without being a member, sees all.
    """
    seen = Q()
    if sight.scope is not None:
        seen = Q(deal_id__in=sight.versions().values("deal_id"))
    if viewer is not None:
        own = sight.versions().filter(salesperson_id=viewer.id)
        seen &= Q(audience="everybody") | ~Q(deal_id__in=own.values("deal_id"))
    return seen


def standing(sight: Sight, viewer: Member | None) -> QuerySet[Signal]:
    """Return the signals that stand at the moment and are for this member."""
    holding = Q(valid_from__lte=sight.at, valid_to__gt=sight.at)
    return Signal.objects.filter(sight.knowledge, holding).filter(in_sight(sight, viewer))


def shown(sight: Sight, viewer: Member | None) -> QuerySet[Signal]:
    """Return those that nobody dismissed, and that this member did not put off."""
    away = Q(did="dismissed")
    if viewer is not None:
        away |= Q(did="snoozed", member_id=viewer.id, until__gt=sight.at)
    return standing(sight, viewer).filter(~Exists(_said(sight).filter(away)))


def looked_at(sight: Sight, viewer: Member | None) -> Exists:
    """Return whether this member has seen the outer query's signal since it was raised."""
    return Exists(_said(sight).filter(member_id=viewer.id if viewer else 0))


def deals_with(sight: Sight, viewer: Member | None, rule: str) -> QuerySet[Any, Any]:
    """Return the numbers of the deals on which a signal of that rule (or ``ANY``) is shown."""
    rows = shown(sight, viewer)
    return (rows if rule == ANY else rows.filter(rule=rule)).values("deal_id")


def _said(sight: Sight) -> QuerySet[Response]:
    """What members did about the outer query's signal since it was raised."""
    return Response.objects.filter(
        sight.knowledge,
        signal_id=OuterRef("signal_id"),
        raised_at=OuterRef("raised_at"),
        valid_from__lte=sight.at,
        valid_to__gt=sight.at,
    )
