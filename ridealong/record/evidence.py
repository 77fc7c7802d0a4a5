"""The room behind the door where evidence is read, for many deals at once.

Each reading takes one query for every ``CHUNK`` deals, people or members. The caller has read the
deals through the pipeline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, F, Min, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left

from ridealong.record import reading
from ridealong.record.live import Sight, chunks
from ridealong.record.models import Activity, Contact, DealVersion, Discussed, Party
from ridealong.record.states import Contact as ContactState
from ridealong.record.store import subject_numbers

MAX_TEXT = 20_000
"""So much of a text is read: whole mails, and of a long transcript its beginning."""
FLOWING_DAYS = 90
CHANNELS = ("email", "phone_call", "meeting")
"""Kinds of activities with a buyer that sources bring by themselves."""
ANSWERS = "answers"
"""Beside these kinds: mails of buyers. A source may bring what we write, and no more."""

_COLUMNS = (
    "activity_id",
    "key",
    "at",
    "kind",
    "deal_id",
    "direction",
    "two_way",
    "title",
    "start",
    "attachments",
    "contacts",
    "done",
    "known_from",
    "people",
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An activity of a deal as evidence: less than its state, for many are read.

    The fields are those of ``ActivityState``; ``text`` may be cut after ``MAX_TEXT``, or left out.
    ``declined``: of a meeting in a calendar, that it is not going to be.
    """

    id: int
    key: str
    at: datetime
    kind: str
    deal_id: int
    direction: str
    two_way: bool
    title: str
    text: str
    attachments: tuple[str, ...]
    contacts: tuple[str, ...]
    known: datetime
    declined: bool = False


