"""Insights: claims that hold up among all that were tried, each with evidence and what to do.

The door of this view; pages and commands import from here.
"""

from ridealong.views.insights.figures import Counted, Insight, Insights, OfDeal, Share, Tried
from ridealong.views.insights.finding import insights, of_deal, of_person
from ridealong.views.insights.saying import KINDS, beside, points
from ridealong.views.insights.shape import insights_shape

__all__ = [
    "KINDS",
    "Counted",
    "Insight",
    "Insights",
    "OfDeal",
    "Share",
    "Tried",
    "beside",
    "insights",
    "insights_shape",
    "of_deal",
    "of_person",
    "points",
]
