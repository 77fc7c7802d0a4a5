"""What inspection returns: figures that name the deals they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from ridealong.record.states import ActivityState, Contact, DealState, Touch
from ridealong.views.inspection.talking import Talk

ChangeKind = Literal[
    "new",
    "won",
    "lost",
    "reopened",
    "pushed",
    "pulled_in",
    "amount_up",
    "amount_down",
    "stage_forward",
    "stage_back",
    "salesperson_changed",
]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
Grouping = Literal["salesperson", "stage", "week", "month"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
Attention = Literal["no_next_step", "quiet", "overdue"]
"""no_next_step: neither a next step nor a planned activity; quiet: no contact with the buyer for
``QUIET_DAYS``; overdue: open with a close date in the past."""
QUIET_DAYS = 21
NONE = "none"
"""Stands in a selection for "without": deals without a salesperson, stage, close date."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which deals: what a page's address, a figure's link and a filter say in the same words.

    Each field is "" when it does not narrow. ``salesperson``: a member's id, ``stage``: a stage's
    id; ``closes``: week, month or quarter (the one that holds the moment looked at), or a day
    "2026-11-30" for the week that starts then, or "2026-11" for a month. ``changed``: a change
    since the moment compared with. ``company``: a company's id. ``signal``: the name of a rule
    whose signal stands on the deal, or "any". ``heat``: "hot". ``among``: the numbers of the deals
    that are, which inspection itself cannot tell; it is not part of the address.
    """

    text: str = ""
    salesperson: str = ""
    stage: str = ""
    category: str = ""
    closes: str = ""
    changed: str = ""
    attention: str = ""
    company: str = ""
    signal: str = ""
    heat: str = ""
    among: frozenset[int] | None = field(default=None, compare=False, repr=False)

    def query(self) -> dict[str, str]:
        """Return the fields that narrow, as they stand in an address."""
        return {name: getattr(self, name) for name in _named() if getattr(self, name)}

    def narrowed(self, **more: str) -> Selection:
        """Return this selection with further fields set."""
        return replace(self, **more)  # type: ignore[arg-type]  # text fields only

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Selection:
        """Read a selection from an address's query; unknown names are left aside."""
        said = {name: query.get(name, "").strip() for name in _named()}
        return cls(**said)  # type: ignore[arg-type]  # text fields only


def _named() -> tuple[str, ...]:
    """Return the fields that stand in an address."""
    return tuple(each.name for each in fields(Selection) if each.compare)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and an amount (company currency), and the selection that gives just these deals.

    ``unconverted``: how many of the deals have an amount in a currency without a rate; their
    amounts are not in ``amount``.
    """

    count: int
    amount: Decimal
    selection: Selection
    unconverted: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a grouping. ``key`` is the id or the period, ``name`` what a person reads."""

    key: str
    name: str
    figure: Figure


Value = str | Decimal | date | None
ELSEWHERE = "another team"
"""How a salesperson is called whose deals the member may not see."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one deal between two moments.

    ``deal`` is the later state, ``earlier`` the one before (None if it was not there or not to be
    seen). ``amount`` is what the change weighs in the company's currency: the difference for
    amounts, else the deal. ``left``: the deal went out of sight, ``deal`` is as it was last seen.
    """

    kind: ChangeKind
    deal: DealState
    earlier: DealState | None
    amount: Decimal
    left: bool = False

    @property
    def before(self) -> Value:
        """What was: a stage or a name, an amount (in the deal's currency), or a day."""
        if self.kind == "salesperson_changed" and self.earlier is None:
            return self.deal.salesperson if self.left else ELSEWHERE
        return None if self.earlier is None else _value(self.kind, self.earlier)

    @property
    def after(self) -> Value:
        """What is, in the same terms."""
        return ELSEWHERE if self.left else _value(self.kind, self.deal)


def _value(kind: ChangeKind, deal: DealState) -> Value:
    if kind in {"pushed", "pulled_in"}:
        return deal.close_date
    if kind in {"amount_up", "amount_down"}:
        return deal.amount
    return deal.salesperson if kind == "salesperson_changed" else deal.stage


@dataclass(frozen=True, slots=True)
class Row:
    """A deal in the table or on the board, with what changed since the moment compared with."""

    deal: DealState
    changes: tuple[Change, ...]
    touch: Touch


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board: its figure, and the first rows in order of value."""

    group: Group
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """The pipeline at a moment, compared with another.

    ``total`` counts the open deals selected; ``groups`` add up to it. ``rows`` is one page of
    ``matching`` rows (open deals, or those with the change selected). ``changes`` has every kind.
    ``closed``: the largest deals won and lost since, which are not among the open ones; empty
    where one kind of change is selected. ``columns``: the board's, which has no ``rows``.
    """

    at: datetime
    since: datetime
    currency: str
    total: Figure
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    matching: int
    page: int
    pages: int
    changes: Mapping[str, Figure]
    closed: tuple[Row, ...]
    missing_rates: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a deal from what to what, as words a person reads."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One moment of a deal's story: a version (with ``changes``) or an activity, never both.

    ``talk``: who talked how much, where the activity was recorded.
    """

    at: datetime
    changes: tuple[FieldChange, ...] = ()
    activity: ActivityState | None = None
    talk: Talk | None = None
    began: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the buyer, and how engaged: when last in touch, how often in 90 days."""

    contact: Contact
    last_contact: datetime | None
    touches: int
    inbound: int


@dataclass(frozen=True, slots=True)
class DealStory:
    """All one should know of a deal at a moment.

    ``lines``: five sentences one could say aloud. ``missing``: what is not known or not planned,
    each a short sentence with what to do. ``story``: newest first.
    """

    at: datetime
    currency: str
    deal: DealState
    touch: Touch
    lines: tuple[str, ...]
    people: tuple[Person, ...]
    missing: tuple[str, ...]
    story: tuple[StoryEntry, ...]
    planned: tuple[StoryEntry, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What the filters offer: (id, name) pairs of those the member may see."""

    salespeople: tuple[tuple[str, str], ...] = field(default=())
    stages: tuple[tuple[str, str], ...] = field(default=())
    categories: tuple[tuple[str, str], ...] = field(default=())
