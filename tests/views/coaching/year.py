"""A simulated year of two leaders: what calendars and people tell of it, and what really went on.

Written without the code it is to check: days and weeks are counted here in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.record.facts import Fact

FIRST = date(2025, 12, 29)
DAYS = 366
HOLIDAYS = frozenset(
    {date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 12, 25)}
)
LEADERS = ("lea", "bo")
BEGAN_UNDER = {"sam": "lea", "sue": "lea", "tom": "lea", "carl": "bo", "dora": "bo"}
CHANGES = {"tom": (date(2026, 5, 14), "bo"), "dora": (date(2026, 9, 2), "lea")}
"""Who goes to another leader when."""
LEAVES = {"carl": date(2026, 8, 20)}


@dataclass
class Year:
    """What was told when, and the talks that were held: (leader, everybody else, moment)."""

    zone: ZoneInfo
    rng: Random
    facts: list[Fact] = field(default_factory=list)
    talks: list[tuple[str, frozenset[str], datetime]] = field(default_factory=list)

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return a moment of a local day."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.zone)

    def leader_of(self, who: str, at: datetime) -> str | None:
        """Return whom somebody reports to, None for one who has left."""
        day = at.astimezone(self.zone).date()
        if who in LEAVES and day >= LEAVES[who]:
            return None
        change = CHANGES.get(who)
        return change[1] if change and day >= change[0] else BEGAN_UNDER[who]

    def team(self, leader: str, at: datetime) -> set[str]:
        """Return who reports to a leader."""
        return {who for who in BEGAN_UNDER if self.leader_of(who, at) == leader}

    def last_spoken(self, leader: str, who: str, at: datetime) -> datetime | None:
        """Return when a leader last spoke with somebody."""
        return max(
            (t for lead, others, t in self.talks if lead == leader and who in others and t <= at),
            default=None,
        )

    def per_week(self, leader: str, who: str, at: datetime) -> list[int]:
        """Return how often a week, of the twelve weeks that end with the moment's own."""
        counts: dict[tuple[int, int], int] = {}
        for lead, others, held in self.talks:
            if lead == leader and who in others and held <= at:
                week = held.astimezone(self.zone).isocalendar()[:2]
                counts[week] = counts.get(week, 0) + 1
        day = at.astimezone(self.zone).date()
        weeks = [(day - timedelta(days=7 * back)).isocalendar()[:2] for back in range(11, -1, -1)]
        return [counts.get(week, 0) for week in weeks]


def simulate(seed: int, zone: str) -> Year:
    """Let a year go by."""
    year = Year(ZoneInfo(zone), Random(seed))
    _found(year)
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        _employment(year, day)
        if day.weekday() == 0:
            for slot, who in enumerate(BEGAN_UNDER):
                _one_on_one(year, day, slot, who)
        if day.weekday() < 5 and day not in HOLIDAYS:
            _by_the_way(year, day)
            if day.weekday() == 4 and year.rng.random() < 0.4:
                _team_meeting(year, day)
    return year


def _found(year: Year) -> None:
    at = year.moment(FIRST, 0) - timedelta(days=10)
    said = {"name": "Seller", "currency": "EUR", "time_zone": year.zone.key}
    _tell(year, "organisation", "self", at, said, at)
    for who, role in (("alice", "owner"), *((leader, "leader") for leader in LEADERS)):
        above = None if role == "owner" else "alice"
        _tell(year, "member", who, at, _member(who, above, role), at)
    for who, leader in BEGAN_UNDER.items():
        _tell(year, "member", who, at, _member(who, leader, "salesperson"), at)


def _member(who: str, leader: str | None, role: str) -> dict[str, Any]:
    more = {"reports_to": leader} if leader else {}
    return {"name": who.capitalize(), "email": f"{who}@seller.example", "role": role, **more}


def _employment(year: Year, day: date) -> None:
    at = year.moment(day, 0)
    for who, (when, leader) in CHANGES.items():
        if day == when:
            _tell(year, "member", who, at, {"reports_to": leader}, at)
    for who, when in LEAVES.items():
        if day == when:
            _tell(year, "member", who, at, {"active": False}, at)


