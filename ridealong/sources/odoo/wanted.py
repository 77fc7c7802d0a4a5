"""Which fields of which models are read, and what of that an Odoo or its user does not have."""

from __future__ import annotations

from dataclasses import dataclass, field

from ridealong.sources.base.connector import Problem
from ridealong.sources.odoo.asking import Odoo
from ridealong.sources.odoo.speaking import No

LEAD = "crm.lead"
STAGE = "crm.stage"
TEAM = "crm.team"
USER = "res.users"
PARTNER = "res.partner"
EMPLOYEE = "hr.employee.public"
MESSAGE = "mail.message"
SUBTYPE = "mail.message.subtype"
TODO = "mail.activity"
TODO_TYPE = "mail.activity.type"
MEETING = "calendar.event"
TRACKED = "mail.tracking.value"
FIELD = "ir.model.fields"

_NEEDED: dict[str, tuple[str, ...]] = {
    LEAD: (
        "name", "type", "partner_id", "partner_name", "contact_name", "email_from", "phone",
        "function", "user_id", "stage_id", "expected_revenue", "company_currency", "date_deadline",
        "active", "probability", "date_closed", "date_conversion", "date_last_stage_update",
        "create_date", "write_date",
    ),
    STAGE: ("name", "sequence", "is_won"),
    USER: ("name", "login", "email", "active", "share", "partner_id", "write_date"),
    PARTNER: (
        "name", "is_company", "parent_id", "commercial_partner_id", "email", "phone", "function",
        "website", "country_id", "industry_id", "write_date",
    ),
    TEAM: ("name", "user_id", "member_ids"),
    EMPLOYEE: ("user_id", "parent_id"),
    MESSAGE: (
        "date", "res_id", "subject", "body", "message_type", "is_internal", "author_id",
        "email_from", "partner_ids", "notified_partner_ids", "attachment_ids", "subtype_id",
        "mail_activity_type_id", "write_date",
    ),
    SUBTYPE: ("internal",),
    TODO: (
        "res_id", "summary", "note", "date_deadline", "user_id", "activity_type_id",
        "calendar_event_id", "create_date", "write_date",
    ),
    TODO_TYPE: ("name", "category", "icon"),
    MEETING: (
        "name", "start", "duration", "allday", "user_id", "partner_ids", "opportunity_id",
        "active", "privacy", "description", "create_date", "write_date",
    ),
    TRACKED: (
        "mail_message_id", "old_value_integer", "new_value_integer", "old_value_float",
        "new_value_float", "old_value_char", "new_value_char", "old_value_datetime",
        "new_value_datetime",
    ),
    FIELD: ("name", "ttype"),
}  # fmt: skip
_EITHER: dict[str, tuple[tuple[str, ...], ...]] = {
    # Until version 15 the first, from 16 on the second.
    LEAD: (("lost_reason", "lost_reason_id"),),
    # Until version 16 the first, from 17 on the second.
    TRACKED: (("field", "field_id"),),
}
_MAY: dict[str, tuple[str, ...]] = {
    TRACKED: ("old_value_monetary", "new_value_monetary"),
}
_WORDS = {
    TEAM: "Sales teams",
    PARTNER: "Companies and contacts",
    EMPLOYEE: "Employees, who say who leads whom",
    MESSAGE: "Messages",
    SUBTYPE: "Which messages are internal",
    TODO: "Activities to do",
    TODO_TYPE: "Kinds of activities",
    MEETING: "Meetings",
    TRACKED: "The kept history of opportunities",
    FIELD: "Which fields have a kept history",
}


@dataclass
class Wanted:
    """What can be read. ``names``: {model: its fields}; a model that is not there is left out."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def has(self, *models: str) -> bool:
        """Say whether all these models can be read."""
        return all(model in self.names for model in models)


def wanted(odoo: Odoo) -> Wanted:
    """Find out what this Odoo has for its user. Raises ``No`` where the CRM itself is not there."""
    found = Wanted()
    for model, needed in _NEEDED.items():
        choices = _EITHER.get(model, ())
        known = {*needed, *(name for pair in choices for name in pair), *_MAY.get(model, ())}
        try:
            there = odoo.fields(model, sorted(known))
            # That fields are described does not mean that rows may be read.
            odoo.rows(model, [], ["id"], limit=1)
        except No as error:
            if model not in _WORDS or not error.lacking:
                raise
            found.problems.append(Problem(_WORDS[model], str(error)))
            continue
        found.names[model] = tuple(sorted(there))
        missing = [name for name in needed if name not in there]
        missing += [" or ".join(pair) for pair in choices if not there & set(pair)]
        found.problems += [
            Problem(f"{model} {name}", "This Odoo has no such field, or not for this user.")
            for name in missing
        ]
    return found
