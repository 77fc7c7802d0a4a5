"""What Salesforce says of people, companies, contacts and stages, as facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Ours
from ridealong.sources.base.members import member_facts, member_key
from ridealong.sources.base.rows import EARLY, Row, line, moment

_PHONE = 64
_SANDBOX = ".invalid"
"""What a sandbox hangs on its users' addresses, so that nobody gets mail from it."""


class Keys:
    """The keys of an organisation's subjects.

    ``members``: {user's id: member's key}; ``statuses``: {stage's name: open, won or lost}. Both
    are filled by ``Teller``.
    """

    def __init__(self, prefix: str, ours: Ours) -> None:
        self._prefix = prefix
        self.ours = ours
        self.members: dict[str, str] = {}
        self.statuses: dict[str, str] = {}

    def of(self, value: Any) -> str | None:
        """Return the key of what has this id or name there; None for none."""
        plain = line(value)
        return f"{self._prefix}{plain}" if plain else None

    def member(self, value: Any) -> str | None:
        """Return the key of the member who is this user there; None for none."""
        return self.members.get(str(value), self.of(value))


class Teller:
    """Turns rows into facts."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def known(self, rows: Iterable[Row]) -> list[Row]:
        """Learn whose user is whose, and return those to tell.

        Of several users of one member only one is told: one who still works, if there is one.
        """
        told: dict[str, Row] = {}
        for row in sorted(rows, key=lambda row: (not row.get("IsActive"), str(row["Id"]))):
            key = member_key(self._keys.ours, _address(row), str(self._keys.of(row["Id"])))
            self._keys.members[row["Id"]] = key
            told.setdefault(key, row)
        return list(told.values())

    def member(self, row: Row) -> Iterator[Fact]:
        """Tell a user; one whose address is a member's is that member."""
        email = _address(row)
        said: Row = {"name": line(row.get("Name")) or email}
        if "IsActive" in row:
            said["active"] = bool(row["IsActive"])
        if "Email" in row:
            said["email"] = email or None
        if row.get("ManagerId") in self._keys.members:
            # Who has no manager there may well have one in Ridealong.
            said["reports_to"] = self._keys.member(row["ManagerId"])
        yield from member_facts(
            self._keys.members[row["Id"]],
            str(self._keys.of(row["Id"])),
            said,
            named=f"user:{row['Id']}",
            modified=moment(row.get("LastModifiedDate")),
        )

    def stage(self, row: Row) -> Fact:
        """Tell a stage. Its key is what deals call it: its API name, mostly its label."""
        name = line(row.get("ApiName") or row.get("MasterLabel"))
        chance = row.get("DefaultProbability")
        status = outcome(row)
        self._keys.statuses[name] = status
        changes = {
            "name": line(row.get("MasterLabel")) or name,
            "position": int(row.get("SortOrder") or 0),
            "status": status,
            "probability": None if chance is None else float(chance) / 100,
        }
        return Fact("stage", str(self._keys.of(name)), EARLY, changes, f"stage:{row['Id']}")

    def company(self, row: Row) -> Iterator[Fact]:
        """Tell an account; nothing of one that was deleted or merged into another."""
        if row.get("IsDeleted"):
            return
        changes = read(
            row,
            {
                "Name": ("name", line),
                "Website": ("domain", _domain),
                "Industry": ("industry", text),
                "BillingCountry": ("country", text),
                "NumberOfEmployees": ("employees", lambda value: value),
                "ParentId": ("parent", self._keys.of),
            },
        )
        yield Fact("company", str(self._keys.of(row["Id"])), EARLY, changes, f"account:{row['Id']}")

    def contact(self, row: Row) -> Iterator[Fact]:
        """Tell a contact; nothing of one that was deleted or merged into another."""
        if row.get("IsDeleted"):
            return
        changes = read(
            row,
            {
                "Name": ("name", line),
                "Email": ("email", lambda value: line(value).lower() or None),
                "MobilePhone": ("phone", _phone),
                "Title": ("title", text),
                "AccountId": ("company", self._keys.of),
            },
        )
        if "Phone" in row:
            changes["phone"] = _phone(row["Phone"]) or changes.get("phone")
        yield Fact("contact", str(self._keys.of(row["Id"])), EARLY, changes, f"contact:{row['Id']}")


def read(row: Row, how: Mapping[str, tuple[str, Callable[[Any], Any]]]) -> Row:
    """Read what is in a row by {their field: (ours, how to read it)}: no word on the rest."""
    return {ours: of(row[theirs]) for theirs, (ours, of) in how.items() if theirs in row}


def outcome(row: Row) -> str:
    """Return open, won or lost, for a stage or a deal."""
    if not row.get("IsClosed"):
        return "open"
    return "won" if row.get("IsWon") else "lost"


def text(value: Any) -> str | None:
    """Return a value as one line of text; None for none."""
    return line(value) or None


def _phone(value: Any) -> str | None:
    return line(value)[:_PHONE] or None


def _address(row: Row) -> str:
    return line(row.get("Email")).lower().removesuffix(_SANDBOX)


def _domain(value: Any) -> str | None:
    return re.sub(r"^(https?://)?(www\.)?|[/?#:].*$", "", line(value).lower()) or None
