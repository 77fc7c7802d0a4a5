"""What a salesperson confirms, or not, of what a text suggests."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact, SubjectKind
from ridealong.record.states import DealState, Question
from ridealong.sources.people.speaking import PEOPLE


def answer(question: Question, deal: DealState, *, yes: bool) -> None:
    """Answer a question about a deal; what is confirmed holds from now on, all or nothing.

    Raises ``InvalidFact``.
    """
    at = clock.now()
    stamp = f"{at.isoformat()}:{secrets.token_hex(4)}"
    answered = {"answer": "yes" if yes else "no"}
    facts = [Fact("question", question.key, at, answered, f"answer:{question.key}:{stamp}"[-255:])]
    if yes:
        said = _confirmed(question, deal)
        facts += [_fact(kind, key, changes, at, stamp) for kind, key, changes in said]
    writer.append(PEOPLE, facts)


def take_back(question: Question) -> None:
    """Put a question again that was answered with no."""
    at = clock.now()
    name = f"answer:{question.key}:{at.isoformat()}"[-255:]
    writer.append(PEOPLE, [Fact("question", question.key, at, {"answer": ""}, name)])


def _fact(kind: SubjectKind, key: str, changes: dict[str, Any], at: datetime, stamp: str) -> Fact:
    return Fact(kind, key, at, changes, f"confirmed:{kind}:{stamp}:{key}"[:255])


def _confirmed(
    question: Question, deal: DealState
) -> Iterator[tuple[SubjectKind, str, dict[str, Any]]]:
    """What is so now that it is confirmed."""
    value = question.value
    if question.field in {"close_date", "next_step"}:
        yield "deal", deal.key, {question.field: value["value"]}
    elif question.field == "amount":
        yield "deal", deal.key, {"amount": value["value"], "currency": value["currency"]}
    elif question.field in {"won", "lost"}:
        yield "deal", deal.key, _ended(question.field)
    elif question.field == "role":
        yield "deal", deal.key, {"contacts": {**deal.contacts, value["contact"]: value["value"]}}
    elif question.field == "contact":
        person = {name: value[name] for name in ("name", "email", "title", "phone") if value[name]}
        company = {"company": value["company"]} if value.get("company") else {}
        yield "contact", value["email"], {**person, **company}
        yield "deal", deal.key, {"contacts": {**deal.contacts, value["email"]: value["role"]}}


def _ended(status: str) -> dict[str, Any]:
    stage = next((each.key for each in directory.stages() if each.status == status), None)
    return {"status": status, **({"stage": stage} if stage else {})}
