"""What comes next on a deal, and when."""

from __future__ import annotations

from babel.dates import format_datetime

from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene

LONG = 120
"""A next step of more characters is a text: to be said, not to be chosen."""


def next_step(matter: Matter, _: Scene) -> Point | None:
    """The next step as the deal says it."""
    step = " ".join(matter.deal.next_step.split()).rstrip(".")
    if not step:
        return None
    return Point(
        words="What is the next step on {deal}?",
        answers=(step,),
        stands_on=step,
        form="chosen" if len(step) <= LONG else "graded",
        true_too=frozenset({matter.touch.next_title}),
    )


def meeting(matter: Matter, scene: Scene) -> Point | None:
    """The next thing in the calendar."""
    when = matter.touch.next_activity
    if when is None:
        return None
    day = str(format_datetime(when.astimezone(scene.zone), "EEEE d MMMM, HH:mm", locale="en"))
    title = matter.touch.next_title
    return Point(
        words="When is the next thing in the calendar for {deal}?",
        answers=(day,),
        stands_on=when.isoformat(),
        told=f"{day}: {title}" if title else day,
    )


QUESTIONS = (
    Kind("next_step", next_step, asked=1.0, essential=True),
    Kind("meeting", meeting, asked=0.7),
)
