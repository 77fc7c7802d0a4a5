"""Which column is what: headings of four CRMs' exports, and common words.

Compared without case, accents and punctuation, and without the object's name in front
("Deal - Title", "Opportunity Name").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ridealong.record.directory import normal

KINDS = (
    *("lookup", "members", "companies", "contacts"),
    *("deals", "history", "activities", "events"),
)
"""In the order in which they are loaded."""

_WORDS: dict[str, dict[str, str]] = {
    "deals": {
        "id": "id, record id, opportunity id, deal id, external id, 18 digit id, hs object id, "
        "case safe id, lead id, nummer, opportunity number",
        "name": "name, opportunity name, deal name, dealname, title, deal title, opportunity, "
        "deal, bezeichnung, nom, nombre, titel",
        "company": "account name, company, company name, organization, organisation, "
        "organization name, associated company, partner, customer, account, client, firma, kunde, "
        "partner id, org name, associated company names, primary company",
        "salesperson": "owner, opportunity owner, deal owner, owner name, salesperson, sales rep, "
        "sales agent, rep, hubspot owner id, owner id, ownerid, user id, assigned to, user, "
        "verkaufer, vertriebler, account executive, opportunity owner name, owner full name",
        "stage": "stage, stagename, stage name, deal stage, dealstage, stage id, phase, status, "
        "sales stage, opportunity stage, etape, etapa",
        "outcome": "deal status, won lost, state",
        "is_won": "won, is won, iswon, hs is closed won",
        "is_closed": "closed, is closed, isclosed, hs is closed",
        "amount": "amount, value, deal value, expected revenue, revenue, deal amount, "
        "total contract value, tcv, betrag, wert, montant, importe, umsatz, opportunity amount, "
        "close value, price, deal size, planned revenue",
        "currency": "currency, currencyisocode, deal currency code, deal currency, amount currency, "
        "currency iso code, opportunity currency, wahrung, devise, value currency, currency id, "
        "currency of value, company currency",
        "close_date": "close date, closedate, expected close date, expected closing, "
        "date deadline, closing date, expected close, abschlussdatum, target close date",
        "closed_at": "won time, lost time, date closed, closed date, deal closed on, won date, "
        "lost date, actual close date, date closed won",
        "created": "created, created date, createddate, create date, createdate, add time, "
        "created on, created at, creation date, deal created, deal created on, erstellt, "
        "date created, engage date, erstellt am, deal added on",
        "stage_since": "last stage change date, stage change time, date last stage update, "
        "last stage update, last stage change, in stage since",
        "category": "forecast category, forecastcategory, forecastcategoryname, "
        "hs manual forecast category, forecast, forecast category name",
        "next_step": "next step, nextstep, hs next step, next steps, next activity, "
        "nachster schritt, next action",
        "probability": "probability, probability percent, deal probability, hs deal stage probability",
        "product": "product, product name, products",
        "lost_reason": "lost reason, loss reason, closed lost reason, reason lost, lost reason id",
    },
    "history": {
        "id": "opportunity id, deal id, id, record id, object id, parent id, opportunityid, item id",
        "field": "field, field event, field key, field name, property, property name, changed field",
        "old": "old value, oldvalue, old, from, previous value, before, old value char",
        "new": "new value, newvalue, new, to, value, after, new value char",
        "at": "edit date, created date, time, timestamp, date, changed at, change date, "
        "createddate, last modified, log time, modified, modified on, changed on, valid from",
        "name": "opportunity name, deal name",
        "stage": "stage, stage name, stagename, to stage, deal stage",
        "amount": "amount",
        "close_date": "close date, closedate",
        "salesperson": "owner, opportunity owner, deal owner",
        "company": "account name, company",
        "category": "forecast category",
        "next_step": "next step",
    },
    "activities": {
        "id": "id, activity id, task id, event id, record id",
        "deal": "opportunity id, deal id, whatid, what id, related to, deal, opportunity, "
        "associated deal ids, regarding, related record id, opportunity name, deal title, "
        "associated deal",
        "company": "company, account, account name, company name, organization",
        "contact": "contact, name, contact name, whoid, person, contact email, contact person, email",
        "member": "assigned to, owner, activity assigned to, assigned to user, created by, user, "
        "salesperson, activity owner, assignee",
        "kind": "type, activity type, kind, task subtype, task type, channel",
        "title": "subject, title, summary, activity subject, name of activity, topic",
        "text": "description, note, notes, body, comments, full comments, text, note body, content",
        "at": "date, due date, activity date, activitydate, start, start time, due, datetime, "
        "time, created date, timestamp, date time, done time, start date, deadline",
        "minutes": "duration, minutes, duration minutes, durationinminutes, duration in minutes",
        "direction": "direction, call direction, email direction, incoming outgoing",
        "done": "done, completed, is closed, status, task status",
    },
    "members": {
        "id": "id, user id, owner id, employee id, record id",
        "name": "name, full name, user, user name, sales agent, salesperson, employee, member, "
        "mitarbeiter, display name, sales rep",
        "first_name": "first name, firstname, vorname, prenom",
        "last_name": "last name, lastname, nachname, surname",
        "email": "email, e mail, mail, user email, email address, login, username, work email",
        "leader": "manager, leader, reports to, manager email, manager name, team lead, supervisor, "
        "managerid, vorgesetzter, sales manager, boss",
        "role": "role, profile, rolle, position, user role, job title",
        "team": "team, sales team, region, regional office, department, main team",
        "active": "active, is active, isactive, enabled, status",
    },
    "companies": {
        "id": "id, account id, company id, record id, organization id",
        "name": "name, account name, company name, company, organization, account, "
        "organization name, firma, organisation",
        "domain": "domain, website, company domain name, web, url, domain name",
        "industry": "industry, sector, branche, activity",
        "country": "country, billing country, office location, country region, land, location",
        "employees": "employees, number of employees, numberofemployees, size, company size",
        "parent": "parent account, parent, parent company, subsidiary of, parent account id",
    },
    "contacts": {
        "id": "id, contact id, person id, record id",
        "name": "name, full name, contact name, contact, person, person name",
        "first_name": "first name, firstname, vorname",
        "last_name": "last name, lastname, nachname, surname",
        "email": "email, e mail, email address, mail, work email, email work",
        "phone": "phone, phone number, mobile, telephone, business phone, telefon, mobile phone",
        "title": "title, job title, jobtitle, function, role, position, job position",
        "company": "company, account name, account, organization, company name, "
        "associated company, firma, parentid, account id",
    },
}
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "deals": (("id", "name"), ("stage", "amount", "close_date", "outcome", "is_won")),
    "history": (("id",), ("at",), ("field", "stage", "amount", "close_date")),
    "activities": (("at",), ("kind", "title"), ("deal", "company", "contact")),
    "members": (("name", "email", "last_name"),),
    "companies": (("name",),),
    "contacts": (("name", "last_name", "email"),),
    "events": (),
    "lookup": (),
}
"""Of each group at least one column must be there."""
_PREFIX = re.compile(r"^(deal|opportunity|organization|person|activity|lead|company|contact) ")
_FILE_WORDS = {
    "members": ("member", "user", "team", "agent", "owner", "salespeople", "employee", "rep"),
    "companies": ("account", "compan", "organi", "customer", "firm"),
    "contacts": ("contact", "person", "people"),
    "history": ("history", "change", "tracking", "flow", "changelog", "historie"),
    "activities": ("activit", "task", "event", "call", "mail", "meeting", "note"),
    "deals": ("deal", "opportunit", "pipeline", "lead", "crm"),
}
WORDS: dict[str, dict[str, str]] = {
    kind: {word.strip(): field for field, words in fields.items() for word in words.split(",")}
    for kind, fields in _WORDS.items()
}
FIELDS: dict[str, tuple[str, ...]] = {kind: tuple(fields) for kind, fields in _WORDS.items()}


def recognised(kind: str, headings: tuple[str, ...]) -> dict[str, str]:
    """Return {field: heading}; the first heading that a field's words fit takes it."""
    words = WORDS.get(kind, {})
    found: dict[str, str] = {}
    for shorten in (False, True):
        for heading in headings:
            if heading in found.values():
                continue
            plain = normal(heading)
            plain = _PREFIX.sub("", plain) if shorten else plain
            field = words.get(plain)
            if field and field not in found:
                found[field] = heading
    return found


def complete(kind: str, fields: Mapping[str, str]) -> bool:
    """Say whether the columns that a kind cannot do without are there."""
    return all(any(name in fields for name in group) for group in REQUIRED[kind])


def likely_kind(file_name: str, headings: tuple[str, ...]) -> str:
    """Return the kind whose columns fit best, "" when none does; the file's name counts too."""
    plain = normal(file_name)
    scores: dict[str, float] = {}
    for kind in WORDS:
        fields = recognised(kind, headings)
        if complete(kind, fields):
            named = any(word in plain for word in _FILE_WORDS[kind])
            scores[kind] = len(fields) + 2.5 * named + _telling(kind, fields)
    return max(scores, key=lambda kind: scores[kind]) if scores else ""


def _telling(kind: str, fields: Mapping[str, str]) -> float:
    """Columns that only this kind has."""
    if kind == "history":
        return 4.0 if {"field", "new"} <= fields.keys() else -1.0
    if kind == "deals":
        return 2.0 * len({"stage", "amount", "close_date"} & fields.keys())
    if kind == "contacts":
        return 1.0 if {"company", "email"} <= fields.keys() else -1.0
    if kind == "members":
        return 1.0 if "leader" in fields else -1.0
    return 0.0
