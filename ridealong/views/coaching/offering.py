"""What the entry of a conversation offers, so that it takes seconds: whom, and what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from ridealong.record.leading_states import Employed, Talk
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.record.vocabulary import NATURES
from ridealong.views.coaching.cadence import once_each

NEAR = timedelta(hours=4)
"""A talk on record that began so shortly before is likely the one that is entered."""
AHEAD = timedelta(minutes=30)
USUAL = (
    "status_check",
    "deal_coaching",
    "pipeline_review",
    "call_preparation",
    "forecast_review",
    "call_debrief",
    "help_request",
)
"""What is offered first as long as little is known of somebody's talks."""
_LOOKED_AT = 60
DEALS = 6


def colleagues(pipe: Pipeline) -> list[Employed]:
    """Return whom the viewer may have led or been led by: those spoken with last come first."""
    viewer = pipe.viewer
    if viewer is None:
        return []
    found = {e.id: e for e in (*pipe.leading.led_by(viewer.id), *pipe.leading.above(viewer.id))}
    last = pipe.leading.last_spoken(viewer.id, found)
    never = datetime.min.replace(tzinfo=pipe.at.tzinfo)
    return sorted(found.values(), key=lambda each: last.get(each.id, never), reverse=True)


def natures(pipe: Pipeline) -> list[str]:
    """Return every nature, those of the viewer's own talks first."""
    viewer = pipe.viewer
    talks = pipe.leading.talks(between=[viewer.id], limit=_LOOKED_AT) if viewer else []
    counts = Counter(name for talk in talks for name in talk.nature)
    order = [*USUAL, *(name for name in NATURES if name not in USUAL)]
    return sorted(order, key=lambda name: (-counts[name], order.index(name)))


def otherwise(talk: Talk, likeliest: Sequence[str]) -> list[str]:
    """Return those of the natures that a talk may rather have been all about, in their order."""
    return [name for name in likeliest if talk.nature.get(name, 0.0) < 1]


def open_deals(
    pipe: Pipeline, people: Collection[int], text: str = "", *, limit: int = DEALS
) -> list[DealState]:
    """Return open deals of these people and of the viewer that ``text`` begins, largest first."""
    mine = {pipe.viewer.id} if pipe.viewer else set()
    carried = frozenset[int | None]({*people, *mine}) if people else None
    return pipe.open_deals(Criteria(text=text, salespeople=carried), limit=limit)


def on_record(pipe: Pipeline, others: Sequence[int], at: datetime) -> Talk | None:
    """Return the talk with all of these that began shortly before ``at``, if one is known."""
    if pipe.viewer is None or not others:
        return None
    talks = pipe.leading.talks(since=at - NEAR, until=at + AHEAD, between=[pipe.viewer.id, *others])
    found = once_each(talks)
    return min(found, key=lambda talk: abs(at - talk.at), default=None)


def guessed(others: int, nature: Collection[str], deals: int) -> str:
    """Return which kind of conversation it was, by how many it was with and what it was about."""
    if others > 1:
        return "team"
    if "ride_along" in nature:
        return "ride_along"
    if "call_debrief" in nature:
        return "call_review"
    return "deal_review" if deals else "ad_hoc"


def unconfirmed(pipe: Pipeline, since: datetime) -> list[Talk]:
    """Return talks since then of the viewer with those they lead or are led by, not confirmed."""
    viewer = pipe.viewer
    if viewer is None:
        return []
    led = {each.id for each in colleagues(pipe)}
    talks = once_each(pipe.leading.talks(since=since, between=[viewer.id]))
    return [t for t in talks if viewer.key not in t.confirmed_by and led & set(t.members)]
