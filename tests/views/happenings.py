"""What rules look at, built by hand: what happened on a deal, people, and the deal itself."""

from __future__ import annotations

from typing import Any

from ridealong.record.evidence import Happening
from ridealong.record.states import Contact, DealState
from tests.record.telling import on


def happening(day: float, kind: str = "email", **more: Any) -> Happening:
    """Something on a day: a mail from the buyer, a talk that was held, unless said otherwise."""
    direction = more.pop("direction", "in" if kind == "email" else "")
    two_way = more.pop("two_way", direction == "in" or kind in {"meeting", "phone_call"})
    plain: dict[str, Any] = {"title": "", "text": "", "attachments": (), "contacts": ()}
    plain["known"] = on(day)
    return Happening(
        id=int(day * 10),
        key=f"{kind}:{day}",
        at=on(day),
        kind=kind,
        deal_id=1,
        direction=direction,
        two_way=two_way,
        **{**plain, **more},
    )


def person(key: str, role: str = "", title: str = "") -> Contact:
    """Somebody of the buyer."""
    return Contact(1, key, key.capitalize(), "", "", title, None, role)


def deal_state(**more: Any) -> DealState:
    """A deal in Qualify since day 0, without anything in it."""
    plain: dict[str, Any] = {
        "id": 1,
        "key": "A",
        "name": "A",
        "company_id": None,
        "company": "",
        "salesperson_id": 1,
        "salesperson": "Sam",
        "stage_id": 1,
        "stage": "Qualify",
        "stage_position": 1,
        "status": "open",
        "amount": None,
        "currency": "EUR",
        "value": None,
        "close_date": None,
        "category": "",
        "next_step": "",
        "product": "",
        "lost_reason": "",
        "contacts": {},
        "created_at": on(0),
        "stage_since": on(0),
        "pushes": 0,
        "valid_from": on(0),
        "valid_to": on(999),
    }
    return DealState(**{**plain, **more})
