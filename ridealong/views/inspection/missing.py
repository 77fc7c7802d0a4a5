"""What is not known of a deal or not planned, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.inspection.figures import QUIET_DAYS, Person
from ridealong.views.inspection.selecting import today
from ridealong.views.inspection.wording import day, span


def missing(
    pipe: Pipeline, deal: DealState, touch: Touch, people: Sequence[Person]
) -> tuple[str, ...]:
    """Return sentences, those that matter most first; none for a closed deal."""
    if deal.status != "open":
        return ()
    return (*_dates(pipe, deal), *_steps(pipe, deal, touch), *_known(deal, people))


def _dates(pipe: Pipeline, deal: DealState) -> Iterator[str]:
    if deal.close_date is None:
        yield "No close date: agree on one with the buyer."
    elif deal.close_date < today(pipe):
        yield f"The close date, {day(deal.close_date)}, is past: win it, lose it or move it."


def _steps(pipe: Pipeline, deal: DealState, touch: Touch) -> Iterator[str]:
    if not deal.next_step and touch.next_activity is None:
        yield "No next step: put the next meeting with the buyer into the calendar."
    quiet = timedelta(days=QUIET_DAYS)
    if touch.last_contact is None:
        if pipe.at - deal.created_at > quiet:
            yield f"No contact with the buyer on record in {span(pipe.at - deal.created_at)}."
    elif pipe.at - touch.last_contact > quiet:
        silence = span(pipe.at - touch.last_contact)
        yield f"The buyer has not been heard from for {silence}: call."


def _known(deal: DealState, people: Sequence[Person]) -> Iterator[str]:
    if deal.amount is None:
        yield "No amount: ask what it is worth to them."
    if not people:
        yield "Nobody of the buyer is named: who decides?"
    elif len(people) == 1:
        yield f"Only {people[0].contact.name} is known: who else decides?"
    if not deal.category:
        yield "No forecast category: is it in the commit?"
    if not deal.salesperson:
        yield "Nobody carries it: give it to a salesperson."
