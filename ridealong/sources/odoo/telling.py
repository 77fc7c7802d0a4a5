"""What Odoo says of stages and opportunities, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.deals import Change, deal_facts
from ridealong.sources.base.rows import EARLY, Row, amount, day, line, moment, needed
from ridealong.sources.odoo.asking import name_of, number_of, plain
from ridealong.sources.odoo.past import Moved
from ridealong.sources.odoo.people import People
from ridealong.sources.odoo.standing import standing, standings

_OURS = {
    "name": "name",
    "stage_id": "stage",
    "user_id": "salesperson",
    "partner_id": "company",
    "expected_revenue": "amount",
    "date_deadline": "close_date",
    "company_currency": "currency",
    "lost_reason": "lost_reason",
    "lost_reason_id": "lost_reason",
}
_PHONE = 64


def stage_fact(key: str, row: Row, position: int) -> Fact:
    """Tell a stage; Odoo has no chance of its own for each."""
    changes = {
        "name": line(row["name"]),
        "position": position,
        "status": "won" if row["is_won"] else "open",
        "probability": None,
    }
    return Fact("stage", key, EARLY, changes, f"stage:{row['id']}")


class Deals:
    """Turns opportunities into facts.

    ``names``: Odoo's names of the fields that are read; ``tracks``: of those with a kept past.
    """

    def __init__(
        self,
        prefix: str,
        people: People,
        won_stages: Iterable[int],
        names: Iterable[str],
        tracks: Iterable[str],
    ) -> None:
        self._prefix, self._people = prefix, people
        self._won = frozenset(won_stages)
        self._tracks = frozenset(tracks)
        said = {_OURS[name] for name in names if name in _OURS}
        self._unsaid = set(_OURS.values()) - said
        if "company" in self._unsaid:
            self._unsaid.add("contacts")

    def tell(self, row: Row, saves: Sequence[Moved]) -> Iterator[Fact]:
        """Tell an opportunity, its kept past, and who it is with where Odoo has no partner."""
        row = plain(row)
        key = f"{self._prefix}{row['id']}"
        begun = moment(row.get("date_conversion")) or needed(row, "create_date")
        # What was before it became an opportunity is no deal's past.
        saves = [moved for moved in saves if moved.at >= begun]
        yield from self._unlinked(row)
        history = list(self._history(row, saves, begun))
        yield from deal_facts(
            key,
            created=begun,
            # Saves are stamped when they end, and a row when its save began.
            modified=max([needed(row, "write_date"), *(change.at for change in history)]),
            values=self._values(row),
            history=history,
            tracked={"status", "stage", "deleted"}
            | {_OURS[name] for name in self._tracks & _OURS.keys()},
        )

    def _values(self, row: Row) -> dict[str, Any]:
        stands = standing(row, self._won)
        partner = number_of(row.get("partner_id"))
        contact = self._contact(partner, row)
        reason = row.get("lost_reason_id") or row.get("lost_reason")
        values = {
            "name": line(row.get("name")),
            "company": self._company(partner, row),
            "salesperson": self._people.member(number_of(row.get("user_id"))),
            "stage": self._people.key(number_of(row.get("stage_id"))),
            "status": stands.status,
            "deleted": stands.away,
            "amount": amount(row.get("expected_revenue")),
            "currency": name_of(row.get("company_currency")) or None,
            "close_date": day(row.get("date_deadline")),
            "lost_reason": line(name_of(reason)) or None,
            "contacts": {contact: "contact"} if contact else None,
        }
        return {name: value for name, value in values.items() if name not in self._unsaid}

    def _history(self, row: Row, saves: Sequence[Moved], begun: datetime) -> Iterator[Change]:
        """Yield what was kept of the past; of an untracked end at least when it was."""
        deal = row["id"]
        for moved in saves:
            changes, was = {}, {}
            for name, (old, new) in moved.fields.items():
                if name in _OURS and _OURS[name] not in self._unsaid:
                    was[_OURS[name]] = self._read(name, old, row)
                    changes[_OURS[name]] = self._read(name, new, row)
            if changes:
                yield Change(f"{deal}:{moved.id:012d}", moved.at, changes, was)
        ended, says_lost = False, "won_status" in self._tracks
        for moved, before, after in standings(row, saves, self._won, says_lost=says_lost):
            changes = {"status": after.status, "deleted": after.away}
            was = {"status": before.status, "deleted": before.away}
            yield Change(f"{deal}:{moved.id:012d}:stands", moved.at, changes, was)
            ended = True
        yield from self._ends(row, begun, ended=ended)

    def _ends(self, row: Row, begun: datetime, *, ended: bool) -> Iterator[Change]:
        now = standing(row, self._won)
        closed = moment(row.get("date_closed"))
        if not ended and (now.status != "open" or now.away):
            at = max(begun, closed or needed(row, "write_date"))
            changes = {"status": now.status, "deleted": now.away}
            was = {"status": "open", "deleted": False}
            yield Change(f"{row['id']}:ended:{at.isoformat()}", at, changes, was)
        moved = moment(row.get("date_last_stage_update"))
        if "stage_id" not in self._tracks and moved and moved > begun:
            stage = self._people.key(number_of(row.get("stage_id")))
            yield Change(f"{row['id']}:stage:{moved.isoformat()}", moved, {"stage": stage})

    def _read(self, name: str, value: Any, row: Mapping[str, Any]) -> Any:
        if name == "stage_id":
            return self._people.key(value)
        if name == "user_id":
            return self._people.member(value)
        if name == "partner_id":
            return self._company(value, row)
        if name == "expected_revenue":
            return amount(value)
        if name == "date_deadline":
            return day(value)
        return line(value) or None

    def _company(self, partner: int | None, row: Mapping[str, Any]) -> str | None:
        if partner:
            return self._people.company(partner)
        return f"{self._prefix}lead:{row['id']}" if row.get("partner_name") else None

    def _contact(self, partner: int | None, row: Mapping[str, Any]) -> str | None:
        if partner:
            return self._people.contact(partner)
        known = row.get("contact_name") or row.get("email_from")
        return f"{self._prefix}lead:{row['id']}" if known else None

    def _unlinked(self, row: Row) -> Iterator[Fact]:
        """Tell the company and the person of an opportunity that is tied to no partner yet."""
        if row.get("partner_id"):
            return
        key = f"{self._prefix}lead:{row['id']}"
        company = line(row.get("partner_name"))
        if company:
            yield Fact("company", key, EARLY, {"name": company}, f"company:lead:{row['id']}")
        if self._contact(None, row):
            email = line(row.get("email_from")).lower()
            changes = {
                "name": line(row.get("contact_name")) or email,
                "email": email or None,
                "phone": line(row.get("phone"))[:_PHONE] or None,
                "title": line(row.get("function")) or None,
                "company": key if company else None,
            }
            yield Fact("contact", key, EARLY, changes, f"contact:lead:{row['id']}")
