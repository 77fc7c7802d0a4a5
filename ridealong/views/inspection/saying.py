"""Five lines of a deal that one can say aloud on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, DealState, Touch
from ridealong.views.inspection.figures import Person
from ridealong.views.inspection.selecting import today
from ridealong.views.inspection.wording import (
    CATEGORY_WORDS,
    day,
    money,
    span,
    when,
)

KIND_WORDS = {
    "email": "mail",
    "phone_call": "phone call",
    "meeting": "meeting",
    "task": "task",
    "note": "note",
    "one_on_one": "1:1",
    "other": "activity",
}


def five_lines(  # noqa: PLR0917  the parts that the page has read already
    pipe: Pipeline,
    deal: DealState,
    history: Sequence[DealState],
    activities: Sequence[ActivityState],
    people: Sequence[Person],
    touch: Touch,
) -> tuple[str, ...]:
    """Return what it is, where it stands, who is in it, the last word, and what comes next."""
    return (
        _what(deal),
        _where(pipe, deal, history),
        _who(people),
        _last_word(pipe, deal, activities),
        _next(pipe, deal, touch),
    )


def _what(deal: DealState) -> str:
    worth = money(deal.amount, deal.currency) or "an amount not known yet"
    is_named = not deal.company or deal.company in deal.name
    buyer = "" if is_named else f" with {deal.company}"
    carried = f"{deal.salesperson} carries it" if deal.salesperson else "nobody carries it"
    product = f" for {deal.product}" if deal.product else ""
    return f"{deal.name}{buyer}: {worth}{product}; {carried}."


def _where(pipe: Pipeline, deal: DealState, history: Sequence[DealState]) -> str:
    stage = deal.stage or "a stage not known"
    if deal.status != "open":
        closed = next(v for v in reversed(history) if _closing(history, v))
        reason = f" The reason given: {deal.lost_reason}." if deal.lost_reason else ""
        took = span(closed.valid_from - deal.created_at)
        day_closed = closed.valid_from.astimezone(pipe.organisation.time_zone).date()
        return f"{deal.status.capitalize()} on {day(day_closed)}, after {took}.{reason}"
    parts = [f"In {stage} for {span(pipe.at - deal.stage_since)}"]
    if deal.category:
        parts.append(f"called {CATEGORY_WORDS[deal.category].lower()}")
    parts.append(_closes(pipe, deal))
    return ", ".join(parts) + "."


def _closing(history: Sequence[DealState], version: DealState) -> bool:
    """Say whether the deal went from open to closed with this version."""
    if version is history[0]:
        return True
    return any(
        after is version and before.status != after.status for before, after in pairwise(history)
    )


def _closes(pipe: Pipeline, deal: DealState) -> str:
    if deal.close_date is None:
        return "no close date"
    late = "was to close" if deal.close_date < today(pipe) else "closes"
    times = {0: "", 1: ", pushed once", 2: ", pushed twice"}
    pushed = times.get(deal.pushes, f", pushed {deal.pushes} times")
    return f"{late} {day(deal.close_date)}{pushed}"


def _who(people: Sequence[Person]) -> str:
    if not people:
        return "Nobody of the buyer is on record."
    named = [_person(person) for person in people[:3]]
    rest = len(people) - len(named)
    tail = f" and {rest} more" if rest else ""
    return f"{'; '.join(named)}{tail}."


def _person(person: Person) -> str:
    contact = person.contact
    what = (contact.role or contact.title).replace("_", " ")
    words = f"{contact.name} ({what})" if what else contact.name
    if person.last_contact is None:
        return f"{words} not heard from yet"
    return words


def _last_word(pipe: Pipeline, deal: DealState, activities: Sequence[ActivityState]) -> str:
    past = [a for a in activities if a.at <= pipe.at]
    zone = pipe.organisation.time_zone
    spoken = next((a for a in past if a.two_way), None)
    if spoken is not None:
        return f"Last word, {when(spoken.at, pipe.at, zone)}: {_activity(spoken)}."
    ours = next((a for a in past if not a.among_us), None)
    if ours is not None:
        said = when(ours.at, pipe.at, zone)
        return f"No word from the buyer; ours, {said}: {_activity(ours)}."
    return f"No contact on record since it began {when(deal.created_at, pipe.at, zone)}."


def _activity(activity: ActivityState) -> str:
    kind = KIND_WORDS[activity.kind]
    side = " from the buyer" if activity.direction == "in" else ""
    title = f", “{activity.title}”" if activity.title else ""
    return f"{kind}{side}{title}"


def _next(pipe: Pipeline, deal: DealState, touch: Touch) -> str:
    if deal.status != "open":
        return "Nothing is left to do." if deal.status == "won" else "It is closed."
    step = deal.next_step.strip().rstrip(".")
    if touch.next_activity is not None:
        coming = when(touch.next_activity, pipe.at, pipe.organisation.time_zone)
        planned = f"{touch.next_title or 'a meeting'}, {coming}"
        return f"Next: {step}; planned: {planned}." if step else f"Next: {planned}."
    return f"Next: {step}; nothing is in the calendar." if step else "No next step is agreed."
