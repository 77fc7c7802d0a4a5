"""Tables of the record. Imported inside ``ridealong.record`` only: readers use ``pipeline``."""

from ridealong.record.models.calling import CalledNumber, Promise, Remark
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
from ridealong.record.models.recalling import Answer
from ridealong.record.models.stating import SaidClaim, SaidOdds, SaidRange, Statement
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
from ridealong.record.models.watching import (
    DueWatch,
    Norms,
    Response,
    RuleSetting,
    Signal,
    Trial,
    Watched,
)

__all__ = [
    "Activity",
    "Answer",
    "Attention",
    "CalledNumber",
    "Check",
    "Company",
    "Contact",
    "Criterion",
    "DealVersion",
    "Discussed",
    "DueFold",
    "DueWatch",
    "Employment",
    "FactRow",
    "Guidance",
    "KeptBrief",
    "KeptFit",
    "Member",
    "Norms",
    "Organisation",
    "Party",
    "PrivateNote",
    "Promise",
    "Question",
    "Rate",
    "Remark",
    "Response",
    "RuleSetting",
    "SaidClaim",
    "SaidOdds",
    "SaidRange",
    "SearchEntry",
    "Signal",
    "Source",
    "Stage",
    "Statement",
    "Subject",
    "Tie",
    "Trial",
    "Watched",
]
