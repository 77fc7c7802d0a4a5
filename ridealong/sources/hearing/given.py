"""What is known of a talk, and what is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talked:
    """What is known of a talk in which colleagues took part.

    ``text``: agenda, notes, or a transcript with a line “Name: words” for each who spoke; it may be
    long. ``leader`` and ``salespeople``: names as people say them. ``with_buyer``: a customer took
    part. ``planned``: it was in the calendar beforehand. ``deals``: the salespeople's deals that
    were open at that time, as (key, name of the deal, name of the company).
    """

    title: str
    text: str
    minutes: float | None
    leader: str
    salespeople: tuple[str, ...]
    with_buyer: bool
    planned: bool
    deals: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a talk was.

    ``kind``: one_on_one, deal_review, call_review, ride_along, ad_hoc or team. ``nature``: shares
    adding up to 1, empty where nothing can be said. ``sure``: from 0 to 1, how likely the largest
    share is the right one. ``why``: each nature with its share and the sentences that speak for it,
    the largest first. ``deals``: keys of the deals discussed, in the order of ``Talked.deals``.
    ``deals_why``: for each key, the words that named it.
    """

    kind: str
    nature: Mapping[str, float]
    sure: float
    why: tuple[tuple[str, float, tuple[str, ...]], ...]
    deals: tuple[str, ...]
    deals_why: Mapping[str, str]
