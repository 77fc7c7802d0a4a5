"""Of very many companies whose two leaders lead alike, hardly one is told of a difference."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import cast

import numpy as np

from ridealong.insight.ratios import Part, ratio
from ridealong.views.leadership import Figure, Kind, Leading
from ridealong.views.leadership.kinds import kinds
from ridealong.views.leadership.saying import between, said

WEEKS, PEOPLE, COMPANIES = 12, 5, 80
KINDS = kinds("the CEO call")


def drawn(kind: Kind, mean: float, rng: Random, draw: np.random.Generator) -> list[Part]:
    """Twelve weeks of one leader: people differ, and so do weeks, by chance alone."""
    persons = [max(rng.gauss(mean, mean / 5), 0.02) for _ in range(PEOPLE)]
    weeks = [rng.gauss(1, 0.1) for _ in range(WEEKS)]
    found = []
    for person, of_person in enumerate(persons):
        for week, of_week in enumerate(weeks):
            level = of_person * max(of_week, 0.1)
            if kind.sort == "rate":
                found.append(Part(float(draw.poisson(level)), 1.0, week, person))
            else:
                found.append(Part(float(rng.random() < level), 1.0, week, person))
    return found


def figures(means: dict[str, float], rng: Random, draw: np.random.Generator) -> tuple[Figure, ...]:
    found = []
    for kind in KINDS:
        now, before = (drawn(kind, means[kind.name], rng, draw) for _ in range(2))
        hits, of = sum(part.hit for part in now), sum(part.of for part in now)
        then = ratio(before, kind.sort)
        found.append(Figure(kind, ratio(now, kind.sort), then, hits, of, None, tuple(now), ()))
    return tuple(found)


def leader(name: str, of: tuple[Figure, ...]) -> Leading:
    """As much of a leader as sentences about two of them look at."""
    by_name = {each.kind.name: each for each in of}
    seen = SimpleNamespace(leader=SimpleNamespace(name=name), figures=of, figure=by_name.get)
    return cast("Leading", seen)


def test_equals_are_told_apart_in_hardly_any_company_and_change_as_rarely() -> None:
    rng, draw = Random(41), np.random.default_rng(41)
    differ = moved = 0
    for _ in range(COMPANIES):
        means = {kind.name: rng.uniform(0.1, 0.8) for kind in KINDS}
        first, second = (figures(means, rng, draw) for _ in range(2))
        differ += between([leader("Lea", first), leader("Max", second)])[0] != ()
        moved += said("Lea", first, ())[0] != ()
    # With one in a hundred at most, more than three of these are seen once in a hundred times.
    assert differ <= 3
    assert moved <= 3
