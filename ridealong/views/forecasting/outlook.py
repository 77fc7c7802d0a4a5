"""The open deals by one horizon: their odds, and the amount they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views.forecasting.figures import Range
from ridealong.views.forecasting.horizons import Horizon
from ridealong.views.forecasting.odds import Book, Odds, odds_of
from ridealong.views.forecasting.rollup import RollUp, roll_up
from ridealong.views.forecasting.rollup_shape import range_shape, roll_up_shape


@dataclass(frozen=True)
class Forecast:
    """Open deals with their odds, the likeliest to be won first, and the amount won in all.

    ``total``: what these deals bring, in the company's currency; ``rollup``: the same by member,
    with what is won already and new deals yet to come. ``unpriced``: deals without an amount, or
    whose currency has no rate, that are left out. ``unknown``: open by today's knowledge, but not
    by what the record showed at the moment.
    """

    horizon: Horizon
    book: Book
    deals: tuple[tuple[DealState, Odds], ...]
    rollup: RollUp
    total: Range | None
    unpriced: int
    unknown: int


def forecast(pipe: Pipeline, horizon: Horizon, *, patient: bool = False) -> Forecast:
    """Return the odds of every open deal in sight by one horizon. ``patient``: see ``odds_of``."""
    found = pipe.open_deals(Criteria())
    book = odds_of(pipe, [deal.id for deal in found], [horizon], patient=patient)
    paired = [(deal, book.of(deal.id, horizon.name)) for deal in found]
    deals = sorted(
        ((deal, odds) for deal, odds in paired if odds is not None),
        key=lambda pair: (-pair[1].won, pair[0].id),
    )
    rollup = roll_up(pipe, horizon, found, book)
    return Forecast(
        horizon=horizon,
        book=book,
        deals=tuple(deals),
        rollup=rollup,
        total=rollup.whole.open if rollup.whole else None,
        unpriced=sum(deal.value is None for deal, _ in deals),
        unknown=0 if book.problem else len(found) - len(deals),
    )


def forecast_shape(pipe: Pipeline, found: Forecast) -> dict[str, Any]:
    """Return a forecast as commands print it and the API serves it. ``id``: the source's own."""
    total = found.total
    return {
        "at": pipe.at.isoformat(),
        "horizon": found.horizon.name,
        "until": found.horizon.until.isoformat(),
        "currency": pipe.organisation.currency,
        "estimator": found.book.estimator or None,
        "learned_until": found.book.until.isoformat() if found.book.until else None,
        "told": told(found),
        "problem": found.book.problem or None,
        "deals": [_deal(deal, odds) for deal, odds in found.deals],
        "total": None if total is None else range_shape(total),
        "rollup": roll_up_shape(pipe, found.rollup),
    }


def told(found: Forecast) -> list[str]:
    """Return the sentences that a forecast is not shown without."""
    sentences = list(found.book.told)
    if found.unpriced:
        sentences.append(f"{found.unpriced:,} deals without an amount are not in the total.")
    if found.unknown:
        sentences.append(f"{found.unknown:,} deals were not in the record yet at the moment.")
    return sentences


def _deal(deal: DealState, odds: Odds) -> dict[str, Any]:
    return {
        "id": deal.key,
        "name": deal.name,
        "stage": deal.stage,
        "p_won": round(odds.won, 5),
        "p_lost": round(odds.lost, 5),
        "p_open": round(odds.open, 5),
        "p_won_low": round(odds.low, 5),
        "p_won_high": round(odds.high, 5),
        "reasons": [
            {"text": each.text, "times": round(each.times, 2), "log_odds": round(each.effect, 4)}
            for each in odds.reasons
        ],
    }
