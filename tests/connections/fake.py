"""A source for tests: it tells what it is given, in pages, and fails when it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem, Setting

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def mail(
    number: int, sender: str, subject: str, *, thread: str = "", days: float = 0, text: str = ""
) -> Fact:
    """State a mail from a buyer to Sam."""
    key = f"mail:{number}"
    at = AT + timedelta(days=days, minutes=number)
    people = [{"email": e, "name": "", "answer": ""} for e in (sender, "sam@seller.example")]
    changes: dict[str, Any] = {
        "kind": "email",
        "direction": "in",
        "title": subject,
        "text": text or subject,
        "member": "sam",
        "members": ["sam"],
        "people": people,
        "thread": thread,
    }
    return Fact("activity", key, at, changes, key)


class Fake:
    """Tells ``facts`` two at a time; ``fails`` holds what to raise before a page, by its number."""

    kind = "fake"
    title = "Fake"
    weighs = "mail"
    every = timedelta(minutes=5)
    settings = (
        Setting("host", "Host"),
        Setting("password", "Password", kind="secret"),
        Setting("folders", "Folders", kind="list", required=False),
    )

    def __init__(self, weighs: str = "mail") -> None:
        self.weighs = weighs
        self.for_everyone = weighs != "crm"
        self.facts: list[Fact] = []
        self.fails: dict[int, Exception] = {}
        self.seen: list[Access] = []

    def check(self, access: Access, ours: Ours) -> str:
        """Say how many facts there are."""
        self.seen.append(access)
        if failure := self.fails.get(0):
            raise failure
        return f"{len(self.facts)} facts"

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Tell them."""
        self.seen.append(access)
        start = int(cursor.get("next", 0))
        for page, first in enumerate(range(start, len(self.facts), 2), start=1):
            if failure := self.fails.pop(page, None):
                raise failure
            facts = tuple(self.facts[first : first + 2])
            problems = (Problem("the ninth", "It is odd."),) if first == 8 else ()
            end = first + len(facts)
            yield Page(facts, {"next": end}, "mails", end, len(self.facts), problems)
