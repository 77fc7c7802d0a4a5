"""A small account, connected, and what was told of it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact, checked
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.base.connector import Access, Ours
from ridealong.sources.hubspot import asking
from ridealong.sources.hubspot.connector import Connector
from tests.sources.hubspot.fake import Fake
from tests.sources.hubspot.portal import BEGAN, Portal
from tests.support.web import served

OURS = Ours(frozenset(), {"sam@seller.example": "sam"}, "EUR", ZoneInfo("UTC"))
SOURCE = SourceName("hubspot:main", "crm")
TOKEN = {"token": "s3cret-token"}
APP = {"client_id": "app", "client_secret": "s3cret-app", "refresh_token": "s3cret-refresh"}


@dataclass
class Connected:
    """An account and what was told of it so far."""

    portal: Portal
    fake: Fake
    settings: dict[str, str] = field(default_factory=lambda: dict(TOKEN))
    prefix: str = ""
    cursor: Any = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """How it is reached."""

        def keep(renewed: Any) -> None:
            self.settings.update(renewed)

        return Access(self.settings, keep=keep, prefix=self.prefix)

    def sync(self, pages: int = 10_000) -> Connected:
        """Read, and keep so many pages."""
        self.problems = []
        for _, page in zip(
            range(pages), Connector().pull(self.access, self.cursor, OURS), strict=False
        ):
            self.facts |= {fact.external_id: checked(fact) for fact in page.facts}
            self.problems += [(each.what, each.why) for each in page.problems]
            self.cursor = json.loads(json.dumps(page.cursor))
        return self

    def kept(self) -> int:
        """Store what was told in the record; return how many facts were new."""
        return writer.append(SOURCE, self.facts.values()).added


@contextlib.contextmanager
def connected_to(portal: Portal, reach: int = 10_000) -> Iterator[Connected]:
    """Connect an account for as long as a block runs; nothing is waited for."""
    fake = Fake(portal, reach)
    with (
        served(fake) as address,
        mock.patch.object(asking, "ROOT", address),
        mock.patch.object(asking, "ATTEMPTS", 0),
    ):
        yield Connected(portal, fake)


def stage(number: str, order: int, chance: str, closed: str) -> dict[str, Any]:
    """Return a stage as HubSpot tells it."""
    meta = {"probability": chance, "isClosed": closed}
    return {"id": number, "label": number.title(), "displayOrder": order, "metadata": meta}


def small(deals: int = 3) -> Portal:
    """Return an account with two owners, two pipelines, some deals and one meeting."""
    portal = Portal()
    portal.owners = [
        owner(1, "Sam@seller.example", "Sam", teams=[{"id": "5", "name": "West", "primary": True}]),
        owner(2, "gone@seller.example", "Gone", archived=True),
    ]
    sales = [
        stage("qualify", 0, "0.2", "false"),
        stage("propose", 1, "0.6", "false"),
        stage("won", 2, "1.0", "true"),
        stage("lost", 3, "0.0", "true"),
    ]
    renewals = [stage("renewal", 0, "0.5", "false")]
    portal.pipelines = [
        {"id": "default", "label": "Sales", "displayOrder": 0, "stages": sales},
        {"id": "77", "label": "Renewals", "displayOrder": 1, "stages": renewals},
    ]
    portal.put("companies", 21, name="Brandt", domain="Brandt.example", numberofemployees="120")
    portal.put("companies", 22, name="Reseller")
    portal.put("contacts", 31, firstname="Eva", lastname="Brandt", email="Eva@brandt.example")
    for number in range(1, deals + 1):
        deal(portal, number, number / 100)
    portal.link("deals", 1, "companies", 21, "Primary")
    portal.link("deals", 1, "companies", 22)
    portal.link("deals", 1, "contacts", 31, "Decision maker")
    portal.put(
        "meetings",
        41,
        hs_meeting_title="Demo",
        hs_meeting_body="<p>Bring &amp; show</p>",
        hs_meeting_start_time="2026-12-01T09:30:00Z",
        hs_meeting_end_time="2026-12-01T11:00:00Z",
        hs_meeting_outcome="SCHEDULED",
        hs_timestamp="2026-12-01T09:30:00Z",
        hubspot_owner_id="1",
    )
    portal.link("meetings", 41, "deals", 1)
    portal.link("meetings", 41, "contacts", 31)
    return portal


def owner(number: int, email: str, name: str, **more: Any) -> dict[str, Any]:
    """Return an owner as HubSpot tells it."""
    row = {"id": str(number), "email": email, "firstName": name, "lastName": "", "type": "PERSON"}
    return {**row, "userId": number + 900, "archived": False, **more}


def deal(portal: Portal, number: int, day: float = 0, **more: Any) -> None:
    """Keep a deal with the usual properties."""
    usual = {
        "dealname": f"Deal {number}",
        "pipeline": "default",
        "dealstage": "qualify",
        "amount": "1000",
        "closedate": "2026-12-31T11:00:00Z",
        "hubspot_owner_id": "1",
    }
    portal.put("deals", number, day, **{**usual, **more})


def at(day: float, key: str = "1") -> DealState:
    """Return a deal as it was on a day."""
    return pipeline.open(EVERYTHING, BEGAN + timedelta(days=day)).deal(key)
