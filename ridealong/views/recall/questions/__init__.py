"""Kinds of questions about a deal.

Each module here that has ``QUESTIONS`` adds some; nothing else is to be edited for a new one.
"""

from ridealong.views.recall.questions.book import kinds
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene

__all__ = ["Kind", "Matter", "Point", "Scene", "kinds"]
