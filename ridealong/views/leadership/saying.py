"""Two or three sentences about a leader that the evidence supports; none where it supports none.

Each figure is held against the leader's own past, and against a level where it has one. All that
was tried counts: a sentence stands only where chance alone would bring any of them in one company
of a hundred (C. Bonferroni's bound), and where the difference is large enough to matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scipy.stats import ttest_1samp

from ridealong.insight.ratios import Ratio, differ, off
from ridealong.views.briefing import Accuracy
from ridealong.views.leadership.figures import Figure, Kind, Leading, Sentence

CHANCE = 0.01
MOST = 3
MATTERS = 0.1
"""Shares that differ by less, and rates that differ by less than ``RATIO``, do not matter."""
RATIO = 1.25


def value_words(kind: Kind, value: float) -> str:
    """Return a figure's value as it is said."""
    if kind.sort == "share":
        return f"{value:.0%}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def said(
    leader: str, figures: Sequence[Figure], numbers: Sequence[Accuracy]
) -> tuple[tuple[Sentence, ...], int]:
    """Return what is supported about a leader, what is amiss first, and how much was tried."""
    tried = [*_past(leader, figures), *_levels(leader, figures), *_called(leader, numbers)]
    return _chosen(tried, len(tried)), len(tried)


def between(leaders: Sequence[Leading]) -> tuple[tuple[Sentence, ...], int]:
    """Return in what leaders differ, each figure of each held against the others together."""
    pairs = [(one, other) for n, one in enumerate(leaders) for other in leaders[n + 1 :]]
    tried = [s for one, other in pairs for s in _differing(one, other)]
    return _chosen(tried, len(tried), most=MOST * max(len(pairs), 1)), len(tried)


def _chosen(tried: Iterable[Sentence], count: int, most: int = MOST) -> tuple[Sentence, ...]:
    supported = [s for s in tried if s.words and s.chance * count <= CHANCE]
    found: list[Sentence] = []
    for each in sorted(supported, key=lambda s: (s.good, s.chance)):
        if all(each.figure != other.figure for other in found):
            found.append(each)
    return tuple(found[:most])


def _past(leader: str, figures: Iterable[Figure]) -> Iterator[Sentence]:
    for figure in figures:
        now, before, kind = figure.now, figure.before, figure.kind
        if now is None or before is None:
            continue
        good = (now.value - before.value) * kind.better > 0
        moved = "up" if now.value > before.value else "down"
        tail = f"{moved} from {value_words(kind, before.value)} in the twelve weeks before"
        words = f"{_head(leader, kind, now)}, {tail}." if _matters(kind, now, before) else ""
        yield Sentence(kind.name, words, _to_do(kind, good=good), good, differ(now, before))


def _levels(leader: str, figures: Iterable[Figure]) -> Iterator[Sentence]:
    for figure in figures:
        now, level, kind = figure.now, figure.level, figure.kind
        if now is None or level is None:
            continue
        good = (now.value - level) * kind.better > 0
        if kind.level is None:
            tail = f"; working hours alone would bring {level:.0%}"
        else:
            tail = f": surely {'more' if now.value > level else 'less'} than half"
        words = f"{_head(leader, kind, now)}{tail}." if abs(now.value - level) >= MATTERS else ""
        yield Sentence(kind.name, words, _to_do(kind, good=good), good, off(now, level))


def _called(leader: str, numbers: Iterable[Accuracy]) -> Iterator[Sentence]:
    for each in numbers:
        if each.bias is None:
            continue
        less = each.bias < 0
        words = (
            f"Of what {leader} calls as a {each.span} begins, {abs(each.bias):.0%} "
            f"{'less' if less else 'more'} comes on average, over {len(each.past)} {each.span}s."
        )
        to_do = (
            "Call only deals whose buyer has said when they decide."
            if less
            else "Call what the record supports: more comes than is called."
        )
        shown = words if abs(each.bias) >= MATTERS else ""
        chance = float(ttest_1samp([past.off for past in each.past], 0.0).pvalue)
        yield Sentence("numbers", shown, to_do, good=False, chance=chance)


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
        yield Sentence(kind.name, words, "", good=True, chance=differ(figure.now, beside.now))


def _head(leader: str, kind: Kind, now: Ratio) -> str:
    words = kind.words.format(who=leader, now=value_words(kind, now.value))
    return f"{words[:1].upper()}{words[1:]}"


def _to_do(kind: Kind, *, good: bool) -> str:
    return kind.well if good else kind.amiss


def _matters(kind: Kind, one: Ratio, other: Ratio) -> bool:
    low, high = sorted((one.value, other.value))
    if kind.sort == "share":
        return high - low >= MATTERS
    return high >= RATIO * low
