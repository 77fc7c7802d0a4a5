"""Talks among colleagues: a leader with salespeople, and the call with the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.staff import Colleague
from ridealong.sources.demo.truth import Conversation
from ridealong.sources.demo.world import World


@dataclass(slots=True)
class Talk:
    """A talk among colleagues, planned or held.

    ``kind``: as a calendar or a mailbox would say. ``truly``: the kind of conversation it is.
    """

    leader: Colleague
    others: Sequence[Colleague]
    at: datetime
    kind: str
    truly: str
    title: str
    minutes: int
    text: str = ""
    nature: dict[str, float] = field(default_factory=dict)
    deals: Sequence[Deal] = ()
    key: str = ""

    def said(self, *, done: bool) -> dict[str, Any]:
        """Return what a source would say of it, which is not what it was about."""
        return {
            "kind": self.kind,
            "member": self.leader.key,
            "members": [person.key for person in self.others],
            "title": self.title,
            "text": self.text,
            "minutes": self.minutes,
            "done": done,
        }


def plan(world: World, talk: Talk, known: datetime) -> None:
    """State that a talk is in the calendar."""
    talk.key = talk.key or _key(world)
    world.ledger.tell(
        "activity", talk.key, talk.at, talk.said(done=False), recorded_at=known, named=talk.key
    )


def cancel(world: World, talk: Talk, known: datetime) -> None:
    """State that a planned talk does not take place."""
    said = {**talk.said(done=False), "deleted": True}
    world.ledger.tell("activity", talk.key, talk.at, said, recorded_at=known, named=talk.key)


def hold(world: World, talk: Talk) -> None:
    """State that a talk took place, and what was said."""
    talk.key = talk.key or _key(world)
    known = talk.at + timedelta(minutes=talk.minutes + world.rng.randint(2, 40))
    world.ledger.tell(
        "activity", talk.key, talk.at, talk.said(done=True), recorded_at=known, named=talk.key
    )
    for deal in talk.deals:
        deal.discussed = talk.at.date()
    note(world, talk)


def note(world: World, talk: Talk) -> None:
    """Keep for the truth that leader and salespeople spoke."""
    if talk.leader.role != "leader":
        return
    world.conversations.append(
        Conversation(
            key=talk.key,
            leader=talk.leader.key,
            salespeople=tuple(person.key for person in talk.others),
            at=talk.at,
            kind=talk.truly,
            mail=talk.kind == "email",
            nature=dict(talk.nature),
            deals=tuple(deal.key for deal in talk.deals),
        )
    )


def _key(world: World) -> str:
    return f"talk-{world.ledger.number('talk', 7001)}"
