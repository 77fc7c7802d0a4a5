"""How soon a leader noticed what was raised on their people's deals, and did something about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import Episode
from ridealong.views.signals.acting import Done, Raised, done
from ridealong.views.signals.rulebook import rules


@dataclass(frozen=True, slots=True)
class Reaction:
    """One time that a signal stood; when the leader noticed it and acted, None for not.

    Who acts has noticed. What was done after it was cleared is not counted.
    """

    episode: Episode
    noticed_at: datetime | None
    acted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Of how many signals, and the median time it took; None where it never was."""

    count: int
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Noticing:
    """How a leader reacted to each thing that went wrong on the deals of those below them."""

    leader: Employed
    reactions: tuple[Reaction, ...]


def noticing(pipe: Pipeline, leader: Employed, since: datetime) -> Noticing:
    """Return how soon a leader noticed what was raised since then, and acted.

    Counted is what goes wrong on the deals that those below them carry at the moment; good news
    waits without harm.
    """
    below = {each.id for each in pipe.leading.led_by(leader.id)}
    wrong = {name for name, rule in rules().items() if not rule.good}
    episodes = pipe.signals.episodes(since=since, rules=wrong, salespeople=below)
    of_each = done(pipe, [Raised(e.signal_id, e.deal_id, e.raised_at) for e in episodes])
    found = [
        _reaction(episode, what, leader.id) for episode, what in zip(episodes, of_each, strict=True)
    ]
    return Noticing(leader, tuple(found))


def _reaction(episode: Episode, what: Done, leader: int) -> Reaction:
    acts = [act.at for act in what.acts if leader in act.members]
    said = [each.at for each in what.responses if each.member_id == leader]
    return Reaction(episode, _first(said + acts, episode), _first(acts, episode))


def _first(moments: Sequence[datetime], episode: Episode) -> datetime | None:
    until = episode.cleared_at
    return min((at for at in moments if until is None or at <= until), default=None)


def pace(times: Sequence[timedelta]) -> Pace:
    """Return of how many signals these are the times, and the median."""
    if not times:
        return Pace(0, None)
    return Pace(len(times), timedelta(seconds=median(each.total_seconds() for each in times)))
