"""Of which kind a talk was: by who took part, its title, and whether it was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ridealong.sources.hearing.given import Talked
from ridealong.sources.hearing.sentences import Sentence
from ridealong.sources.hearing.wording import told_by

_MOSTLY = 0.5


def kind_of(
    talked: Talked, title: Sequence[Sentence], nature: Mapping[str, float], deals: int
) -> str:
    """Return the kind of a talk.

    A customer, a title that says it, or several salespeople decide in this order; else what it was
    mostly about, and whether it was in the calendar.
    """
    if talked.with_buyer:
        return "ride_along"
    for sentence in title:
        for kind in told_by("kinds", sentence.words):
            return kind
    if len(talked.salespeople) > 1:
        return "team"
    if nature.get("call_debrief", 0) > _MOSTLY:
        return "call_review"
    if talked.planned and deals == 1 and nature.get("deal_coaching", 0) > _MOSTLY:
        return "deal_review"
    return "one_on_one" if talked.planned else "ad_hoc"
