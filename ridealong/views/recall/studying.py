"""What one member may be asked at a moment, and what they remember of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline
from ridealong.record.recalled import Answered
from ridealong.record.states import DealState, Member
from ridealong.views.recall.asking import Askable, Card, askable
from ridealong.views.recall.gathering import scene, with_words
from ridealong.views.recall.questions import Scene, kinds
from ridealong.views.recall.remembering import Memory, memories
from ridealong.views.recall.weighing import weights

READ = 150
"""So many open deals are looked at, those that matter most; and those of earlier answers."""
ANSWERED = 300
WORDS_READ = 24
"""Of so many deals, the most important ones, the buyer's words are read."""
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Study:
    """What can be asked, and what is remembered.

    ``team``: whose deals these are, None for everybody's. ``deals``: those looked at.
    """

    team: frozenset[int] | None
    deals: Sequence[DealState]
    scene: Scene
    askables: Sequence[Askable]
    weights: Mapping[int, float]
    answers: Sequence[Answered]
    memories: Mapping[Card, Memory]

    @property
    def today(self) -> date:
        """The day of the moment looked at, where the company is."""
        return self.scene.today


def study(pipe: Pipeline, member: Member | Employed, *, words: bool = True) -> Study:
    """Return what ``member`` may be asked. ``words``: with what is read of buyers' words."""
    team = team_of(pipe, member)
    answers = pipe.recalled.answers(member.id)
    remembered = memories(answers)
    deals = _deals(pipe, team, answers)
    made = scene(pipe, deals)
    weighed = weights(made)
    if words:
        made = with_words(pipe, made, _to_read(weighed, remembered))
    return Study(
        team=team,
        deals=deals,
        scene=made,
        askables=list(askable(made, list(made.matters.values()))),
        weights=weighed,
        answers=answers,
        memories=remembered,
    )


def team_of(pipe: Pipeline, member: Member | Employed) -> frozenset[int] | None:
    """Return whose deals a member should know: those below them, and their own; None for all."""
    if member.role == "owner" and pipe.sight.scope is None:
        return None
    return frozenset({member.id, *(each.id for each in pipe.leading.led_by(member.id))})


def _deals(
    pipe: Pipeline, team: frozenset[int] | None, answers: Sequence[Answered]
) -> list[DealState]:
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    foremost = pipe.recalled.foremost(
        team, pipe.conversion, today, since=pipe.at - LATELY, limit=READ
    )
    answered = dict.fromkeys(answer.deal_id for answer in reversed(answers))
    numbers = dict.fromkeys([*foremost, *list(answered)[:ANSWERED]])
    return [
        deal
        for deal in pipe.deals_numbered(list(numbers))
        if deal.status == "open" and (team is None or deal.salesperson_id in team)
    ]


def _to_read(weighed: Mapping[int, float], remembered: Mapping[Card, Memory]) -> list[int]:
    """The most important deals, and those of which something was answered that needs reading."""
    foremost = sorted(weighed, key=lambda number: -weighed[number])[:WORDS_READ]
    reading = {name for name, kind in kinds().items() if kind.reads}
    asked = [deal for deal, name in remembered if name in reading and deal in weighed]
    return list(dict.fromkeys([*foremost, *asked]))
