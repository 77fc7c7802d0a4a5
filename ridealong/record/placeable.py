"""What is needed to find the deal of an activity: what is due, which deals there are, what is tied.

No permission here: for the source that places activities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from ridealong.lib.clock import FOREVER
from ridealong.record.models import Activity, Contact, DealVersion, Member, Subject, Tie
from ridealong.record.store import CHUNK

_READ = 2000
_HELD = 5000


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An activity to be placed. ``people``: addresses in lower case; ``members``: keys.

    ``deal``: key of the one it is placed at, "" for none.
    """

    number: int
    key: str
    at: datetime
    kind: str
    direction: str
    title: str
    text: str
    people: tuple[dict[str, Any], ...]
    members: tuple[str, ...]
    thread: str
    series: str
    minutes: float | None
    deal: str
    among_us: bool

    @property
    def is_talk(self) -> bool:
        """Say whether it is the record of a talk: it tells who talked for how long."""
        return any("seconds" in person for person in self.people)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A deal, open in ``[opened, closed)``; ``closed`` None: still open. Keys, not numbers."""

    deal: str
    name: str
    company: str
    company_name: str
    domain: str
    salesperson: str
    product: str
    opened: datetime
    closed: datetime | None
    contacts: tuple[tuple[str, str], ...]


def due(limit: int) -> list[Unplaced]:
    """Return activities that nobody looked for the deal of yet, the oldest first."""
    rows = Activity.objects.filter(is_latest=True, placing="due").order_by("at", "activity_id")
    return _read(rows[:limit])


def open_ones(since: datetime) -> Iterator[Unplaced]:
    """Return activities since then whose deal was looked for and not found, the oldest first."""
    rows = Activity.objects.filter(
        is_latest=True, placing__in=["unsure", "unknown"], at__gte=since
    ).order_by("at", "activity_id")
    for row in rows.iterator(chunk_size=_READ):
        yield _unplaced(row, {})


def held(
    kinds: Iterable[str], members: Iterable[str], first: datetime, last: datetime
) -> list[Unplaced]:
    """Return what these members (keys) had of these kinds between two moments, with its people."""
    rows = Activity.objects.filter(
        is_latest=True,
        kind__in=sorted(kinds),
        member_id__in=list(
            Member.objects.filter(key__in=set(members)).values_list("id", flat=True)
        ),
        at__range=(first, last),
        people__isnull=False,
    )
    return _read(rows.order_by("at", "activity_id")[:_HELD])


def left_of(threads: Iterable[str], series: Iterable[str], limit: int) -> list[Unplaced]:
    """Return activities of these threads and series whose deal was looked for and not found."""
    ties = [f"thread:{name}"[:300] for name in threads] + [f"series:{n}"[:300] for n in series]
    numbers: set[int] = set()
    for start in range(0, len(ties), CHUNK):
        rows = Tie.objects.filter(tie__in=ties[start : start + CHUNK], deal_id=None)
        numbers.update(rows.values_list("activity_id", flat=True)[:limit])
    found: list[Unplaced] = []
    wanted = sorted(numbers)[:limit]
    for start in range(0, len(wanted), CHUNK):
        here = Activity.objects.filter(
            is_latest=True,
            placing__in=["unsure", "unknown"],
            activity_id__in=wanted[start : start + CHUNK],
        )
        found += _read(here)
    return sorted(found, key=lambda each: (each.at, each.number))


def tied_to(key: str, limit: int) -> list[Unplaced]:
    """Return activities that share a thread, a series or a person with this one, or record it.

    Of those placed already only the ones of its thread or series, unless a person placed them.
    """
    number = Subject.objects.get(kind="activity", key=key).pk
    ties = list(Tie.objects.filter(activity_id=number).values_list("tie", flat=True))
    close = [tie for tie in ties if not tie.startswith("person:")]
    same = Tie.objects.filter(Q(tie__in=ties, deal_id=None) | Q(tie__in=close, stated=False))
    numbers = same.exclude(activity_id=number).values("activity_id")
    rows = Activity.objects.filter(Q(activity_id__in=numbers) | Q(recording_of=key), is_latest=True)
    return _read(rows.order_by("at", "activity_id")[:limit])


def _read(rows: QuerySet[Activity]) -> list[Unplaced]:
    found = list(rows)
    numbers = {row.deal_id for row in found if row.deal_id is not None}
    deals = dict(Subject.objects.filter(id__in=numbers).values_list("id", "key"))
    return [_unplaced(row, deals) for row in found]


def _unplaced(row: Activity, deals: Mapping[int, str]) -> Unplaced:
    return Unplaced(
        number=row.activity_id,
        key=row.key,
        at=row.at,
        kind=row.kind,
        direction=row.direction,
        title=row.title,
        text=row.text,
        people=tuple(row.people or ()),
        members=tuple(row.members or ()),
        thread=row.thread,
        series=row.series,
        minutes=row.minutes,
        deal=deals.get(row.deal_id or 0, ""),
        among_us=row.among_us,
    )


def placed(ties: Iterable[str], besides: Sequence[int]) -> dict[str, dict[str, tuple[int, bool]]]:
    """Return {tie: {deal's key: (how many activities, whether one was stated)}}.

    ``besides``: numbers of activities that do not count.
    """
    found: dict[str, dict[str, tuple[int, bool]]] = {}
    wanted = sorted(set(ties))
    numbers: dict[int, list[tuple[str, int, bool]]] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Tie.objects.filter(tie__in=wanted[start : start + CHUNK], deal_id__isnull=False)
        lines = rows.exclude(activity_id__in=besides).values("tie", "deal_id", "stated")
        for line in lines.annotate(n=Count("id")).order_by():
            deals = numbers.setdefault(line["deal_id"] or 0, [])
            deals.append((line["tie"], line["n"], line["stated"]))
    keys = Subject.objects.filter(id__in=list(numbers)).values_list("id", "key")
    for number, key in keys:
        for tie, count, stated in numbers[number]:
            before, said = found.setdefault(tie, {}).get(key, (0, False))
            found[tie][key] = (before + count, said or stated)
    return found


def lifetimes(since: datetime) -> Iterator[Lifetime]:
    """Return every deal that was open at some time since then."""
    open_versions = DealVersion.objects.filter(is_latest=True, is_open=True, valid_to__gt=since)
    last = open_versions.order_by().values("deal_id").annotate(end=Max("valid_to"))
    ends = {line["deal_id"]: line["end"] for line in last}
    people = _people()
    rows: QuerySet[DealVersion] = DealVersion.objects.filter(
        is_latest=True, valid_to=FOREVER, deal_id__in=open_versions.values("deal_id")
    ).select_related("company", "salesperson", "deal")
    for row in rows.iterator(chunk_size=_READ):
        own = [(key, people.emails.get(key, "")) for key in row.contacts or {}]
        theirs = people.of_company.get(row.company_id or 0, [])
        end = ends[row.deal_id]
        yield Lifetime(
            deal=row.deal.key,
            name=row.name,
            company=row.company.key if row.company else "",
            company_name=row.company.name if row.company else "",
            domain=row.company.domain if row.company else "",
            salesperson=row.salesperson.key if row.salesperson else "",
            product=row.product,
            opened=row.created_at,
            closed=None if end == FOREVER else end,
            contacts=tuple((key, email) for key, email in own or theirs if email),
        )


@dataclass(frozen=True)
class _People:
    emails: dict[str, str]
    of_company: dict[int, list[tuple[str, str]]]


def _people() -> _People:
    emails: dict[str, str] = {}
    of_company: dict[int, list[tuple[str, str]]] = {}
    rows = Contact.objects.exclude(email="").values_list("key", "email", "company_id")
    for key, email, company in rows.iterator(chunk_size=_READ):
        emails[key] = email.lower()
        if company is not None:
            of_company.setdefault(company, []).append((key, email.lower()))
    return _People(emails, of_company)


def contacts_with(addresses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return {address in lower case: (contact's key, name)}; the oldest of namesakes."""
    wanted = sorted(set(addresses))
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Contact.objects.filter(email__in=wanted[start : start + CHUNK]).order_by("-id")
        found.update(
            {mail: (key, name) for mail, key, name in rows.values_list("email", "key", "name")}
        )
    return found


def is_due() -> bool:
    """Say whether there is an activity whose deal is still to be looked for."""
    return Activity.objects.filter(is_latest=True, placing="due").exists()
