"""Whether an opportunity is open, won, lost or put away, now and after each save."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ridealong.sources.base.rows import Row
from ridealong.sources.odoo.asking import number_of
from ridealong.sources.odoo.past import Moved

_REASONS = ("lost_reason", "lost_reason_id")
_MOVES = {"stage_id", "active", "won_status"}


@dataclass(frozen=True, slots=True)
class Standing:
    """``away``: archived without being lost; such a one is in no pipeline."""

    status: str
    away: bool = False


def standing(row: Row, won_stages: Collection[int | None]) -> Standing:
    """Return how an opportunity stands by Odoo's own rules.

    Won: in a stage that is won, at 100 %. Lost: archived at 0 %, or with a reason.
    """
    won = number_of(row.get("stage_id")) in won_stages
    active, chance = row.get("active") is True, row.get("probability") or 0
    if won and (active or chance >= 100):
        return Standing("won")
    if active:
        return Standing("open")
    reason = row.get("lost_reason_id") or row.get("lost_reason")
    return Standing("lost") if reason or not chance else Standing("open", away=True)


def standings(
    row: Row, saves: Sequence[Moved], won_stages: Collection[int | None], *, says_lost: bool
) -> Iterator[tuple[Moved, Standing, Standing]]:
    """Yield each save that changed how an opportunity stands, with how before and after.

    ``says_lost``: whether Odoo tracks won_status, as it does from version 18 on: then one that was
    archived without a change of that was only put away. Before, it was lost. After the last of
    them the row's own word decides.
    """
    moves = [moved for moved in saves if moved.fields.keys() & _MOVES]
    stage = _first(moves, "stage_id", number_of(row.get("stage_id")))
    active = bool(_first(moves, "active", row.get("active") is True))
    lost = not active
    before = _judged(stage in won_stages, active=active, lost=lost)
    for moved in moves:
        stage = moved.fields.get("stage_id", (None, stage))[1]
        active = bool(moved.fields.get("active", (None, active))[1])
        won = stage in won_stages
        if active:
            lost = False
        elif says_lost:
            lost = lost or "won_status" in moved.fields
        else:
            lost = not won or any(moved.fields.get(name, (0, 0))[1] for name in _REASONS)
        after = _judged(won, active=active, lost=lost)
        if moved is moves[-1]:
            after = standing(row, won_stages)
        if after != before:
            yield moved, before, after
        before = after


def _judged(won: bool, *, active: bool, lost: bool) -> Standing:
    if lost and not active:
        return Standing("lost")
    return Standing("won") if won else Standing("open", away=not active)


def _first(moves: Sequence[Moved], name: str, now: Any) -> Any:
    """Return what a field was before the first save that changed it."""
    for moved in moves:
        if name in moved.fields:
            return moved.fields[name][0]
    return now
