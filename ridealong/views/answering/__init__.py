"""Answering: what a leader says when the CEO asks, of each open deal at once. The door of it."""

from ridealong.views.answering.cards import MOST, Card, Cards, Line, Section, cards, cards_shape
from ridealong.views.answering.owing import Owing, owing

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
