"""The room behind the door where it is read when deals were edited, and since when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Min

from ridealong.record.live import Conversion, Sight
from ridealong.record.models import (
    Activity,
    DealVersion,
    Employment,
    Guidance,
    KeptBrief,
    Member,
    Party,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """That something about a deal became otherwise. ``value``: in the company's currency."""

    deal_id: int
    at: datetime
    salesperson_id: int
    status: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A mail of one of us to others of us, about no deal. ``members``: to whom, by number."""

    key: str
    at: datetime
    title: str
    text: str
    members: tuple[int, ...]


@dataclass(frozen=True)
class Editing:
    """What one member may see of it, at one time."""

    sight: Sight

    def edits(
        self, since: datetime, salespeople: Collection[int], conversion: Conversion
    ) -> list[Edit]:
        """Return each edit since then of deals that these carry, and may be seen, oldest first."""
        rows = DealVersion.objects.filter(
            self.sight.knowledge,
            self.sight.seen,
            valid_from__gt=since,
            valid_from__lte=self.sight.at,
            salesperson_id__in=sorted(salespeople),
        ).order_by("valid_from", "deal_id")
        return [
            Edit(deal, at, person or 0, status, conversion.stored(hundredths, currency)[1])
            for deal, at, person, status, hundredths, currency in rows.values_list(
                "deal_id", "valid_from", "salesperson_id", "status", "amount", "currency"
            )
        ]

    def asked_by_mail(self, member: int, since: datetime) -> list[Asking]:
        """Return the mails since then of a member in sight to colleagues, the newest first."""
        if self.sight.scope is not None and member not in self.sight.scope:
            return []
        rows = Activity.objects.filter(
            self.sight.knowledge,
            kind="email",
            member_id=member,
            deal_id__isnull=True,
            company_id__isnull=True,
            at__gt=since,
            at__lte=self.sight.at,
        ).order_by("-at", "-activity_id")
        found = [(row, row.members) for row in rows if row.members and not row.contacts]
        numbers = _numbers({key for _, members in found for key in members})
        return [
            Asking(
                row.key,
                row.at,
                row.title,
                row.text,
                tuple(numbers[key] for key in members if key in numbers),
            )
            for row, members in found
        ]

    def begins(self) -> tuple[datetime | None, datetime | None]:
        """Return since when the record has talks of colleagues, and guidance: of anybody's.

        What is older says nothing: nobody told of it. None where there is none up to the moment.
        """
        talks = Party.objects.filter(self.sight.knowledge, held=True, at__lte=self.sight.at)
        given = Guidance.objects.filter(self.sight.knowledge, given_at__lte=self.sight.at)
        return (
            talks.aggregate(first=Min("at"))["first"],
            given.aggregate(first=Min("given_at"))["first"],
        )

    def here_since(self, members: Collection[int]) -> dict[int, datetime]:
        """Return since when each of these members works here."""
        rows = Employment.objects.filter(
            self.sight.knowledge, member_id__in=sorted(members), active=True
        )
        lines = rows.order_by().values("member_id").annotate(first=Min("valid_from"))
        return dict(lines.values_list("member_id", "first"))

    def has_kept(self) -> bool:
        """Say whether anybody ever kept a brief."""
        return KeptBrief.objects.exists()

    def kept_at(self, since: datetime) -> list[datetime]:
        """Return when anybody kept a brief since then: when, and nothing of what it says."""
        rows = KeptBrief.objects.filter(known__gt=since, known__lte=self.sight.at)
        return sorted(rows.values_list("known", flat=True))


def _numbers(keys: Collection[str]) -> Mapping[str, int]:
    return dict(Member.objects.filter(key__in=sorted(keys)).values_list("key", "id"))
