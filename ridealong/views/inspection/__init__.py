"""Inspection: the pipeline at a moment, what changed in it, and one deal's story.

The door of this view; pages and commands import from here.
"""

from ridealong.views.inspection.changing import figure, moves_between, told
from ridealong.views.inspection.figures import (
    CHANGE_KINDS,
    GROUPINGS,
    NONE,
    QUIET_DAYS,
    Change,
    ChangeKind,
    Column,
    DealStory,
    Figure,
    Group,
    Grouping,
    Inspection,
    Options,
    Row,
    Selection,
)
from ridealong.views.inspection.grouping import grouped, summed, tallied
from ridealong.views.inspection.inspecting import board, inspect, options, rows
from ridealong.views.inspection.selecting import criteria
from ridealong.views.inspection.story import story, story_of

__all__ = [
    "CHANGE_KINDS",
    "GROUPINGS",
    "NONE",
    "QUIET_DAYS",
    "Change",
    "ChangeKind",
    "Column",
    "DealStory",
    "Figure",
    "Group",
    "Grouping",
    "Inspection",
    "Options",
    "Row",
    "Selection",
    "board",
    "criteria",
    "figure",
    "grouped",
    "inspect",
    "moves_between",
    "options",
    "rows",
    "story",
    "story_of",
    "summed",
    "tallied",
    "told",
]
