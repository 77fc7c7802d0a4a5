"""What the insights' view returns: claims with their evidence and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ridealong.insight.trying import Kind
from ridealong.record.states import DealState


@dataclass(frozen=True, slots=True)
class Share:
    """How many deals went well, of how many, as counted; ``words`` say which deals these are."""

    went: int
    of: int
    words: str

    @property
    def value(self) -> float:
        """The share from 0 to 1."""
        return self.went / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A deal that was counted in a stage. ``had``: it belongs to the first share."""

    deal_id: int
    stage_id: int
    had: bool
    went: bool


@dataclass(frozen=True, slots=True)
class Insight:
    """A claim that holds up, what it counts, and what to do.

    ``name``: what deals had, a stage's number, or an aim of guidance; ``person``: the member it is
    about, 0 for none. ``claim``: one sentence. ``first``, ``second``: the two sides as counted.
    ``effect``: the difference of their shares among deals alike, drawn towards none; ``low`` to
    ``high`` holds it with 95%, however often one looks. ``p``: the chance of as strong a claim of
    any kind, ever, if there were nothing. ``tried``: how many comparisons it was found among.
    ``deals``: those counted that the viewer may see; ``unseen``: how many more there are.
    """

    kind: Kind
    name: str
    person: int
    claim: str
    first: Share
    second: Share
    effect: float
    low: float
    high: float
    p: float
    to_do: str
    tried: int
    deals: tuple[Counted, ...]
    unseen: int

    @property
    def key(self) -> str:
        """What it is called in an address."""
        parts = [self.kind, self.name or "all", str(self.person or "")]
        return "-".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Tried:
    """Comparisons of one kind: ``compared`` of them had enough deals, ``too_few`` had not."""

    kind: Kind
    compared: int
    too_few: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What holds up as of ``at``, of what the viewer may see, and how much was tried.

    ``deals``: how many deals were looked at, in the whole company.
    """

    at: datetime
    found: tuple[Insight, ...]
    tried: tuple[Tried, ...]
    deals: int

    @property
    def compared(self) -> int:
        """How many comparisons were made in all."""
        return sum(each.compared for each in self.tried)

    def of(self, kind: Kind) -> tuple[Insight, ...]:
        """Return those of one kind."""
        return tuple(each for each in self.found if each.kind == kind)


@dataclass(frozen=True, slots=True)
class OfDeal:
    """What deals that were won from here had: ``lacks`` are those things this one has not.

    ``has``: what it has of them, in words. ``waits``: in how many days it can be compared, 0 if it
    can. ``compared``: how many comparisons of deals were made.
    """

    deal: DealState
    lacks: tuple[Insight, ...]
    has: tuple[str, ...]
    waits: int
    compared: int
