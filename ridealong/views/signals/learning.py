"""Learning what is normal from deals that were won."""

from __future__ import annotations

from ridealong.record.pipeline import Pipeline
from ridealong.views.signals.norms import Norms

LARGEST = 3
"""One of so many open deals is a valuable one."""


def learn(pipe: Pipeline) -> Norms:
    """Return what is normal as of the pipeline's moment."""
    deals = pipe.open_standings()
    values = sorted((float(deal.value) for deal in deals if deal.value), reverse=True)
    carried = {deal.salesperson_id or 0 for deal in deals}
    return Norms(
        large=values[(len(values) - 1) // LARGEST] if values else None,
        flowing=pipe.evidence.flowing(carried),
    )