@dataclass(frozen=True)
class EvidenceRoom:
    """What happened on deals in sight, at one time."""

    sight: Sight

    @property
    def is_empty(self) -> bool:
        """Say whether there never was a deal."""
        return not DealVersion.objects.exists()

    @cached_property
    def kept_since(self) -> datetime:
        """The moment from which the record was kept as things happened.

        What is older was told afterwards: nobody can say what was known then.
        """
        first = DealVersion.objects.aggregate(first=Min("known_from"))["first"]
        return first or self.sight.at

    @cached_property
    def begins(self) -> datetime | None:
        """When the first deal began; None without one."""
        rows = DealVersion.objects.filter(self.sight.knowledge)
        first: datetime | None = rows.aggregate(first=Min("valid_from"))["first"]
        return first

    def happenings(
        self,
        deals: Iterable[int],
        *,
        texts_since: datetime | None = None,
        with_buyer: bool = False,
    ) -> dict[int, list[Happening]]:
        """Return each deal's activities up to the moment and those then planned, newest first.

        Talks of colleagues are none: what is found here is shown to whoever sees the deal.
        ``texts_since``: the texts of older ones are left out. ``with_buyer``: only what goes to
        and fro with the buyer, without tasks and notes of ours.
        """
        visible = Q(at__lte=self.sight.at) | Q(known_from__lte=self.sight.at)
        if with_buyer:
            visible &= Q(two_way=True) | Q(kind__in=CHANNELS)
        found: dict[int, list[Happening]] = {}
        for chunk in chunks(deals):
            rows = Activity.objects.filter(
                self.sight.knowledge, visible, deal_id__in=chunk, among_us=False
            )
            rows = rows.annotate(start=_start(texts_since)).order_by("-at", "activity_id")
            for row in rows.values_list(*_COLUMNS).iterator(chunk_size=2000):
                happening = _happening(row)
                found.setdefault(happening.deal_id, []).append(happening)
        return found

    def called_off(self, deals: Iterable[int], since: datetime) -> dict[int, list[Happening]]:
        """Return meetings that were taken out of each deal's calendar before they were held.

        Taken out since then, as far as it is known when; the newest first. ``known`` of each is
        when it was taken out.
        """
        until = self.sight.known or self.sight.at
        found: dict[int, list[Happening]] = {}
        for chunk in chunks(deals):
            there = Activity.objects.filter(
                self.sight.knowledge, activity_id=OuterRef("activity_id")
            )
            rows = (
                Activity.objects.filter(
                    deal_id__in=chunk,
                    kind="meeting",
                    among_us=False,
                    known_to__gt=since,
                    known_to__lte=until,
                    at__gt=F("known_to"),
                )
                .exclude(Exists(there))
                .annotate(start=Value(""))
                .order_by("-known_to", "activity_id")
            )
            taken_out = ("known_to" if name == "known_from" else name for name in _COLUMNS)
            for row in rows.values_list(*taken_out):
                happening = _happening(row)
                found.setdefault(happening.deal_id, []).append(happening)
        return found

    def spoken_of(self, deals: Iterable[int]) -> dict[int, list[tuple[datetime, frozenset[int]]]]:
        """Return each deal's talks, the newest first: when, and who of us speaks.

        Talks of colleagues about it, and those with its buyer: those that were held, and those
        ahead that count once their moment comes.
        """
        found: dict[int, dict[int, tuple[datetime, set[int]]]] = {}
        held = Party.objects.filter(self.sight.knowledge, held=True)
        for chunk in chunks(deals):
            about = Discussed.objects.filter(self.sight.knowledge, deal_id__in=chunk)
            with_buyer = Activity.objects.filter(
                self.sight.knowledge, deal_id__in=chunk, kind__in=("meeting", "phone_call")
            )
            of: dict[int, set[int]] = {}
            for rows in (about, with_buyer):
                for activity, deal in rows.values_list("activity_id", "deal_id"):
                    of.setdefault(activity, set()).add(deal or 0)
            for numbers in chunks(of):
                parties = held.filter(activity_id__in=numbers)
                for activity, member, at in parties.values_list("activity_id", "member_id", "at"):
                    for deal in of[activity]:
                        talk = found.setdefault(deal, {}).setdefault(activity, (at, set()))
                        talk[1].add(member)
        return {
            deal: sorted(
                ((at, frozenset(members)) for at, members in talks.values()),
                key=lambda each: each[0],
                reverse=True,
            )
            for deal, talks in found.items()
        }

    def won_last(self, limit: int) -> list[int]:
        """Return numbers of deals in sight that are won, those changed last first."""
        # Walked from the newest on by the index of changes, however many were won ever.
        rows = DealVersion.objects.filter(
            self.sight.knowledge,
            self.sight.seen,
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
            status="won",
        )
        return list(rows.order_by("-valid_from", "-id").values_list("deal_id", flat=True)[:limit])

    def people(self, keys: Iterable[str]) -> dict[str, ContactState]:
        """Return {key: contact} of those that exist, without a role."""
        numbers = subject_numbers(("contact", key) for key in keys)
        found: dict[str, ContactState] = {}
        for chunk in chunks(numbers.values()):
            rows = Contact.objects.filter(id__in=chunk)
            found.update((row.key, reading.contact(row)) for row in rows)
        return found

    def flowing(self, members: Collection[int]) -> dict[int, frozenset[str]]:
        """Return which kinds of activities came from each member in the last ``FLOWING_DAYS``.

        Of ``CHANNELS`` only, and ``ANSWERS`` where buyers' mails are among them. Where nothing of
        a kind came, the record cannot know of any.
        """
        since = self.sight.at - timedelta(days=FLOWING_DAYS)
        found: dict[int, frozenset[str]] = {}
        for chunk in chunks(members):
            rows = Activity.objects.filter(
                self.sight.knowledge,
                member_id__in=chunk,
                kind__in=CHANNELS,
                at__gt=since,
                at__lte=self.sight.at,
            )
            kinds = rows.order_by().values_list("member_id", "kind", "direction").distinct()
            for member, kind, direction in kinds:
                answers = {ANSWERS} if kind == "email" and direction == "in" else set()
                number = member or 0
                found[number] = found.get(number, frozenset()) | {kind} | answers
        return found

    def speaking(self, members: Collection[int]) -> frozenset[int]:
        """Return which of these members took part in talks in the last ``FLOWING_DAYS``.

        Of others the record cannot know whether they speak with anybody.
        """
        since = self.sight.at - timedelta(days=FLOWING_DAYS)
        found: set[int] = set()
        for chunk in chunks(members):
            rows = Party.objects.filter(
                self.sight.knowledge,
                member_id__in=chunk,
                held=True,
                at__gt=since,
                at__lte=self.sight.at,
            )
            found.update(rows.order_by().values_list("member_id", flat=True).distinct())
        return frozenset(found)


def _start(texts_since: datetime | None) -> Combinable:
    if texts_since is None:
        return Left("text", MAX_TEXT)
    return Case(When(at__gte=texts_since, then=Left("text", MAX_TEXT)), default=Value(""))


def _happening(row: tuple[Any, ...]) -> Happening:
    number, key, at, kind, deal, direction, two_way, title, text, attachments, *rest = row
    contacts, done, known, people = rest
    return Happening(
        id=number,
        key=key,
        at=at,
        kind=kind,
        deal_id=deal,
        direction=direction,
        two_way=two_way,
        title=title,
        text=text,
        attachments=tuple(attachments or ()),
        contacts=tuple(contacts or ()),
        known=known,
        declined=kind == "meeting" and done is False and people is not None,
    )
