"""The labelled talks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from ridealong.sources.hearing import Talked
from ridealong.sources.hearing.learning import Weights, example, learned

_HERE = Path(__file__).parent
_FOLDS = 6


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
def fresh() -> tuple[Labelled, ...]:
    """Return the talks that nothing was learned from."""
    return tuple(map(_labelled, _read("fresh")["talk"]))


def folds() -> Iterator[tuple[tuple[Labelled, ...], Weights]]:
    """Go through parts of the examples, each with the weights learned from the others."""
    text = files("ridealong.sources.hearing").joinpath("examples.toml").read_text(encoding="utf-8")
    talks = tomllib.loads(text)["talk"]
    Random(1).shuffle(talks)
    for part in range(_FOLDS):
        rest = [talk for at, talk in enumerate(talks) if at % _FOLDS != part]
        yield tuple(map(_labelled, talks[part::_FOLDS])), learned(map(example, rest))


@cache
def _deals() -> tuple[tuple[str, str, str], ...]:
    return tuple((key, name, company) for key, (name, company) in _read("deals").items())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def _labelled(talk: Mapping[str, Any]) -> Labelled:
    leader, *salespeople = talk.get("who", "Eva, Tom").split(", ")
    talked = Talked(
        title=talk["title"],
        text=talk["text"],
        minutes=talk.get("minutes", 30),
        leader=leader,
        salespeople=tuple(salespeople),
        with_buyer=talk.get("buyer", False),
        planned=not talk.get("unplanned", False),
        deals=_deals(),
    )
    return Labelled(
        talked=talked,
        language=talk.get("lang", "en"),
        kind=talk.get("kind", "one_on_one"),
        nature=talk["nature"],
        deals=frozenset(talk.get("deals", ())),
    )
