"""Talks and deals near now, for pages of leading."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.leading_states import Talk
from ridealong.record.pipeline import EVERYTHING
from tests.record.telling import on, tell

WORDS = "What do we know of the champion, and what do we only assume?"


def talk(key: str, *, hours: float = 1, **more: Any) -> None:
    """Tell of a talk of Lea and Sam so many hours ago, as a calendar and the reading of it do."""
    at = clock.now() - timedelta(hours=hours)
    said: dict[str, Any] = {
        "kind": "one_on_one",
        "member": "lea",
        "members": ["sam"],
        "title": "Weekly with Sam",
        "text": WORDS,
        "begins": at,
        "minutes": 30,
        "done": True,
        "talk": "one_on_one",
        "nature": {"deal_coaching": 0.7, "status_check": 0.3},
        "deals_discussed": ["A1"],
        "heard": {
            "sure": 0.81,
            "why": [["deal_coaching", 0.7, [WORDS]], ["status_check", 0.3, []]],
            "deals": {"A1": "Harbour"},
        },
    }
    tell([Fact("activity", key, at, {**said, **more}, f"talk:{key}")])


def employ(key: str, leader: str, role: str) -> None:
    """State, later than the company was told of, whom a member reports to and as what."""
    said = {"reports_to": leader, "role": role, "name": key.capitalize()}
    named = {**said, "email": f"{key}@seller.example"}
    tell([Fact("member", key, on(-29), named, f"employ:{key}", recorded_at=on(-29))])


def only_talk(number: int | None = None) -> Talk:
    """Return the one talk that is on record, as a member sees it."""
    found = pipeline.open(EVERYTHING if number is None else number).leading.talks()
    assert len(found) == 1
    return found[0]


def text(client: Client, address: str) -> str:
    """Return a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def undo(client: Client, page: str) -> None:
    """Press Undo on a page."""
    found = re.search(r'action="/undo".*?name="token" value="([^"]+)"', page, re.DOTALL)
    assert found, "nothing is offered to be undone"
    assert client.post("/undo", {"token": found[1], "back": "/pipeline"}).status_code == 302
