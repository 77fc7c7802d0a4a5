"""A salesperson's day: what their leader asked for, what is planned, and what moves each deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.record.leading_states import Ahead, Employed
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState, Question
from ridealong.views.coaching.following import Followed, followed
from ridealong.views.coaching.preparing import Preparation, preparations
from ridealong.views.coaching.replying import Reply, replies
from ridealong.views.coaching.stakes import Stake, stakes

WEEK = timedelta(days=7)
GUIDANCE_READ = timedelta(days=120)
DEALS_READ = 300
SHOWN = 8
ASKED = 3
"""So many suggestions are asked about right here."""
LATELY = timedelta(days=21)
"""What looks done is to be confirmed so long, then the record's word is enough."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting with a buyer in the coming week, its deal, and what to have ready, if anything."""

    meeting: Ahead
    deal: DealState
    ready: Preparation | None


@dataclass(frozen=True, slots=True)
class Day:
    """A salesperson's day. ``guidance``: open, and what the record shows to be followed lately.

    ``moves``: their open deals about which something is to be done, the weightiest first.
    ``questions``: how many suggestions of texts wait for their word; ``asked``: the newest of
    them, each with its deal. ``replies``: mails that wait for one of theirs.
    """

    at: datetime
    guidance: tuple[Followed, ...]
    planned: tuple[Planned, ...]
    moves: tuple[Stake, ...]
    questions: int
    asked: tuple[tuple[DealState, Question], ...] = ()
    replies: tuple[Reply, ...] = ()


def day(pipe: Pipeline, member: Employed) -> Day:
    """Return the day of a salesperson, as of the pipeline's moment."""
    given = pipe.leading.guidance(salesperson=member.id, since=pipe.at - GUIDANCE_READ)
    outcomes = followed(pipe, given)
    mine = Criteria(salespeople=frozenset({member.id}))
    deals = pipe.open_deals(mine, limit=DEALS_READ)
    ahead = pipe.leading.meetings_ahead(pipe.at + WEEK)
    named = {deal.id: deal for deal in pipe.deals_numbered(sorted({a.deal_id for a in ahead}))}
    found = stakes(pipe, deals, outcomes)
    ready = preparations(pipe, list(named.values()), outcomes)
    questions = pipe.questions()
    asked = {deal.id: deal for deal in pipe.deals_numbered([q.deal_id for q in questions[:ASKED]])}
    return Day(
        at=pipe.at,
        guidance=tuple(o for o in outcomes if o.outcome == "open" or _to_confirm(o, pipe.at)),
        planned=tuple(
            Planned(a, named[a.deal_id], ready.get(a.deal_id)) for a in ahead if a.deal_id in named
        ),
        moves=tuple(found[:SHOWN]),
        questions=len(questions),
        asked=tuple((asked[q.deal_id], q) for q in questions[:ASKED] if q.deal_id in asked),
        replies=tuple(replies(pipe, deals)[:SHOWN]),
    )


def _to_confirm(outcome: Followed, at: datetime) -> bool:
    shown = max((each.known for each in outcome.evidence), default=None)
    lately = shown is not None and shown > at - LATELY
    return outcome.outcome == "followed" and not outcome.stated and lately
