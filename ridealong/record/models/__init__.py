"""Tables of the record. Imported inside ``ridealong.record`` only: readers use ``pipeline``."""

from ridealong.record.models.fact import DueFold, FactRow, Source, Subject
from ridealong.record.models.fit import KeptFit
from ridealong.record.models.leading import (
    Attention,
    Check,
    Criterion,
    Discussed,
    Employment,
    Guidance,
    Party,
    PrivateNote,
)
from ridealong.record.models.subjects import (
    Activity,
    Company,
    Contact,
    KeptBrief,
    Member,
    Organisation,
    Question,
    Rate,
    SearchEntry,
    Stage,
    Tie,
)
from ridealong.record.models.version import DealVersion

__all__ = [
    "Activity",
    "Attention",
    "Check",
    "Company",
    "Contact",
    "Criterion",
    "DealVersion",
    "Discussed",
    "DueFold",
    "Employment",
    "FactRow",
    "Guidance",
    "KeptBrief",
    "KeptFit",
    "Member",
    "Organisation",
    "Party",
    "PrivateNote",
    "Question",
    "Rate",
    "SearchEntry",
    "Source",
    "Stage",
    "Subject",
    "Tie",
]
