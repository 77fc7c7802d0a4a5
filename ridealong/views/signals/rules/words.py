"""What the buyer says, in mails and talks; what we write ourselves does not count."""

from __future__ import annotations

from abc import abstractmethod
from itertools import takewhile
from typing import ClassVar

from ridealong.record.evidence import Happening
from ridealong.views.coaching.criteria.wording import found
from ridealong.views.signals.case import TEXT_DAYS, Case
from ridealong.views.signals.rule import Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import on, words


class Named(Rule):
    """The buyer speaks of something."""

    what: ClassVar[str]
    settings = (Setting("days", "days that it is shown", 14, 1, TEXT_DAYS),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look through what the buyer said in the last days, the newest first."""
        recent = takewhile(lambda e: case.clock.within(e.at, values["days"]), case.from_buyer)
        for said in recent:
            text = self.sentence(said)
            if text:
                return Found(
                    f"The buyer spoke of {self.what} on {on(case, said.at)}.",
                    (seen(said, f"“{text}”"),),
                )
        return None

    @abstractmethod
    def sentence(self, said: Happening) -> str:
        """Return the sentence that has it, "" for none."""


def _from_list(said: Happening, name: str) -> str:
    hit = words().found([said], name)
    return hit[1] if hit else ""


class CompetitorNamed(Named):
    """The buyer speaks of another supplier."""

    name = "competitor_named"
    title = "Competitor named"
    about = "The buyer spoke of another supplier or offer in a mail, meeting or phone call."
    to_do = "Ask by what they compare, and bring what only you can show there."
    what = "another supplier"

    def sentence(self, said: Happening) -> str:
        """Look for the words that the exit criteria know."""
        hit = found([said], "competitor")
        return hit[1] if hit else ""


class BudgetNamed(Named):
    """The buyer speaks of money that is missing or too much."""

    name = "budget_named"
    title = "Budget named"
    about = "The buyer spoke of budget or price as something that stands in the way."
    to_do = "Ask who decides on the budget and what it is worth to them; then speak of the price."
    what = "budget or price"

    def sentence(self, said: Happening) -> str:
        """Look for the list of that name."""
        return _from_list(said, "budget")


class LegalNamed(Named):
    """The buyer speaks of law."""

    name = "legal_named"
    title = "Legal named"
    about = "The buyer spoke of their lawyers or of terms: it takes longer than one expects."
    to_do = "Ask for the name of whoever reads the contract, and for their day."
    what = "legal questions"

    def sentence(self, said: Happening) -> str:
        """Look for the list of that name."""
        return _from_list(said, "legal")


class ContractAsked(Named):
    """The buyer asks for the contract."""

    name = "contract_asked"
    title = "Customer asks for the contract"
    about = "The buyer asked for a contract or where to sign."
    to_do = "Send it today, and name the day on which you call about it."
    good = True
    urgent = True
    what = "the contract"

    def sentence(self, said: Happening) -> str:
        """Look for the list of that name."""
        return _from_list(said, "contract_asked")
