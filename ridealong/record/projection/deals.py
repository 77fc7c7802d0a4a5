"""Deals: versions over both times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ridealong.lib.clock import FOREVER
from ridealong.lib.money import to_hundredths
from ridealong.record import search
from ridealong.record.fold import Moment, Rectangle, State, rectangles
from ridealong.record.inserting import insert
from ridealong.record.models import DealVersion
from ridealong.record.projection.rows import Numbers, Told, weigh

HELD_BACK = frozenset({"name", "company", "salesperson", "amount", "currency", "product"})
"""Fields whose first known value is taken to have held since the deal began."""

COLUMNS = tuple(f.attname for f in DealVersion._meta.concrete_fields if not f.primary_key)


def derive(moments: list[Moment]) -> list[Moment]:
    """Add to each state when the deal began, since when it is in its stage, and its pushes."""
    derived: list[Moment] = []
    stage: Any = None
    stage_since = moments[0].at if moments else FOREVER
    pushes = 0
    close: str | None = None
    for moment in moments:
        state = moment.state
        if state.get("stage") != stage:
            stage, stage_since = state.get("stage"), moment.at
        stated = state.get("close_date")
        if state.get("status", "open") == "open":
            # ISO dates sort as they follow each other
            pushes += bool(stated and close and stated > close)
            close = stated or close
        more = {"created_at": moments[0].at, "stage_since": stage_since, "pushes": pushes}
        derived.append(Moment(moment.at, {**state, **more}))
    return derived


def fold(keys: Mapping[int, str], told: Told) -> None:
    """Fold deals: rows that no longer hold go, those that are new come, the rest stay."""
    histories = {
        number: rectangles(told.get(number, []), weigh("deal"), held_back=HELD_BACK, derive=derive)
        for number in keys
    }
    numbers = Numbers("deal", (r.state for history in histories.values() for r in history))
    wanted = {
        row: None
        for number, history in histories.items()
        for row in (_row(number, keys[number], r, numbers) for r in history)
    }
    stale = []
    stored = DealVersion.objects.filter(deal_id__in=list(keys)).values_list("id", *COLUMNS)
    for identity, *values in stored:
        row = tuple(map(_hashable, values))
        if row in wanted:
            del wanted[row]
        else:
            stale.append(identity)
    DealVersion.objects.filter(id__in=stale).delete()
    insert(DealVersion, COLUMNS, (tuple(map(_plain, row)) for row in wanted))
    search.index_deals(list(keys))


def _row(number: int, key: str, r: Rectangle, numbers: Numbers) -> tuple[Any, ...]:
    """The columns of one version, in the order of ``COLUMNS``."""
    s: State = r.state
    status = s.get("status", "open")
    close = s.get("close_date")
    columns = {
        "deal_id": number,
        "valid_from": r.valid_from,
        "valid_to": r.valid_to,
        "known_from": r.known_from,
        "known_to": r.known_to,
        "is_latest": r.known_to == FOREVER,
        "is_open": status == "open",
        "name": s.get("name") or key,
        "company_id": numbers.of(s, "company"),
        "salesperson_id": numbers.of(s, "salesperson"),
        "stage_id": numbers.of(s, "stage"),
        "status": status,
        "amount": to_hundredths(s["amount"]) if "amount" in s else None,
        "currency": s.get("currency", ""),
        "close_date": date.fromisoformat(close) if close else None,
        "category": s.get("category", ""),
        "next_step": s.get("next_step", ""),
        "product": s.get("product", ""),
        "lost_reason": s.get("lost_reason", ""),
        "contacts": s.get("contacts"),
        "created_at": s["created_at"],
        "stage_since": s["stage_since"],
        "pushes": s["pushes"],
    }
    return tuple(_hashable(columns[name]) for name in COLUMNS)


def _hashable(value: Any) -> Any:
    return tuple(sorted(value.items())) if isinstance(value, dict) else value


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, tuple) else value
