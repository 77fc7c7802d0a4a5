"""Ranges: from the odds of open deals and what new ones bring to where sums are likely to land."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from ridealong.odds.middles import ends
from ridealong.odds.replaying import COMPANY, UNKNOWN, Held, Spread
from ridealong.odds.snapshots import Floats
from ridealong.odds.worlds import WORLDS, drawn
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.forecasting.figures import Range
from ridealong.views.forecasting.horizons import Horizon
from ridealong.views.forecasting.odds import Book
from ridealong.views.forecasting.replays import LONGEST, NOBODY, Past

CATEGORIES = ("commit", "most_likely", "best_case", "pipeline", "omitted", "closed", "")
"""In the order in which they are told; "" is without one."""
FEW = 5
"""Fewer periods side by side say little about how often ranges hold."""
LUMPS = 0.85
"""Where ranges should hold more often than this by their own word, amounts come in lumps."""


@dataclass(frozen=True)
class Worlds:
    """What deals bring by one horizon in many worlds. All sums are of the same worlds.

    ``open``: of open deals, by world, person and category (as in ``CATEGORIES``); ``new``: of those
    yet to come, by world and person. ``people``: their numbers, ``NOBODY`` for none.
    ``expected``: means, of ``open`` as odds times amounts. ``everybody``: nobody is out of sight.
    """

    people: tuple[int, ...]
    open: Floats
    new: Floats
    expected_open: Floats
    expected_new: Floats
    spread: Spread
    everybody: bool

    def columns(self, who: Collection[int] | None) -> list[int]:
        """Return whose columns these people are; None for all."""
        return [k for k, each in enumerate(self.people) if who is None or each in who]

    def total(self, member: int, who: Collection[int] | None) -> Range:
        """Return the range of all that these people's open and new deals bring."""
        mine = self.columns(who)
        sums = self.open[:, mine].sum(axis=(1, 2)) + self.new[:, mine].sum(axis=1)
        whole = self.everybody and member == COMPANY
        found = self._range(sums, "company" if whole else "members")
        return replace(found, held=held_words(self.spread, self.spread.of.get(member)))

    def opened(self, who: Collection[int] | None, category: int | None = None) -> Range:
        """Return the range of what open deals bring, all or of one category."""
        mine = self.open[:, self.columns(who)]
        sums = mine.sum(axis=(1, 2)) if category is None else mine[:, :, category].sum(axis=1)
        return self._range(sums, "open" if self.everybody and who is None else "members")

    def coming(self, who: Collection[int] | None) -> Range:
        """Return the range of what new deals bring."""
        return self._range(self.new[:, self.columns(who)].sum(axis=1), "members")

    def _range(self, sums: Floats, of: str) -> Range:
        low, middle, high = ends(sums, self.spread.inside[of])
        return Range(exact(low), exact(middle), exact(high))


def exact(amount: float) -> Decimal:
    """Return an amount to the hundredth."""
    return Decimal(f"{amount:.2f}")


def spread_of(past: Past, days: float) -> Spread:
    """Return what is known of the horizon nearest to this one."""
    known = past.spreads
    away = [abs(np.log(each.horizon / max(days, 0.25))) for each in known]
    return known[int(np.argmin(away))] if known else UNKNOWN


def simulated(
    pipe: Pipeline,
    deals: Sequence[DealState],
    book: Book,
    horizon: Horizon,
    *,
    apart: bool = True,
) -> Worlds:
    """Return the worlds of what is in sight; ``deals``: the open ones, with their odds in ``book``.

    ``apart`` False: of all together only, as if one person carried them, which is faster. Deals
    without an amount in the company's currency have no part in it. Raises ``ValueError`` where
    there are no odds.
    """
    past = book.past
    if past is None:
        raise ValueError(book.problem)
    odds = [book.of(deal.id, horizon.name) for deal in deals]
    kept = [(d, o.won) for d, o in zip(deals, odds, strict=True) if o and d.value is not None]
    spread = spread_of(past, horizon.days)
    people, new, coming = _new(pipe, past, horizon, {d.salesperson_id or NOBODY for d, _ in kept})
    won = np.array([chance for _, chance in kept], dtype=float)
    amounts = np.array([float(max(deal.value or 0, 0)) for deal, _ in kept]) * spread.worth
    place = {person: k for k, person in enumerate(people)}
    cell = np.array([_cell(deal, place) for deal, _ in kept], dtype=np.int64)
    shape = (len(people), len(CATEGORIES))
    if not apart:
        people, new, coming = (NOBODY,), new.sum(axis=1, keepdims=True), coming.sum(keepdims=True)
        cell, shape = np.zeros_like(cell), (1, 1)
    cells = shape[0] * shape[1]
    return Worlds(
        people=people,
        open=drawn(won, amounts, cell, cells, shift=spread.shift).reshape(WORLDS, *shape),
        new=new,
        expected_open=np.bincount(cell, won * amounts, cells).astype(float).reshape(shape),
        expected_new=coming,
        spread=spread,
        everybody=pipe.sight.scope is None,
    )


def _new(
    pipe: Pipeline, past: Past, horizon: Horizon, carried: set[int]
) -> tuple[tuple[int, ...], Floats, Floats]:
    """Return those in sight who carry or win anything, and what their new deals bring."""
    foreseen = [int(each) for each in past.new.people]
    if pipe.sight.scope is not None:
        seen = {each.id for each in pipe.members()}
        foreseen = [each for each in foreseen if each in seen]
    people = tuple(sorted({*carried, *foreseen}))
    new, coming = np.zeros((WORLDS, len(people))), np.zeros(len(people))
    if horizon.days <= LONGEST:
        theirs = np.flatnonzero(np.isin(past.new.people, people))
        ours = np.searchsorted(people, past.new.people[theirs])
        new[:, ours] = past.new.drawn(horizon.days)[:, theirs]
        coming[ours] = past.new.expected(horizon.days)[theirs]
    return people, new, coming


def _cell(deal: DealState, place: dict[int, int]) -> int:
    category = deal.category if deal.category in CATEGORIES else ""
    person = place[deal.salesperson_id or NOBODY]
    return person * len(CATEGORIES) + CATEGORIES.index(category)


def held_words(spread: Spread, held: Held | None) -> str:
    """Say how often such ranges held in the past, and how much that says."""
    if held is None:
        return "The past is too short to see how often such a range holds, so it is drawn wide."
    counted = "once" if held.times == 1 else f"{held.times} times"
    said = (
        f"Told {counted} in the past for the {spread.horizon:.0f} days after, "
        f"the range held {held.held} times ({held.share:.0%})"
    )
    if held.said > LUMPS:
        said += f"; few deals come in lumps, so by its own word {held.said:.0%} of them should"
    if held.apart < FEW:
        said += f"; only {held.apart:.0f} of these do not overlap, so that says little yet"
    return f"{said}."
