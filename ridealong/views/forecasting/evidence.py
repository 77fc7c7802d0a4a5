"""What of a deal's story a reason speaks of, so that it can be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ridealong.record.states import ActivityState, DealState
from ridealong.views.forecasting.features.happening import TITLE_LETTERS
from ridealong.views.forecasting.reasons import Reason
from ridealong.views.inspection import Selection
from ridealong.views.inspection.figures import StoryEntry

FIELDS = {
    "stage": frozenset({"Stage", "Status"}),
    "age": frozenset({"Stage", "Status"}),
    "close_in": frozenset({"Close date"}),
    "pushes": frozenset({"Close date"}),
    "size": frozenset({"Amount"}),
    "ahead": frozenset({"Next step"}),
    "category": frozenset({"Forecast category"}),
    "person": frozenset({"Salesperson"}),
    "company": frozenset({"Company"}),
}
"""Which changes of a deal show it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a reason. ``entries``: of the deal's story; ``others``: the deals around it.

    ``words``: how much it is, "" for none: a weekday needs no evidence.
    """

    reason: Reason
    entries: tuple[StoryEntry, ...]
    others: Selection | None

    @property
    def words(self) -> str:
        """Say how much of the story it is."""
        n = len(self.entries)
        return "" if not n else f"{n:,} {'entry' if n == 1 else 'entries'} of the story"


def evidence_of(deal: DealState, story: Iterable[StoryEntry], reason: Reason) -> Evidence:
    """Return what of a deal's story (with what is planned) shows a reason."""
    shown = tuple(entry for entry in story if _shows(reason, entry))
    if reason.about == "contact":
        # Where the buyer was never in touch, it says whether anything happened at all.
        shown = tuple(e for e in shown if e.activity and e.activity.two_way) or shown
    return Evidence(reason, shown, _others(deal, reason.about))


def _shows(reason: Reason, entry: StoryEntry) -> bool:
    activity = entry.activity
    if activity is None:
        named = FIELDS.get(reason.about, frozenset[str]())
        return any(change.field in named for change in entry.changes)
    if entry.planned:
        return reason.about == "ahead"
    return _happened(reason, activity)


def _happened(reason: Reason, activity: ActivityState) -> bool:
    if reason.activity is not None:
        kind, direction, title = reason.activity
        named = not title or activity.title[:TITLE_LETTERS] == title
        return named and (activity.kind, activity.direction) == (kind, direction)
    return {
        "contact": True,
        "last": True,
        "out": activity.direction == "out",
        "n_members": bool(activity.member),
        "n_contacts": bool(activity.contacts),
    }.get(reason.about, False)


def _others(deal: DealState, about: str) -> Selection | None:
    """The open deals of the same salesperson, or company."""
    if about == "person" and deal.salesperson_id is not None:
        return Selection(salesperson=str(deal.salesperson_id))
    if about == "company" and deal.company_id is not None:
        return Selection(company=str(deal.company_id))
    return None
