"""An organisation of Salesforce that remembers, with the history that Salesforce writes itself.

After the object reference (version 60.0): OpportunityHistory keeps the state after each change of
stage, amount, close date, probability or category; OpportunityFieldHistory keeps the old and new
values of the fields that are tracked, ids both as ids and as names; the stage decides what is
closed, won, how probable, and the category. Deleted rows stay, with ``IsDeleted``; the losers of a
merge also with ``MasterRecordId``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

BEGAN = datetime(2026, 1, 5, 10, tzinfo=UTC)
_BASE = "Id IsDeleted CreatedDate SystemModstamp LastModifiedDate"
SCHEMA = {
    "Organization": "Id Name CreatedDate",
    "User": "Id Name Email IsActive ManagerId UserType CreatedDate LastModifiedDate SystemModstamp",
    "OpportunityStage": "Id MasterLabel ApiName SortOrder DefaultProbability IsClosed IsWon "
    "ForecastCategory ForecastCategoryName IsActive",
    "Account": f"{_BASE} MasterRecordId Name Website Industry BillingCountry NumberOfEmployees "
    "ParentId OwnerId",
    "Contact": f"{_BASE} MasterRecordId Name Email Phone MobilePhone Title AccountId OwnerId",
    "Opportunity": f"{_BASE} Name AccountId OwnerId StageName IsClosed IsWon Amount CloseDate "
    "Probability ForecastCategory ForecastCategoryName NextStep",
    "OpportunityHistory": "Id IsDeleted OpportunityId CreatedById CreatedDate SystemModstamp "
    "StageName Amount ExpectedRevenue CloseDate Probability ForecastCategory",
    "OpportunityFieldHistory": "Id IsDeleted OpportunityId CreatedById CreatedDate DataType Field "
    "OldValue NewValue",
    "OpportunityContactRole": f"{_BASE} OpportunityId ContactId Role IsPrimary",
    "Task": f"{_BASE} Subject WhatId WhoId AccountId OwnerId ActivityDate CompletedDateTime Status "
    "IsClosed IsRecurrence TaskSubtype CallType CallDurationInSeconds Description",
    "Event": f"{_BASE} Subject WhatId WhoId AccountId OwnerId ActivityDate ActivityDateTime "
    "DurationInMinutes IsAllDayEvent IsPrivate IsRecurrence IsChild Description",
    "TaskRelation": "Id IsDeleted TaskId RelationId",
    "EventRelation": "Id IsDeleted EventId RelationId Status",
    "Note": f"{_BASE} ParentId Title Body OwnerId",
}
_LETTERS = {
    "Account": "001",
    "Contact": "003",
    "Opportunity": "006",
    "User": "005",
    "OpportunityStage": "01J",
    "OpportunityHistory": "008",
    "OpportunityFieldHistory": "017",
    "OpportunityContactRole": "00K",
    "Task": "00T",
    "Event": "00U",
    "EventRelation": "0RE",
    "TaskRelation": "0RT",
    "Note": "002",
    "Organization": "00D",
}
_KEPT = ("StageName", "Amount", "CloseDate", "Probability", "ForecastCategory")
_BY_FIELD = {"OwnerId": "Owner", "AccountId": "Account"}
Row = dict[str, Any]


def stamp(day: float) -> str:
    """Return a time as Salesforce writes it, this many days after ``BEGAN``."""
    return (BEGAN + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def key(name: str, number: int) -> str:
    """Return an id of eighteen characters."""
    return f"{_LETTERS[name]}{number:012d}AAA"


class Organisation:
    """Rows by object and id. ``tracked``: fields of opportunities whose history is switched on."""

    def __init__(self) -> None:
        self.schema = {name: set(fields.split()) for name, fields in SCHEMA.items()}
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in SCHEMA}
        self.tracked = {"OwnerId", "Name", "NextStep", "AccountId", "StageName", "Amount"}
        self._number = 100_000

    def put(self, name: str, number: int, day: float = 0, **values: Any) -> str:
        """Keep a row, new or changed; return its id."""
        found = key(name, number)
        row = self.rows[name].setdefault(
            found,
            {"Id": found, "IsDeleted": False, "IsRecurrence": False, "IsChild": False}
            | {"IsPrivate": False, "CreatedDate": stamp(day)},
        )
        row.update(values, SystemModstamp=stamp(day), LastModifiedDate=stamp(day))
        return found

    def add(self, name: str, day: float, **values: Any) -> str:
        """Keep a new row under the next number."""
        self._number += 1
        return self.put(name, self._number, day, **values)

    def delete(self, name: str, number: int, day: float) -> None:
        """Put a row into the recycle bin."""
        self.put(name, number, day, IsDeleted=True)

    def restore(self, name: str, number: int, day: float) -> None:
        """Take a row out of the recycle bin."""
        self.put(name, number, day, IsDeleted=False)

    def merge(self, name: str, loser: int, master: int, day: float) -> None:
        """Merge two accounts or contacts: what pointed to the loser points to the master.

        What is moved keeps its stamp: the harder case, as nobody promises another.
        """
        gone, stays = key(name, loser), key(name, master)
        self.put(name, loser, day, IsDeleted=True, MasterRecordId=stays)
        for rows in self.rows.values():
            for row in rows.values():
                for field in ("AccountId", "ContactId", "WhoId", "WhatId"):
                    if row.get(field) == gone:
                        row[field] = stays

    def deal(self, number: int, day: float = 0, **values: Any) -> str:
        """Keep an opportunity, and what Salesforce keeps of its change."""
        name = "Opportunity"
        before = dict(self.rows[name].get(key(name, number), {}))
        if not before:
            usual: Row = {"Name": f"Deal {number}", "AccountId": key("Account", 21)}
            usual |= {"OwnerId": key("User", 1), "StageName": "Prospecting", "Amount": 1000.5}
            values = {**usual, "CloseDate": "2026-12-31", "NextStep": None, **values}
        if "StageName" in values:
            values = {**self._implied(values["StageName"]), **values}
        found = self.put(name, number, day, **values)
        row = self.rows[name][found]
        if any(row.get(field) != before.get(field) for field in _KEPT):
            state = {field: row.get(field) for field in _KEPT}
            if "CurrencyIsoCode" in row:
                state["CurrencyIsoCode"] = row["CurrencyIsoCode"]
            self.add("OpportunityHistory", day, OpportunityId=found, **state)
        for field in values if before else ():
            if field in self.tracked and row[field] != before.get(field):
                self._entry(found, day, field, before.get(field), row[field])
        return found

    def _entry(self, deal: str, day: float, field: str, old: Any, new: Any) -> None:
        entry = {"OpportunityId": deal, "Field": _BY_FIELD.get(field, field)}
        self.add("OpportunityFieldHistory", day, **entry, OldValue=old, NewValue=new)
        if field in _BY_FIELD:
            names = {row["Id"]: row["Name"] for row in self._named()}
            old, new = names.get(old), names.get(new)
            self.add("OpportunityFieldHistory", day, **entry, OldValue=old, NewValue=new)

    def _named(self) -> list[Row]:
        return [*self.rows["User"].values(), *self.rows["Account"].values()]

    def _implied(self, stage: str) -> Row:
        for row in self.rows["OpportunityStage"].values():
            if row["ApiName"] == stage:
                return {
                    "IsClosed": row["IsClosed"],
                    "IsWon": row["IsWon"],
                    "Probability": row["DefaultProbability"],
                    "ForecastCategory": row["ForecastCategory"],
                    "ForecastCategoryName": row["ForecastCategoryName"],
                }
        raise KeyError(stage)
