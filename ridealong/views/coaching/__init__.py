"""Coaching: who spoke with whom about what, guidance and what came of it. The door of this view."""

from ridealong.views.coaching.agenda import NATURE_OF, Agenda, Item, agenda
from ridealong.views.coaching.cadence import once_each
from ridealong.views.coaching.day import Day, day
from ridealong.views.coaching.following import (
    Evidence,
    Followed,
    GuidanceCount,
    counted,
    followed,
)
from ridealong.views.coaching.ledger import Cadence, Ledger, ledger, ledgers
from ridealong.views.coaching.shape import (
    cadence_shape,
    followed_shape,
    guidance_shape,
    ledgers_shape,
)
from ridealong.views.coaching.whom import Suggestion, Whom, whom

__all__ = [
    "NATURE_OF",
    "Agenda",
    "Cadence",
    "Day",
    "Evidence",
    "Followed",
    "GuidanceCount",
    "Item",
    "Ledger",
    "Suggestion",
    "Whom",
    "agenda",
    "cadence_shape",
    "counted",
    "day",
    "followed",
    "followed_shape",
    "guidance_shape",
    "ledger",
    "ledgers",
    "ledgers_shape",
    "once_each",
    "whom",
]
