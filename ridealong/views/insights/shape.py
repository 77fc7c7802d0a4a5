"""Insights as plain JSON: what commands print and the API serves."""

from __future__ import annotations

from typing import Any

from ridealong.record.pipeline import Pipeline
from ridealong.views.insights.figures import Insight, Insights, Share


def insights_shape(pipe: Pipeline, seen: Insights) -> dict[str, Any]:
    """Return insights as JSON: shares and differences from 0 to 1, deals by their sources' ids."""
    numbers = sorted({each.deal_id for one in seen.found for each in one.deals})
    keys = {deal.id: deal.key for deal in pipe.deals_numbered(numbers)}
    return {
        "at": seen.at.isoformat(),
        "deals": seen.deals,
        "tried": [
            {"kind": each.kind, "compared": each.compared, "too_few": each.too_few}
            for each in seen.tried
        ],
        "insights": [_shape(one, keys) for one in seen.found],
    }


def _shape(one: Insight, keys: dict[int, str]) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "about": one.name,
        "claim": one.claim,
        "with": _share(one.first),
        "against": _share(one.second),
        "difference": round(one.effect, 4),
        "interval": [round(one.low, 4), round(one.high, 4)],
        "p": one.p,
        "among": one.tried,
        "to_do": one.to_do,
        "deals": [
            {"id": keys[each.deal_id], "had": each.had, "went": each.went}
            for each in one.deals
            if each.deal_id in keys
        ],
        "deals_not_in_sight": one.unseen,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"went": share.went, "of": share.of, "words": share.words}
