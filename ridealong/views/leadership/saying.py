"""What the evidence supports of a leader, in sentences; none where it supports none.

Each figure is held against the leader's own past, and against a level where it has one; numbers
called against what came. All that was tried counts: a sentence stands only where chance alone
would bring any of them in one company of a hundred (C. Bonferroni's bound), and where the
difference is large enough to matter. The rule is the same for what is good and for what is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import mean, stdev

from scipy.special import stdtr

from ridealong.insight.ratios import FEWEST, Ratio, differ, lacking, off
from ridealong.views.briefing import Accuracy
from ridealong.views.leadership.figures import Figure, Kind, Leading, Sentence

CHANCE = 0.01
MOST = 3
"""So many differences between two leaders are told."""
MATTERS = 0.1
"""Shares that differ by less, and rates that differ by less than ``RATIO``, do not matter."""
RATIO = 1.25
NEAR = 0.8
"""Of what was called and what came, the smaller is this share of the larger in a number that is
near: a fifth less, or a quarter more."""
SPREAD = 0.1
"""Past numbers are taken to differ by at least as much, so that a few alike are not sureness."""
COMPARE = "Try noting with each number the deals it counts on, and compare when the {span} is over."


def value_words(kind: Kind, value: float) -> str:
    """Return a figure's value as it is said."""
    if kind.sort == "share":
        return f"{value:.0%}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def lacking_words(figure: Figure) -> str:
    """Say why there is too little to say; "" where there is enough."""
    short = lacking(figure.parts)
    if short is None:
        return ""
    if not short.count:
        return "Nothing to count yet"
    if short.what == "weeks":
        weeks = f"{short.count} week{'' if short.count == 1 else 's'}"
        return f"Too few weeks to say: all are from {weeks}, and it takes {short.least}"
    return f"Too few to say: {short.count}, and it takes {short.least}"


def said(
    leader: str, figures: Sequence[Figure], numbers: Sequence[Accuracy]
) -> tuple[tuple[Sentence, ...], int]:
    """Return all that is supported about a leader, one of a figure, and how much was tried.

    What is to be mended stands first, and of either the surest first.
    """
    tried = [*_past(leader, figures), *_levels(leader, figures), *_called(leader, numbers)]
    return tuple(sorted(_chosen(tried), key=lambda s: s.good)), len(tried)


def between(leaders: Sequence[Leading]) -> tuple[tuple[Sentence, ...], int]:
    """Return in what leaders differ, each figure of each held against the others together."""
    pairs = [(one, other) for n, one in enumerate(leaders) for other in leaders[n + 1 :]]
    tried = [s for one, other in pairs for s in _differing(one, other)]
    return tuple(_chosen(tried)[: MOST * max(len(pairs), 1)]), len(tried)


def _chosen(tried: Sequence[Sentence]) -> list[Sentence]:
    """The surest sentence of each figure, of those that stand; the surest first."""
    found: dict[str, Sentence] = {}
    for each in sorted(tried, key=lambda s: s.chance):
        if each.words and each.chance * len(tried) <= CHANCE:
            found.setdefault(each.figure, each)
    return list(found.values())


def _past(leader: str, figures: Sequence[Figure]) -> Iterator[Sentence]:
    for figure in figures:
        now, before, kind = figure.now, figure.before, figure.kind
        if now is None or before is None:
            continue
        moved = "up" if now.value > before.value else "down"
        tail = f", {moved} from {value_words(kind, before.value)} in the twelve weeks before."
        words = f"{_head(leader, figure, figures)}{tail}" if _matters(kind, now, before) else ""
        yield _sentence(figure, words, now.value - before.value, differ(now, before))


def _levels(leader: str, figures: Sequence[Figure]) -> Iterator[Sentence]:
    for figure in figures:
        now, level = figure.now, figure.level
        if now is None or level is None:
            continue
        matters = abs(now.value - level) >= MATTERS and _heard(figure, figures)
        words = f"{_head(leader, figure, figures)}{_against(figure, now, level)}" if matters else ""
        yield _sentence(figure, words, now.value - level, off(now, level))


