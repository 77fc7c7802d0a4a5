"""How a deal may be called so that nobody takes it for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ridealong.record.naming import normal
from ridealong.record.recalled import Named


def callings(alike: Iterable[Named], wanted: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return, of each wanted deal, what it may be called: the best first.

    ``alike``: the wanted deals, and all open ones that could be taken for them. Empty where every
    name means another deal as well.
    """
    named = {deal.id: deal for deal in alike}
    # A name that could mean two deals means neither.
    meant = Counter(name for deal in named.values() for name in set(_meanings(deal)))
    return {
        number: tuple(name for name in _names(named[number]) if meant[_plain(name)] == 1)
        if number in named
        else ()
        for number in wanted
    }


def _names(deal: Named) -> Iterator[str]:
    """Yield what a deal is called, the best first."""
    says_whose = not deal.company or _plain(deal.company) in _plain(deal.name)
    if _plain(deal.name):
        yield deal.name if says_whose else _with_company(deal)
    if _plain(deal.company):
        yield deal.company
        if deal.salesperson:
            yield f"{deal.company}, {deal.salesperson}’s deal"


def _meanings(deal: Named) -> Iterator[str]:
    """Yield all that somebody could say and mean this deal, without case and accents."""
    names = (*_names(deal), deal.name, _with_company(deal))
    return (_plain(name) for name in names)


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    # The same names are asked for with every page.
    return normal(name)


def _with_company(deal: Named) -> str:
    return f"{deal.name} ({deal.company})" if deal.company else deal.name