def _one_on_one(year: Year, monday: date, slot: int, who: str) -> None:
    """A series in the calendar: late on some days, so that its day is another one elsewhere."""
    day = monday + timedelta(days=slot)
    at = year.moment(day, (9, 13, 17, 21, 23)[slot], 30)
    leader = year.leader_of(who, at)
    if leader is None:
        return None
    key = f"meeting:{who}:{monday}"
    known = at - timedelta(days=6)
    _meeting(year, key, leader, who, begins=at, known=known)
    fate = year.rng.random()
    if day in HOLIDAYS or fate < 0.1:
        _tell(year, "activity", key, known, {"deleted": True}, at - timedelta(hours=20), key)
    elif fate < 0.2:
        moved = at + timedelta(hours=year.rng.choice((3, 26, 49)))
        if year.leader_of(who, moved) != leader:
            return _meeting_stands(year, leader, who, at)
        _meeting(year, key, leader, who, begins=moved, known=at - timedelta(hours=2))
        _meeting_stands(year, leader, who, moved)
    else:
        _meeting_stands(year, leader, who, at)
        if fate > 0.8:
            _recording(year, key, leader, who, at)
    return None


def _meeting(
    year: Year, key: str, leader: str, who: str, *, begins: datetime, known: datetime
) -> None:
    said = {
        "kind": "one_on_one",
        "member": leader,
        "members": [leader, who],
        "title": f"1:1 {leader} {who}",
        "begins": begins,
        "minutes": 45.0,
    }
    created = year.moment(FIRST, 0)
    _tell(year, "activity", key, created, said, known, key)


def _meeting_stands(year: Year, leader: str, who: str, at: datetime) -> None:
    year.talks.append((leader, frozenset({who}), at))


def _recording(year: Year, key: str, leader: str, who: str, at: datetime) -> None:
    """The recorder tells of the same talk again, some minutes into it."""
    begins = at + timedelta(minutes=year.rng.randint(0, 9))
    said = {
        "kind": "phone_call",
        "member": leader,
        "members": [leader, who],
        "title": "Recording",
        "text": f"{leader}: How are you?",
        "begins": begins,
        "done": True,
    }
    _tell(year, "activity", f"rec:{key}", begins, said, begins + timedelta(hours=1))


def _by_the_way(year: Year, day: date) -> None:
    leader = year.rng.choice(LEADERS)
    at = year.moment(day, year.rng.choice((7, 11, 18, 23)), year.rng.randrange(1, 25))
    team = sorted(year.team(leader, at))
    if not team or year.rng.random() < 0.5:
        return
    who = year.rng.choice(team)
    said = {
        "kind": "one_on_one",
        "member": leader,
        "members": [leader, who],
        "title": "By the way",
        "begins": at,
        "done": True,
        "talk": "ad_hoc",
        "said_by": leader,
    }
    _tell(year, "activity", f"log:{leader}:{at.isoformat()}", at, said, at)
    year.talks.append((leader, frozenset({who}), at))


def _team_meeting(year: Year, day: date) -> None:
    leader = year.rng.choice(LEADERS)
    at = year.moment(day, 15)
    team = sorted(year.team(leader, at))
    said = {
        "kind": "meeting",
        "member": leader,
        "members": [leader, *team],
        "title": "Team",
        "begins": at,
        "minutes": 60.0,
    }
    _tell(year, "activity", f"team:{leader}:{day}", at, said, at - timedelta(days=3))
    year.talks.append((leader, frozenset(team), at))


def _tell(  # noqa: PLR0917  a fact's own order
    year: Year,
    kind: Any,
    key: str,
    at: datetime,
    said: dict[str, Any],
    known: datetime,
    named: str = "",
) -> None:
    name = named or f"{kind}:{key}:{at.isoformat()}:{'+'.join(sorted(said))}"
    year.facts.append(Fact(kind, key, at, said, name, recorded_at=known))
