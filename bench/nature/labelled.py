"""The labelled talks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ridealong.sources.hearing import Talked

Part = Literal["tuning", "held_out", "fresh"]
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A talk, and what it was: its kind, its nature in shares, and the keys of its deals."""

    talked: Talked
    language: str
    kind: str
    nature: Mapping[str, float]
    deals: frozenset[str]

    @property
    def primary(self) -> str:
        """The nature with the largest share."""
        return max(self.nature, key=lambda name: self.nature[name])


@cache
def labelled(part: Part) -> tuple[Labelled, ...]:
    """Return the talks of one part."""
    deals = tuple((key, name, company) for key, (name, company) in _read("deals").items())
    return tuple(_labelled(talk, deals) for talk in _read(part)["talk"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _labelled(talk: Mapping[str, Any], deals: tuple[tuple[str, str, str], ...]) -> Labelled:
    leader, *salespeople = talk.get("who", "Eva, Tom").split(", ")
    talked = Talked(
        title=talk["title"],
        text=talk["text"],
        minutes=talk.get("minutes", 30),
        leader=leader,
        salespeople=tuple(salespeople),
        with_buyer=talk.get("buyer", False),
        planned=not talk.get("unplanned", False),
        deals=deals,
    )
    return Labelled(
        talked=talked,
        language=talk.get("lang", "en"),
        kind=talk.get("kind", "one_on_one"),
        nature=talk["nature"],
        deals=frozenset(talk.get("deals", ())),
    )
