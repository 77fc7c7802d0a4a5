"""Replaying the past: which range would have been said at each moment, and whether it held.

Two things are learned from it, each at a moment only from what had come by then. How much deals
move together: the shared effect's size that makes the past's totals most likely, drawn to what is
usual. And where the ends of a range must lie to hold as often as they should (conformal
prediction): if in the past the middle 80% held 90 times in 100, a narrower middle is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from ridealong.odds.arriving import Arrivals
from ridealong.odds.middles import middles
from ridealong.odds.pooled import logit
from ridealong.odds.snapshots import Floats
from ridealong.odds.worlds import NODES, Ints, drawn

INSIDE = 0.8
"""How often a range is to hold."""
SHIFTS = np.geomspace(0.03, 1.5, 24)
USUAL_SHIFT, USUAL_SPREAD = 0.25, 0.8
"""What is usual: log-normal around the first, the second its standard deviation."""
TRUST = 10.0
"""So many moments side by side weigh as much as the worlds' own word on where ends must lie."""
WORLDS = 1000
WIDE = 0.9
"""Where nothing is known of the past, a range is said that should hold more often."""
COMPANY = 0
"""Stands for everybody."""


@dataclass(frozen=True)
class Said:
    """A moment of the past: the odds of what was open, and what came of it by the horizon.

    ``came``: what each brought, 0 where it was not won by then. ``new``: what was known then of
    things yet to come; ``new_who``, ``new_came``: who won new ones since, and what they brought.
    """

    at: float
    won: Floats
    amounts: Floats
    who: Ints
    came: Floats
    new: Arrivals
    new_who: Ints
    new_came: Floats


