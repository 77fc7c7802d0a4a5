"""What is said in a talk among colleagues, line by line as a recorder writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from ridealong.sources.demo.calling import called
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.staff import Colleague
from ridealong.sources.demo.wording import words
from ridealong.sources.demo.world import World

ABOUT = {
    "agreed": "deal_coaching",
    "followed": "deal_coaching",
    "early": "deal_coaching",
    "late": "deal_coaching",
    "status": "status_check",
    "forecast": "forecast_review",
    "sums": "forecast_review",
    "pipeline": "pipeline_review",
    "preparation": "call_preparation",
    "debrief": "call_debrief",
    "skill": "skill_coaching",
    "praise": "recognition",
    "personal": "personal",
}
"""What exchanges are about; greetings are about nothing."""


class Transcript:
    """A talk as it goes on; words come from a chance of their own.

    So whatever is said, the company goes on in the same way.
    """

    def __init__(self, world: World, leader: Colleague, others: Sequence[Colleague]) -> None:
        self.rng = Random(world.rng.getrandbits(64))
        self._leader = leader
        self._others = others
        whose = {person.key for person in others}
        self._among = [d for d in world.open_deals() if whose & {d.seller.key, d.seller.leader}]
        self._lines: list[str] = []
        self._spoken: Counter[str] = Counter()
        self._used: set[tuple[str, int]] = set()

    @property
    def text(self) -> str:
        """The lines so far."""
        return "\n".join(self._lines)

    @property
    def nature(self) -> dict[str, float]:
        """How much of what was said was about what: shares of words, adding up to 1."""
        whole = sum(self._spoken.values())
        shares = {name: round(count / whole, 2) for name, count in self._spoken.most_common()}
        if shares:
            largest = next(iter(shares))
            shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 2)
        return shares

    def called(self, deal: Deal) -> str:
        """Return what these people call a deal."""
        return called(self.rng, deal, self._among)

    def say(self, what: str, deal: Deal | None = None, /, **slots: Any) -> None:
        """Let an exchange be said, about a deal or about none."""
        speaker = deal.seller if deal and deal.seller in self._others else self._any()
        told = {"seller": speaker.first, **slots, **(self._of(deal) if deal else {})}
        names = {"L": self._leader.first, "S": speaker.first, "O": self._any(speaker).first}
        for turn in self._exchange(what):
            who, _, said = turn.partition(": ")
            line = said.format_map(told).replace(",,", ",").replace(",?", "?").replace(",:", ":")
            self._lines.append(f"{names[who]}: {line[:1].upper()}{line[1:]}")
            if what in ABOUT:
                self._spoken[ABOUT[what]] += len(line.split())

    def spoken(self, about: str) -> float:
        """Return how much of what was said so far was about it, from 0 to 1."""
        return self._spoken[about] / max(1, sum(self._spoken.values()))

    def _any(self, but: Colleague | None = None) -> Colleague:
        others = [person for person in self._others if person is not but]
        return self.rng.choice(others or self._others)

    def _of(self, deal: Deal) -> Mapping[str, Any]:
        power = deal.with_role("economic_buyer")
        return {
            "deal": self.called(deal),
            "first": deal.people[0].first,
            "title": power.title if power else "managing director",
            "k": round(deal.amount / 1000),
            "month": f"{deal.close:%B}",
        }

    def _exchange(self, what: str) -> Sequence[str]:
        """Return an exchange that was not said yet, as long as there is one."""
        every = words("said")[what]
        fits = [n for n, turns in enumerate(every) if len(self._others) > 1 or not _needs(turns)]
        fresh = [n for n in fits if (what, n) not in self._used] or fits
        chosen = self.rng.choice(fresh)
        self._used.add((what, chosen))
        found: Sequence[str] = every[chosen]
        return found


def _needs(turns: Sequence[str]) -> bool:
    """Say whether a third person speaks."""
    return any(turn.startswith("O: ") for turn in turns)
