"""A small company's deals, told as a CRM that was connected all along would have told them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from ridealong.record.facts import Fact
from tests.record import telling

STAGES = {"Talk": "open", "Offer": "open", "Won": "won", "Lost": "lost"}


def facts(count: int, *, live: bool = True, seed: int = 3, until: float = 120) -> Iterator[Fact]:
    """Tell of so many deals over ``until`` days; ``live``: each fact is learned as it happens."""
    dice = random.Random(seed)
    for number in range(count):
        key, begun = f"d{number}", dice.uniform(0, until - 15)
        offer, ended = begun + dice.uniform(1, 8), begun + dice.uniform(9, 30)
        won = dice.random() < 0.4
        person = dice.choice(("ann", "ben"))
        yield fact(key, begun, live=live, stage="Talk", status="open", salesperson=person)
        yield fact(key, offer, live=live, stage="Offer", amount=str(dice.randrange(1000, 9000)))
        yield fact(key, begun + 0.5, live=live, close_date=day(ended + 5))
        for place in range(dice.randrange(1, 6) + 4 * won):
            at = dice.uniform(begun, min(ended, until))
            kind = dice.choice(("email", "phone_call"))
            yield happened(f"{key}-{place}", at, live=live, deal=key, kind=kind, direction="in")
        if ended < until:
            to = ("Won", "won") if won else ("Lost", "lost")
            yield fact(key, ended, live=live, stage=to[0], status=to[1])


def fact(key: str, at: float, *, live: bool, **changes: Any) -> Fact:
    """State a deal's fields."""
    return telling.deal(key, at, known=at if live else None, **changes)


def happened(key: str, at: float, *, live: bool = True, **changes: Any) -> Fact:
    """State an activity; where it is not live, it was learned when a source was connected."""
    return telling.activity(key, at, known=at if live else 4000, **changes)


def day(number: float) -> str:
    """Return the date of a day."""
    return telling.on(number).date().isoformat()


def begin() -> None:
    """Tell of the stages and the people."""
    telling.tell(telling.stages(**STAGES))
    telling.tell([telling.member("ann"), telling.member("ben")])
