"""Questions in companies whose names do their worst: alike, and full of their own answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from tests.record.telling import activity, deal, on
from tests.support.database import rolled_back
from tests.views.recall.asked import all_holds
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db

WORDS = (
    "Acme",
    "Renewal",
    "renewal 40 seats",
    "Propose",
    "Müller",
    "Muller",
    "Ann Lee",
    "Lee",
    "–",
    "40",
    "December",
    "Site visit",
    "Champion",
    "Ärzte",
    "次",
    "🙂",
    "Harbour",
    "Qualify rollout",
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
COMPANIES = st.sampled_from(["Acme", "ACME", "Müller", "Harbour Rollout", "Lee & Sons", ""])
PEOPLE = {
    "ann": "Ann Lee",
    "bob": "Bob Müller",
    "cy": "Cy Renewal",
    "di": "Di Acme",
    "ed": "Ann Lee",
}
ROLES = st.sampled_from(["economic_buyer", "champion", "technical_evaluator", ""])
STEPS = st.one_of(
    st.just(""), NAMES, st.sampled_from(["Call Ann.", "call  Ann", "Call Bob", "Agree on Friday"])
)
DAYS = st.dates(date(2026, 1, 10), date(2026, 4, 30))

CHANGES = st.fixed_dictionaries(
    {
        "name": NAMES,
        "company": COMPANIES,
        "salesperson": st.sampled_from(["sam", "sue", "bo"]),
        "stage": st.sampled_from(["Qualify", "Propose", "Negotiate"]),
        "amount": st.sampled_from(["40", "40000", "120000", "1200", None]),
        "close_date": st.one_of(st.none(), DAYS),
        "next_step": STEPS,
        "contacts": st.dictionaries(st.sampled_from(sorted(PEOPLE)), ROLES, max_size=3),
    }
)
LATER = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(["Qualify", "Propose", "Negotiate"]),
        "amount": st.sampled_from(["40000", "99000"]),
        "close_date": DAYS,
        "next_step": STEPS,
    },
)


@settings(max_examples=20)
@given(
    deals=st.lists(st.tuples(CHANGES, LATER), min_size=2, max_size=9),
    meetings=st.lists(st.tuples(st.integers(0, 8), st.integers(-20, 20), NAMES), max_size=6),
    guided=st.lists(st.tuples(st.integers(0, 8), STEPS), max_size=4),
    day=st.integers(1, 40),
)
def test_no_question_is_ambiguous_or_answers_itself(
    deals: list[tuple[dict[str, Any], dict[str, Any]]],
    meetings: list[tuple[int, int, str]],
    guided: list[tuple[int, str]],
    day: int,
) -> None:
    with rolled_back():
        told(
            *_people(),
            *_deals(deals),
            *_meetings(meetings, len(deals)),
            *_guided(guided, len(deals)),
        )
        members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
        for key in ("lea", "sam"):
            pipe = pipeline.open(members[key].id, on(day))
            all_holds(pipe, members[key])


def _people() -> list[Fact]:
    return [
        Fact(
            "contact",
            key,
            on(-1),
            {"name": name, "email": f"{key}@buyer.example"},
            f"contact:{key}",
        )
        for key, name in PEOPLE.items()
    ]


def _deals(deals: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[Fact]:
    found: list[Fact] = []
    for number, (first, later) in enumerate(deals):
        said = {name: value for name, value in first.items() if value not in (None, "")}
        found.append(started(f"D{number}", 0, **{"company": None, **said}))
        if later:
            found.append(deal(f"D{number}", 8, known=8, **later))
    return found


def _meetings(meetings: list[tuple[int, int, str]], deals: int) -> list[Fact]:
    return [
        activity(
            f"M{place}",
            20 + days,
            known=0,
            kind="meeting",
            deal=f"D{number % deals}",
            member="sam",
            title=title,
            text=f"They compare us with {title}. A competitor will present as well.",
            contacts=["ann"],
        )
        for place, (number, days, title) in enumerate(meetings)
    ]


def _guided(guided: list[tuple[int, str]], deals: int) -> list[Fact]:
    return [
        Fact(
            "guidance",
            f"G{place}",
            on(5),
            {
                "leader": "lea",
                "salesperson": "sam",
                "deal": f"D{number % deals}",
                "text": text,
                "due": (on(5) + timedelta(days=7)).date(),
            },
            f"guidance:{place}",
            recorded_at=on(5),
        )
        for place, (number, text) in enumerate(guided)
        if text
    ]
