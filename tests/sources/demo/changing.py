"""Which kinds of change there were between two moments, worked out from the facts alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ridealong.sources.demo.staff import STEPS
from tests.sources.demo.telling import Told

POSITIONS = {step.key: position for position, step in enumerate(STEPS)}
KINDS = {
    *("new", "won", "lost", "reopened", "pushed", "pulled_in", "amount_up", "amount_down"),
    *("stage_forward", "stage_back", "salesperson_changed"),
}


def changes(view: Told, since: datetime) -> set[str]:
    """Say which kinds of change there were, by comparing the two ends."""
    before, after = view.states(since), view.states(view.now)
    return {kind for key, now in after.items() for kind in kinds(before.get(key), now)}


def kinds(was: dict[str, Any] | None, now: dict[str, Any]) -> Iterator[str]:
    if was is None:
        yield "new"
    elif was["status"] != now["status"]:
        yield "reopened" if now["status"] == "open" else now["status"]
    elif now["status"] == "open":
        yield from still_open(was, now)


def still_open(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    if was["close_date"] != now["close_date"]:
        yield "pushed" if now["close_date"] > was["close_date"] else "pulled_in"
    if was["amount"] != now["amount"]:
        yield "amount_up" if float(now["amount"]) > float(was["amount"]) else "amount_down"
    if was["stage"] != now["stage"]:
        forward = POSITIONS[now["stage"]] > POSITIONS[was["stage"]]
        yield "stage_forward" if forward else "stage_back"
    if was["salesperson"] != now["salesperson"]:
        yield "salesperson_changed"
