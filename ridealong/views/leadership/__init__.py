"""Leadership: how each leader leads, with the evidence, against their own past first."""

from ridealong.views.leadership.figures import CallWeek, Counted, Figure, Kind, Leading, Sentence
from ridealong.views.leadership.leadership import Overview, leaders, leadership, overview
from ridealong.views.leadership.saying import lacking_words, value_words
from ridealong.views.leadership.shape import leading_shape, overview_shape

__all__ = [
    "CallWeek",
    "Counted",
    "Figure",
    "Kind",
    "Leading",
    "Overview",
    "Sentence",
    "lacking_words",
    "leaders",
    "leadership",
    "leading_shape",
    "overview",
    "overview_shape",
    "value_words",
]
