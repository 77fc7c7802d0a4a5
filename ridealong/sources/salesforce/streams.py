"""What is read one after another, and how each is told a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ridealong.record.facts import Fact
from ridealong.sources.base.rows import Row
from ridealong.sources.salesforce.activities import ActivityTeller
from ridealong.sources.salesforce.asking import Org
from ridealong.sources.salesforce.dealing import DealTeller
from ridealong.sources.salesforce.telling import Keys, Teller

Tell = Callable[[Row], Iterable[Fact]]


@dataclass(frozen=True)
class Stream:
    """An object that is read by its last change.

    ``doing``: what its rows are; ``tell``: given a page of rows, returns the rows to be told and
    how; ``flags``: fields that must be false; ``follows``: {object: its field} of what a merge
    into one of these rows moves, which is told anew then.
    """

    doing: str
    name: str
    tell: Callable[[list[Row]], tuple[list[Row], Tell]]
    flags: tuple[str, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)


def streams(org: Org, keys: Keys, teller: Teller, currency: str) -> tuple[Stream, ...]:
    """Return everything that is read by its last change, in the order in which it is read."""
    of_account = dict.fromkeys(("Contact", "Opportunity", "Task", "Event"), "AccountId")
    of_contact = {"OpportunityContactRole": "ContactId", "Task": "WhoId", "Event": "WhoId"}
    deals, activities = DealTeller(keys, currency), ActivityTeller(keys)
    return (
        Stream("accounts", "Account", lambda rows: (rows, teller.company), follows=of_account),
        Stream("contacts", "Contact", lambda rows: (rows, teller.contact), follows=of_contact),
        Stream("opportunities", "Opportunity", lambda rows: (rows, _with_past(org, deals, rows))),
        Stream("contact roles", "OpportunityContactRole", lambda rows: _by_deal(org, deals, rows)),
        Stream(
            "tasks",
            "Task",
            lambda rows: (rows, _with_people(org, "TaskRelation", activities.task, rows)),
            flags=("IsRecurrence",),
        ),
        Stream(
            "events",
            "Event",
            lambda rows: (rows, _with_people(org, "EventRelation", activities.event, rows)),
            # A series is told by its events, a group's event by its organiser's.
            flags=("IsRecurrence", "IsChild"),
        ),
    )


def _with_past(org: Org, deals: DealTeller, rows: list[Row]) -> Tell:
    states = _by(org, "OpportunityHistory", "OpportunityId", rows, "CreatedDate, Id")
    entries = _by(org, "OpportunityFieldHistory", "OpportunityId", rows, "CreatedDate, Id")
    return lambda row: deals.deal(row, states.get(row["Id"], []), entries.get(row["Id"], []))


def _with_people(
    org: Org, relation: str, tell: Callable[[Row, Iterable[str]], Fact], rows: list[Row]
) -> Tell:
    people = _by(org, relation, f"{relation.removesuffix('Relation')}Id", rows)

    def with_people(row: Row) -> list[Fact]:
        others = [each for each in people.get(row["Id"], []) if not each.get("IsDeleted")]
        return [tell(row, [str(each["RelationId"]) for each in others])]

    return with_people


def _by_deal(org: Org, deals: DealTeller, rows: list[Row]) -> tuple[list[Row], Tell]:
    """Who takes part in a deal is told whole, by all of its roles, once a page."""
    found = sorted({str(row["OpportunityId"]) for row in rows if row.get("OpportunityId")})
    wanted = [{"Id": each} for each in found]
    roles = _by(org, "OpportunityContactRole", "OpportunityId", wanted)
    return wanted, lambda row: deals.contacts(row["Id"], roles[row["Id"]])


def _by(
    org: Org, name: str, pointer: str, rows: list[Row], order: str = "Id"
) -> dict[str, list[Row]]:
    """Return what points to these rows, by what it points to."""
    found: dict[str, list[Row]] = {}
    for row in org.related(name, pointer, [str(row["Id"]) for row in rows], order):
        found.setdefault(str(row[pointer]), []).append(row)
    return found
