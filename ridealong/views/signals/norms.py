"""What is normal: learned from deals that were won, stage by stage, anew each week.

A figure is a quantile over won deals, and stands for as many as it says. With fewer than
``ENOUGH`` the default stands, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.lib.clock import start_of_day

ENOUGH = 12
"""Won deals below which a default stands."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A figure, from how many won deals it is; 0: a default."""

    value: float
    deals: int = 0

    @property
    def learned(self) -> bool:
        """Say whether it is from won deals."""
        return self.deals > 0


@dataclass(frozen=True, slots=True)
class StageNorms:
    """What is normal in one stage, of deals that were won later.

    ``quiet_days``: days between two contacts with the buyer, which 9 of 10 gaps kept within;
    ``answer_days``: days until the buyer answered our mail, 9 of 10; ``stage_days``: days in the
    stage, 9 of 10; ``fast_days``: days in the stage, the quickest tenth; ``left_days``: days from
    entering the stage until won, the quickest tenth; ``people``: people of the buyer heard while
    in the stage, the lower quarter; ``contacts``: contacts with the buyer in 14 days, the lower
    quarter.
    """

    quiet_days: Norm = Norm(21)
    answer_days: Norm = Norm(7)
    stage_days: Norm = Norm(60)
    fast_days: Norm = Norm(0)
    left_days: Norm = Norm(0)
    people: Norm = Norm(2)
    contacts: Norm = Norm(1)


@dataclass(frozen=True, slots=True)
class Norms:
    """What is normal in one week.

    ``pushes``, ``pushed_days``: how often, and how far in all, 3 of 4 won deals were pushed at
    most. ``large``: the value, in the company's currency, of the most valuable third of open deals;
    None where none has a value. ``flowing``: kinds of activities that come from each member, by
    number, so that the record would show them.
    """

    stages: Mapping[int, StageNorms] = field(default_factory=dict)
    pushes: Norm = Norm(2)
    pushed_days: Norm = Norm(45)
    large: float | None = None
    flowing: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def of(self, stage: int | None) -> StageNorms:
        """Return what is normal in a stage; the defaults where nothing is known of it."""
        return self.stages.get(stage or 0, StageNorms())


def week_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the Monday, in the company's time zone, of the week that ``at`` is in."""
    today = at.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


def week_begins(monday: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which what is normal is learned for that week."""
    return start_of_day(monday, zone)


def as_body(norms: Norms) -> dict[str, Any]:
    """Return norms as plain values, to be kept."""
    body = asdict(norms)
    body["stages"] = {str(number): asdict(stage) for number, stage in norms.stages.items()}
    body["flowing"] = {str(number): sorted(kinds) for number, kinds in norms.flowing.items()}
    return body


def from_body(body: Mapping[str, Any]) -> Norms:
    """Return the norms that were kept; a figure that was not kept then is its default."""
    stages = {
        int(number): StageNorms(**{name: Norm(**each) for name, each in stage.items()})
        for number, stage in body.get("stages", {}).items()
    }
    flowing = {int(n): frozenset(kinds) for n, kinds in body.get("flowing", {}).items()}
    whole = {name: Norm(**body[name]) for name in ("pushes", "pushed_days") if name in body}
    return Norms(stages=stages, large=body.get("large"), flowing=flowing, **whole)
