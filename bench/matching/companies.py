"""Customers, their people and the deals with them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bench.matching import wording
from ridealong.sources.matching.weighing import Candidate

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAYS = 300
SALESPEOPLE = [f"sales-{number}" for number in range(10)]
COMPANIES = 150


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody outside; most write from work, some from a private mailbox."""

    name: str
    address: str
    private: str


@dataclass(slots=True)
class Company:
    """A customer: how it is called in full and in passing, and who works there."""

    key: str
    name: str
    short: str
    domains: list[str]
    unknown_domain: str
    salesperson: str
    people: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class Deal:
    """A deal with who really takes part in it and how they call it."""

    candidate: Candidate
    company: Company
    people: list[Person]
    cues: list[str]


def companies(chance: random.Random) -> list[Company]:
    """Return customers; some names begin alike, some are everyday words."""
    names = [(word, "") for word in wording.COMMON]
    while len(names) < COMPANIES:
        name = (chance.choice(wording.STEMS + wording.MORE), chance.choice(["", *wording.TRADES]))
        # A bare stem next to a longer name of the same stem would be the same company to anyone.
        if name not in names and (name[1] or all(name[0] != other for other, _ in names)):
            names.append(name)
    return [_company(chance, number, *name) for number, name in enumerate(names)]


def _company(chance: random.Random, number: int, stem: str, trade: str) -> Company:
    plain = f"{stem} {trade}".strip()
    host = plain.lower().replace(" ", chance.choice(["", "-"]))
    domains = [f"{host}.example"]
    subsidiary = f"{stem.lower()}-nordic-{number}.example" if chance.random() < 0.15 else ""
    known = bool(subsidiary) and chance.random() < 0.4
    company = Company(
        key=f"company-{number}",
        name=f"{plain} {chance.choice(wording.FORMS)}".strip(),
        short=chance.choice([plain, plain, stem]),
        domains=domains + ([subsidiary] if known else []),
        unknown_domain="" if known else subsidiary,
        salesperson=chance.choice(SALESPEOPLE),
    )
    company.people = [_person(chance, company, host) for _ in range(chance.randint(4, 10))]
    return company


def _person(chance: random.Random, company: Company, host: str) -> Person:
    first, last = chance.choice(wording.FIRST), chance.choice(wording.LAST)
    where = chance.choice([f"{host}.example"] * 8 + [f"mail.{host}.example"])
    elsewhere = [*company.domains[1:], company.unknown_domain]
    if elsewhere[0] and chance.random() < 0.4:
        where = elsewhere[0]
    private = f"{first}.{last}{chance.randint(1, 9999)}@{chance.choice(wording.FREE)}".lower()
    address = private if chance.random() < 0.04 else f"{first}.{last}@{where}".lower()
    return Person(f"{first} {last}", address, private)


def moved(chance: random.Random, person: Person, company: Company) -> Person:
    """Return the same person in the pay of another company."""
    host = company.domains[0]
    address = f"{person.name.replace(' ', '.').lower()}{chance.randint(2, 9)}@{host}"
    return replace(person, address=address)


def deals(chance: random.Random, customers: list[Company]) -> list[Deal]:
    """Return the deals: one, one after another, or two and three at a time."""
    made: list[Deal] = []
    for company in customers[: COMPANIES - 8]:
        opened = START + timedelta(days=chance.randint(-50, 230), hours=chance.randint(0, 9))
        draw = chance.random()
        count = 1 if draw < 0.58 else 2 if draw < 0.92 else 3
        after_another = count > 1 and chance.random() < 0.5
        for name, product, cues in _subjects(chance, company, count):
            closed = opened + timedelta(days=chance.randint(35, 150))
            if opened > START + timedelta(days=DAYS - 20):
                break
            made.append(_deal(chance, company, (name, product, cues), (opened, closed), len(made)))
            gap = timedelta(days=chance.randint(0, 60))
            opened = closed + gap if after_another else opened + gap / 2
    return made


def _subjects(
    chance: random.Random, company: Company, count: int
) -> list[tuple[str, str, list[str]]]:
    products = chance.sample(sorted(wording.PRODUCTS), count)
    called = [wording.PRODUCTS[product] for product in products]
    one, words = products[0], called[0]
    style = chance.randint(0, 4)
    if style == 0:
        return [
            (f"{one} phase {n}", one, [f"phase {n}", f"Phase {'I' * n}", f"{words[-1]} phase {n}"])
            for n in range(1, count + 1)
        ]
    if style == 1:
        named = f"{company.short} renewal"
        return [
            (f"{named} {y}", one, [f"renewal {y}", f"{words[1]} {y}", f"Verlängerung {y}"])
            for y in range(2026, 2026 + count)
        ]
    if style == 2:
        cities = chance.sample(wording.CITIES, count)
        return [(f"{one} {city}", one, [city, f"{one} {city}", f"{city} site"]) for city in cities]
    pattern = "{company} – {product}" if style == 3 else "{product} rollout"
    return [
        (pattern.format(company=company.short, product=product), product, list(names))
        for product, names in zip(products, called, strict=True)
    ]


def _deal(
    chance: random.Random,
    company: Company,
    about: tuple[str, str, list[str]],
    span: tuple[datetime, datetime],
    number: int,
) -> Deal:
    name, product, cues = about
    people = chance.sample(company.people, chance.randint(2, min(4, len(company.people))))
    # What a CRM knows of the people is never all of them.
    known = [person.address for person in people if chance.random() < 0.65]
    candidate = Candidate(
        deal=f"deal-{number}",
        name=name,
        company=company.key,
        company_name=company.name,
        domains=frozenset(company.domains if chance.random() < 0.93 else ()),
        salesperson=company.salesperson if chance.random() < 0.9 else chance.choice(SALESPEOPLE),
        product=product if chance.random() < 0.85 else "",
        opened=span[0],
        closed=span[1] if span[1] < START + timedelta(days=DAYS) else None,
        contacts=frozenset(known),
    )
    return Deal(candidate, company, people, cues)
