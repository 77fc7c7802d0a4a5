"""What a leader and a salesperson agreed."""

from __future__ import annotations

from ridealong.views.inspection.wording import day
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene


def agreed(matter: Matter, _: Scene) -> Point | None:
    """The guidance given last."""
    given = matter.given
    if given is None:
        return None
    text = " ".join(given.text.split()).rstrip(".")
    return Point(
        words="What was last agreed on {deal}?",
        answers=(text,),
        stands_on=f"{given.key}:{text}",
        told=f"{text} (by {day(given.due)})" if given.due else text,
        place="guidance",
    )


QUESTIONS = (Kind("agreed", agreed, asked=0.9),)
