"""Forecasting: how likely each deal is won, lost or still open by a moment, and why.

The door of this view; pages and commands import from here. What is slow to import is imported
when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ridealong.views.forecasting.horizons import USUAL, Horizon, horizon, horizons

if TYPE_CHECKING:
    from ridealong.views.forecasting.evidence import Evidence, evidence_of
    from ridealong.views.forecasting.figures import Range
    from ridealong.views.forecasting.heat import LEVELS_TOLD, Heat, Heats, heats
    from ridealong.views.forecasting.held import Backtest, backtest, backtest_shape
    from ridealong.views.forecasting.lines import Line
    from ridealong.views.forecasting.odds import Book, Odds, odds_of
    from ridealong.views.forecasting.outlook import Forecast, forecast, forecast_shape
    from ridealong.views.forecasting.ranking import ranked, shown
    from ridealong.views.forecasting.reasons import Reason
    from ridealong.views.forecasting.rollup import (
        Likely,
        RollUp,
        likely,
        ranges,
        roll_up,
        rolled_up,
        won_in,
    )
    from ridealong.views.forecasting.rollup_shape import range_shape, roll_up_shape
    from ridealong.views.forecasting.shape import because, deal_odds, odds_shape
    from ridealong.views.forecasting.trusting import KEPT_AS, METHODS, Trust, trust
    from ridealong.views.forecasting.waterfalls import Moved, Waterfall, waterfall, waterfall_shape

_LATER = {
    "Book": "odds",
    "Odds": "odds",
    "odds_of": "odds",
    "Range": "figures",
    "Likely": "rollup",
    "Line": "lines",
    "RollUp": "rollup",
    "likely": "rollup",
    "ranges": "rollup",
    "roll_up": "rollup",
    "rolled_up": "rollup",
    "won_in": "rollup",
    "range_shape": "rollup_shape",
    "roll_up_shape": "rollup_shape",
    "Moved": "waterfalls",
    "Waterfall": "waterfalls",
    "waterfall": "waterfalls",
    "waterfall_shape": "waterfalls",
    "Reason": "reasons",
    "Evidence": "evidence",
    "evidence_of": "evidence",
    "Heat": "heat",
    "Heats": "heat",
    "heats": "heat",
    "because": "shape",
    "deal_odds": "shape",
    "odds_shape": "shape",
    "LEVELS_TOLD": "heat",
    "KEPT_AS": "trusting",
    "METHODS": "trusting",
    "Trust": "trusting",
    "trust": "trusting",
    "ranked": "ranking",
    "shown": "ranking",
    "Backtest": "held",
    "backtest": "held",
    "backtest_shape": "held",
    "Forecast": "outlook",
    "forecast": "outlook",
    "forecast_shape": "outlook",
}

__all__ = [
    "KEPT_AS",
    "LEVELS_TOLD",
    "METHODS",
    "USUAL",
    "Backtest",
    "Book",
    "Evidence",
    "Forecast",
    "Heat",
    "Heats",
    "Horizon",
    "Likely",
    "Line",
    "Moved",
    "Odds",
    "Range",
    "Reason",
    "RollUp",
    "Trust",
    "Waterfall",
    "backtest",
    "backtest_shape",
    "because",
    "deal_odds",
    "evidence_of",
    "forecast",
    "forecast_shape",
    "heats",
    "horizon",
    "horizons",
    "likely",
    "odds_of",
    "odds_shape",
    "range_shape",
    "ranges",
    "ranked",
    "roll_up",
    "roll_up_shape",
    "rolled_up",
    "shown",
    "trust",
    "waterfall",
    "waterfall_shape",
    "won_in",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(name)
