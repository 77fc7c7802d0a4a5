"""Briefing: what the CEO is told, always ready. The door of this view."""

from ridealong.views.briefing.briefing import LOOK_BACK, brief, earlier_than, last_kept
from ridealong.views.briefing.figures import Brief, Changed, Listed
from ridealong.views.briefing.keeping import Kept, frozen, kept, read_kept
from ridealong.views.briefing.shape import (
    DEAL_FIELDS,
    brief_shape,
    change_shape,
    deal_shape,
    figure_shape,
    groups_shape,
    number,
)

__all__ = [
    "DEAL_FIELDS",
    "LOOK_BACK",
    "Brief",
    "Changed",
    "Kept",
    "Listed",
    "brief",
    "brief_shape",
    "change_shape",
    "deal_shape",
    "earlier_than",
    "figure_shape",
    "frozen",
    "groups_shape",
    "kept",
    "last_kept",
    "number",
    "read_kept",
]
