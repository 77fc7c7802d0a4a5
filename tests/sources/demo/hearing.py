"""What is read from the simulated company's texts alone, beside what really went on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from ridealong.sources.demo import truth
from ridealong.sources.demo.staff import COLLEAGUES
from ridealong.sources.demo.truth import Conversation
from ridealong.sources.hearing import Heard, Talked, read_talk
from tests.sources.demo.telling import Told, told

FIRST = {person.key: person.first for person in COLLEAGUES}


@dataclass(frozen=True)
class Both:
    """A conversation as it was, and as it is read."""

    real: Conversation
    heard: Heard


@dataclass(frozen=True)
class Open:
    """A deal, and from each moment on whose it was; "" while it was closed."""

    named: tuple[str, str, str]
    since: list[datetime]
    whose: list[str]

    def at(self, at: datetime) -> str:
        """Return whose open deal it was just before a moment."""
        before = bisect_left(self.since, at)
        return self.whose[before - 1] if before else ""


@lru_cache(maxsize=2)
def read(seed: int, today: date) -> tuple[Both, ...]:
    """Read every conversation of a company."""
    view = told(seed, today)
    deals = _open_deals(view)
    real = truth(seed=seed, today=today).conversations
    return tuple(Both(each, read_talk(_talked(view, deals, each))) for each in real)


def spoken(both: Iterable[Both]) -> list[Both]:
    """Return the talks, without mails."""
    return [each for each in both if not each.real.mail]


def shares(natures: Sequence[dict[str, float]]) -> Counter[str]:
    """Return the mean share of each nature."""
    found: Counter[str] = Counter()
    for nature in natures:
        found.update({name: share / len(natures) for name, share in nature.items()})
    return found


def _open_deals(view: Told) -> list[Open]:
    companies = {fact.key: fact.changes["name"] for fact in view.facts if fact.kind == "company"}
    found = []
    for key, facts in view.deals.items():
        state: dict[str, str] = {}
        whose = []
        for fact in facts:
            state.update(fact.changes)
            whose.append(state["salesperson"] if state["status"] == "open" else "")
        named = (key, state["name"], companies[state["company"]])
        found.append(Open(named, [fact.at for fact in facts], whose))
    return found


def _talked(view: Told, deals: Iterable[Open], real: Conversation) -> Talked:
    first, last = view.activities[real.key][0], view.activities[real.key][-1]
    assert first.recorded_at
    said = last.changes
    return Talked(
        title=said["title"],
        text=said.get("text") or "",
        minutes=said["minutes"],
        leader=FIRST[real.leader],
        salespeople=tuple(FIRST[key] for key in real.salespeople),
        with_buyer=bool(said.get("contacts")),
        planned=first.recorded_at < last.at,
        deals=tuple(each.named for each in deals if each.at(real.at) in real.salespeople),
    )
