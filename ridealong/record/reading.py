"""Rows of the small tables as values. No permission here: ``pipeline`` decides who sees what."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ridealong.record import models
from ridealong.record.states import Company, Contact, Member, Organisation, Stage

UNNAMED = Organisation(name="", currency="EUR", time_zone=ZoneInfo("UTC"), simulated=False)
"""The organisation before anybody has named it."""


def organisation() -> Organisation:
    """Return the company this installation belongs to."""
    row = models.Organisation.objects.first()
    if row is None:
        return UNNAMED
    return Organisation(
        name=row.name,
        currency=row.currency,
        time_zone=ZoneInfo(row.time_zone),
        simulated=row.simulated,
        email_domains=tuple(row.email_domains or ()),
    )


def member(row: models.Member) -> Member:
    """Return a member's row as a value."""
    return Member(
        id=row.id,
        key=row.key,
        name=row.name,
        email=row.email,
        role=row.role,
        team=row.team,
        active=row.active,
        reports_to=row.parent_id,
    )


def stage(row: models.Stage) -> Stage:
    """Return a stage's row as a value."""
    return Stage(
        id=row.id,
        key=row.key,
        name=row.name,
        position=row.position,
        status=row.status,
        probability=row.probability,
    )


def company(row: models.Company) -> Company:
    """Return a company's row as a value."""
    return Company(
        id=row.id,
        key=row.key,
        name=row.name,
        domain=row.domain,
        industry=row.industry,
        country=row.country,
    )


def contact(row: models.Contact, role: str = "") -> Contact:
    """Return a contact's row as a value, with the role they have on a deal."""
    return Contact(
        id=row.id,
        key=row.key,
        name=row.name,
        email=row.email,
        phone=row.phone,
        title=row.title,
        company_id=row.company_id,
        role=role,
    )


def scope(row: models.Member) -> frozenset[int] | None:
    """Return the members whose deals somebody sees; None for all."""
    if row.role == "owner":
        return None
    if row.role == "admin":
        return frozenset()
    below = models.Member.objects.descendants(row, include_self=True)
    return frozenset(below.values_list("id", flat=True))
