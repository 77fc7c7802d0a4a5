"""Inspection: the pipeline at a moment, what changed in it, and one deal's story.

The door of this view; pages and commands import from here.
"""

from ridealong.views.inspection.changing import (
    deals_won_in,
    figure,
    moves_between,
    told,
    won_between,
)
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
from ridealong.views.inspection.shape import (
    DEAL_FIELDS,
    change_shape,
    deal_shape,
    figure_shape,
    groups_shape,
    inspection_shape,
    number,
    story_shape,
)
from ridealong.views.inspection.story import stories_of, story, story_of

__all__ = [
    "CHANGE_KINDS",
    "DEAL_FIELDS",
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
    "change_shape",
    "criteria",
    "deal_shape",
    "deals_won_in",
    "figure",
    "figure_shape",
    "grouped",
    "groups_shape",
    "inspect",
    "inspection_shape",
    "moves_between",
    "number",
    "options",
    "rows",
    "stories_of",
    "story",
    "story_of",
    "story_shape",
    "summed",
    "tallied",
    "told",
    "won_between",
]
