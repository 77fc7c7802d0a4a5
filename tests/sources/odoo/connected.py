"""A stand-in that is connected: what was told of it so far."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact, checked
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.base.connector import Access, Ours
from ridealong.sources.odoo.connector import Connector
from tests.sources.odoo.fake import BEGAN, DATABASE, KEY, LOGIN, Server

OURS = Ours(frozenset(), {"sam@seller.example": "sam"}, "EUR", ZoneInfo("UTC"))
SOURCE = SourceName("odoo:main", "crm")


@dataclass
class Connected:
    """A server and what was told of it so far."""

    server: Server
    address: str
    prefix: str = ""
    cursor: Any = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """How it is reached."""
        return self.reached()

    def reached(self, **other: str) -> Access:
        """How it is reached with other settings."""
        usual = {"url": self.address, "database": DATABASE, "login": LOGIN, "password": KEY}
        return Access({**usual, **other}, prefix=self.prefix)

    def sync(self) -> Connected:
        """Read, and keep each page that comes."""
        for page in Connector().pull(self.access, self.cursor, OURS):
            self.facts |= {fact.external_id: checked(fact) for fact in page.facts}
            self.problems += [(each.what, each.why) for each in page.problems]
            self.cursor = json.loads(json.dumps(page.cursor))
        return self

    def kept(self) -> None:
        """Store what was told in the record."""
        writer.append(SOURCE, self.facts.values())


def at(day: float, key: str = "1") -> DealState:
    """Return a deal of the record as it was then."""
    return pipeline.open(EVERYTHING, BEGAN + timedelta(days=day)).deal(key)


def there(day: float, key: str = "1") -> bool:
    """Say whether the record has a deal of this key then."""
    return key in pipeline.open(EVERYTHING, BEGAN + timedelta(days=day)).deals_with_keys([key])
