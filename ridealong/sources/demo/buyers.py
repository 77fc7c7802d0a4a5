"""Companies that buy, and their people."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ridealong.sources.demo.wording import pick, words

PLAIN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "ł": "l"}
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
DIALLING = {  # numbers that are set aside for films, or made to look so
    "Germany": "+49 30 5550",
    "Austria": "+43 1 5550",
    "Switzerland": "+41 44 555",
    "United Kingdom": "+44 20 7946",
    "United States": "+1 212 555",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a buyer, and their role in buying."""

    key: str
    name: str
    title: str
    role: str
    email: str
    phone: str

    @property
    def first(self) -> str:
        """Their first name."""
        return self.name.split()[0]


@dataclass(slots=True)
class Buyer:
    """A company that buys.

    ``known``: it is in the CRM; ``projects``: what it was offered; ``bought``: product lines and
    projects.
    """

    key: str
    name: str
    industry: str
    country: str
    town: str
    currency: str
    language: str
    employees: int
    people: list[Contact] = field(default_factory=list)
    known: bool = False
    projects: list[str] = field(default_factory=list)
    bought: list[tuple[str, str]] = field(default_factory=list)

    @property
    def domain(self) -> str:
        """Its domain, one that nobody can have."""
        return f"{plain(self.name)}.example"

    def facts(self) -> dict[str, Any]:
        """Return what the CRM says of it."""
        return {
            "name": self.name,
            "domain": self.domain,
            "industry": self.industry,
            "country": self.country,
            "employees": self.employees,
        }


def plain(name: str) -> str:
    """Return a name in the letters of an address: “Møller & Söhne” is “moeller-soehne”."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return "-".join(letters.encode("ascii", "ignore").decode().split())


def all_buyers(rng: Random) -> list[Buyer]:
    """Return every company that may buy, in an order of chance."""
    found: list[Buyer] = []
    for country, its in words("companies").items():
        for line in its["companies"]:
            name, industry, town = (part.strip() for part in line.split("|"))
            found.append(_buyer(rng, country, its, (name, industry, town)))
    rng.shuffle(found)
    for number, buyer in enumerate(found):
        buyer.key = f"account-{1001 + number}"
    return found


def _buyer(rng: Random, country: str, its: Mapping[str, Any], about: tuple[str, str, str]) -> Buyer:
    name, industry, town = about
    employees = round(min(6000, max(40, rng.lognormvariate(5.9, 0.9))), -1)
    return Buyer(
        "", name, industry, country, town, its["currency"], its["language"], int(employees)
    )


def new_contact(rng: Random, buyer: Buyer, role: str, key: str) -> Contact:
    """Add somebody with this role to a buyer."""
    taken = {person.name for person in buyer.people}
    titles = {person.title for person in buyer.people}
    name = ""
    while not name or name in taken:
        given = pick(rng, "people", buyer.language, "given")
        name = f"{given} {pick(rng, 'people', buyer.language, 'family')}"
    free = [title for title in words("people")["titles"][role] if title not in titles]
    contact = Contact(
        key=key,
        name=name,
        title=rng.choice(free or words("people")["titles"][role]),
        role=role,
        email=f"{plain(name).replace('-', '.')}@{buyer.domain}",
        phone=f"{DIALLING.get(buyer.country, '+49 40 5550')} {rng.randint(1000, 9999)}",
    )
    buyer.people.append(contact)
    return contact
