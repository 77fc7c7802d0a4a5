"""The one door to the record: the pipeline a member may see, at a moment, as known at one.

Every read on every face begins with ``open``, so that permission and time cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from ridealong.lib import clock
from ridealong.lib.money import from_hundredths
from ridealong.record import briefs, finding, models, reading, touching, waiting
from ridealong.record.comparing import (
    Pair,
    Sides,
    compared,
    newly_won,
    paired,
    standing,
    what_differs,
)
from ridealong.record.criteria import Criteria, Order, narrowed, ordered, worth
from ridealong.record.live import Conversion, Sight, chunks, states
from ridealong.record.models import DealVersion
from ridealong.record.rooms import Rooms
from ridealong.record.states import (
    ActivityState,
    Company,
    Contact,
    DealState,
    Found,
    KeptBrief,
    Member,
    Organisation,
    Question,
    Stage,
    Standing,
    Tally,
    ToPlace,
    Touch,
)
from ridealong.record.store import CHUNK


class Everything:
    """Stands for a reader who may see all: a command run by whoever keeps the installation."""


EVERYTHING: Final = Everything()


class NotVisible(LookupError):
    """There is no such deal, or it is not for this member to see: nobody can tell which."""


class NotAMember(LookupError):
    """Whoever reads is not a member of the company, or no longer."""


def open(  # noqa: A001  the word the whole design uses: pipeline.open
    viewer: int | Everything, at: datetime | None = None, known: datetime | None = None
) -> Pipeline:
    """Open the pipeline that ``viewer`` (a member's number) may see.

    ``at``: the moment looked at, now by default. ``known``: with what was known then, now by
    default. A salesperson sees their own deals, a leader those of everybody below them, an owner
    all; an admin, who only configures, none. Raises ``NotAMember``.
    """
    moment = at or clock.now()
    if isinstance(viewer, Everything):
        return Pipeline(viewer=None, sight=Sight(moment, known, None))
    row = models.Member.objects.filter(id=viewer, active=True).first()
    if row is None:
        raise NotAMember(f"There is no active member {viewer}.")
    return Pipeline(viewer=reading.member(row), sight=Sight(moment, known, reading.scope(row)))


def member_with_email(email: str) -> Member:
    """Return the active member with this e-mail address. Raises ``NotAMember``."""
    row = models.Member.objects.filter(email=email.strip().lower(), active=True).first()
    if row is None:
        raise NotAMember(f"Nobody here has the e-mail address “{email}”.")
    return reading.member(row)


@dataclass(frozen=True)
class Pipeline(Rooms):
    """The pipeline one member may see at one time."""

    @property
    def at(self) -> datetime:
        """The moment looked at."""
        return self.sight.at

    @property
    def known(self) -> datetime | None:
        """What was known when; None for now."""
        return self.sight.known

    def moved(self, at: datetime, known: datetime | None = None) -> Pipeline:
        """Return what the same member may see at another moment."""
        return Pipeline(viewer=self.viewer, sight=Sight(at, known, self.sight.scope))

    def counting(self) -> Pipeline:
        """Return the whole company's pipeline at these times, for figures that name nobody.

        What is read through it leaves a view as counts only; what is named is read through this
        one. A test holds which views may ask for it.
        """
        return Pipeline(viewer=None, sight=Sight(self.at, self.known, None))

    @cached_property
    def organisation(self) -> Organisation:
        """The company."""
        return reading.organisation()

    @cached_property
    def conversion(self) -> Conversion:
        """The rate table as of this moment."""
        return Conversion(self.organisation.currency, self.at)

    def _read(self, rows: QuerySet[DealVersion]) -> list[DealState]:
        return states(rows, self.conversion)

    # People and stages

    def members(self) -> list[Member]:
        """Return the members whose deals are seen, and the viewer, in order of name."""
        rows = models.Member.objects.order_by("name", "key")
        if self.sight.scope is not None:
            mine = {self.viewer.id} if self.viewer else set()
            rows = rows.filter(id__in=sorted(self.sight.scope | mine))
        return [reading.member(row) for row in rows]

    def stages(self) -> list[Stage]:
        """Return every stage in order."""
        return [reading.stage(r) for r in models.Stage.objects.order_by("position", "name")]

    # Deals at the moment

    def _open(self, criteria: Criteria) -> QuerySet[DealVersion]:
        rows = self.sight.versions().filter(is_open=True)
        return narrowed(rows, criteria, self.sight, self.viewer)

    def open_deals(
        self,
        criteria: Criteria,
        *,
        order: Order = Order("value", descending=True),  # noqa: B008  frozen
        offset: int = 0,
        limit: int | None = None,
    ) -> list[DealState]:
        """Return the open deals that meet ``criteria``, in order, from ``offset`` on."""
        rows = ordered(self._open(criteria), order, self.conversion)
        if limit is None or limit > CHUNK:
            return self._read(rows[offset : None if limit is None else offset + limit])
        # Names are joined to the few rows shown, not to all that are put in order.
        few = list(rows.values_list("id", flat=True)[offset : offset + limit])
        return self._read(ordered(DealVersion.objects.filter(id__in=few), order, self.conversion))

    def largest_of_each(self, criteria: Criteria, by: str, limit: int) -> list[DealState]:
        """Return the ``limit`` largest open deals of each stage, or salesperson, the largest first.

        Of those that meet ``criteria``; ``by``: stage_id or salesperson_id.
        """
        largest_first = [worth(self.conversion).desc(nulls_last=True), F("deal_id").asc()]
        place = Window(RowNumber(), partition_by=F(by), order_by=largest_first)
        numbered = self._open(criteria).annotate(place=place).filter(place__lte=limit)
        # Placed first, joined after: the window sorts numbers, not whole rows.
        rows = DealVersion.objects.filter(id__in=numbered.values("id"))
        return self._read(ordered(rows, Order("value", descending=True), self.conversion))

    def tallies(self, criteria: Criteria, by: str) -> list[Tally]:
        """Count the open deals that meet ``criteria``, by one column.

        ``by``: salesperson_id, stage_id, close_date or "" for one line of all.
        """
        columns = [by, "currency"] if by else ["currency"]
        counted = self._open(criteria).order_by().values(*columns)
        sums: dict[object, tuple[int, Decimal, int]] = {}
        for line in counted.annotate(n=Count("id"), priced=Count("amount"), total=Sum("amount")):
            key = line[by] if by else None
            count, amount, unconverted = sums.get(key, (0, Decimal(0), 0))
            part = self.conversion.value(from_hundredths(line["total"] or 0), line["currency"])
            missing = line["priced"] if part is None else 0
            sums[key] = (count + line["n"], amount + (part or 0), unconverted + missing)
        return [Tally(key, *line) for key, line in sums.items()]

    def open_standings(self) -> list[Standing]:
        """Return what is counted of every open deal, the largest first.

        One reading serves all figures of a brief. Without a join or a sort in the database.
        """
        positions = {stage.id: stage.position for stage in self.stages()}
        read = compared(self._open(Criteria()), self.organisation.currency)
        found = [standing(d, values, positions, self.conversion) for d, values in read.items()]
        # Like the order of ``open_deals``: those without a value last.
        return sorted(found, key=lambda deal: (deal.value is None, -(deal.value or 0), deal.id))

    def numbers_of_open(self, criteria: Criteria) -> frozenset[int]:
        """Return the numbers of the open deals that meet ``criteria``."""
        return frozenset(self._open(criteria).values_list("deal_id", flat=True))

    def currencies_without_rate(self) -> tuple[str, ...]:
        """Return the currencies of open deals' amounts that nothing says the worth of."""
        used = self._open(Criteria()).filter(amount__isnull=False).order_by()
        names = used.values_list("currency", flat=True).distinct()
        return tuple(sorted(name for name in names if self.conversion.rate(name) is None))

    def compared_with(
        self,
        earlier: Pipeline,
        criteria: Criteria = Criteria(),  # noqa: B008  frozen
    ) -> list[Pair[Standing]]:
        """Return each deal whose status, stage, salesperson, amount or close date differs.

        Before and after, between ``earlier`` and here, of deals that meet ``criteria`` here (or,
        gone from here, met them last). A side is None where the deal did not exist, or was not for
        this member to see.
        """
        currency = self.organisation.currency
        sides = what_differs(earlier.sight, self.sight, currency, criteria, self.viewer)
        return self._beside(earlier, sides)

    def won_since(self, earlier: Pipeline) -> list[Pair[Standing]]:
        """Return of ``compared_with`` the deals that are won here and were not seen to be there."""
        sides = newly_won(earlier.sight, self.sight, self.organisation.currency)
        return self._beside(earlier, sides)

    def _beside(self, earlier: Pipeline, sides: Sides) -> list[Pair[Standing]]:
        positions = {stage.id: stage.position for stage in self.stages()}
        before, after = (
            {deal: standing(deal, values, positions, rates) for deal, values in side.items()}
            for side, rates in zip(sides, (earlier.conversion, self.conversion), strict=True)
        )
        return paired(before, after, earlier.sight, self.sight)

    def deals_compared_with(self, earlier: Pipeline, deals: Iterable[int]) -> list[Pair[DealState]]:
        """Return the whole of these deals before and after, in order of their numbers."""
        before: dict[int, DealState] = {}
        after: dict[int, DealState] = {}
        for chunk in chunks(deals):
            for side, pipe in ((before, earlier), (after, self)):
                rows = pipe.sight.versions().filter(deal_id__in=chunk)
                side.update((deal.id, deal) for deal in states(rows, pipe.conversion))
        return paired(before, after, earlier.sight, self.sight)

    def deals_numbered(self, deals: Sequence[int]) -> list[DealState]:
        """Return those of these deals that are in sight, open or closed, in the order given."""
        rows = (self.sight.versions().filter(deal_id__in=chunk) for chunk in chunks(deals))
        found = {deal.id: deal for part in rows for deal in self._read(part)}
        return [found[number] for number in deals if number in found]

    def touches(self, deals: Sequence[int]) -> dict[int, Touch]:
        """Return when each deal's buyer was last in contact, and what is planned."""
        return touching.touches(self.sight, deals)

    # One deal

    def deal(self, key: str) -> DealState:
        """Return the deal with the source's id ``key``, or else with that number of ours.

        Raises ``NotVisible``.
        """
        states = self.deals_numbered(finding.numbers_with_key(key))
        if not states:
            raise NotVisible(f"There is no deal “{key}” here.")
        return states[0]

    def deals_with_keys(self, keys: Iterable[str]) -> dict[str, DealState]:
        """Return {key: deal} of those deals that are in sight, by their sources' ids."""
        numbers = finding.numbers_by_key(keys)
        return {deal.key: deal for deal in self.deals_numbered(sorted(numbers.values()))}

    def deals_called(self, text: str, limit: int = 20) -> list[DealState]:
        """Return the deals that ``text`` may mean: by id, else by words; open ones first."""
        by_key = self.deals_numbered(finding.numbers_with_key(text))
        if by_key:
            return by_key[:1]
        rows = self.sight.versions().filter(finding.with_words("deal_id", text))
        return self._read(rows.order_by("-is_open", "name", "deal_id")[:limit])

    def history(self, deal: DealState) -> list[DealState]:
        """Return the deal's versions up to this moment, oldest first."""
        rows = self.sight.believed().filter(deal_id=deal.id, valid_from__lte=self.at)
        return self._read(rows.order_by("valid_from"))

    def histories(self, deals: Iterable[int]) -> dict[int, list[DealState]]:
        """Return the versions of each of these deals up to this moment, oldest first.

        Of those that are in sight now.
        """
        found: dict[int, list[DealState]] = {}
        seen = {deal.id for deal in self.deals_numbered(sorted(deals))}
        for chunk in chunks(seen):
            rows = self.sight.believed().filter(deal_id__in=chunk, valid_from__lte=self.at)
            for state in self._read(rows.order_by("deal_id", "valid_from")):
                found.setdefault(state.id, []).append(state)
        return found

    def activities_since(
        self, deals: Iterable[int], since: datetime
    ) -> dict[int, list[ActivityState]]:
        """Return what happened on each deal since then and what is planned, the oldest first.

        The caller has read the deals through this pipeline.
        """
        return touching.activities_since(self.sight, self.viewer, deals, since)

    def activities(self, deal: DealState, *, limit: int) -> list[ActivityState]:
        """Return the deal's newest activities, and before them those planned, newest first."""
        return touching.activities(self.sight, self.viewer, deal.id, limit)

    def newest_activities(
        self, deals: Iterable[int], *, limit: int, letters: int
    ) -> dict[int, list[ActivityState]]:
        """Return ``activities`` of each of these deals, with the beginnings of their texts.

        The caller has read the deals through this pipeline.
        """
        return touching.newest(self.sight, self.viewer, deals, limit=limit, letters=letters)

    def contacts(self, deal: DealState, addressed: Iterable[str]) -> list[Contact]:
        """Return the people of the deal: by their role on it, and those ``addressed`` by key."""
        keys = sorted({*deal.contacts, *addressed})
        rows = models.Contact.objects.filter(key__in=keys[:500]).order_by("name")
        return [reading.contact(row, deal.contacts.get(row.key, "")) for row in rows]

    def people_of(self, deals: Mapping[int, Collection[str]]) -> dict[int, list[Contact]]:
        """Return the people with these keys, of each deal; with their role on it as it is now.

        The caller has read the deals through this pipeline.
        """
        keys = {key for named in deals.values() for key in named}
        rows: dict[str, models.Contact] = {}
        for start in range(0, len(keys), CHUNK):
            part = sorted(keys)[start : start + CHUNK]
            rows.update((row.key, row) for row in models.Contact.objects.filter(key__in=part))
        roles = {deal.id: deal.contacts for deal in self.deals_numbered(sorted(deals))}
        return {
            deal: [
                reading.contact(rows[key], roles.get(deal, {}).get(key, ""))
                for key in sorted(named)
                if key in rows
            ]
            for deal, named in deals.items()
        }

    def company(self, number: int) -> Company | None:
        """Return a company by number."""
        row = models.Company.objects.filter(id=number).first()
        return reading.company(row) if row else None

    # What waits for a person

    def unplaced(self, limit: int) -> list[ToPlace]:
        """Return activities of those in sight whose deal somebody has to say, newest first."""
        return waiting.unplaced(self.sight, limit)

    def may_place(self, activity: str) -> bool:
        """Say whether the viewer may say where the activity of that key belongs."""
        return waiting.in_sight(self.sight, activity)

    def count_unplaced(self) -> int:
        """Return how many activities of those in sight wait for a deal."""
        return waiting.count_unplaced(self.sight)

    def questions(self) -> list[Question]:
        """Return what texts suggest about the viewer's own deals: a salesperson's only."""
        return waiting.questions(self.sight, self.viewer.id) if self.viewer else []

    def question(self, number: int) -> Question | None:
        """Return a question on one of the viewer's own deals, None for any other."""
        if self.viewer is None:
            return None
        return waiting.question(self.sight, self.viewer.id, number)

    # Finding, and what was kept

    def search(self, text: str, limit: int = 12) -> list[Found]:
        """Return what the words of ``text`` begin, of what this member may see: deals first."""
        return finding.found(self.sight, text, limit)

    def kept_briefs(self) -> list[KeptBrief]:
        """Return the briefs this member kept, newest first."""
        return briefs.kept(self.viewer.key if self.viewer else "")


__all__ = ["EVERYTHING", "Criteria", "Everything", "NotAMember", "NotVisible", "Order", "Pipeline"]
__all__ += ["member_with_email", "open"]
