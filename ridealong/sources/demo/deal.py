"""A deal as the simulation knows it, which is more than the CRM is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ridealong.sources.demo.buyers import Buyer, Contact
from ridealong.sources.demo.staff import STEPS, Colleague, Step
from ridealong.sources.demo.truth import Guidance

HALF_LIFE = 50
"""Days of silence in which half of a buyer's warmth is gone."""


@dataclass(slots=True)
class Meeting:
    """A planned meeting with the buyer; ``notes``: what will be written down of it.

    ``board``: its aim is the economic buyer. ``ridden``: the leader joins.
    """

    key: str
    day: date
    hour: float
    minutes: int
    title: str
    notes: str
    people: list[Contact]
    board: bool
    ridden: bool


@dataclass(slots=True)
class Deal:
    """One sale under way.

    ``fit``: how much the buyer needs it, about 0. ``engagement``: from 0 to 1 on the day when they
    were ``heard`` last. ``progress``: what was achieved in this stage. ``told``: what the CRM says;
    ``waiting``: what its salesperson has not entered yet.
    """

    key: str
    name: str
    project: str
    line: str
    buyer: Buyer
    seller: Colleague
    created: date
    fit: float
    engagement: float
    heard: date
    stage: int
    stage_since: date
    amount: int
    close: date
    edited: datetime
    currency: str = "EUR"
    status: str = "open"
    progress: float = 0.0
    people: list[Contact] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    waiting: dict[str, Any] = field(default_factory=dict)
    met_power: bool = False
    pushes: int = 0
    unanswered: int = 0
    deciding: date | None = None
    ahead: Meeting | None = None
    closed: date | None = None
    returns: date | None = None
    guidance: list[Guidance] = field(default_factory=list)
    discussed: date | None = None
    rival: str = ""

    @property
    def step(self) -> Step:
        """The stage it is truly in."""
        return STEPS[self.stage]

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be decided."""
        return self.status == "open"

    def warmth(self, day: date) -> float:
        """Return from 0 to 1 how ready the buyer is to answer."""
        return float(self.engagement * 0.5 ** ((day - self.heard).days / HALF_LIFE))

    def silent(self, day: date) -> int:
        """Return the days since the buyer was heard last."""
        return (day - self.heard).days

    def hear(self, day: date, gain: float) -> None:
        """Note that the buyer took part; better fitting deals gain more from it."""
        warm = self.warmth(day)
        self.engagement = min(1.0, warm + max(0.2, gain * (1 + 0.4 * self.fit)) * (1 - warm))
        self.heard = day
        self.unanswered = 0

    def with_role(self, role: str) -> Contact | None:
        """Return the buyer's contact with that role on this deal."""
        return next((person for person in self.people if person.role == role), None)
