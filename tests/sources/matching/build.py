"""Deals and activities for the tests of matching, with what is usual filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ridealong.sources.matching.weighing import Candidate, Heard, Match, Matcher, Placed

OPENED = datetime(2026, 3, 1, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
CLOSED = datetime(2026, 6, 1, tzinfo=UTC)
OWN = frozenset({"ridgeway.example"})


def deal(
    key: str = "kite",
    name: str = "Fleet Insight rollout",
    *,
    company: str = "Kite Systems GmbH",
    domains: tuple[str, ...] = ("kite.example",),
    salesperson: str = "mia",
    product: str = "Fleet Insight",
    opened: datetime = OPENED,
    closed: datetime | None = None,
    contacts: tuple[str, ...] = (),
) -> Candidate:
    """Return a deal, open unless told otherwise."""
    return Candidate(
        deal=key,
        name=name,
        company=company.split(maxsplit=1)[0].lower(),
        company_name=company,
        domains=frozenset(domains),
        salesperson=salesperson,
        product=product,
        opened=opened,
        closed=closed,
        contacts=frozenset(contacts),
    )


def mail(
    title: str = "Next steps",
    text: str = "",
    *,
    outsiders: tuple[str, ...] = ("anna@kite.example",),
    members: tuple[str, ...] = ("mia",),
    at: datetime = NOW,
    kind: str = "mail",
    thread: str = "",
    series: str = "",
) -> Heard:
    """Return an activity, a mail from Kite to Mia unless told otherwise."""
    return Heard(
        key="1",
        at=at,
        kind=kind,
        title=title,
        text=text,
        members=frozenset(members),
        outsiders=frozenset(outsiders),
        thread=thread,
        series=series,
    )


def matched(
    heard: Heard,
    *candidates: Candidate,
    threads: Mapping[str, str] | None = None,
    series: Mapping[str, str] | None = None,
    contacts: Mapping[str, Mapping[str, int]] | None = None,
) -> Match:
    """Match one activity."""
    placed = Placed(threads or {}, series or {}, contacts or {})
    return Matcher(candidates, own_domains=OWN, placed=placed).match(heard)
