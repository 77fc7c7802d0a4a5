"""The next 1:1, prepared at any moment from the record: nobody collects anything for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ridealong.record.leading_states import Employed, Talk
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views import inspection
from ridealong.views.coaching.cadence import once_each
from ridealong.views.coaching.following import Followed, followed
from ridealong.views.coaching.praising import Moment, praise
from ridealong.views.coaching.stakes import Stake, stakes
from ridealong.views.coaching.teaching import Lesson, lesson
from ridealong.views.inspection import Change, Selection
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words

ItemKind = Literal["asked", "changed", "guidance", "both", "praise", "coach"]
NATURE_OF: dict[ItemKind, str] = {
    "asked": "deal_coaching",
    "changed": "pipeline_review",
    "guidance": "deal_coaching",
    "both": "deal_coaching",
    "praise": "recognition",
    "coach": "skill_coaching",
}
"""What a conversation that covers such a point is about, until somebody says otherwise."""
FIRST_LOOK = timedelta(days=14)
"""How far back a first 1:1 looks."""
CHANGES_SHOWN = 8
NEED_BOTH = 4
GUIDANCE_READ = timedelta(days=120)
DEALS_READ = 300


@dataclass(frozen=True, slots=True)
class Item:
    """One point to speak about. ``id``: the same while the point is the same.

    ``deal``: what it is about, None for none; ``guidance``: what was agreed; ``activity``: key of
    the mail, call or meeting that shows it, "" for none; ``when``: that one's moment.
    """

    id: str
    kind: ItemKind
    text: str
    why: str = ""
    deal: DealState | None = None
    guidance: Followed | None = None
    activity: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a leader and a salesperson should speak about at ``at``.

    ``last``: their last conversation, None for none; ``since``: from when on changes are told.
    ``planned``: the next 1:1 of the two in the calendar, or the one of today.
    """

    leader: Employed
    member: Employed
    at: datetime
    since: datetime
    last: Talk | None
    planned: Talk | None
    items: tuple[Item, ...]

    def of(self, kind: ItemKind) -> tuple[Item, ...]:
        """Return the points of one kind."""
        return tuple(item for item in self.items if item.kind == kind)


def agenda(pipe: Pipeline, leader: Employed, member: Employed) -> Agenda:
    """Return the agenda of the two, as of the pipeline's moment."""
    last = _last(pipe, leader, member)
    since = last.at if last else pipe.at - FIRST_LOOK
    given = pipe.leading.guidance(
        leader=leader.id, salesperson=member.id, since=pipe.at - GUIDANCE_READ
    )
    outcomes = followed(pipe, given)
    mine = Criteria(salespeople=frozenset({member.id}))
    deals = pipe.open_deals(mine, limit=DEALS_READ)
    changes = _changes(pipe, pipe.moved(since, pipe.known), member)
    activities = pipe.activities_since([deal.id for deal in deals], pipe.at - timedelta(days=60))
    best = praise(changes, outcomes, since)
    taught = lesson(pipe, deals, activities)
    items = [
        *_asked(pipe, leader, member, {deal.id: deal for deal in deals}),
        *_changed(changes),
        *_due(outcomes, since),
        *_both(stakes(pipe, deals, outcomes, leader=leader.id)),
        *([_praised(best)] if best else []),
        *([_coached(taught)] if taught else []),
    ]
    return Agenda(
        leader, member, pipe.at, since, last, _planned(pipe, leader, member), tuple(items)
    )


def _last(pipe: Pipeline, leader: Employed, member: Employed) -> Talk | None:
    found = pipe.leading.talks(between=[leader.id, member.id], limit=4)
    return next(iter(once_each(found)), None)


def _planned(pipe: Pipeline, leader: Employed, member: Employed) -> Talk | None:
    """The next talk of just the two within a week, or one that began in the last two hours."""
    talks = pipe.leading.talks(
        since=pipe.at - timedelta(hours=2),
        until=pipe.at + timedelta(days=7),
        between=[leader.id, member.id],
    )
    alone = [talk for talk in talks if len(talk.members) == 2 and not talk.with_buyer]
    return min(alone, key=lambda talk: talk.at, default=None)


def _changes(pipe: Pipeline, earlier: Pipeline, member: Employed) -> list[Change]:
    moves = inspection.moves_between(earlier, pipe, Selection(salesperson=str(member.id)))
    listed = sorted(
        (move for of_kind in moves.values() for move in of_kind),
        key=lambda move: (-abs(move.amount), move.deal),
    )
    return inspection.told(earlier, pipe, listed)


def _asked(
    pipe: Pipeline, leader: Employed, member: Employed, deals: dict[int, DealState]
) -> Iterator[Item]:
    """What the leader put on it beforehand."""
    for each in pipe.leading.asked(leader.id, member.id):
        deal = deals.get(each.deal_id or 0)
        text = each.text or (deal.name if deal else f"What {leader.name} wanted to speak about")
        yield Item(f"asked:{each.key}", "asked", text, deal=deal)


def _changed(changes: Sequence[Change]) -> Iterator[Item]:
    """What happened to each deal, in one point."""
    of_deal: dict[int, list[Change]] = {}
    for change in changes:
        of_deal.setdefault(change.deal.id, []).append(change)
    for of_one in list(of_deal.values())[:CHANGES_SHOWN]:
        deal = of_one[0].deal
        yield Item(
            f"changed:{deal.key}:{'+'.join(sorted(change.kind for change in of_one))}",
            "changed",
            deal.name,
            "; ".join(_happened(change) for change in of_one),
            deal=deal,
        )


def _happened(change: Change) -> str:
    words = change.deal.stage if change.kind == "new" else change_words(change)
    return f"{CHANGE_WORDS[change.kind].lower()} {words}".strip()


def _due(outcomes: Sequence[Followed], since: datetime) -> Iterator[Item]:
    """Guidance that is open, that on its day first, and what was followed since they spoke."""
    for each in sorted(outcomes, key=lambda o: (o.given.due is None, o.given.due, o.given.id)):
        fresh = any(evidence.known >= since for evidence in each.evidence)
        if each.outcome == "open" or (each.outcome == "followed" and not each.stated and fresh):
            shown = each.evidence[0].words if each.evidence else ""
            yield Item(
                f"guidance:{each.given.key}",
                "guidance",
                each.given.text,
                shown,
                deal=each.deal,
                guidance=each,
            )


def _both(found: Sequence[Stake]) -> Iterator[Item]:
    for stake in found[:NEED_BOTH]:
        yield Item(f"both:{stake.deal.key}", "both", stake.deal.name, stake.reason, deal=stake.deal)


def _praised(found: Moment) -> Item:
    return Item(
        f"praise:{found.name}:{found.deal.key if found.deal else ''}",
        "praise",
        found.words,
        found.why,
        deal=found.deal,
        activity=found.activity,
        when=found.at,
    )


def _coached(found: Lesson) -> Item:
    return Item(
        f"coach:{found.name}",
        "coach",
        found.words,
        found.why,
        deal=found.deal,
        activity=found.activity,
        when=found.at,
    )
