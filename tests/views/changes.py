"""Every change between two moments, told whole."""

from __future__ import annotations

from itertools import chain

from ridealong.record.pipeline import Pipeline
from ridealong.views import inspection
from ridealong.views.inspection import Change, Selection


def changes_between(earlier: Pipeline, later: Pipeline) -> list[Change]:
    """Return every change that the member may see, kind by kind."""
    moves = inspection.moves_between(earlier, later, Selection())
    return inspection.told(earlier, later, chain.from_iterable(moves.values()))
