"""What is shown to whom, what was done about it, and how soon."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, Criteria, Pipeline
from ridealong.record.states import Member
from ridealong.sources.people import guiding, responding
from ridealong.views import inspection, signals
from ridealong.views.inspection import Selection
from ridealong.views.signals import Choice, Pace
from tests.record.telling import activity, on, tell
from tests.views.signals.raising import PAST, PUSHED, cleared, noticed, standing
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
NOW = on(40)
TALK: dict[str, Any] = {"kind": "one_on_one", "member": "lea", "members": ["sam"], "done": True}


@pytest.fixture(autouse=True)
def company():
    """Sam and Sue below Lea, Bo beside; A1 is Sam's, B1 Sue's, C1 Bo's."""
    with time_machine.travel(NOW, tick=True):
        told(started("A1"), started("B1", salesperson="sue"), started("C1", salesperson="bo"))
        yield


def seen_by(key: str) -> Pipeline:
    people = {member.key: member.id for member in pipeline.open(EVERYTHING).members()}
    return pipeline.open(people[key])


def viewer(pipe: Pipeline) -> Member:
    assert pipe.viewer is not None
    return pipe.viewer


def shown(key: str, choice: Choice = Choice()) -> list[tuple[str, str]]:  # noqa: B008  frozen
    return [(n.deal.key, n.rule.name) for n in signals.notices(seen_by(key), choice)]


def test_each_sees_those_of_their_deals_and_what_is_for_leaders_only_is_not_for_who_carries_it():
    noticed(PUSHED, "A1", 30)
    noticed(PAST, "A1", 31, audience="leader")
    noticed(PUSHED, "C1", 32)
    assert shown("sam") == [("A1", PUSHED)]
    assert shown("lea") == [("A1", PAST), ("A1", PUSHED)]
    assert shown("bo") == [("C1", PUSHED)]
    assert signals.marks(seen_by("sam"), [standing("A1")[PAST].deal_id])
    assert seen_by("sam").signals.episodes(rules=[PAST]) == []


def test_a_dismissal_holds_for_everybody_a_snooze_for_oneself_until_then():
    noticed(PUSHED, "A1", 30)
    noticed(PAST, "A1", 31)
    found = standing("A1")
    lea = viewer(seen_by("lea"))
    until = NOW + timedelta(days=3)
    responding.respond(found[PUSHED], "snoozed", by=lea, until=until)
    assert shown("lea") == [("A1", PAST)]
    assert len(shown("sam")) == 2
    key, _ = responding.respond(found[PAST], "dismissed", by=lea, reason="They confirmed it")
    assert shown("lea") == []
    assert shown("sam") == [("A1", PUSHED)]
    (away,) = signals.put_away(seen_by("sam"), found[PAST].deal_id)
    assert away.dismissed is not None
    assert (away.dismissed.name, away.dismissed.response.reason) == ("Lea", "They confirmed it")
    responding.take_back(key)
    assert len(shown("sam")) == 2
    later = seen_by("lea").moved(NOW + timedelta(days=4))
    assert len(signals.notices(later)) == 2, "what was put off is back"


def test_what_is_raised_anew_is_not_dismissed_any_more():
    noticed(PUSHED, "A1", 30)
    responding.respond(standing("A1")[PUSHED], "dismissed", by=viewer(seen_by("sam")), reason="no")
    cleared(PUSHED, "A1", 38)
    noticed(PUSHED, "A1", 39)
    assert shown("sam") == [("A1", PUSHED)]
    ((episode, rule),) = signals.past(seen_by("sam"), standing("A1")[PUSHED].deal_id)
    assert (episode.raised_at, episode.cleared_at, rule.name) == (on(30), on(38), PUSHED)


