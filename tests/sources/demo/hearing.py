"""What is read from the simulated company's texts alone, beside what really went on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from ridealong.sources.demo import truth
from ridealong.sources.demo.staff import COLLEAGUES
from ridealong.sources.demo.truth import Conversation
from ridealong.sources.hearing import Heard, Talked, read_talk
from tests.sources.demo.telling import Told, told

FIRST = {person.key: person.first for person in COLLEAGUES}
LEADERS = frozenset(person.key for person in COLLEAGUES if person.role == "leader")
QUARTER = timedelta(days=91)


@dataclass(frozen=True)
class Both:
    """A conversation as it was, and as it is read."""

    real: Conversation
    heard: Heard


@lru_cache(maxsize=2)
def read(seed: int, today: str) -> tuple[Both, ...]:
    """Read every conversation of a company."""
    from datetime import date  # noqa: PLC0415

    view = told(seed, date.fromisoformat(today))
    real = truth(seed=seed, today=view.today).conversations
    deals = _Deals(view)
    return tuple(Both(each, read_talk(_talked(view, deals, each))) for each in real)


class _Deals:
    """Whose deals were open when."""

    def __init__(self, view: Told) -> None:
        self._companies = {
            fact.key: fact.changes["name"] for fact in view.facts if fact.kind == "company"
        }
        self._deals = view.deals

    def open_at(self, at: datetime, salespeople: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
        found = []
        for key, facts in self._deals.items():
            state: dict[str, str] = {}
            for fact in facts:
                if fact.at < at:
                    state.update(fact.changes)
            if state.get("status") == "open" and state["salesperson"] in salespeople:
                found.append((key, state["name"], self._companies[state["company"]]))
        return tuple(found)
