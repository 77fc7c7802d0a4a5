"""A deal as rules look at it, with a clock that notes what it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from ridealong.lib.clock import start_of_day
from ridealong.record.evidence import Happening
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching.following import Followed
from ridealong.views.coaching.playing import Skipped
from ridealong.views.signals.norms import Norms, StageNorms

TALKS = frozenset({"meeting", "phone_call"})
TEXT_DAYS = 60
"""Texts of what happened longer ago than this are not read."""


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
        if self.wake is None or moment < self.wake:
            self.wake = moment
        return False

    def passed(self, day: date) -> bool:
        """Say whether ``day`` is over, in the company's time zone."""
        return day < date.max and self.reached(start_of_day(day + timedelta(days=1), self.zone))

    def within(self, moment: datetime, days: float) -> bool:
        """Say whether ``moment`` is at most ``days`` ago, or ahead."""
        return not self.reached(moment + timedelta(days=days))


@dataclass(frozen=True)
class Case:
    """One open deal at one moment.

    ``versions``: its states so far, the oldest first, the last one ``deal``. ``past``, newest
    first, and ``planned``, soonest first: its activities; ``called_off``: meetings taken out of the
    calendar before they were held, the last one first. Texts are there of the last ``TEXT_DAYS``.
    ``people``: the buyer's people by key, with their role on it. ``leader``: number of the
    salesperson's leader, None for none; ``spoken``: when who of us spoke about it or with its
    buyer, newest first. ``skipped``: moves onward at which exit criteria were missing.
    ``foresees``: what was planned at the moment is known.
    """

    clock: Clock
    deal: DealState
    versions: Sequence[DealState]
    past: Sequence[Happening]
    planned: Sequence[Happening]
    called_off: Sequence[Happening]
    people: Mapping[str, Contact]
    leader: int | None
    spoken: Sequence[tuple[datetime, frozenset[int]]]
    guidance: Sequence[Followed]
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
    def talks(self) -> list[Happening]:
        """Meetings and phone calls in which the buyer took part, newest first."""
        return [each for each in self.from_buyer if each.kind in TALKS]

    def shows(self, *kinds: str) -> bool:
        """Say whether the record would show activities of one of these kinds, were there any."""
        flowing = self.norms.flowing.get(self.deal.salesperson_id or 0, frozenset())
        return bool(flowing.intersection(kinds)) or any(each.kind in kinds for each in self.past)