def test_new_ones_come_first_and_seeing_is_said_once():
    noticed(PUSHED, "A1", 30)
    noticed(PUSHED, "B1", 31)
    lea = viewer(seen_by("lea"))
    for _ in range(2):
        responding.saw([standing("B1")[PUSHED]], by=lea)
    assert shown("lea") == [("A1", PUSHED), ("B1", PUSHED)]
    assert shown("lea", Choice(new="yes")) == [("A1", PUSHED)]
    assert [n.new for n in signals.notices(seen_by("lea"))] == [True, False]
    responses = seen_by("lea").signals.responses()
    assert [(each.did, each.member_id) for each in responses] == [("seen", lea.id)]


def test_counts_lead_to_just_the_signals_and_deals_they_count():
    noticed(PUSHED, "A1", 30)
    noticed(PAST, "A1", 30)
    noticed(PUSHED, "B1", 31)
    lea = seen_by("lea")
    counts = signals.counted(lea)
    assert {each.rule.name: each.count for each in counts} == {PUSHED: 2, PAST: 1}
    for each in counts:
        assert len(signals.notices(lea, each.choice)) == each.count
    assert [
        n.deal.key
        for n in signals.notices(lea, Choice(salesperson=str(lea.deal("B1").salesperson_id)))
    ] == ["B1"]
    assert signals.notices(lea, Choice(tone="good")) == []
    deals = {n.deal.id for n in signals.notices(lea)}
    assert lea.numbers_of_open(Criteria(signal="any")) == deals
    seen = inspection.inspect(lea, lea, Selection(signal=PAST))
    assert [row.deal.key for row in seen.rows] == ["A1"]
    responding.respond(standing("A1")[PAST], "dismissed", by=viewer(lea), reason="no")
    lea = seen_by("lea")
    assert inspection.inspect(lea, lea, Selection(signal=PAST)).matching == 0
    mark = signals.marks(lea, deals)[lea.deal("A1").id]
    assert (mark.count, mark.tone) == (1, "bad")


def test_guidance_and_talks_about_the_deal_after_it_was_raised_are_acting_upon_it():
    noticed(PUSHED, "A1", 30)
    noticed(PUSHED, "B1", 35)
    tell([activity("early", 29, **TALK, deals_discussed=["A1"])])
    lea = seen_by("lea")
    assert [n.acted for n in signals.notices(lea)] == [(), ()]
    tell([activity("late", 33, **TALK, deals_discussed=["A1"])])
    guiding.give(lea.deal("B1"), by=viewer(lea), to="sue", text="Meet the CFO", due=None)
    lea = seen_by("lea")
    acted = {n.deal.key: n.acted for n in signals.notices(lea)}
    assert acted == {"A1": ("Lea and Sam spoke",), "B1": ("Lea gave guidance",)}
    found = signals.noticing(lea, lea.leading.employed[viewer(lea).id], on(0))
    assert [each.noticed_at for each in found.reactions] == [
        each.acted_at for each in found.reactions
    ]
    times = [each.acted_at for each in found.reactions]
    assert times[1] == on(33)
    pace = signals.pace(
        [at - r.episode.raised_at for r, at in zip(found.reactions, times, strict=True) if at]
    )
    assert pace.count == 2
    assert pace.median is not None
    assert timedelta(days=3) < pace.median < timedelta(days=5)


def test_who_never_looked_is_not_in_the_median_and_what_cleared_before_was_not_acted_upon():
    noticed(PUSHED, "A1", 20)
    cleared(PUSHED, "A1", 25)
    noticed(PUSHED, "B1", 20)
    tell([activity("late", 33, **TALK, deals_discussed=["A1"])])
    lea = seen_by("lea")
    found = signals.noticing(lea, lea.leading.employed[viewer(lea).id], on(0))
    assert [(r.noticed_at, r.acted_at) for r in found.reactions] == [(None, None), (None, None)]
    assert signals.pace([]) == Pace(0, None)


def test_a_figure_of_the_past_counts_what_stood_then():
    noticed(PUSHED, "A1", 30)
    cleared(PUSHED, "A1", 35)
    lea = seen_by("lea")
    assert signals.notices(lea) == []
    assert len(signals.notices(lea.moved(on(32)))) == 1
    assert signals.version(signals.notices(lea)) != signals.version(
        signals.notices(lea.moved(on(32)))
    )
