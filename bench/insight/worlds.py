"""Simulated companies of which it is known what works: nothing, or what was planted.

What leads astray is always there. Good salespeople win more, are given more guidance and follow
more of it; large deals win more and have more meetings, people and talks about them; slow deals
live longer, have more of everything by that, and win more in the end; guidance can be followed only
while its deal lives. In a world where nothing works, none of what a deal has changes its course.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from ridealong.insight import AIMS, Advised, Company, Course, Happening, Step

STAGES = (1, 2, 3, 4)
LAST = STAGES[-1]
BEGAN = 19_000.0
"""The first day, counted as courses count them."""
DAYS = 912
WON, LOST = 5, 6
STALLS_IN = 2
GOES, FALLS = 0.16, 0.035
"""In a week, of an average deal."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What was planted.

    ``decider``: added to the log odds of a decision once the economic buyer took part.
    ``stall``: by which part the first salesperson's deals go on more slowly in one stage.
    ``followed``: added to the log rate at which a deal goes on, for 60 days after guidance was
    followed.
    """

    decider: float = 0.0
    stall: float = 0.0
    followed: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """A company, and how good each salesperson is: who is worse than the others is known."""

    company: Company
    skill: dict[int, float]

    def is_true(self, person: int, stage: int, effects: Effects) -> bool:
        """Say whether this salesperson's deals go on from the stage less often than the team's."""
        if effects.stall and person == 1 and stage == STALLS_IN:
            return True
        team = [
            n
            for n, above in self.company.leaders.items()
            if above == self.company.leaders[person] and n != person
        ]
        return stage == LAST and self.skill[person] < sum(self.skill[n] for n in team) / len(team)


@dataclass
class _Deal:
    """A deal under way. ``size``, ``slow``: about 0; ``need``: what nobody sees."""

    number: int
    person: int
    skill: float
    created: float
    size: float
    slow: float
    need: float
    stage: int = 1
    people: int = 1
    met_decider: bool = False
    lifted_until: float = 0.0
    pushes: int = 0
    next_step: bool = False
    steps: list[Step] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    discussed: list[float] = field(default_factory=list)
    advised: list[Advised] = field(default_factory=list)

    @property
    def decider(self) -> str:
        """The key of the one who has the money."""
        return f"{self.number}-decider"

    def stand(self, at: float, status: str = "open") -> None:
        """Note how it stands from now on."""
        stage = {"open": self.stage, "won": WON, "lost": LOST}[status]
        self.steps.append(
            Step(
                at=at,
                stage=stage,
                place=stage,
                status=status,  # type: ignore[arg-type]  # one of the three above
                salesperson=self.person,
                worth=round(20_000 * math.exp(self.size), 2),
                pushes=self.pushes,
                next_step=self.next_step,
                deciders=frozenset({self.decider}),
            )
        )


def world(seed: int, deals: int, effects: Effects, sellers: int = 10) -> World:
    """Return a company of two teams with so many deals over two and a half years."""
    dice = Random(seed)
    skill = {number: dice.gauss(0, 0.5) for number in range(1, sellers + 1)}
    courses, advised = [], []
    for number in range(1, deals + 1):
        person = dice.randint(1, sellers)
        deal = _Deal(
            number=number,
            person=person,
            skill=skill[person],
            created=BEGAN + dice.random() * DAYS,
            size=dice.gauss(0, 1),
            slow=dice.gauss(0, 1),
            need=dice.gauss(0, 0.7),
        )
        _live(dice, deal, effects)
        advised += deal.advised
        courses.append(
            Course(
                number,
                deal.created,
                tuple(deal.steps),
                tuple(sorted(deal.happenings, key=lambda each: each.at)),
                tuple(deal.discussed),
            )
        )
    leaders: dict[int, int | None] = {n: 1001 + (n % 2) for n in skill}
    return World(Company(tuple(courses), tuple(advised), leaders, STAGES), skill)


def _live(dice: Random, deal: _Deal, effects: Effects) -> None:
    """Let a deal go on, week by week, to its end or that of the world."""
    deal.stand(deal.created)
    week = deal.created
    while week < BEGAN + DAYS:
        end = _fate(dice, deal, week, effects)
        _happen(dice, deal, week, end or week + 7)
        if end is not None and not _turn(dice, deal, end, effects):
            return
        week = end if end is not None else week + 7


def _fate(dice: Random, deal: _Deal, week: float, effects: Effects) -> float | None:
    """Return when in this week the deal leaves its stage, None if it does not."""
    goes = GOES * math.exp(-0.4 * deal.slow - 0.1 * deal.size)
    if deal.lifted_until > week:
        goes *= math.exp(effects.followed)
    if deal.person == 1 and deal.stage == STALLS_IN:
        goes *= 1 - effects.stall
    falls = FALLS * math.exp(-0.4 * deal.slow - 0.3 * deal.size - 0.3 * deal.need)
    wait = dice.expovariate(goes + falls)
    if wait >= 1:
        return None
    if dice.random() < falls / (goes + falls):
        deal.stage = LOST
    return min(week + wait * 7, BEGAN + DAYS)


def _turn(dice: Random, deal: _Deal, at: float, effects: Effects) -> bool:
    """Let it leave its stage; say whether it is still open."""
    if deal.stage == LOST:
        deal.stand(at, "lost")
        return False
    if deal.stage < LAST:
        deal.stage += 1
        deal.stand(at)
        return True
    score = 0.8 * deal.skill + 0.5 * deal.size + 0.4 * deal.slow + deal.need - 0.2
    score += effects.decider if deal.met_decider else 0.0
    deal.stand(at, "won" if dice.random() < 1 / (1 + math.exp(-score)) else "lost")
    return False


def _happen(dice: Random, deal: _Deal, since: float, until: float) -> None:
    """Let things happen on the deal: more on large ones, and more the longer it lasts."""
    span = (until - since) / 7

    def some(rate: float) -> list[float]:
        """Moments of what happens so often in a week."""
        found, at = [], dice.expovariate(rate)
        while at < span:
            found.append(since + at * 7)
            at += dice.expovariate(rate)
        return found

    large = math.exp(0.4 * deal.size + 0.2 * deal.skill)
    for at in some(0.2 * large):
        _talk(dice, deal, at, "meeting")
    for at in some(0.4 * large):
        _talk(dice, deal, at, "email")
    for at in some(0.15):
        deal.happenings.append(Happening(at, "email", two_way=False))
    deal.discussed += some(0.12 * large)
    for at in some(0.1):
        deal.pushes += dice.random() < 0.5
        deal.next_step = dice.random() < 0.6
        deal.stand(at)
    deal.steps.sort(key=lambda step: step.at)
    for at in some(0.07 * math.exp(0.5 * deal.skill + 0.3 * deal.size)):
        _advise(dice, deal, at)


def _talk(dice: Random, deal: _Deal, at: float, kind: str) -> None:
    if dice.random() < 0.12:
        deal.people += 1
    people = [f"{deal.number}-{dice.randint(1, deal.people)}"]
    if kind == "meeting" and dice.random() < 0.2:
        deal.met_decider = True
        people.append(deal.decider)
    deal.happenings.append(Happening(at, kind, True, inbound=kind == "email", people=tuple(people)))


def _advise(dice: Random, deal: _Deal, at: float) -> None:
    """Give guidance; who is good follows more of it. On a deal that has ended none is followed."""
    follows = 1 / (1 + math.exp(-(0.2 + deal.skill)))
    followed = at + dice.uniform(1, 12) if dice.random() < follows else None
    deal.advised.append(Advised(deal.number, deal.person, at, dice.choice(AIMS), followed))
    if followed is not None:
        deal.lifted_until = max(deal.lifted_until, followed + 60)
