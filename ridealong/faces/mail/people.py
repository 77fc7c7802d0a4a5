"""Whom a letter is to."""

from __future__ import annotations

from ridealong.faces.mail.letters import Nothing
from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember
from ridealong.record.states import Member


def member(number: int) -> Member:
    """Return an active member. Raises ``Nothing`` where they have left."""
    try:
        found = pipeline.open(number).viewer
    except NotAMember:
        found = None
    if found is None:
        raise Nothing("Whom it was for is no member any more.")
    return found