@dataclass(frozen=True)
class Held:
    """How often ranges held.

    ``times``: said so often, at moments of which ``apart`` lie side by side without a day in
    common. ``said``: how often they should have held by their own word, which is more than four in
    five where amounts come in lumps. ``low`` and ``high``: an interval (nine times in ten) for the
    share.
    """

    times: int
    held: int
    said: float
    apart: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Which share held."""
        return self.held / self.times if self.times else float("nan")


@dataclass(frozen=True)
class Spread:
    """What is known of how far totals by one horizon (days) stray.

    ``shift``: how much all deals move together, see ``worlds``. ``worth``: what is won for each
    unit of amount open. ``inside``: which middle of the worlds is to be said, for the whole
    company, for members, and of the open things alone. ``of``: how often the range of the company
    (``COMPANY``) and of each member held, ``members`` of all members together, ``open`` of the
    company's open things alone.
    """

    horizon: float
    shift: float
    worth: float
    inside: Mapping[str, float]
    of: Mapping[int, Held]
    members: Held | None
    open: Held | None


UNKNOWN = Spread(
    30.0,
    2 * USUAL_SHIFT,
    1.0,
    {"company": WIDE, "members": WIDE, "open": WIDE},
    {},
    None,
    None,
)


def spread(
    horizon: float, past: Sequence[Said], groups: Mapping[int, Iterable[int]], step: float
) -> Spread:
    """Replay the past. ``groups``: whose things count for each member; ``step``: days between."""
    told = sorted(past, key=lambda each: each.at)
    apart = min(1.0, step / horizon)
    columns = {member: np.array(sorted(set(who))) for member, who in groups.items()}
    likely = np.array([_likelihood(each) for each in told]) * apart
    notes: list[_Note] = []
    for place, each in enumerate(told):
        known = [k for k in range(place) if told[k].at + horizon <= each.at + 1e-6]
        so_far = Spread(
            horizon=horizon,
            shift=_shift(likely[known]),
            worth=_worth([told[k] for k in known]),
            inside=_levels([notes[k] for k in known], apart),
            of={},
            members=None,
            open=None,
        )
        notes.append(_replayed(each, so_far, columns))
    of = {member: _held([n.of[member] for n in notes], apart) for member in (COMPANY, *columns)}
    return Spread(
        horizon=horizon,
        shift=_shift(likely),
        worth=_worth(told),
        inside=_levels(notes, apart),
        of={member: each for member, each in of.items() if each is not None},
        members=_together([[n.of[m] for m in columns] for n in notes], apart),
        open=_held([n.open for n in notes], apart),
    )


@dataclass(frozen=True)
class _Told:
    """``needed``: what a middle had to hold to have what came in it; ``said``: what it held."""

    needed: float
    held: bool
    said: float


@dataclass(frozen=True)
class _Note:
    of: Mapping[int, _Told | None]
    open: _Told | None


def _replayed(each: Said, known: Spread, columns: Mapping[int, Ints]) -> _Note:
    """Say what would have been said, by what was ``known``, and where in it lies what came."""
    level = known.inside
    people = each.new.people
    place = {int(who): k for k, who in enumerate(people)}
    cell = np.array([place[int(who)] for who in each.who], dtype=np.int64)
    amounts = each.amounts * known.worth
    opened = drawn(each.won, amounts, cell, len(people), shift=known.shift, worlds=WORLDS)
    every = opened + each.new.drawn(known.horizon, WORLDS)
    came = np.bincount(cell, each.came, len(people))
    new = [place[int(who)] for who in each.new_who if int(who) in place]
    theirs = np.isin(each.new_who, people)
    brought = came + np.bincount(new, each.new_came[theirs], len(people))
    # Whoever is new since counts for the company only.
    whole = float(brought.sum() + each.new_came[~theirs].sum())
    of: dict[int, _Told | None] = {COMPANY: _told(every.sum(axis=1), whole, level["company"])}
    for member, who in columns.items():
        mine = np.isin(people, who)
        sums = every[:, mine].sum(axis=1)
        # Of whoever had nothing open, nothing was told.
        had = bool(np.isin(each.who, who).any())
        of[member] = _told(sums, float(brought[mine].sum()), level["members"]) if had else None
    alone = _told(opened.sum(axis=1), float(came.sum()), level["open"])
    return _Note(of, alone if len(each.won) else None)


def _told(totals: Floats, came: float, inside: float) -> _Told:
    every = middles(totals)
    low, high = every.ends(inside)
    needed = every.needed(came, _even(came, totals))
    slack = 1e-6 * max(1.0, abs(came))
    return _Told(needed, low - slack <= came <= high + slack, every.share(low, high))


def _even(came: float, totals: Floats) -> float:
    """A number between 0 and 1 that is as good as chance, and the same every time."""
    seed = int(abs(came) * 97 + float(totals.sum())) % (2**32)
    return float(np.random.default_rng(seed).random())


def _levels(notes: Sequence[_Note], apart: float) -> dict[str, float]:
    members = [t for n in notes for member, t in n.of.items() if member != COMPANY and t]
    return {
        "company": _level([t for n in notes if (t := n.of[COMPANY])], apart),
        "members": _level(members, apart),
        "open": _level([n.open for n in notes if n.open], apart),
    }


def _level(told: Sequence[_Told], apart: float) -> float:
    """Return which middle held as often as it should, of the past and ``TRUST`` worlds' words."""
    away = np.array([each.needed for each in told])
    even = (np.arange(100) + 0.5) / 100
    places = np.concatenate([away, even])
    weights = np.concatenate([np.full(len(away), apart), np.full(len(even), TRUST / len(even))])
    order = np.argsort(places, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(np.clip(places[order][np.searchsorted(reached, INSIDE)], 0.4, 0.98))


def _worth(past: Sequence[Said]) -> float:
    """What is won for each unit that was open; ten things of the usual size say: as much."""
    hit = [(each.came[each.came > 0], each.amounts[each.came > 0]) for each in past]
    came = np.concatenate([pair[0] for pair in hit]) if hit else np.empty(0)
    was = np.concatenate([pair[1] for pair in hit]) if hit else np.empty(0)
    if not len(was) or was.sum() <= 0:
        return 1.0
    usual = TRUST * was.mean()
    return float((came.sum() + usual) / (was.sum() + usual))


def _shift(likely: Floats) -> float:
    usual = -0.5 * ((np.log(SHIFTS) - np.log(USUAL_SHIFT)) / USUAL_SPREAD) ** 2
    return float(SHIFTS[int(np.argmax(usual + (likely.sum(axis=0) if len(likely) else 0.0)))])


def _likelihood(each: Said) -> Floats:
    """Return how likely what came is at each size of the shared effect (logarithms).

    Given the effect, the total is taken for normal; the effect is integrated over ``NODES``.
    """
    weight = np.exp(-0.5 * NODES**2)
    weight /= weight.sum()
    came, found = float(each.came.sum()), np.zeros(len(SHIFTS))
    if not len(each.won) or not each.amounts.any():
        return found
    # Log-odds of all move by the same, so that means and variances are found once.
    moves = np.linspace(-SHIFTS[-1] * NODES[-1], SHIFTS[-1] * NODES[-1], 121)
    odds = expit(logit(each.won) + moves[:, None])
    mean, variance = odds @ each.amounts, (odds * (1 - odds)) @ each.amounts**2
    least = float((each.amounts**2).max()) * 1e-3
    lean = float(np.average(1 - 2 * each.won, weights=each.amounts))
    for place, shift in enumerate(SHIFTS):
        at = NODES * shift - shift**2 / 2 * lean
        m, v = (np.interp(at, moves, part) for part in (mean, variance))
        v = v + least
        density = np.exp(-0.5 * (came - m) ** 2 / v) / np.sqrt(v)
        found[place] = np.log((weight * density).sum() + 1e-300)
    return found


def _held(told: Sequence[_Told | None], apart: float) -> Held | None:
    return _together([[each] for each in told], apart)


def _together(by_moment: Sequence[Sequence[_Told | None]], apart: float) -> Held | None:
    """Count over moments; those told at one moment are not independent (they are a cluster)."""
    kept = [[t for t in each if t is not None] for each in by_moment]
    kept = [each for each in kept if each]
    times = sum(map(len, kept))
    if not times:
        return None
    held = sum(t.held for each in kept for t in each)
    share = held / times
    side_by_side = max(1.0, len(kept) * apart)
    away = np.array([sum(t.held - share for t in each) for each in kept])
    varies = float((away**2).sum()) / times**2 / apart
    plain = share * (1 - share)
    count = plain / varies if varies > 0 and plain > 0 else side_by_side
    low, high = _wilson(share, max(count, 1.0))
    said = sum(t.said for each in kept for t in each) / times
    return Held(times, held, said, side_by_side, low, high)


def _wilson(share: float, count: float, z: float = 1.645) -> tuple[float, float]:
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    away = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count**2)) / (1 + z * z / count)
    return float(middle - away), float(middle + away)
