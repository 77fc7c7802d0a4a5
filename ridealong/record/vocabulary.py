"""Which kinds of subjects there are, and which fields each may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from ridealong.record.checks import (
    amount,
    currency,
    day,
    flag,
    keys,
    line,
    moment,
    number,
    one_of,
    plain,
    shares,
    text,
    texts,
    whole,
)

SubjectKind = Literal[
    "organisation",
    "rate",
    "member",
    "company",
    "contact",
    "stage",
    "deal",
    "activity",
    "question",
    "brief",
    "guidance",
    "criterion",
    "check",
    "private_note",
    "attention",
    "signal",
    "response",
    "rule",
    "norms",
    "trial",
    "called_number",
    "remark",
    "promise",
    "recall",
    "statement",
]
Status = Literal["open", "won", "lost"]
SELF = "self"
"""Key of the one organisation that an installation belongs to."""

ACTIVITY_KINDS = ("email", "phone_call", "meeting", "task", "note", "one_on_one", "other")
DIRECTIONS = ("in", "out", "")
STATUSES: tuple[str, ...] = get_args(Status)
ROLES = ("owner", "leader", "salesperson", "admin")
TALKS = ("one_on_one", "deal_review", "call_review", "ride_along", "ad_hoc", "team")
"""Kinds of conversation between a leader and salespeople."""
NATURES = (
    "status_check",
    "forecast_review",
    "pipeline_review",
    "deal_coaching",
    "call_preparation",
    "call_debrief",
    "ride_along",
    "skill_coaching",
    "account_planning",
    "help_request",
    "recognition",
    "personal",
)
"""What a conversation is about."""
OUTCOMES = ("followed", "not_followed", "overtaken", "withdrawn")
"""What became of guidance."""
DID = ("seen", "snoozed", "dismissed", "acted")
"""What a member does about a signal."""
ELEMENTS = (
    "metrics",
    "economic_buyer",
    "decision_criteria",
    "decision_process",
    "paper_process",
    "identify_pain",
    "champion",
    "competition",
)
"""The letters of MEDDPICC."""
STATED = ("odds", "ranges", "insights")
"""What Ridealong says of its own, morning by morning."""
CATEGORIES = ("omitted", "pipeline", "best_case", "most_likely", "commit", "closed")

FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "organisation": {
        "name": line,
        "currency": currency,  # ISO 4217: what totals are in
        "time_zone": line,  # IANA name: whose days and weeks count
        "simulated": flag,
        "email_domains": texts,
    },
    # key: a currency's ISO code; the company currency's units that one unit of it is worth
    "rate": {"per_unit": amount},
    "member": {
        "name": line,
        "email": line,
        "role": one_of(*ROLES),
        "reports_to": line,  # key of the leader
        "team": line,
        "active": flag,
    },
    "company": {
        "name": line,
        "domain": line,
        "industry": line,
        "country": line,
        "employees": whole,
        "parent": line,  # key of a company
    },
    "contact": {
        "name": line,
        "email": line,
        "phone": line,
        "title": line,
        "company": line,  # key
    },
    "stage": {
        "name": line,
        "position": whole,
        "status": one_of(*STATUSES),
        "probability": number,  # 0 to 1
    },
    "deal": {
        "name": line,
        "company": line,  # key
        "salesperson": line,  # key of a member
        "stage": line,  # key
        "status": one_of(*STATUSES),
        "amount": amount,
        "currency": currency,
        "close_date": day,
        "category": one_of(*CATEGORIES),
        "next_step": text,
        "product": line,
        "lost_reason": line,
        "contacts": plain,  # {contact key: role on this deal}
        "deleted": flag,
    },
    "activity": {
        "kind": one_of(*ACTIVITY_KINDS),
        "deal": line,  # key
        "company": line,  # key
        "member": line,  # key: whose activity it is
        "contacts": texts,  # keys
        "direction": one_of(*DIRECTIONS),  # in: from the buyer
        "title": line,
        "text": text,
        "minutes": number,
        "done": flag,
        "members": keys,  # keys: colleagues taking part, the activity's own member or not
        # nobody else takes part, where a source knows it and says no ``people``
        "among_us": flag,
        "deals_discussed": keys,  # keys
        "nature": shares(NATURES),  # {nature: share of the conversation}
        "talk": one_of(*TALKS),
        # how its nature and deals were read: {"sure": 0 to 1, "why": [[nature, share, [words]]],
        # "deals": {key: words}}
        "heard": plain,
        "said_by": line,  # key of the member who said last how it was
        "confirmed_by": texts,  # keys of those who took part and said that it was so
        "covered": plain,  # [{"what", "text", "deal"}]: what was ticked of its agenda
        "begins": moment,  # when it is, where it may be moved; else when it was first said
        # [{"email", "name", "answer": accepted, declined, tentative or ""; of who wrote a mail
        # "wrote": true, "title", "phone"; of a talk "seconds", "share", "questions"; of a meeting
        # or talk "ours": true of colleagues}]: everybody who took part, ours and theirs
        "people": plain,
        "thread": line,  # of a mail: the id of the conversation's first one
        "recording_of": line,  # of a talk: key of the meeting that it is the record of
        "series": line,  # of a meeting: the id of what recurs
        "attachments": texts,  # names
        # how it was placed: {"sure": 0 to 1, "why": [...], "candidates": [[deal, sure], ...]};
        # "aside": true where it belongs to no deal
        "match": plain,
        "deleted": flag,
    },
    # what a text suggests about a deal; `at` is when it was said
    "question": {
        "deal": line,  # key
        "activity": line,  # key: where it was said
        "field": line,
        "value": plain,
        "sentence": text,  # word for word
        "asks": text,  # the question as it is put
        "sure": number,  # 0 to 1
        "answer": one_of("yes", "no", ""),
    },
    # key: a name of its own; `at` is the moment the brief speaks of
    "brief": {
        "viewer": line,  # key of the member it is for, "" for everything
        "since": moment,
        "known": moment,
        "body": plain,
        "title": line,
    },
    # what a leader wants to happen on a deal; `at` is when it was said
    "guidance": {
        "leader": line,  # key of a member
        "salesperson": line,  # key of a member
        "deal": line,  # key
        "text": text,
        "due": day,
        "activity": line,  # key: the conversation it was given in
        "outcome": one_of(*OUTCOMES, ""),  # what a person says became of it
        "said_by": line,  # key of the member who said what became of it
        "reason": text,
        "deleted": flag,
    },
    # what must be so before a deal leaves a stage
    "criterion": {
        "stage": line,  # key
        "position": whole,
        "text": line,
        "element": one_of(*ELEMENTS, ""),
        "rule": line,  # what of the record shows it, by name; "": a person says so
        "deleted": flag,
    },
    # what a person says of a criterion on a deal; key: both keys
    "check": {
        "deal": line,  # key
        "criterion": line,  # key
        "state": one_of("met", "missing", ""),  # "": what the record shows
        "note": text,
        "said_by": line,  # key of a member
    },
    # what two members note for themselves; sealed, so that no copy of the data gives it away
    "private_note": {
        "author": line,  # key of a member
        "other": line,  # key of a member
        "sealed": text,
        "deleted": flag,
    },
    # what a leader did about a suggestion to speak with somebody; key: leader, and about whom
    "attention": {
        "leader": line,  # key of a member
        "member": line,  # key: with whom
        "deal": line,  # key: about which deal, "" for the person
        "state": one_of("snoozed", "done", "agenda", ""),
        "until": moment,
        "text": text,
    },
    # what Ridealong noticed about a deal; key: rule and deal; `at` is when it was noticed
    "signal": {
        "rule": line,  # its name
        "deal": line,  # key
        "state": one_of("raised", "cleared"),
        "raised": moment,  # since when, without a break
        "words": text,
        "audience": one_of("everybody", "leader"),  # leader: not the deal's salesperson
        "evidence": plain,  # [{"text", "activity": key or "", "at": moment or null}]
    },
    # what a member did about a signal since it was raised; `at` is when they did
    "response": {
        "signal": line,  # key
        "raised": moment,  # which of its times
        "member": line,  # key
        "did": one_of(*DID, ""),  # "": taken back
        "until": moment,  # of what is snoozed
        "reason": text,
    },
    # how a rule is set; key: its name
    "rule": {
        "values": plain,  # {setting: number}
        "off": flag,
    },
    # what is normal, as learned from deals that were won; key: the Monday it is from
    "norms": {"body": plain},
    # how what Ridealong says held on the company's own history; key: of what
    "trial": {"body": plain},
    # what a member says will close in a period, won already included; key: member and period
    "called_number": {
        "member": line,  # key: a salesperson for their deals, a leader for those below
        "period": line,  # 2026-W48, 2026-11 or 2026-Q4
        "amount": amount,  # in the company's currency
        "note": text,
    },
    # what a leader changes of their brief about a deal; key: leader and deal. Never its figures
    "remark": {
        "member": line,  # key of the leader
        "deal": line,  # key
        "text": text,
        "hidden": flag,
        "help": line,  # what the CEO is asked to do about it
        "place": whole,  # before those of higher place; those without one come after
    },
    # what is owed to the CEO after a call: something promised, or a question without an answer
    "promise": {
        "member": line,  # key of the leader who owes it
        "kind": one_of("promise", "question"),
        "deal": line,  # key
        "text": text,
        "due": day,
        "state": one_of("open", "kept", "dropped"),
        "answer": text,
        "deleted": flag,
    },
    # what a member answered to a question about a deal, from memory; key: the answer's own
    "recall": {
        "member": line,  # key
        "deal": line,  # key
        "question": line,  # its kind, and of which time where it is about one
        "stands_on": line,  # digest of the right answer
        "words": text,  # the right answer as it was then
        "rating": whole,  # 1: not known, 2: hardly, 3: known, 4: at once
    },
    # what Ridealong said of itself on a day; key: what, and the day. What was said first stands
    "statement": {
        "what": one_of(*STATED),
        "day": day,
        # of odds {"horizons": [[name, until]]}, of insights {"standing": [names]}
        "body": plain,
        # {deal's key: odds to be won, in thousandths, one a horizon}: those that moved
        "odds": plain,
        # {member's key, "" for the company: {period: [p10, p50, p90]}}, in the company's currency
        "ranges": plain,
        "claims": plain,  # {claim's name: what it says}: those that are new, or moved
        "people": keys,  # keys of the members whom claims are about
    },
}

REFERENCES: dict[str, dict[str, SubjectKind]] = {
    "member": {"reports_to": "member"},
    "company": {"parent": "company"},
    "contact": {"company": "company"},
    "deal": {"company": "company", "salesperson": "member", "stage": "stage"},
    "activity": {"deal": "deal", "company": "company", "member": "member"},
    "question": {"deal": "deal"},
    "guidance": {"leader": "member", "salesperson": "member", "deal": "deal"},
    "criterion": {"stage": "stage"},
    "check": {"deal": "deal", "criterion": "criterion", "said_by": "member"},
    "private_note": {"author": "member", "other": "member"},
    "attention": {"leader": "member", "member": "member", "deal": "deal"},
    "signal": {"deal": "deal"},
    "response": {"signal": "signal", "member": "member"},
    "called_number": {"member": "member"},
    "remark": {"member": "member", "deal": "deal"},
    "promise": {"member": "member", "deal": "deal"},
    "recall": {"member": "member", "deal": "deal"},
}
"""Fields that hold the key of another subject: ``REFERENCES[kind][field]`` is that one's kind."""

LISTED: dict[str, dict[str, SubjectKind]] = {
    "activity": {"members": "member", "deals_discussed": "deal"},
    "statement": {"odds": "deal", "ranges": "member", "people": "member"},
}
"""Fields that hold keys of other subjects, several of them, or values by such keys."""
