"""What well-known names of stages mean, and in which order they stand."""

from __future__ import annotations

import tomllib
from pathlib import Path

_SAID: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("stages.toml").read_text(encoding="utf-8")
)
WON, LOST = frozenset(_SAID["won"]), frozenset(_SAID["lost"])
_PLACES = {name: place * 10 for place, name in enumerate(_SAID["order"])}
CLOSED_PLACE = {"won": 10_000, "lost": 10_010}


def status_of(plain: str) -> str:
    """Return what a stage's normal name means: won, lost or open."""
    if plain in WON or plain.endswith(" won"):
        return "won"
    return "lost" if plain in LOST or plain.endswith(" lost") else "open"


def position(plain: str, status: str, met: int) -> int:
    """Return where a stage stands: by vocabulary, else after those, in the order they are met."""
    if status != "open":
        return CLOSED_PLACE[status] + met
    return _PLACES.get(plain, 1000 + met * 10)
