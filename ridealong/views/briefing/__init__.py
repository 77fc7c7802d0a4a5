"""Briefing: what the CEO is told, always ready. The door of this view."""

from ridealong.views.briefing.agreeing import agreed_words
from ridealong.views.briefing.briefing import LOOK_BACK, brief, earlier_than, in_short, last_kept
from ridealong.views.briefing.calling import Accuracy, Past, accuracies, accuracy
from ridealong.views.briefing.coming import came
from ridealong.views.briefing.editing import Edits, edits, hidden, moved
from ridealong.views.briefing.entries import list_of
from ridealong.views.briefing.figures import (
    Agreed,
    Brief,
    Call,
    Came,
    Changed,
    Entry,
    Landing,
    Listed,
    Owed,
)
from ridealong.views.briefing.keeping import Kept, frozen, kept, read_kept, read_keyed
from ridealong.views.briefing.landing import callable_periods, spoken, won_of
from ridealong.views.briefing.outlook import Outlook, outlook
from ridealong.views.briefing.shape import brief_shape

__all__ = [
    "LOOK_BACK",
    "Accuracy",
    "Agreed",
    "Brief",
    "Call",
    "Came",
    "Changed",
    "Edits",
    "Entry",
    "Kept",
    "Landing",
    "Listed",
    "Outlook",
    "Owed",
    "Past",
    "accuracies",
    "accuracy",
    "agreed_words",
    "brief",
    "brief_shape",
    "callable_periods",
    "came",
    "earlier_than",
    "edits",
    "frozen",
    "hidden",
    "in_short",
    "kept",
    "last_kept",
    "list_of",
    "moved",
    "outlook",
    "read_kept",
    "read_keyed",
    "spoken",
    "won_of",
]
