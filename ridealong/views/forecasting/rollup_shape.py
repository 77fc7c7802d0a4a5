"""A roll-up as commands print it and the API serves it."""

from __future__ import annotations

from typing import Any

from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.figures import Range
from ridealong.views.forecasting.lines import Line
from ridealong.views.forecasting.rollup import RollUp
from ridealong.views.inspection import figure_shape, number


def range_shape(found: Range) -> dict[str, Any]:
    """Return a range as plain values, in the company's currency."""
    return {"p10": number(found.p10), "p50": number(found.p50), "p90": number(found.p90)}


def roll_up_shape(pipe: Pipeline, found: RollUp) -> dict[str, Any]:
    """Return a roll-up as plain values. ``member``: their e-mail address, null for the company."""
    emails = {number: each.email for number, each in pipe.leading.employed.items()}
    return {
        "horizon": found.horizon.name,
        "period": found.period or None,
        "begins": found.begins.isoformat(),
        "until": found.horizon.until.isoformat(),
        "currency": pipe.organisation.currency,
        "problem": found.problem or None,
        "told": list(found.told),
        "lines": [_line(line, emails.get(line.member)) for line in found.lines],
    }


def _line(line: Line, email: str | None) -> dict[str, Any]:
    return {
        "member": email,
        "name": line.name,
        "leads": line.leads,
        "depth": line.depth,
        "won": figure_shape(line.won),
        "open": range_shape(line.open),
        "new": range_shape(line.new),
        "total": range_shape(line.total),
        "expected": number(line.expected),
        "held": line.total.held or None,
        "categories": [
            {
                "category": each.name or None,
                **figure_shape(each.figure),
                "expected": number(each.expected),
                "range": range_shape(each.range),
            }
            for each in line.categories
        ],
    }
