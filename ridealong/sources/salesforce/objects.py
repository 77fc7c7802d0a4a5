"""Which objects of Salesforce are read, and which of their fields."""

from __future__ import annotations

STAMP = "SystemModstamp"
"""When a row was last touched, by a person or by Salesforce itself: what lists go on from."""

FIELDS: dict[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "Organization": "Id Name DefaultCurrencyIsoCode",
        "User": "Id Name Email IsActive ManagerId UserType LastModifiedDate",
        "OpportunityStage": "Id MasterLabel ApiName SortOrder DefaultProbability IsClosed IsWon",
        "Account": "Id IsDeleted MasterRecordId SystemModstamp Name Website Industry "
        "BillingCountry NumberOfEmployees ParentId",
        "Contact": "Id IsDeleted MasterRecordId SystemModstamp Name Email Phone MobilePhone Title "
        "AccountId",
        "Opportunity": "Id IsDeleted SystemModstamp CreatedDate Name AccountId OwnerId StageName "
        "IsClosed IsWon Amount CurrencyIsoCode CloseDate ForecastCategory NextStep",
        "OpportunityHistory": "Id OpportunityId CreatedDate StageName Amount CurrencyIsoCode "
        "CloseDate Probability ForecastCategory",
        "OpportunityFieldHistory": "Id OpportunityId CreatedDate Field OldValue NewValue",
        "OpportunityContactRole": "Id IsDeleted SystemModstamp OpportunityId ContactId Role",
        "Task": "Id IsDeleted SystemModstamp CreatedDate Subject WhatId WhoId AccountId OwnerId "
        "ActivityDate CompletedDateTime IsClosed IsRecurrence TaskSubtype CallType "
        "CallDurationInSeconds Description",
        "Event": "Id IsDeleted SystemModstamp CreatedDate Subject WhatId WhoId AccountId OwnerId "
        "ActivityDate ActivityDateTime DurationInMinutes IsPrivate IsRecurrence IsChild "
        "Description",
        "TaskRelation": "Id IsDeleted TaskId RelationId",
        "EventRelation": "Id IsDeleted EventId RelationId",
        "Note": "Id IsDeleted ParentId Body",
    }.items()
}
"""What is read where it is there; what is not there is left out and listed."""

NEEDED: dict[str, frozenset[str]] = {
    "OpportunityHistory": frozenset({"OpportunityId", "CreatedDate", "StageName"}),
    "OpportunityFieldHistory": frozenset({"OpportunityId", "CreatedDate", "Field"}),
    "OpportunityContactRole": frozenset({"Id", STAMP, "OpportunityId", "ContactId"}),
    "TaskRelation": frozenset({"TaskId", "RelationId"}),
    "EventRelation": frozenset({"EventId", "RelationId"}),
    "Note": frozenset({"ParentId", "Body"}),
    **{name: frozenset({"Id", STAMP}) for name in ("Account", "Contact", "Opportunity")},
    **{name: frozenset({"Id", STAMP, "CreatedDate"}) for name in ("Task", "Event")},
}
"""Without which an object is not read at all; of others, its Id."""

LETTERS = {"deal": "006", "company": "001", "contact": "003", "member": "005"}
"""What the ids of each of our kinds begin with, in every organisation."""


def is_a(kind: str, value: object) -> bool:
    """Say whether a value is an id of this kind of ours, in Salesforce's long form."""
    return isinstance(value, str) and len(value) == 18 and value.startswith(LETTERS[kind])
