"""Recall: one's own deals in one's head, two minutes a day. The door of this view."""

from ridealong.views.recall.asking import Askable, Question
from ridealong.views.recall.drilling import Drill, Item, drill
from ridealong.views.recall.grading import typed_rating
from ridealong.views.recall.knowing import Known, KnownDeal, known, known_share
from ridealong.views.recall.shape import item_shape
from ridealong.views.recall.studying import Study, study

__all__ = [
    "Askable",
    "Drill",
    "Item",
    "Known",
    "KnownDeal",
    "Question",
    "Study",
    "drill",
    "item_shape",
    "known",
    "known_share",
    "study",
    "typed_rating",
]
