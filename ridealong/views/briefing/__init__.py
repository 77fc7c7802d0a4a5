"""Briefing: what the CEO is told, always ready. The door of this view."""

from ridealong.views.briefing.agreeing import agreed_words
from ridealong.views.briefing.briefing import LOOK_BACK, brief, earlier_than, last_kept
from ridealong.views.briefing.figures import Agreed, Brief, Changed, Listed
from ridealong.views.briefing.keeping import Kept, frozen, kept, read_kept
from ridealong.views.briefing.shape import brief_shape

__all__ = [
    "LOOK_BACK",
    "Agreed",
    "Brief",
    "Changed",
    "Kept",
    "Listed",
    "agreed_words",
    "brief",
    "brief_shape",
    "earlier_than",
    "frozen",
    "kept",
    "last_kept",
    "read_kept",
]
