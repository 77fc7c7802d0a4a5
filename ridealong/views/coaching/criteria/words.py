"""What was said: pain, worth, how they decide, whom they compare us with."""

from __future__ import annotations

from collections.abc import Sequence

from ridealong.record.evidence import Happening
from ridealong.views.coaching.criteria.rule import TALKS, Case, Rule, Ruling, met, missing, unknown
from ridealong.views.coaching.criteria.wording import found


def _heard(case: Case, *lists: str) -> Ruling:
    """Look for a sentence in the buyer's mails and what is noted of talks with them."""
    return _said(case, case.from_buyer, lists)


def _said(case: Case, texts: Sequence[Happening], lists: Sequence[str]) -> Ruling:
    sentence = found(texts, *lists)
    if sentence:
        return met(f"“{sentence[1]}”", sentence[0])
    readable = sum(1 for each in texts if each.text)
    if readable:
        # It may have been said in other words, or where nobody took notes.
        what = "texts" if readable > 1 else "text"
        return unknown(f"Not found in {readable} {what} of the buyer's and talks with them.")
    if case.shows("email", *TALKS) and not texts:
        return missing("Nothing from the buyer is on record.")
    return unknown("There is no text to read.")


def pain_named(case: Case) -> Ruling:
    """A sentence that names what hurts."""
    return _heard(case, "pain")


def metrics_named(case: Case) -> Ruling:
    """A sentence with a figure for what it is worth."""
    return _heard(case, "worth", "figure")


def decision_process(case: Case) -> Ruling:
    """A sentence on how they decide."""
    return _heard(case, "decision_process")


def decision_criteria(case: Case) -> Ruling:
    """A sentence on what they decide by, in a mail of either side or of a talk."""
    mails = tuple(each for each in case.past if each.two_way or each.kind == "email")
    return _said(case, mails, ["decision_criteria"])


def competitor_named(case: Case) -> Ruling:
    """A sentence that names another offer, or says that there is one."""
    return _heard(case, "competitor")


RULES = (
    Rule("pain_named", "Words of the buyer on what hurts", pain_named),
    Rule("metrics_named", "Words on what it is worth, with a figure", metrics_named),
    Rule("decision_process", "Words on how they decide", decision_process),
    Rule("decision_criteria", "Words on what they decide by", decision_criteria),
    Rule("competitor_named", "Words on other offers", competitor_named),
)
