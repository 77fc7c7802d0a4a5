"""Coaching: who spoke with whom about what, guidance and what came of it. The door of this view."""

from ridealong.views.coaching.cadence import once_each
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

__all__ = [
    "Cadence",
    "Evidence",
    "Followed",
    "GuidanceCount",
    "Ledger",
    "cadence_shape",
    "counted",
    "followed",
    "followed_shape",
    "guidance_shape",
    "ledger",
    "ledgers",
    "ledgers_shape",
    "once_each",
]
