"""How far a load is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``doing`` is "reading", "storing" (no total) or "folding"."""

    doing: str
    done: int
    total: int | None


Watch = Callable[[Progress], None]
