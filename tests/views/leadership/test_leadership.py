"""Leaders over twelve weeks: as simulated, the same to all, and silent where it is chance."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, NotVisible, Pipeline
from ridealong.views import leadership
from ridealong.views.leadership import Leading
from tests.record.telling import deal, member, on, tell
from tests.views.leadership.company import DEALS, PEOPLE, Habits, alike, moment, team, told

pytestmark = pytest.mark.django_db

CLOSE = Habits(talk=0.95, collect=0.05, guide=0.8, follow=0.8, eve=0.1, soon=0.9)
FAR = Habits(talk=0.15, collect=0.95, guide=0.05, follow=0.5, eve=0.9, soon=0.1)


def opened(key: str = "", at: float | None = None) -> Pipeline:
    """The pipeline of that member, at the end by default."""
    when = moment() if at is None else on(at)
    if not key:
        return pipeline.open(EVERYTHING, when)
    return pipeline.open(pipeline.member_with_email(f"{key}@seller.example").id, when)


def leaders(pipe: Pipeline) -> dict[str, Leading]:
    return {each.leader.key: each for each in leadership.overview(pipe).leaders}


@pytest.mark.parametrize("seed", range(3))
def test_of_equal_leaders_no_difference_is_claimed(seed: int) -> None:
    told(alike(), seed)
    seen = leadership.overview(opened())
    assert seen.tried >= 7
    assert seen.differ == ()
    for one in seen.leaders:
        assert not [s for s in one.sentences if "twelve weeks before" in s.words]


def test_one_who_leads_and_one_who_collects_are_told_apart_and_each_figure_opens() -> None:
    told({"lea": (CLOSE, CLOSE), "max": (FAR, FAR)}, 1)
    seen = leadership.overview(opened())
    lea, other = leaders(opened())["lea"], leaders(opened())["max"]
    assert [each.leader.key for each in seen.leaders] == ["lea", "max"]
    said = " ".join(each.words for each in seen.differ)
    assert "with Lea" in said
    assert "with Max" in said
    assert "reach" in {s.figure for s in other.sentences}
    crowding = [one.figure("crowding") for one in (lea, other)]
    assert [f.now.low > 0.2 for f in crowding if f and f.now] == [False, True]
    assert other.sentences == other.amiss
    assert lea.sentences == lea.well != ()
    taken = "in the 24 hours before Fridays at 8, taken to be the call"
    for figure in crowding:
        assert figure is not None
        assert taken in figure.kind.title
        assert taken in figure.kind.words
    for one in (lea, other):
        for figure in one.figures:
            if figure.kind.sort == "share":
                assert sum(c.hit for c in figure.counted) == pytest.approx(figure.hits)
                assert sum(c.of for c in figure.counted) == pytest.approx(figure.of)
            else:
                assert len(figure.counted) == figure.hits
            if figure.now is not None:
                assert figure.now.low <= figure.now.value <= figure.now.high


def test_the_past_is_one_s_own_and_what_it_was_then() -> None:
    told({"lea": (FAR, CLOSE), "max": (CLOSE, CLOSE)}, 2)
    lea = leaders(opened())["lea"]
    assert [s for s in lea.sentences if "in the twelve weeks before" in s.words and s.good]
    then = leadership.leadership(opened().moved(moment() - timedelta(weeks=12)), lea.leader.id)
    for name in ("reach", "asked", "given", "followed", "noticed", "crowding"):
        now, past = lea.figure(name), then.figure(name)
        assert now is not None
        assert past is not None
        assert now.before == past.now, name
    reach = lea.figure("reach")
    assert reach is not None
    week = timedelta(weeks=1)
    weeks = {(p.member.id, (t.at - lea.since) // week) for p in lea.people for t in p.talks}
    assert sum(c.hit for c in reach.counted) == len(weeks)
    # What is drawn of each week is what is counted.
    assert reach.hits == sum(count > 0 for person in lea.people for count in person.per_week)
    assert [sum(p.per_week) for p in lea.people] == [len(p.talks) for p in lea.people]
    assert [day.weekday() for day in lea.people[0].weeks] == [lea.since.weekday()] * 12
    assert reach.of == 12 * PEOPLE


def test_what_stands_beside_a_figure_counts_the_same_things() -> None:
    told({"lea": (CLOSE, CLOSE), "max": (FAR, FAR)}, 6)
    for one in leaders(opened()).values():
        for name, pace in (("noticed", one.noticed), ("acted", one.acted)):
            figure = one.figure(name)
            assert figure is not None
            assert figure.hits <= pace.count <= figure.of
        counts = [person.counted for person in one.people]
        followed, depth = one.figure("followed"), one.figure("depth")
        assert followed is not None
        assert depth is not None
        assert followed.hits == sum(count.followed for count in counts)
        assert followed.of == sum(count.settled for count in counts)
        each = [one.discussed(person.member.id) for person in one.people]
        assert sum(spoken for spoken, _ in each) == sum(c.hit > 0 for c in depth.counted)
        assert sum(count for _, count in each) == len(depth.counted)


def test_a_leader_sees_what_the_owner_sees_and_salespeople_nothing() -> None:
    told({"lea": (CLOSE, CLOSE), "max": (FAR, FAR)}, 3)
    for key in ("lea", "max"):
        number = pipeline.member_with_email(f"{key}@seller.example").id
        shapes = [
            leadership.leading_shape(leadership.leadership(opened(who), number))
            for who in ("ona", key, "")
        ]
        assert shapes[0] == shapes[1] == shapes[2]
        other = "max" if key == "lea" else "lea"
        for who in (other, team(key)[0]):
            with pytest.raises(NotVisible):
                leadership.leadership(opened(who), number)
    assert [each.key for each in leadership.leaders(opened("lea"))] == ["lea"]
    assert leadership.leaders(opened(team("lea")[0])) == []


def test_the_scramble_counts_each_edit_of_the_week_and_leaves_imports_out() -> None:
    told(alike(Habits(eve=0.5)), 4)
    at = 155.3
    keys = [f"{key}-{n}" for key in team("lea") for n in range(DEALS)]
    tell([deal(key, at, known=at, next_step="imported") for key in keys])
    lea = leaders(opened())["lea"]
    scramble = lea.scramble
    assert scramble.expected == 0.2
    assert not scramble.kept
    assert scramble.left_out == len(keys)
    crowding = lea.figure("crowding")
    assert crowding is not None
    assert crowding.of == sum(week.edits for week in scramble.weeks)
    assert crowding.hits == sum(week.crowded for week in scramble.weeks)
    assert all(week.call.weekday() == 4 and week.call.hour == 8 for week in scramble.weeks)
    found = Counter(
        next(w.call for w in scramble.weeks if c.at is not None and c.at <= w.call)
        for c in crowding.counted
    )
    assert [found[w.call] for w in scramble.weeks] == [w.edits for w in scramble.weeks]
    for week in scramble.weeks:
        if week.share is not None:
            assert week.low is not None
            assert week.high is not None
            assert week.low <= week.share <= week.high
        assert (week.low is None) == (week.edits < 10)


def test_of_a_young_company_nothing_is_said() -> None:
    tell([member("ona", role="owner"), member("lea", "ona", role="leader")])
    tell([member("sam", "lea", role="salesperson")])
    seen = leadership.overview(opened(at=5))
    (lea,) = seen.leaders
    assert lea.sentences == ()
    assert seen.differ == ()
    assert all(f.now is None for f in lea.figures)
    assert lea.numbers == ()
