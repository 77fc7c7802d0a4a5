"""Subjects of which the latest word is kept: the organisation, companies, contacts, stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ridealong.record import search
from ridealong.record.models import Company, Contact, KeptBrief, Organisation, Stage
from ridealong.record.naming import normal
from ridealong.record.projection.rows import Numbers, Told, latest_states, replace_rows


def organisation(keys: Mapping[int, str], told: Told) -> None:
    """Fold the organisation."""
    rows = [
        Organisation(
            id=number,
            key=keys[number],
            name=state.get("name", ""),
            currency=state.get("currency", "EUR"),
            time_zone=state.get("time_zone", "UTC"),
            simulated=state.get("simulated", False),
            email_domains=state.get("email_domains"),
        )
        for number, state in latest_states("organisation", keys, told).items()
    ]
    replace_rows(Organisation, rows)


def companies(keys: Mapping[int, str], told: Told) -> None:
    """Fold companies; one that is only referred to is called by its key."""
    states = latest_states("company", keys, told)
    numbers = Numbers("company", states.values())
    rows = []
    for number, state in states.items():
        name = state.get("name") or keys[number]
        rows.append(
            Company(
                id=number,
                key=keys[number],
                name=name,
                normal_name=normal(name),
                domain=state.get("domain", ""),
                industry=state.get("industry", ""),
                country=state.get("country", ""),
                employees=state.get("employees"),
                parent_id=numbers.of(state, "parent"),
            )
        )
    replace_rows(Company, rows)
    search.index(
        search.Entry(row.id, "company", row.name, row.industry, f"{row.name} {row.domain}")
        for row in rows
    )
    search.index_deals_of_companies([row.id for row in rows])


def contacts(keys: Mapping[int, str], told: Told) -> None:
    """Fold contacts."""
    states = latest_states("contact", keys, told)
    numbers = Numbers("contact", states.values())
    rows = [
        Contact(
            id=number,
            key=keys[number],
            name=state.get("name") or keys[number],
            email=state.get("email", "").lower(),
            phone=state.get("phone", ""),
            title=state.get("title", ""),
            company_id=numbers.of(state, "company"),
        )
        for number, state in states.items()
    ]
    replace_rows(Contact, rows)
    search.index(
        search.Entry(row.id, "contact", row.name, row.title, f"{row.name} {row.email}")
        for row in rows
    )


def stages(keys: Mapping[int, str], told: Told) -> None:
    """Fold stages."""
    rows = [
        Stage(
            id=number,
            key=keys[number],
            name=state.get("name") or keys[number],
            position=state.get("position", 0),
            status=state.get("status", "open"),
            probability=state.get("probability"),
        )
        for number, state in latest_states("stage", keys, told).items()
    ]
    replace_rows(Stage, rows)


def briefs(keys: Mapping[int, str], told: Told) -> None:
    """Fold briefs that were kept. Their ``at`` is that of the fact which keeps them."""
    rows = []
    for number, state in latest_states("brief", keys, told).items():
        facts = told.get(number, [])
        if not facts or "body" not in state:
            continue
        rows.append(
            KeptBrief(
                id=number,
                key=keys[number],
                viewer=state.get("viewer", ""),
                at=max(fact.at for fact in facts),
                since=datetime.fromisoformat(state["since"]),
                known=datetime.fromisoformat(state["known"]),
                title=state.get("title", ""),
                body=state["body"],
            )
        )
    replace_rows(KeptBrief, rows)
