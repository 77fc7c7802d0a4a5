"""Whether the buyer meets us."""

from __future__ import annotations

from ridealong.views.coaching.criteria.rule import (
    TALKS,
    Case,
    Rule,
    Ruling,
    called,
    met,
    missing,
    unknown,
)


def met_twice(case: Case) -> Ruling:
    """Two meetings or phone calls in which the buyer took part."""
    count = len(case.talks)
    if count >= 2:
        return met(f"{count} meetings and phone calls, last {called(case.talks[0])}", case.talks[0])
    if not case.shows(*TALKS):
        return unknown("No meetings or phone calls of the salesperson come into the record.")
    if count:
        return missing(f"Met once: {called(case.talks[0])}", case.talks[0])
    return missing("No meeting or phone call with the buyer on record.")


def next_meeting(case: Case) -> Ruling:
    """A meeting or phone call with the buyer lies ahead."""
    ahead = [each for each in case.planned if each.kind in TALKS]
    if ahead:
        return met(f"Planned: {called(ahead[0])}", ahead[0])
    if not case.foresees:
        return unknown("What was planned then is not known any more.")
    if not case.shows(*TALKS):
        return unknown("No meetings of the salesperson come into the record.")
    return missing("Nothing with the buyer is in the calendar.")


RULES = (
    Rule("met_twice", "Two meetings or phone calls that were held", met_twice),
    Rule("next_meeting", "A planned meeting or phone call", next_meeting),
)
