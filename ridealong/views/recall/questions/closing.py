"""When a deal is to close: which of these this month, or in which month."""

from __future__ import annotations

from ridealong.views.inspection.wording import day
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene, month_of


def closes(matter: Matter, scene: Scene) -> Point | None:
    """The month of its close date; of the days in it, a leader need not know each."""
    close = matter.deal.close_date
    if close is None:
        return None
    month = month_of(close)
    named = Point(
        words="In which month is {deal} to close?",
        answers=(f"{close:%B %Y}",),
        stands_on=month,
        told=day(close),
    )
    calls = scene.calls.get(matter.deal.id, ())
    if month != month_of(scene.today) or not calls:
        return named
    return Point(
        words="Which of these is to close this month?",
        answers=calls,
        stands_on=month,
        told=f"{calls[0]}: {day(close)}",
        others=scene.closing_elsewhen,
        otherwise=named,
    )


QUESTIONS = (Kind("closes", closes, asked=0.9, essential=True),)
