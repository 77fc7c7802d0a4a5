"""A period as one leads towards it: the ranges, and beside them the numbers called, how near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ridealong.lib.periods import Span, period_of
from ridealong.record.pipeline import Pipeline
from ridealong.views import forecasting
from ridealong.views.briefing.calling import Accuracy, accuracies
from ridealong.views.briefing.figures import Call
from ridealong.views.briefing.landing import calls_of_all

if TYPE_CHECKING:
    from ridealong.views.forecasting import RollUp, Waterfall


@dataclass(frozen=True)
class Outlook:
    """The roll-up of a period, what moved it, and by member the number called and how near.

    ``near``: of those who called a number for this period, and of the viewer.
    """

    rollup: RollUp
    waterfall: Waterfall
    calls: Mapping[int, Call]
    near: Mapping[int, Accuracy]


def outlook(pipe: Pipeline, span: Span) -> Outlook:
    """Return the week, month or quarter of the moment looked at, of what is in sight."""
    period = period_of(span, pipe.at.astimezone(pipe.organisation.time_zone).date())
    calls = {call.member_id: call for call in calls_of_all(pipe, [period])[period.name]}
    asked = set(calls) | ({pipe.viewer.id} if pipe.viewer else set())
    told = accuracies(pipe, asked)
    of_span = {m: [each for each in found if each.span == span] for m, found in told.items()}
    return Outlook(
        rollup=forecasting.rolled_up(pipe, forecasting.horizon(pipe, span)),
        waterfall=forecasting.waterfall(pipe, span),
        calls=calls,
        near={member: found[0] for member, found in of_span.items() if found},
    )
