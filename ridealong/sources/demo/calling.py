"""What colleagues call a deal among themselves: seldom by its whole name."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.wording import words


def called(rng: Random, deal: Deal, among: Iterable[Deal]) -> str:
    """Return what a deal is called by people who know the deals ``among`` which it is.

    Its company's short name is enough, unless they have another deal there.
    """
    short = nickname(deal.buyer.name)
    beside = [other for other in among if other.buyer is deal.buyer and other is not deal]
    project = _project(deal, beside)
    if beside:
        return rng.choice((f"{short}, the {project},", f"the {project} at {short}", deal.name))
    return rng.choice((short, short, short, deal.buyer.name, f"the {project} at {short}"))


def nickname(company: str) -> str:
    """Return what people call a company: without its trade, and mostly by its first word."""
    said = words("said")
    pair = " ".join(company.split()[:2])
    if pair in said["pairs"]:
        return pair
    parts = company.split()
    own = [part for part in parts if part not in said["trades"] and part[:1].isupper()]
    return (own or parts)[0]


def _project(deal: Deal, beside: list[Deal]) -> str:
    """Return what it is called beside its company, no longer than tells it from the others."""
    first = deal.project.split(",")[0]
    alike = any(other.project.split(",")[0] == first for other in beside)
    return deal.project.replace(",", "") if alike else first
