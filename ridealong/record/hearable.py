"""What is needed to read what a talk among colleagues was about. For the source that does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from ridealong.record.models import Activity, Member, Party


@dataclass(frozen=True, slots=True)
class Unheard:
    """A talk that nobody has read yet.

    ``members``: everybody of us who took part, as (key, name, role); ``host``: the key of whose
    activity it is; ``of``: a mark of its words; ``known``: since when they are known.
    """

    key: str
    at: datetime
    kind: str
    title: str
    text: str
    minutes: float | None
    members: tuple[tuple[str, str, str], ...]
    host: str
    with_buyer: bool
    planned: bool
    known: datetime
    of: str


def mark(title: str, text: str) -> str:
    """Return a short mark of a talk's words: another one where they are others."""
    return hashlib.blake2b(f"{title}\x00{text}".encode(), digest_size=8).hexdigest()


def due(until: datetime, limit: int) -> list[Unheard]:
    """Return talks up to then that are still to be read, the oldest first."""
    rows = list(
        Activity.objects.filter(is_latest=True, hearing="due", at__lte=until).order_by(
            "at", "activity_id"
        )[:limit]
    )
    numbers = [row.activity_id for row in rows]
    parties = Party.objects.filter(is_latest=True, activity_id__in=numbers)
    pairs = list(parties.order_by("member_id").values_list("activity_id", "member_id"))
    people = {
        number: (key, name, role)
        for number, key, name, role in Member.objects.filter(
            id__in={member for _, member in pairs}
        ).values_list("id", "key", "name", "role")
    }
    keys = {number: key for number, (key, _, _) in people.items()}
    of: dict[int, list[tuple[str, str, str]]] = {}
    for activity, member in pairs:
        if member in people:
            of.setdefault(activity, []).append(people[member])
    first = _first_known(numbers)
    return [
        Unheard(
            key=row.key,
            at=row.at,
            kind=row.kind,
            title=row.title,
            text=row.text,
            minutes=row.minutes,
            members=tuple(of.get(row.activity_id, ())),
            host=keys.get(row.member_id or 0, ""),
            with_buyer=not row.among_us and bool(row.deal_id or row.company_id or row.contacts),
            planned=first.get(row.activity_id, row.known_from) < row.at,
            known=row.known_from,
            of=mark(row.title, row.text),
        )
        for row in rows
    ]


def _first_known(numbers: list[int]) -> dict[int, datetime]:
    """When each activity was first known of."""
    found: dict[int, datetime] = {}
    rows = Activity.objects.filter(activity_id__in=numbers).order_by("-known_from")
    found.update(rows.values_list("activity_id", "known_from"))
    return found


def is_due(until: datetime) -> bool:
    """Say whether there is a talk that nobody has read yet."""
    return Activity.objects.filter(is_latest=True, hearing="due", at__lte=until).exists()
