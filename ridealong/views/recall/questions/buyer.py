"""What the buyer said: the last word, and whom they compare us with."""

from __future__ import annotations

from babel.dates import format_date

from ridealong.record.evidence import Happening
from ridealong.views.coaching.criteria.wording import found, sentences, shortened
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene

WHAT = {"email": "Mail", "phone_call": "Phone call", "meeting": "Meeting"}
TELLING = 5
"""A sentence of fewer words says little: a greeting, mostly."""


def last_word(matter: Matter, scene: Scene) -> Point | None:
    """What the buyer said last, or was there for."""
    if not matter.spoken:
        return None
    last = matter.spoken[0]
    when = str(format_date(scene.day(last.at), "EEEE d MMMM", locale="en"))
    what = f"{WHAT.get(last.kind, 'Contact')} of {when}"
    said = _telling(last)
    titled = f"{what}, “{last.title}”" if last.title else what
    answers = [f"{titled}: “{said}”", f"{what}: “{said}”"] if said else []
    return Point(
        words="What was the buyer’s last word on {deal}?",
        answers=(*answers, titled, what),
        stands_on=last.key,
        form="graded",
        place=f"activity-{last.id}",
    )


def competitor(matter: Matter, _: Scene) -> Point | None:
    """The last sentence of the buyer's on other offers."""
    sentence = found(matter.spoken or (), "competitor")
    if sentence is None:
        return None
    return Point(
        words="What did the buyer say of other offers on {deal}?",
        answers=(f"“{sentence[1]}”",),
        stands_on=sentence[1],
        form="graded",
        place=f"activity-{sentence[0].id}",
    )


def _telling(happening: Happening) -> str:
    # The title comes after the text's own sentences.
    own = (each for each in sentences(happening) if each != happening.title)
    return next((shortened(each) for each in own if len(each.split()) >= TELLING), "")


QUESTIONS = (
    Kind("last_word", last_word, asked=0.8, reads=True),
    Kind("competitor", competitor, asked=0.7, reads=True),
)
