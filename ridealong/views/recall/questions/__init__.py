"""Kinds of questions about a deal.

Each module here that has ``QUESTIONS`` adds some; nothing else is to be edited for a new one.
"""

from ridealong.views.recall.questions.book import kinds
from ridealong.views.recall.questions.kind import Fact, Kind, Matter, Scene

__all__ = ["Fact", "Kind", "Matter", "Scene", "kinds"]
