"""What HubSpot says of people, companies and stages, as facts; and keys, which all facts share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Ours
from ridealong.sources.base.members import member_facts, member_key
from ridealong.sources.base.rows import EARLY, Row, line, moment

COMPANY = ("name", "domain", "industry", "country", "numberofemployees", "hs_parent_company_id")
CONTACT = ("firstname", "lastname", "email", "phone", "jobtitle", "associatedcompanyid")
_A_PIPELINE = 1000
"""Stages' places of one pipeline, before those of the next."""


class Teller:
    """Turns rows into facts. It learns owners' members and stages' statuses from those rows."""

    def __init__(self, prefix: str, ours: Ours) -> None:
        self._prefix = prefix
        self._ours = ours
        self._members: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._statuses: dict[str, str] = {}

    def key(self, number: Any) -> str | None:
        """Return the key of what has this id there; None for none."""
        plain = line(number)
        return f"{self._prefix}{plain}" if plain else None

    def owner(self, number: Any) -> str | None:
        """Return the key of the member who is this owner; None for none."""
        return self._members.get(line(number), self.key(number))

    def status(self, stage: Any) -> str | None:
        """Return what a deal in this stage is; None for a stage that is there no more."""
        return self._statuses.get(line(stage))

    def member(self, row: Row) -> Iterator[Fact]:
        """Tell an owner; one whose address is a member's is that member.

        Those at work come first: who left and came back is one member, and at work. HubSpot does
        not say who leads whom, only teams.
        """
        number, email = str(row["id"]), line(row.get("email")).lower()
        own = f"{self._prefix}{number}"
        if email and email in self._addresses:
            self._members[number] = self._addresses[email]
            return
        key = self._members[number] = member_key(self._ours, email, own)
        self._addresses[email] = key
        name = line(f"{row.get('firstName') or ''} {row.get('lastName') or ''}")
        changes = {
            "name": name or email or number,
            "email": email or None,
            "active": not row.get("archived"),
            "team": _team(row.get("teams") or ()),
        }
        stamp = moment(row.get("updatedAt"))
        yield from member_facts(key, own, changes, named=f"owner:{number}", modified=stamp)

    def stages(self, pipeline: Row) -> Iterator[Fact]:
        """Tell the stages of a pipeline."""
        for row in pipeline.get("stages") or ():
            number, meta = str(row["id"]), row.get("metadata") or {}
            chance = float(meta["probability"]) if meta.get("probability") else None
            self._statuses[number] = _status(chance, meta.get("isClosed"))
            place = int(pipeline.get("displayOrder") or 0) * _A_PIPELINE
            changes = {
                "name": line(row.get("label")) or number,
                "position": place + int(row.get("displayOrder") or 0),
                "status": self._statuses[number],
                "probability": chance,
            }
            yield Fact("stage", f"{self._prefix}{number}", EARLY, changes, f"stage:{number}")

    def company(self, row: Row) -> Fact:
        """Tell a company."""
        said = row["properties"]
        people = said.get("numberofemployees")
        changes = {
            "name": line(said.get("name")) or line(said.get("domain")) or str(row["id"]),
            "domain": line(said.get("domain")).lower() or None,
            "industry": line(said.get("industry")).replace("_", " ").capitalize() or None,
            "country": line(said.get("country")) or None,
            "employees": int(float(people)) if people else None,
            "parent": self.key(said.get("hs_parent_company_id")),
        }
        key = f"{self._prefix}{row['id']}"
        return Fact("company", key, EARLY, changes, f"company:{row['id']}")

    def contact(self, row: Row) -> Fact:
        """Tell a contact."""
        said = row["properties"]
        email = line(said.get("email")).lower()
        name = line(f"{said.get('firstname') or ''} {said.get('lastname') or ''}")
        changes = {
            "name": name or email or str(row["id"]),
            "email": email or None,
            "phone": line(said.get("phone"))[:64] or None,
            "title": line(said.get("jobtitle")) or None,
            "company": self.key(said.get("associatedcompanyid")),
        }
        key = f"{self._prefix}{row['id']}"
        return Fact("contact", key, EARLY, changes, f"contact:{row['id']}")


def _status(chance: float | None, closed: Any) -> str:
    """A closed stage is won at 100% and lost at 0%; older ones do not say whether they are."""
    if str(closed).lower() == "false" or chance not in (0.0, 1.0):
        return "open"
    return "won" if chance else "lost"


def _team(teams: Iterable[Row]) -> str | None:
    ranked = sorted(teams, key=lambda team: not team.get("primary"))
    return line(ranked[0].get("name")) or None if ranked else None
