"""What a brief is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ridealong.record.states import DealState
from ridealong.views.forecasting.figures import Range
from ridealong.views.inspection.figures import Change, Figure, Group, Row


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure with the deals behind it; ``deals`` is capped on pages, complete in JSON."""

    figure: Figure
    deals: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind of change: its figure, and deals with what was before and after.

    ``changes`` is capped on pages, complete in JSON.
    """

    figure: Figure
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was last agreed on a deal (its number), and what became of it.

    ``outcome``: open, followed or not_followed.
    """

    deal: int
    text: str
    leader: str
    at: datetime
    due: date | None
    outcome: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Call:
    """The number that a member calls for a period, and what they called before, oldest first."""

    member_id: int
    member: str
    at: datetime
    amount: Decimal
    note: str
    earlier: tuple[tuple[datetime, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a week, month or quarter stands. ``period``: its name, ``title`` what a person reads.

    ``won``: what was won since ``begins``, its first moment; ``due``: open deals whose close date
    is in it. ``range`` None: nothing can be said, and ``why_none`` says why.
    """

    span: str
    period: str
    title: str
    begins: datetime
    won: Figure
    due: Figure
    range: Range | None
    calls: tuple[Call, ...]
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A deal in three lines: what it is, why it is told, and what is being done about it.

    ``why``: what was noticed about it; ``changed``: what happened to it since the moment compared
    with; ``remark``: what the leader says of it.
    """

    deal: DealState
    why: tuple[str, ...]
    doing: tuple[str, ...]
    changed: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """What a leader asks the CEO to do about a deal."""

    deal: DealState
    text: str
    leader: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """What a leader promised the CEO, or owes an answer to; ``state`` open, kept or dropped."""

    key: str
    kind: str
    text: str
    leader: str
    made_at: datetime
    due: date | None
    overdue: bool
    state: str
    answer: str
    deal: str = ""
    deal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deal that a brief named to close.

    ``then``: as it was told; ``now`` None: out of sight. ``became``: won, lost, open or gone.
    """

    then: DealState
    now: DealState | None
    became: str
    words: str


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """A number that was called, and what was won of its period by now; ``over``: it has ended."""

    title: str
    call: Call
    came: Decimal
    over: bool


@dataclass(frozen=True, slots=True)
class Came:
    """What became of what a brief said: the deals it named to close, the numbers, the promises.

    ``at``: of which moment the brief spoke. ``said``, ``won``: how much its deals were told to be
    worth, and how much of it was won, in the company's currency.
    """

    at: datetime
    outcomes: tuple[Outcome, ...]
    said: Decimal
    won: Decimal
    calls: tuple[CallOutcome, ...]
    owed: tuple[Owed, ...]

    def count(self, became: str) -> int:
        """Return of how many deals this came."""
        return sum(each.became == became for each in self.outcomes)


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief for the CEO, as of ``at``, against ``since``.

    ``known``: what was known when it was made. ``reasons``: of deals that changed (by number), what
    is known of why. ``unlisted``: how many deals its leader keeps out of the lists; they count in
    every figure. ``came``: what became of the brief kept before. What came later has a default, so
    that briefs kept before it was there can be read.
    """

    at: datetime
    since: datetime
    known: datetime
    currency: str
    organisation: str
    viewer: str
    open: Figure
    by_salesperson: tuple[Group, ...]
    by_stage: tuple[Group, ...]
    this_week: Listed
    this_month: Listed
    changes: Mapping[str, Changed]
    biggest: tuple[Row, ...]
    no_next_step: Listed
    quiet: Listed
    overdue: Listed
    missing_rates: tuple[str, ...]
    since_is_kept: bool
    headline: tuple[str, ...]
    agreed: tuple[Agreed, ...] = ()
    landings: tuple[Landing, ...] = ()
    hot: tuple[Entry, ...] = ()
    risks: tuple[Entry, ...] = ()
    unlisted: int = 0
    reasons: Mapping[int, str] = field(default_factory=dict)
    help: tuple[Help, ...] = ()
    owed: tuple[Owed, ...] = ()
    came: Came | None = None

    def agreed_on(self, deal: int) -> Agreed | None:
        """Return what was last agreed on the deal of that number, None for nothing."""
        return next((each for each in self.agreed if each.deal == deal), None)
