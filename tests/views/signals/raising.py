"""Signals raised in a company that was told of, without waiting for a worker."""

from __future__ import annotations

from datetime import datetime

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.signals import SignalState
from ridealong.sources.stating import Noticed, notice
from tests.record.telling import on

PUSHED = "pushed"
PAST = "close_date_past"


def noticed(rule: str, deal: str, day: float, *, audience: str = "everybody") -> None:
    """Raise a rule's signal on a deal on that day."""
    evidence = [{"text": "from one day to another", "activity": "", "at": on(day).isoformat()}]
    said = Noticed(rule, deal, on(day), f"{rule} of {deal}.", evidence, audience)
    notice([said], at=on(day), live=False)


def cleared(rule: str, deal: str, day: float) -> None:
    """Clear it."""
    notice([Noticed(rule, deal, None)], at=on(day), live=False)


def standing(deal: str, at: datetime | None = None) -> dict[str, SignalState]:
    """Return what stands on a deal, by rule."""
    pipe = pipeline.open(EVERYTHING, at)
    return {each.rule: each for each in pipe.signals.standing(deals=[pipe.deal(deal).id])}
