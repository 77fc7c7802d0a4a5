"""A filled organisation of Salesforce, and a connection to it that keeps what it was told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact, checked
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.base.connector import Access, Edit, Ours
from ridealong.sources.salesforce.connector import Connector
from tests.sources.salesforce.fake import Salesforce
from tests.sources.salesforce.organisation import BEGAN, key
from tests.support.web import served

OURS = Ours(
    frozenset(), {"sam@seller.example": "sam"}, currency="EUR", zone=ZoneInfo("Europe/Berlin")
)
SOURCE = SourceName("salesforce:main", "crm")
DEAL = key("Opportunity", 1)
STAGES = (
    ("Prospecting", 10, "Pipeline", "open"),
    ("Proposal/Price Quote", 75, "BestCase", "open"),
    ("Negotiation", 90, "Forecast", "open"),
    ("Closed Won", 100, "Closed", "won"),
    ("Closed Lost", 0, "Omitted", "lost"),
)


@dataclass
class Connected:
    """An organisation and what was told of it so far."""

    org: Salesforce
    address: str
    prefix: str = ""
    more: dict[str, str] = field(default_factory=dict)
    cursor: Any = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """How it is reached."""
        usual = {
            "domain": self.address,
            "client_id": "app",
            "client_secret": "s3cret-app",
            "refresh_token": "s3cret-refresh-1",
        }
        return Access({**usual, **self.more}, keep=self.more.update, prefix=self.prefix)

    def sync(self, pages: int = 10_000) -> Connected:
        """Read, and keep so many pages."""
        pulled = Connector().pull(self.access, self.cursor, OURS)
        for _, page in zip(range(pages), pulled, strict=False):
            self.facts |= {fact.external_id: checked(fact) for fact in page.facts}
            self.problems += [(each.what, each.why) for each in page.problems]
            self.cursor = json.loads(json.dumps(page.cursor))
            self.pages.append(page)
        return self

    def kept(self) -> None:
        """Store what was told in the record."""
        writer.append(SOURCE, self.facts.values())

    def write(self, name: str, value: str | None, before: str | None, **more: Any) -> None:
        """Write a field of the first deal back."""
        edit = Edit(f"{self.prefix}{DEAL}", name, value, before)
        Connector().write(self.access, edit, **more)


def filled(org: Salesforce, deals: int = 3) -> Salesforce:
    """Fill an organisation with colleagues, stages, a company, its people and deals."""
    _with_users(org)
    _with_stages(org)
    org.put("Account", 21, Name="Brandt", Website="https://www.brandt.example/de", Industry="Steel")
    org.put("Account", 22, Name="Brandt (2)", ParentId=key("Account", 21), NumberOfEmployees=40)
    for number, name in ((31, "Eva"), (32, "Max"), (33, "Eva again")):
        org.put(
            "Contact",
            number,
            Name=name,
            Email=f"C{number}@brandt.example",
            AccountId=key("Account", 21),
        )
    for number in range(1, deals + 1):
        org.deal(number, day=number / 100)
    org.put(
        "OpportunityContactRole",
        41,
        1,
        OpportunityId=DEAL,
        ContactId=key("Contact", 31),
        Role="Decision Maker",
    )
    return org


def _with_users(org: Salesforce) -> None:
    org.put("Organization", 1, Name="Seller GmbH")
    boss = org.put(
        "User",
        2,
        Name="Lee",
        Email="lee@seller.example.invalid",
        IsActive=True,
        UserType="Standard",
    )
    org.put(
        "User",
        1,
        Name="Sam",
        Email="Sam@seller.example",
        IsActive=True,
        ManagerId=boss,
        UserType="Standard",
    )
    org.put(
        "User",
        3,
        Name="Gone",
        Email="g@seller.example",
        IsActive=False,
        UserType="Standard",
        ManagerId=key("User", 9),
    )
    org.put("User", 9, Name="Portal", Email="p@x.example", IsActive=True, UserType="CspLitePortal")


def _with_stages(org: Salesforce) -> None:
    for number, (name, chance, category, status) in enumerate(STAGES, 1):
        org.put(
            "OpportunityStage",
            number,
            MasterLabel=name,
            ApiName=name,
            SortOrder=number,
            DefaultProbability=chance,
            ForecastCategory=category,
            ForecastCategoryName=category,
            IsClosed=status != "open",
            IsWon=status == "won",
        )


@contextmanager
def connection(deals: int = 3) -> Iterator[Connected]:
    """Serve a filled organisation while the block runs."""
    org = filled(Salesforce(), deals)
    with served(org) as address:
        yield Connected(org, address)


def at(day: float, number: int = 1) -> DealState:
    """Return a deal as it was this many days after the organisation began."""
    found = pipeline.open(EVERYTHING, BEGAN + timedelta(days=day))
    return found.deal(key("Opportunity", number))
