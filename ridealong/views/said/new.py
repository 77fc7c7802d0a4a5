"""What is to be said this morning: what is new, or moved since it was last said.

What is not said again still stands: odds and shares that moved by less than a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ridealong.lib.periods import SPANS
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.views import forecasting, insights
from ridealong.views.insights import Insight

if TYPE_CHECKING:
    from ridealong.views.forecasting import Book

HORIZONS = ("7d", "month", "30d", "quarter", "90d", "ever")
POINT = 10
"""A point, in thousandths."""


@dataclass(frozen=True, slots=True)
class New:
    """What is to be said; ``body`` holds for all of it.

    ``values`` of odds: {deal's key: thousandths}; of ranges: {member's key, "" for the company:
    {period: (p10, p50, p90)}}; of claims: {name: claim}.
    """

    body: Mapping[str, Any]
    values: Mapping[str, Any]


def odds_to_say(pipe: Pipeline, book: Book) -> New | None:
    """Return those odds of a book that moved; None where it has none.

    ``pipe`` is one that sees all, ``book`` by ``HORIZONS`` at least.
    """
    if book.problem or not book.odds:
        return None
    before = next(iter(pipe.said.mornings("odds", limit=1)), None)
    same = before is not None and [name for name, _ in before.body["horizons"]] == list(HORIZONS)
    last = pipe.said.latest(book.odds) if same else {}
    moved: dict[str, tuple[int, ...]] = {}
    for number, by_horizon in book.odds.items():
        won = tuple(round(by_horizon[name].won * 1000) for name in HORIZONS)
        if number not in last or _apart(won, last[number].won) >= POINT:
            moved[by_horizon[HORIZONS[0]].key] = won
    return New(_body(book), moved)


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _body(book: Book) -> dict[str, Any]:
    until = {each.name: each.until.isoformat() for each in book.horizons}
    return {
        "horizons": [[name, until[name]] for name in HORIZONS],
        "estimator": book.estimator,
        "learned_until": book.until.isoformat() if book.until else None,
    }


def ranges_to_say(pipe: Pipeline, book: Book) -> New | None:
    """Return where week, month and quarter are likely to land, by member; None without a fit.

    What is won already, and what open deals and new ones bring. ``book`` by the three ``SPANS`` at
    least.
    """
    if book.problem or book.past is None:
        return None
    deals = pipe.open_deals(Criteria())
    members = {each.id: each.key for each in pipe.members()}
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for span in SPANS:
        rollup = forecasting.roll_up(pipe, forecasting.horizon(pipe, span), deals, book)
        for line in rollup.lines:
            # The first line is that of all.
            key = "" if line is rollup.whole else members.get(line.member, "")
            if key or line is rollup.whole:
                ends = (line.total.p10, line.total.p50, line.total.p90)
                found.setdefault(key, {})[rollup.period] = tuple(round(each) for each in ends)
    return New({"currency": pipe.organisation.currency}, found)


def claims_to_say(pipe: Pipeline) -> New:
    """Return which claims stand, and those of them that are new or moved."""
    seen = insights.insights(pipe)
    last = {each.name: each.body for each in pipe.said.claims({one.key for one in seen.found})}
    members = {each.id: each.key for each in pipe.members()}
    moved = {}
    for one in seen.found:
        if one.key not in last or _differs(one, last[one.key]):
            moved[one.key] = _claim(pipe, one, members.get(one.person, ""))
    standing = [one.key for one in seen.found]
    return New({"standing": standing, "compared": seen.compared, "deals": seen.deals}, moved)


def _differs(one: Insight, said: Mapping[str, Any]) -> bool:
    if said["claim"] != one.claim:
        return True
    sides = [(one.first, said["first"]), (one.second, said["second"])]
    moved: list[float] = [abs(one.effect - said["effect"])]
    moved += [abs(now.value - then["went"] / then["of"]) for now, then in sides]
    return bool(max(moved) * 1000 >= POINT)


def _claim(pipe: Pipeline, one: Insight, person: str) -> dict[str, Any]:
    keys = {deal.id: deal.key for deal in pipe.deals_numbered([c.deal_id for c in one.deals])}
    sides = {
        name: {
            "went": share.went,
            "of": share.of,
            "words": share.words,
            "deals": sorted({keys[c.deal_id] for c in one.deals if c.had is had}),
        }
        for name, share, had in (("first", one.first, True), ("second", one.second, False))
    }
    return {
        "kind": one.kind,
        "person": person,
        "claim": one.claim,
        **sides,
        "effect": round(one.effect, 4),
        "low": round(one.low, 4),
        "high": round(one.high, 4),
        "to_do": one.to_do,
        "among": one.tried,
    }
