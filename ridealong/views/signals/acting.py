"""What was done about signals: what somebody says they did, and what the record shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from ridealong.record.leading_states import Given
from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import ResponseState

How = Literal["said", "guidance", "talk"]


class Raised(NamedTuple):
    """A signal, while it stands or later, on which deal (numbers), since when."""

    signal: int
    deal: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about a signal after it was raised. ``members``: who did it, by number.

    ``how``: somebody says that they acted; guidance on the deal; or a talk about it, of colleagues
    or with its buyer.
    """

    at: datetime
    how: How
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Done:
    """What members did about one signal since it was raised, the first thing first."""

    responses: Sequence[ResponseState]
    acts: Sequence[Act]


def done(pipe: Pipeline, signals: Sequence[Raised]) -> list[Done]:
    """Return what was done about each of these signals, in their order."""
    deals = {each.deal for each in signals}
    responses: dict[tuple[int, datetime], list[ResponseState]] = {}
    for each in pipe.signals.responses({each.signal for each in signals}):
        responses.setdefault((each.signal_id, each.raised_at), []).append(each)
    talks = pipe.evidence.spoken_of(deals)
    guidance: dict[int, list[Given]] = {}
    for given in _guidance(pipe, signals, deals):
        guidance.setdefault(given.deal_id or 0, []).append(given)
    found = []
    for signal in signals:
        said = sorted(responses.get((signal.signal, signal.at), ()), key=lambda each: each.at)
        acts = _acts(signal, said, talks, guidance)
        found.append(Done(said, sorted(acts, key=lambda act: act.at)))
    return found


def _guidance(pipe: Pipeline, signals: Sequence[Raised], deals: set[int]) -> list[Given]:
    if not signals:
        return []
    first = min(each.at for each in signals)
    # Of many deals it is asked for all that was given since: that is less than their numbers.
    few = deals if len(deals) <= 500 else None
    return pipe.leading.guidance(deals=few, since=first)


def _acts(
    signal: Raised,
    said: Sequence[ResponseState],
    talks: Mapping[int, Sequence[tuple[datetime, frozenset[int]]]],
    guidance: Mapping[int, Sequence[Given]],
) -> Iterator[Act]:
    for response in said:
        if response.did == "acted":
            yield Act(response.at, "said", frozenset({response.member_id}))
    for at, members in talks.get(signal.deal, ()):
        if at >= signal.at:
            yield Act(at, "talk", members)
    for given in guidance.get(signal.deal, ()):
        if given.at >= signal.at:
            yield Act(given.at, "guidance", frozenset({given.leader_id or 0}))
