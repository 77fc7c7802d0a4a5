"""What goes to and fro on paper: proposal, contract, the day of signature."""

from __future__ import annotations

from ridealong.views.coaching.criteria.rule import (
    TALKS,
    Case,
    Rule,
    Ruling,
    called,
    met,
    missing,
    unknown,
)
from ridealong.views.coaching.criteria.wording import found, says, shortened


def proposal_sent(case: Case) -> Ruling:
    """A mail of ours that brings a proposal: by its subject, what is attached, or what it says."""
    mails = [each for each in case.past if each.kind == "email" and each.direction == "out"]
    for mail in mails:
        names = [name for name in mail.attachments if says(_words(name), "proposal")]
        if names:
            return met(f"{names[0]}, attached to {called(mail)}", mail)
        if says(mail.title, "proposal"):
            return met(called(mail), mail)
    brought = found(mails, "proposal", "sent")
    if brought:
        return met(f"“{brought[1]}”", brought[0])
    if not case.shows("email"):
        return unknown("No mail of the salesperson comes into the record.")
    return missing("No mail of ours brings a proposal.")


def _words(name: str) -> str:
    """A file's name as words: “2026_Angebot-v2.pdf” has one."""
    return "".join(char if char.isalnum() else " " for char in name)


def paper_process(case: Case) -> Ruling:
    """Somebody of law or purchasing is named, or the buyer speaks of the contract."""
    people = [
        person
        for person in case.people.values()
        if says(person.role.replace("_", " "), "paper_people") or says(person.title, "paper_people")
    ]
    if people:
        who = people[0]
        return met(f"{who.name} ({who.title or who.role.replace('_', ' ')}) is known.")
    sentence = found(case.from_buyer, "paper")
    if sentence:
        return met(f"“{sentence[1]}”", sentence[0])
    for each in case.past:
        names = [name for name in each.attachments if says(_words(name), "paper")]
        if names:
            return met(shortened(f"{names[0]}, attached to {called(each)}"), each)
    if not case.shows("email", *TALKS):
        return unknown("No mail and no meetings of the salesperson come into the record.")
    return missing("Nobody of law or purchasing is known, and nothing is said of a contract.")


def close_date_named(case: Case) -> Ruling:
    """The buyer named a day for the decision or the signature."""
    sentence = found(case.from_buyer, "signing", "day")
    if sentence:
        return met(f"“{sentence[1]}”", sentence[0])
    if case.deal.close_date is None:
        return missing("There is no close date.")
    if case.shows("email", *TALKS) and not case.from_buyer:
        return missing("A close date is set, and nothing from the buyer is on record.")
    return unknown("A close date is set; that the buyer named it was not found.")


RULES = (
    Rule("proposal_sent", "Our mail that brings a proposal", proposal_sent),
    Rule("paper_process", "Contacts of law or purchasing, or words on a contract", paper_process),
    Rule("close_date_named", "Words of the buyer that name the day", close_date_named),
)
