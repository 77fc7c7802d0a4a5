"""Answering: what a leader says when the CEO asks, of each open deal at once. The door of it."""

from ridealong.views.answering.cards import MOST, Card, Cards, cards, cards_shape
from ridealong.views.answering.owing import Owing, owing
from ridealong.views.answering.sections import Line, Section

__all__ = [
    "MOST",
    "Card",
    "Cards",
    "Line",
    "Owing",
    "Section",
    "cards",
    "cards_shape",
    "owing",
]
