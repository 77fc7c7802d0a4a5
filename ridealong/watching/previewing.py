"""Trying other numbers of a rule on the last quarter, beside the pages."""

from __future__ import annotations

from typing import Any

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.progress import Watch
from ridealong.views import signals


def carry_out(run: Any, watch: Watch) -> dict[str, Any]:
    """Carry out a run of the kind "preview": ``plan`` is ``{"rule", "values"}``.

    Over all deals, for whoever sets rules; which of them are named to whom is for the page to say.
    """
    pipe = pipeline.open(EVERYTHING)
    rule = signals.rules()[run.plan["rule"]]
    present = signals.values_of(rule, pipe.signals.settings())
    seen = signals.preview(pipe, rule, present, run.plan["values"], watch)
    return {**signals.preview_shape(seen), "values": dict(present)}
