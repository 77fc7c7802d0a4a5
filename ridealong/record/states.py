"""What a reader of the record receives: plain frozen values, never tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Organisation:
    """The company this installation belongs to. ``currency`` is what totals are in."""

    name: str
    currency: str
    time_zone: ZoneInfo
    simulated: bool
    email_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the company. ``reports_to`` is the id of their leader."""

    id: int
    key: str
    name: str
    email: str
    role: str
    team: str
    active: bool
    reports_to: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the sale. ``probability`` from 0 to 1 where the source gives one."""

    id: int
    key: str
    name: str
    position: int
    status: str
    probability: float | None


@dataclass(frozen=True, slots=True)
class Company:
    """A company that buys, or may."""

    id: int
    key: str
    name: str
    domain: str
    industry: str
    country: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a company that buys; ``role`` is theirs on the deal at hand."""

    id: int
    key: str
    name: str
    email: str
    phone: str
    title: str
    company_id: int | None
    role: str = ""


@dataclass(frozen=True, slots=True)
class DealState:
    """A deal over ``[valid_from, valid_to)``.

    ``id`` is Ridealong's number, ``key`` the source's id. ``amount`` is in ``currency``; ``value``
    is the same in the company's currency, None where there is no amount or no rate.
    """

    id: int
    key: str
    name: str
    company_id: int | None
    company: str
    salesperson_id: int | None
    salesperson: str
    stage_id: int | None
    stage: str
    stage_position: int
    status: str
    amount: Decimal | None
    currency: str
    value: Decimal | None
    close_date: date | None
    category: str
    next_step: str
    product: str
    lost_reason: str
    contacts: dict[str, str]
    created_at: datetime
    stage_since: datetime
    pushes: int
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is compared of a deal at one moment: less than its state, for thousands are read.

    The fields are those of ``DealState``.
    """

    id: int
    status: str
    salesperson_id: int | None
    stage_id: int | None
    stage_position: int
    amount: Decimal | None
    currency: str
    value: Decimal | None
    close_date: date | None


@dataclass(frozen=True, slots=True)
class ActivityState:
    """Something that happened or is planned. ``two_way``: the buyer took part.

    ``among_us``: colleagues spoke with each other; the text is "" for whoever took no part in it.
    ``known``: since when it is known in this form. ``people``: who took part, as in
    ``record.vocabulary``; ``attachments``: names; ``recording``: of a meeting, the talk that is its
    record.
    """

    id: int
    key: str
    at: datetime
    kind: str
    deal_id: int | None
    company_id: int | None
    member_id: int | None
    member: str
    direction: str
    two_way: bool
    title: str
    text: str
    minutes: float | None
    done: bool | None
    contacts: tuple[str, ...]
    members: tuple[str, ...]
    deals_discussed: tuple[str, ...]
    nature: dict[str, Any]
    known: datetime
    people: tuple[dict[str, Any], ...] = ()
    attachments: tuple[str, ...] = ()
    recording: ActivityState | None = None
    among_us: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the search: ``kind`` is deal, company, contact or member.

    ``company_id``: the company of a contact.
    """

    id: int
    kind: str
    label: str
    detail: str
    company_id: int | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """When a deal's buyer was last in contact and what is planned, as of the moment looked at.

    ``last_contact``: the buyer took part. ``last_activity``: anything done, by either side.
    """

    last_contact: datetime | None = None
    last_activity: datetime | None = None
    next_activity: datetime | None = None
    next_title: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Open deals counted by ``key`` (a number, a day, None); ``amount`` in the company's currency.

    ``unconverted``: how many have an amount in a currency without a rate, left out of ``amount``.
    """

    key: Any
    count: int
    amount: Decimal
    unconverted: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a text suggests about a deal. ``sentence``: word for word; ``at``: when it was said."""

    id: int
    key: str
    at: datetime
    deal_id: int
    activity: str
    field: str
    value: Any
    sentence: str
    asks: str
    sure: float


@dataclass(frozen=True, slots=True)
class ToPlace:
    """An activity whose deal a person has to say. ``candidates``: (deal's key, how sure)."""

    key: str
    at: datetime
    kind: str
    direction: str
    title: str
    text: str
    people: tuple[dict[str, Any], ...]
    why: tuple[str, ...]
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class KeptBrief:
    """A brief that was kept. ``body`` is what the view that made it can read again."""

    id: int
    key: str
    title: str
    at: datetime
    since: datetime
    known: datetime
    body: Any
