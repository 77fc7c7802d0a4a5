"""Whose word counts when sources disagree: stated per kind of source, and per field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceName:
    """A source by its own name; ``kind`` decides what its word weighs."""

    name: str
    kind: str


RANK = {
    "inferred": 10,  # read out of a mail or a talk
    "calendar": 20,
    "mail": 20,
    "transcript": 20,
    "demo": 30,
    "file": 30,
    "crm": 30,
    "person": 30,  # a person's entry and the CRM's are equals: the later one counts
    "ridealong": 30,
}
"""Of two statements on one field, the one of higher rank stands; of equals, the later."""

FIELD_RANK: dict[tuple[str, str], dict[str, int]] = {
    # A currency rate that a person entered stands against any list of rates.
    ("rate", "per_unit"): {"person": 40},
    # Who reports to whom and who may do what is decided in Ridealong once a person has said so.
    ("member", "role"): {"person": 40},
    ("member", "reports_to"): {"person": 40},
    ("member", "active"): {"person": 40},
    ("member", "email"): {"person": 40},
}


def rank(source_kind: str, subject_kind: str, field: str) -> int:
    """Return what this kind of source's word on this field weighs; higher stands."""
    by_field = FIELD_RANK.get((subject_kind, field))
    if by_field is not None and source_kind in by_field:
        return by_field[source_kind]
    return RANK[source_kind]
