"""Heat: how likely a deal is won by a moment, and how fast that rises.

The odds that a deal is won by a day are held against those that just the same came about as they
were a week before, by the same fit, from what the record showed then. That fewer days are left is
thus no news, and neither is that more of them have passed: odds that are right have no reason to
rise by themselves (they are a martingale), so what they rose by is what happened on the deal. Of
a deal on which nothing happens they fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.horizons import Horizon, horizons
from ridealong.views.forecasting.odds import Book, Odds, odds_of

Level = Literal["hot", "warm", "cool", "cold"]
LEVELS: tuple[Level, ...] = get_args(Level)
SPANS = ("month", "week", "quarter")
"""By when heat is told: the end of this month, week or quarter."""
WEEK = timedelta(days=7)
EVEN, LIKELY = 1 / 2, 1 / 4
TIMES = 3.0
RISEN = 0.1
COLD = 1 / 4
MOVED = 0.02
"""So much at least is told as rising or falling; less is what fits differ by."""
LEVELS_TOLD = (
    f"Hot: at least {EVEN:.0%} likely to be won by then; or at least {LIKELY:.0%}, and either "
    f"{TIMES:.0f} times what is usual for your open deals or {RISEN:.0%} more than a week ago. "
    f"Warm: at least what is usual. Cool: less. Cold: less than a quarter of it."
)
"""What the levels mean, for a person."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot one deal is. ``usual``: how often any open deal of the company was won so soon."""

    odds: Odds
    usual: float

    @property
    def rise(self) -> float | None:
        """By how much the odds rose in a week; None where it was not open a week ago."""
        return None if self.odds.before is None else self.odds.won - self.odds.before

    @property
    def moved(self) -> Literal["up", "down", ""]:
        """Whether they rose or fell by so much that it is worth saying."""
        if self.rise is None or abs(self.rise) < MOVED:
            return ""
        return "up" if self.rise > 0 else "down"

    @property
    def movement(self) -> str:
        """Say how the odds moved in a week."""
        if self.rise is None:
            return "not open a week ago"
        if not self.moved:
            return "about as a week ago"
        points = abs(round(self.rise * 100))
        return f"{self.moved} {points} point{'' if points == 1 else 's'} in a week"

    @property
    def level(self) -> Level:
        """How hot it is: see ``LEVELS_TOLD``."""
        won = self.odds.won
        stands_out = won >= TIMES * self.usual or (self.rise or 0.0) >= RISEN
        if won >= EVEN or (won >= LIKELY and stands_out):
            return "hot"
        if won >= self.usual:
            return "warm"
        return "cool" if won >= COLD * self.usual else "cold"

    @property
    def score(self) -> float:
        """What deals are put in order by: what its odds are in a week if they go on like this."""
        return self.odds.won + (self.rise or 0.0)


@dataclass(frozen=True)
class Heats:
    """Heat of some deals by one horizon, by the deal's number.

    ``book``: what they rest on, with the odds by every horizon asked for; its ``problem`` says
    why there is none. A deal without any was not open, or not in the record yet. ``at``: when
    they were told, None for just now.
    """

    horizon: Horizon
    heats: Mapping[int, Heat]
    book: Book
    at: datetime | None = None

    @property
    def hot(self) -> tuple[int, ...]:
        """Return the deals that are hot, the hottest first."""
        return tuple(deal for deal in self.ranked if self.heats[deal].level == "hot")

    @property
    def ranked(self) -> tuple[int, ...]:
        """Return all of them, the hottest first."""
        return tuple(sorted(self.heats, key=lambda deal: (-self.heats[deal].score, deal)))


def heats(
    pipe: Pipeline,
    deals: Iterable[int],
    by: str = "month",
    *,
    beside: tuple[str, ...] = (),
    why: bool = True,
) -> Heats:
    """Return how hot these deals (numbers) are, of those in sight and open.

    ``by``: one of ``SPANS``, or any name of a horizon; ``beside``: others whose odds the book
    holds too. ``why`` False leaves reasons out. Raises ``ValueError`` for a name of no horizon.
    """
    asked = horizons(pipe, dict.fromkeys((by, *beside)))
    book = odds_of(pipe, deals, asked, why=why, back=WEEK)
    found = {
        number: Heat(odds[by], book.usual[by]) for number, odds in book.odds.items() if by in odds
    }
    return Heats(asked[0], found, book)
