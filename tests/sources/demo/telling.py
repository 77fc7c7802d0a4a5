"""The simulated company as somebody sees it who only has its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.demo import company
from ridealong.sources.demo.workdays import moment

TODAY = date(2026, 11, 24)
COACH, COLLECTOR = "miriam.okafor", "stefan.reuter"


@dataclass(frozen=True)
class Told:
    """What was told of a company, by subject. ``now``: the start of ``today``."""

    today: date
    facts: tuple[Fact, ...]
    deals: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    activities: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    leaders: dict[str, str | None] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The moment at which the simulation ends."""
        return moment(self.today, 0)

    def states(self, at: datetime) -> dict[str, dict[str, Any]]:
        """Return every deal's state at a moment."""
        found: dict[str, dict[str, Any]] = {}
        for key, facts in self.deals.items():
            for fact in facts:
                if fact.at <= at:
                    found.setdefault(key, {}).update(fact.changes)
        return found

    def open_now(self) -> dict[str, dict[str, Any]]:
        """Return the deals that are open today."""
        return {key: s for key, s in self.states(self.now).items() if s["status"] == "open"}

    def latest(self) -> Iterable[Fact]:
        """Go through what was last said of each activity."""
        return (said[-1] for said in self.activities.values())

    def last_heard(self) -> dict[str, datetime]:
        """Return when the buyer of each deal took part last, or when the deal began."""
        heard = {key: facts[0].at for key, facts in self.deals.items()}
        for fact in self.latest():
            said = fact.changes
            talk = said["kind"] in {"meeting", "phone_call"} and said["done"]
            if "deal" in said and (talk or said.get("direction") == "in"):
                heard[said["deal"]] = max(heard[said["deal"]], fact.at)
        return heard

    def leader_of(self, salesperson: str) -> str | None:
        """Return whom a salesperson reports to."""
        return self.leaders[salesperson]


@lru_cache(maxsize=4)
def told(seed: int = 7, today: date = TODAY) -> Told:
    """Return the company of that seed and day."""
    view = Told(today, tuple(company(seed=seed, today=today)))
    for fact in view.facts:
        if fact.kind == "deal":
            view.deals[fact.key].append(fact)
        elif fact.kind == "activity":
            view.activities[fact.key].append(fact)
        elif fact.kind == "member" and "role" in fact.changes:
            view.leaders[fact.key] = fact.changes["reports_to"]
    return view
