"""The simulated company's two leaders, told apart by what calendars and recorders tell alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from ridealong.record import pipeline
from ridealong.sources.demo import ZONE, truth
from ridealong.sources.demo.seeding import seed
from ridealong.sources.demo.truth import Conversation, Truth
from ridealong.sources.demo.workdays import moment
from ridealong.sources.listening import hear_due
from ridealong.views import coaching
from ridealong.views.coaching import Ledger

TODAY = date(2026, 3, 16)
COACH, COLLECTOR = "miriam.okafor", "stefan.reuter"
LEADING = frozenset(
    {"deal_coaching", "call_preparation", "call_debrief", "ride_along", "skill_coaching"}
)
COLLECTING = frozenset({"status_check", "forecast_review"})


@pytest.mark.django_db
def test_they_come_out_as_simulated_at_every_past_date() -> None:
    told = truth(seed=8, today=TODAY)
    assert not any("nature" in f.changes or "deals_discussed" in f.changes for f in told.facts)
    seed(TODAY, 8)
    assert hear_due(as_learned=True) > 500
    for weeks in range(2, 82, 8):
        at = moment(TODAY, 12) - timedelta(weeks=weeks)
        for known in (None, at):
            pipe = pipeline.open(pipeline.EVERYTHING, at, known)
            ledgers = {
                leader.key: coaching.ledger(pipe, leader) for leader in pipe.leading.leaders()
            }
            for leader in (COACH, COLLECTOR):
                as_simulated(told, ledgers[leader], at)
            leads, collects = (about(ledgers[leader], LEADING) for leader in (COACH, COLLECTOR))
            assert leads > collects + 0.4, at
            assert about(ledgers[COLLECTOR], COLLECTING) > 0.7, at


def as_simulated(told: Truth, ledger: Ledger, at: datetime) -> None:
    """Compare a ledger with what really went on."""
    held = [
        talk
        for talk in told.conversations
        if talk.leader == ledger.leader.key and talk.at <= at and not talk.mail
    ]
    assert ledger.people
    for person in ledger.people:
        theirs = [talk for talk in held if person.member.key in talk.salespeople]
        assert person.last_spoken == max((talk.at for talk in theirs), default=None)
        weeks = [(talk.at.astimezone(ZONE).date() - person.weeks[0]).days // 7 for talk in theirs]
        assert list(person.per_week) == [weeks.count(week) for week in range(12)]
    recent = [talk for talk in held if talk.at >= ledger.since]
    for natures in (LEADING, COLLECTING):
        assert abs(about(ledger, natures) - truly(recent, natures)) < 0.15, (ledger.leader, at)


def about(ledger: Ledger, natures: Iterable[str]) -> float:
    """Return the share of a leader's talks that was of these natures, as it was read."""
    talks = {talk.key: talk for person in ledger.people for talk in person.talks}
    return mean([sum(talk.nature.get(n, 0.0) for n in natures) for talk in talks.values()])


def truly(talks: list[Conversation], natures: Iterable[str]) -> float:
    """Return the share as it was simulated."""
    return mean([sum(talk.nature.get(name, 0.0) for name in natures) for talk in talks])


def mean(values: list[float]) -> float:
    return sum(values) / len(values)
