"""A deal as rules look at it, with a clock that notes what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import takewhile
from zoneinfo import ZoneInfo

from ridealong.lib.clock import FOREVER, start_of_day
from ridealong.record.evidence import ANSWERS, Happening
from ridealong.record.leading_states import Given
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching import criteria
from ridealong.views.coaching.criteria.rule import TALKS
from ridealong.views.coaching.following import Followed
from ridealong.views.coaching.playing import Skipped
from ridealong.views.signals.norms import Norms, StageNorms

TEXT_DAYS = 60
"""Texts of what happened longer ago than this are not read."""
_LAST_DAY = FOREVER.toordinal()


@dataclass
class Clock:
    """The moment looked at. Each question about it tells when its answer would be another.

    ``wake``: the earliest moment, of those asked about and not reached yet; None where only what
    is learned can change an answer.
    """

    at: datetime
    zone: ZoneInfo
    wake: datetime | None = None

    def reached(self, moment: datetime) -> bool:
        """Say whether ``moment`` has come."""
        if moment <= self.at:
            return True
        if moment < FOREVER and (self.wake is None or moment < self.wake):
            self.wake = moment
        return False

    def ends(self, day: date, days: int = 0) -> datetime:
        """Return the end of the day so many days after ``day``, in the company's time zone.

        ``FOREVER`` where that is beyond all calendars: some write such a day for “one day”.
        """
        number = max(1, day.toordinal() + days + 1)
        if number >= _LAST_DAY:
            return FOREVER
        return start_of_day(date.fromordinal(number), self.zone)

    def passed(self, day: date, days: int = 0) -> bool:
        """Say whether the day so many days after ``day`` is over."""
        return self.reached(self.ends(day, days))

    def within(self, moment: datetime, days: float) -> bool:
        """Say whether ``moment`` is at most ``days`` ago, or ahead."""
        return not self.reached(moment + timedelta(days=days))


@dataclass(frozen=True)
class Case:
    """One open deal at one moment.

    ``versions``: its states so far, the oldest first, the last one ``deal``. ``past``, newest
    first, and ``planned``, soonest first: its activities; ``called_off``: meetings taken out of the
    calendar before they were held, the last one first; ``declined``: those that stayed in it with a
    no. ``known`` of both says since when. Texts are there of the last ``TEXT_DAYS``.
    ``people``: the buyer's people by key, with their role on it. ``leader``: number of the
    salesperson's leader, None for none; ``spoken``: when who of us spoke about it or with its
    buyer, newest first. ``given``: guidance on it, newest first; ``overdue``: such as is past its
    day and nobody has said what became of it. ``skipped``: moves onward at which exit criteria
    were missing.
    ``foresees``: what was planned at the moment is known.
    """

    clock: Clock
    deal: DealState
    versions: Sequence[DealState]
    past: Sequence[Happening]
    planned: Sequence[Happening]
    called_off: Sequence[Happening]
    declined: Sequence[Happening]
    people: Mapping[str, Contact]
    leader: int | None
    spoken: Sequence[tuple[datetime, frozenset[int]]]
    given: Sequence[Given]
    overdue: Sequence[Followed]
    skipped: Sequence[Skipped]
    norms: Norms
    foresees: bool = True

    @property
    def normal(self) -> StageNorms:
        """What is normal in the deal's stage."""
        return self.norms.of(self.deal.stage_id)

    @cached_property
    def from_buyer(self) -> list[Happening]:
        """What the buyer said or was there for, newest first: their mails, and talks held."""
        return [each for each in self.past if each.two_way]

    @cached_property
    def heard(self) -> dict[str, Happening]:
        """The buyer's people who were in contact, by key, each with their latest contact."""
        found: dict[str, Happening] = {}
        for each in self.from_buyer:
            for key in each.contacts:
                found.setdefault(key, each)
        return found

    @cached_property
    def ahead(self) -> list[Happening]:
        """Meetings and phone calls that are planned, soonest first."""
        return [each for each in self.planned if each.kind in TALKS]

    @cached_property
    def talks(self) -> list[Happening]:
        """Meetings and phone calls in which the buyer took part, newest first."""
        return [each for each in self.from_buyer if each.kind in TALKS]

    @property
    def flowing(self) -> frozenset[str]:
        """Kinds of activities that come from the deal's salesperson."""
        return self.norms.flowing.get(self.deal.salesperson_id or 0, frozenset())

    def shows(self, *kinds: str) -> bool:
        """Say whether the record would show activities of one of these kinds, were there any."""
        return bool(self.flowing.intersection(kinds)) or any(e.kind in kinds for e in self.past)

    @cached_property
    def hears(self) -> bool:
        """Say whether the record would show that the buyer wrote, called or met us."""
        return bool(self.flowing & {ANSWERS, *TALKS}) or bool(self.from_buyer)

    @property
    def hears_mail(self) -> bool:
        """Say whether the record would show that the buyer wrote."""
        return ANSWERS in self.flowing or any(e.kind == "email" for e in self.from_buyer)

    @cached_property
    def since_buyer(self) -> list[Happening]:
        """What happened since the buyer was last in contact, newest first."""
        return list(takewhile(lambda each: not each.two_way, self.past))

    @cached_property
    def as_criteria(self) -> criteria.Case:
        """The same as the exit criteria look at it."""
        return criteria.Case(
            at=self.clock.at,
            deal=self.deal,
            people=self.people,
            past=tuple(self.past),
            planned=tuple(self.planned),
            flowing=self.flowing,
            foresees=self.foresees,
        )
