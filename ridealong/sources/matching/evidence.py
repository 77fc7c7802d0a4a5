"""How much speaks for each deal, and what."""

from __future__ import annotations

import math

from ridealong.sources.matching.domains import (
    company_domain,
    reads_like_bulk,
    reads_like_service,
    sent_by_machine,
)
from ridealong.sources.matching.finding import Index, live
from ridealong.sources.matching.gathered import Case, Gathered
from ridealong.sources.matching.given import Heard, Placed
from ridealong.sources.matching.naming import add_companies, add_inside, add_told
from ridealong.sources.matching.people import People
from ridealong.sources.matching.words import Saying

_THREAD = 5.0
# Colleagues stand in for each other, but seldom where two deals are compared.
_SALESPERSON, _SALESPERSON_AGAINST = 0.9, 2.0
_NOT_OPEN = -2.1
# A customer's invoice mostly is about no deal that is open: a person is asked.
_SERVICE = -2.5


def evidence(index: Index, placed: Placed, heard: Heard) -> Gathered:
    """Gather what speaks for which deal."""
    gathered = Gathered(index, heard)
    _placed_before(gathered, placed)
    title, text = Saying.of(heard.title), Saying.of(heard.text)
    outsiders = sorted(each for each in heard.outsiders if company_domain(each) not in index.own)
    people = [address for address in outsiders if not sent_by_machine(address)]
    adding = People(gathered, placed)
    for address in people:
        adding.add(address)
    if not outsiders:
        add_inside(gathered, title)
    elif people and not _bulk(gathered, people):
        add_companies(gathered, title, text)
        add_told(gathered, title, text)
    for case in gathered.cases.values():
        _circumstances(case, heard)
        if reads_like_service(heard):
            case.add(_SERVICE, "It reads like an invoice or a ticket", 0.0)
    return gathered


def strength(points: float) -> float:
    """Return how far evidence convinces by itself, from 0 to 1."""
    return 1 - math.exp(-max(points, 0.0) / 1.2)


def _placed_before(gathered: Gathered, placed: Placed) -> None:
    heard = gathered.heard
    for key, found, why in (
        (heard.thread, placed.by_thread, "The thread belongs to the deal"),
        (heard.series, placed.by_series, "The series of meetings belongs to the deal"),
    ):
        candidate = gathered.index.deals.get(found.get(key, "")) if key else None
        if candidate and live(candidate, heard.at):
            gathered.case(candidate).add(_THREAD, why)


def _bulk(gathered: Gathered, people: list[str]) -> bool:
    if not reads_like_bulk(gathered.heard):
        return False
    return not any(gathered.index.of_contact(address) for address in people)


def _circumstances(case: Case, heard: Heard) -> None:
    candidate = case.candidate
    if candidate.salesperson in heard.members:
        case.add(_SALESPERSON, "The deal's salesperson takes part", _SALESPERSON_AGAINST)
    if heard.at < candidate.opened:
        case.add(0.0, "The deal opened soon after", _NOT_OPEN)
    elif candidate.closed is not None and heard.at >= candidate.closed:
        case.add(0.0, "The deal had closed shortly before", _NOT_OPEN)
