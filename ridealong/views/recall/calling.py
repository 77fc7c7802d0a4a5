"""How a deal may be called so that nobody takes it for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ridealong.record.naming import normal
from ridealong.record.recalled import Named


def callings(alike: Iterable[Named], wanted: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return, of each wanted deal, what it may be called: the best first.

    ``alike``: the wanted deals, and all open ones that could be taken for them. Empty where every
    name means another deal as well.
    """
    every = {deal.id: list(_names(deal)) for deal in alike}
    # A name that two deals share means neither.
    meant = Counter(name for names in every.values() for name in {normal(n) for n in names})
    return {
        number: tuple(dict.fromkeys(n for n in every.get(number, ()) if meant[normal(n)] == 1))
        for number in wanted
    }


def _names(deal: Named) -> Iterator[str]:
    says_whose = not deal.company or normal(deal.company) in normal(deal.name)
    if normal(deal.name):
        yield deal.name if says_whose else f"{deal.name} ({deal.company})"
    if normal(deal.company):
        yield deal.company
        if deal.salesperson:
            yield f"{deal.company}, {deal.salesperson}’s deal"