def _heard(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Say whether it says something that there is little of it: only where there were talks."""
    if figure.kind.sort == "share" or figure.now is None or figure.now.value > (figure.level or 0):
        return True
    return any(each.kind.name == "reach" and each.hits >= FEWEST for each in figures)


def _against(figure: Figure, now: Ratio, level: float) -> str:
    more = "more" if now.value > level else "less"
    if figure.kind.level is None:
        return f"; working hours alone would bring {level:.0%}."
    if figure.kind.sort == "share":
        return f": {more} than half."
    if figure.hits:
        return f": {more} than once in two weeks."
    before = figure.before
    if before is None:
        return "."
    if not before.value:
        return "; nor in the twelve weeks before."
    words = value_words(figure.kind, before.value)
    return f"; in the twelve weeks before it was {words} for each salesperson and week."


def _called(leader: str, numbers: Iterable[Accuracy]) -> Iterator[Sentence]:
    """How near numbers were, and whether more or less came: a sentence of either."""
    for each in numbers:
        if each.bias is None or each.error is None:
            continue
        span, count = each.span, len(each.past)
        near = [past.near for past in each.past]
        good = mean(near) > NEAR
        words = (
            f"{leader}’s number for the {span} was off by {each.error:.0%} on average, either "
            f"way, over {count} {span}s."
        )
        found = Sentence("numbers", "number called", words, COMPARE.format(span=span), good, 1.0)
        if good:
            found = replace(found, to_do="Keep to it.")
        yield replace(found, chance=_by_chance(near, NEAR))
        words = (
            f"What came was on average {abs(each.bias):.0%} {'less' if each.bias < 0 else 'more'} "
            f"than {leader} called when the {span} began, over {count} {span}s."
        )
        chance = _by_chance([past.off for past in each.past], 0.0)
        shown = words if abs(each.bias) >= MATTERS else ""
        to_do = COMPARE.format(span=span)
        yield Sentence("numbers", "number called", shown, to_do, good=False, chance=chance)


def _by_chance(values: Sequence[float], level: float) -> float:
    """Return how likely a mean would be this far from ``level`` if that were behind it."""
    error = max(stdev(values), SPREAD) / math.sqrt(len(values))
    return float(2 * stdtr(len(values) - 1, -abs(mean(values) - level) / error))


def _differing(one: Leading, other: Leading) -> Iterator[Sentence]:
    """In order of their names, and what each figure says: neither is put above the other."""
    for figure in one.figures:
        beside = other.figure(figure.kind.name)
        if figure.now is None or beside is None or beside.now is None:
            continue
        kind = figure.kind
        words = ""
        if _matters(kind, figure.now, beside.now):
            values = (value_words(kind, r.value) for r in (figure.now, beside.now))
            first, second = values
            words = (
                f"{kind.title}: {first} with {one.leader.name}, {second} with {other.leader.name}."
            )
        chance = differ(figure.now, beside.now)
        yield Sentence(kind.name, kind.short, words, "", good=True, chance=chance)


def _head(leader: str, figure: Figure, figures: Sequence[Figure]) -> str:
    kind, now = figure.kind, figure.now
    reach = next((each for each in figures if each.kind.name == "reach"), figure)
    nothing = kind.none and not figure.hits
    return (kind.none if nothing else kind.words).format(
        who=leader,
        now=value_words(kind, now.value) if now else "",
        hits=f"{figure.hits:.0f}",
        of=f"{figure.of:.0f}",
        beside=figure.beside,
        spoken=f"{reach.hits:.0f} of {reach.of:.0f}",
    )


def _sentence(figure: Figure, words: str, above: float, chance: float) -> Sentence:
    kind = figure.kind
    good = above * kind.better > 0
    return Sentence(kind.name, kind.short, words, kind.well if good else kind.amiss, good, chance)


def _matters(kind: Kind, one: Ratio, other: Ratio) -> bool:
    low, high = sorted((one.value, other.value))
    if kind.sort == "share":
        return high - low >= MATTERS
    return high >= RATIO * low
