"""Who is who in Odoo: users as members with their leaders, partners as companies and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Ours
from ridealong.sources.base.members import member_facts, member_key
from ridealong.sources.base.rows import EARLY, Row, line, moment
from ridealong.sources.odoo.asking import Odoo, name_of, number_of, plain
from ridealong.sources.odoo.wanted import EMPLOYEE, PARTNER, TEAM, Wanted

_LINKS = ("is_company", "commercial_partner_id")
_PHONE = 64


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads: {user: leader's user or None}, and {user: the team's name}.

    ``leaders`` is None where nothing says who leads.
    """

    leaders: Mapping[int, int | None] | None
    teams: Mapping[int, str]


def leading(odoo: Odoo, wanted: Wanted) -> Leading:
    """Return who leads whom: by employees and their managers, or else by sales teams' leaders."""
    leaders: dict[int, int | None] | None = None
    teams: dict[int, str] = {}
    if wanted.has(TEAM):
        leaders = {}
        for row in odoo.rows(TEAM, [], wanted.names[TEAM]):
            leader = number_of(row["user_id"])
            for user in row["member_ids"]:
                teams.setdefault(user, row["name"])
                leaders.setdefault(user, leader if leader != user else None)
    if wanted.has(EMPLOYEE):
        leaders = _managers(odoo.rows(EMPLOYEE, [], wanted.names[EMPLOYEE]))
    return Leading(leaders, teams)


def _managers(employees: Iterable[Row]) -> dict[int, int | None]:
    """Return {user: user of the nearest manager who has one}."""
    by_id = {row["id"]: row for row in employees}
    found = {}
    for row in by_id.values():
        user = number_of(row["user_id"])
        if user is not None:
            found[user] = _above(by_id, row, user)
    return found


def _above(by_id: Mapping[int, Row], row: Row, user: int) -> int | None:
    seen = {row["id"]}
    while (boss := number_of(row["parent_id"]) or 0) in by_id and boss not in seen:
        seen.add(boss)
        row = by_id[boss]
        above = number_of(row["user_id"])
        if above not in {None, user}:
            return above
    return None


class People:
    """Keys of users and partners. ``partners``: whether this user may read those at all."""

    def __init__(
        self, prefix: str, ours: Ours, odoo: Odoo, users: Iterable[Row], *, partners: bool
    ) -> None:
        self._prefix, self._odoo, self._reads = prefix, odoo, partners
        self._links: dict[int, Row] = {}
        self._partners: dict[int, int] = {}
        self._members: dict[int, str] = {}
        for row in map(plain, users):
            email = _address(row)
            own = f"{prefix}{row['id']}"
            self._members[row["id"]] = member_key(ours, email, own)
            if partner := number_of(row.get("partner_id")):
                self._partners[partner] = row["id"]

    def key(self, number: int | None) -> str | None:
        """Return the key of what has this id; None for none."""
        return f"{self._prefix}{number}" if number else None

    def member(self, user: int | None) -> str | None:
        """Return a user's key."""
        return self._members.get(user, self.key(user)) if user else None

    def colleague(self, partner: int | None) -> str | None:
        """Return the key of the user that a partner is; None for people outside."""
        return self.member(self._partners.get(partner)) if partner else None

    def meet(self, partners: Iterable[int | None]) -> None:
        """Look up which companies these belong to; until then they are not known."""
        wanted = {number for number in partners if number} - self._partners.keys()
        asked = sorted(wanted) if self._reads else []
        self._links = self._odoo.of(PARTNER, asked, _LINKS)

    def company(self, partner: int | None) -> str | None:
        """Return the key of a partner's company: it may be one itself."""
        row = self._links.get(partner or 0)
        if row is None:
            return None
        above = number_of(row["commercial_partner_id"])
        if above and above != partner:
            return self.key(above)
        return self.key(partner) if row["is_company"] else None

    def contact(self, partner: int | None) -> str | None:
        """Return the key of the person outside that a partner is."""
        row = self._links.get(partner or 0)
        return None if row is None or row["is_company"] else self.key(partner)

    def tell_user(self, row: Row, leads: Leading) -> Iterator[Fact]:
        """Tell a user; one whose address is a member's is that member."""
        row = plain(row)
        number = row["id"]
        said: Row = {
            "name": line(row.get("name")) or _address(row),
            "email": _address(row) or None,
            "active": row.get("active") is True,
            "team": line(leads.teams.get(number)) or None,
        }
        if leads.leaders is not None:
            said["reports_to"] = self.member(leads.leaders.get(number))
        yield from member_facts(
            self._members[number],
            f"{self._prefix}{number}",
            said,
            named=f"user:{number}",
            modified=moment(row.get("write_date")),
        )

    def tell_partner(self, row: Row) -> Iterator[Fact]:
        """Tell a company or a contact; colleagues are neither."""
        row = plain(row)
        number = row["id"]
        if number in self._partners:
            return
        if row.get("is_company"):
            yield self._company(row)
        elif row.get("name") or row.get("email"):
            above = number_of(row.get("commercial_partner_id"))
            changes = {
                "name": line(row.get("name")) or line(row.get("email")),
                "email": line(row.get("email")).lower() or None,
                "phone": line(row.get("phone"))[:_PHONE] or None,
                "title": line(row.get("function")) or None,
                "company": self.key(above) if above != number else None,
            }
            key = f"{self._prefix}{number}"
            yield Fact("contact", key, EARLY, changes, f"contact:{number}")

    def _company(self, row: Row) -> Fact:
        number = row["id"]
        changes = {
            "name": line(row.get("name")),
            "domain": domain(row.get("website")),
            "country": line(name_of(row.get("country_id"))) or None,
            "industry": line(name_of(row.get("industry_id"))) or None,
            "parent": self.key(number_of(row.get("parent_id"))),
        }
        return Fact("company", f"{self._prefix}{number}", EARLY, changes, f"company:{number}")


def domain(website: object) -> str | None:
    """Return a website's domain; None for none."""
    text = line(website).lower()
    if not text:
        return None
    host = urlsplit(text if "//" in text else f"//{text}").netloc.rpartition("@")[2]
    return host.partition(":")[0].removeprefix("www.") or None


def _address(row: Row) -> str:
    login = line(row.get("login"))
    return (line(row.get("email")) or (login if "@" in login else "")).lower()
