"""Tables folded from facts. Called by the writer only; each can be dropped and made again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from ridealong.record.fold import Said
from ridealong.record.models import (
    Activity,
    Answer,
    Attention,
    CalledNumber,
    Check,
    Company,
    Contact,
    Criterion,
    DealVersion,
    Discussed,
    Employment,
    Guidance,
    KeptBrief,
    Member,
    Norms,
    Organisation,
    Party,
    PrivateNote,
    Promise,
    Question,
    Rate,
    Remark,
    Response,
    RuleSetting,
    SaidClaim,
    SaidOdds,
    SaidRange,
    SearchEntry,
    Signal,
    Stage,
    Statement,
    Subject,
    Tie,
    Trial,
)
from ridealong.record.projection import (
    activities,
    calling,
    concerning,
    deals,
    latest,
    leading,
    members,
    questions,
    rates,
    recalling,
    stating,
    watching,
)
from ridealong.record.projection.rows import Folding
from ridealong.record.store import facts_of

TABLES: tuple[type[Model], ...] = (
    Activity,
    Answer,
    Attention,
    CalledNumber,
    Check,
    Company,
    Contact,
    Criterion,
    DealVersion,
    Discussed,
    Employment,
    Guidance,
    KeptBrief,
    Member,
    Norms,
    Organisation,
    Party,
    PrivateNote,
    Promise,
    Question,
    Rate,
    Remark,
    Response,
    RuleSetting,
    SaidClaim,
    SaidOdds,
    SaidRange,
    SearchEntry,
    Signal,
    Stage,
    Statement,
    Tie,
    Trial,
)
FOLDINGS: dict[str, Folding] = {
    # Members and companies before deals: a deal is found by its company's name too.
    "organisation": latest.organisation,
    "rate": rates.fold,
    "member": members.fold,
    "company": latest.companies,
    "contact": latest.contacts,
    "stage": latest.stages,
    "deal": deals.fold,
    "activity": activities.fold,
    "question": questions.fold,
    "brief": latest.briefs,
    "guidance": leading.guidance,
    "criterion": leading.criteria,
    "check": leading.checks,
    "private_note": leading.private_notes,
    "attention": leading.attention,
    "recall": recalling.answers,
    "signal": watching.signals,
    "response": watching.responses,
    "rule": watching.rules,
    "norms": watching.norms,
    "trial": watching.trials,
    "called_number": calling.called_numbers,
    "remark": calling.remarks,
    "promise": calling.promises,
    "statement": stating.statements,
}


def fold(numbers: Sequence[int]) -> None:
    """Fold the facts of these subjects into their tables, inside the caller's transaction."""
    kinds: dict[str, dict[int, str]] = {}
    locked = Subject.objects.select_for_update().filter(id__in=numbers).order_by("id")
    for number, kind, key in locked.values_list("id", "kind", "key"):
        kinds.setdefault(kind, {})[number] = key
    told: dict[int, list[Said]] = dict(facts_of(numbers))
    about = concerning.concerned(kinds)
    for kind, folding in FOLDINGS.items():
        keys = kinds.get(kind)
        if keys:
            folding(keys, told)
    concerning.mark(about | concerning.concerned(kinds))


def drop() -> None:
    """Empty every folded table."""
    for table in TABLES:
        table.objects.all().delete()  # type: ignore[attr-defined]
