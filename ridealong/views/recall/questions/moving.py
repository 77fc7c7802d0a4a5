"""What moved on a deal since the last brief, and why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ridealong.views.inspection import QUIET_DAYS
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene

REASONS = {
    "overdue": "Its close date is past",
    "quiet": f"The buyer has been silent for more than {QUIET_DAYS} days",
    "no_next_step": "No next step is agreed",
    "pushed": "It was pushed more than once",
}
"""The same words for every deal, so that each is plainly so or not so."""


def changed(matter: Matter, scene: Scene) -> Point | None:
    """What changed since the moment compared with, all of it."""
    if not matter.moves:
        return None
    said = "; ".join(matter.moves)
    return Point(
        words=f"What changed on {{deal}} {scene.since_words}?",
        answers=(said,),
        stands_on=said,
        true_too=frozenset(matter.moves),
        # Each brief begins a time of its own: what changed before it is no longer asked.
        variant=scene.day(scene.since).isoformat(),
    )


def stuck(matter: Matter, scene: Scene) -> Point | None:
    """What holds it: the first of its reasons, among some that it does not have."""
    so = list(_reasons(matter, scene))
    if not so:
        return None
    others = [words for name, words in REASONS.items() if name not in so]
    told = "; ".join(REASONS[name] for name in so)
    chosen = len(others) >= 2
    return Point(
        words="Why is {deal} stuck?",
        answers=(REASONS[so[0]] if chosen else told,),
        stands_on=",".join(so),
        form="chosen" if chosen else "graded",
        told=told,
        others=others,
        true_too=frozenset(REASONS[name] for name in so),
    )


def _reasons(matter: Matter, scene: Scene) -> Iterator[str]:
    deal, touch = matter.deal, matter.touch
    heard = touch.last_contact or deal.created_at
    if scene.at - heard > timedelta(days=QUIET_DAYS):
        yield "quiet"
    if deal.close_date is not None and deal.close_date < scene.today:
        yield "overdue"
    if not deal.next_step and touch.next_activity is None:
        yield "no_next_step"
    if deal.pushes >= 2:
        yield "pushed"


QUESTIONS = (
    Kind("changed", changed, asked=1.0),
    Kind("stuck", stuck, asked=0.9),
)
