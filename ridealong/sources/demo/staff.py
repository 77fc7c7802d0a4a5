"""The people of Halvern Robotics, the simulated company, and its stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

COMPANY = "Halvern Robotics"
DOMAIN = "halvern-robotics.example"
CURRENCY = "EUR"
Role = Literal["owner", "leader", "salesperson"]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the company.

    ``skill`` and ``pace`` are about 1: how well they sell, and how often they turn to a deal.
    ``joined`` and ``left``: days before today, None for before the first and not at all.
    """

    key: str
    name: str
    role: Role
    team: str = ""
    leader: str | None = None
    skill: float = 1.0
    pace: float = 1.0
    joined: int | None = None
    left: int | None = None

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.key}@{DOMAIN}"

    @property
    def first(self) -> str:
        """Their first name."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody one may look through the eyes of: ``label`` says who that is."""

    email: str
    name: str
    role: Role
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage. ``effort``: how much has to be achieved in it. ``weeks``: until the end, usually."""

    key: str
    name: str
    status: Literal["open", "won", "lost"]
    probability: float
    effort: float = 0.0
    weeks: float = 0.0


STEPS = (
    Step("qualify", "Qualify", "open", 0.1, effort=0.8, weeks=16),
    Step("discover", "Discover", "open", 0.2, effort=1.3, weeks=13),
    Step("evaluate", "Evaluate", "open", 0.4, effort=1.6, weeks=9.5),
    Step("propose", "Propose", "open", 0.6, effort=1.3, weeks=6),
    Step("negotiate", "Negotiate", "open", 0.8, effort=1.1, weeks=3),
    Step("won", "Won", "won", 1.0),
    Step("lost", "Lost", "lost", 0.0),
)
STATUS = {step.key: step.status for step in STEPS}
QUALIFY, DISCOVER, EVALUATE, PROPOSE, NEGOTIATE = range(5)

OWNER = Colleague("katharina.brandt", "Katharina Brandt", "owner")
COACH = Colleague("miriam.okafor", "Miriam Okafor", "leader", "South & West", OWNER.key)
COLLECTOR = Colleague("stefan.reuter", "Stefan Reuter", "leader", "North & East", OWNER.key)
LEADERS = (COACH, COLLECTOR)


def _seller(
    key: str,
    name: str,
    leader: Colleague,
    skill: float,
    pace: float,
    *,
    joined: int | None = None,
    left: int | None = None,
) -> Colleague:
    return Colleague(
        key, name, "salesperson", leader.team, leader.key, skill, pace, joined=joined, left=left
    )


SELLERS = (
    _seller("jonas.lindqvist", "Jonas Lindqvist", COACH, 1.0, 1.0),
    _seller("aylin.demir", "Aylin Demir", COACH, 1.1, 1.1),
    _seller("tomasz.kowalczyk", "Tomasz Kowalczyk", COACH, 0.9, 0.95),
    _seller("clara.moreau", "Clara Moreau", COACH, 1.0, 1.05),
    _seller("daniel.abebe", "Daniel Abebe", COACH, 0.95, 1.0, joined=365),
    _seller("lena.hoffmann", "Lena Hoffmann", COLLECTOR, 1.1, 1.05),
    _seller("marco.bianchi", "Marco Bianchi", COLLECTOR, 1.0, 1.1),
    _seller("priya.raman", "Priya Raman", COLLECTOR, 1.05, 1.0),
    _seller("oliver.grant", "Oliver Grant", COLLECTOR, 0.9, 0.95),
    _seller("ines.carvalho", "Inês Carvalho", COLLECTOR, 0.95, 1.0),
    _seller("henrik.vogel", "Henrik Vogel", COLLECTOR, 0.9, 0.85, left=200),
)
COLLEAGUES = (OWNER, *LEADERS, *SELLERS)


def _sign_in(person: Colleague, label: str) -> SignIn:
    return SignIn(person.email, person.name, person.role, label)


SIGN_INS = (
    _sign_in(COACH, "Leader who coaches"),
    _sign_in(COLLECTOR, "Leader who collects"),
    _sign_in(OWNER, "Owner"),
    *(_sign_in(person, f"Salesperson, {person.team}") for person in SELLERS if not person.left),
)
"""Who can sign in, the one the demo opens with first. The accounts themselves are not made here."""
