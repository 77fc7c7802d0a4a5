"""One thing to praise, with its evidence: what went well since the two last spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ridealong.record.states import DealState
from ridealong.views.coaching.following import Followed
from ridealong.views.inspection import Change
from ridealong.views.inspection.wording import change_words, money


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that went well: ``words`` say what, ``why`` the evidence."""

    name: str
    words: str
    why: str
    at: datetime
    deal: DealState | None = None
    activity: str = ""


def praise(
    changes: Sequence[Change], outcomes: Sequence[Followed], since: datetime
) -> Moment | None:
    """Return what deserves praise most since then, None where nothing shows it.

    A deal won, then guidance followed that moved its deal, then a step forward, a date pulled in.
    """
    found = (
        *_of_kind(changes, "won"),
        *_guided(outcomes, since),
        *_of_kind(changes, "stage_forward"),
        *_of_kind(changes, "pulled_in"),
        *_of_kind(changes, "amount_up"),
    )
    return next(iter(found), None)


_WORDS = {
    "won": "Won {deal}, {amount}",
    "stage_forward": "Moved {deal} forward",
    "pulled_in": "Brought {deal} forward in time",
    "amount_up": "Made {deal} larger",
}


def _of_kind(changes: Sequence[Change], kind: str) -> Iterator[Moment]:
    for change in changes:
        if change.kind == kind and not change.left:
            deal = change.deal
            words = _WORDS[kind].format(deal=deal.name, amount=money(deal.amount, deal.currency))
            yield Moment(kind, words, change_words(change), deal.valid_from, deal)


def _guided(outcomes: Sequence[Followed], since: datetime) -> Iterator[Moment]:
    for each in outcomes:
        if each.outcome != "followed" or not each.evidence or each.evidence[0].known < since:
            continue
        evidence = each.evidence[0]
        yield Moment(
            "guided",
            f"Did what you agreed: {each.given.text}",
            f"{evidence.words}{f'; since then {each.since_then}' if each.since_then else ''}",
            evidence.at,
            each.deal,
            evidence.activity,
        )
