"""What stands after watching is what judging every open deal anew at that moment would give."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.lib import clock
from ridealong.record import pipeline, watchable
from ridealong.record.criteria import Criteria
from ridealong.record.facts import Fact
from ridealong.record.models import Watched as WatchedRow
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import signals
from ridealong.views.signals import Norms, learning
from ridealong.watching.watching import _plain, is_due, norms_of, watch_due
from tests.record.telling import on, tell
from tests.support.database import rolled_back
from tests.watching.world import company, facts

MOMENT = timedelta(microseconds=1)
Standing = dict[tuple[int, str], tuple[str, Any]]


def standing() -> tuple[Standing, dict[tuple[int, str], datetime]]:
    """Return what stands, and since when each of it does."""
    found = pipeline.open(EVERYTHING).signals.standing()
    said = {(each.deal_id, each.rule): (each.words, list(each.evidence)) for each in found}
    return said, {(each.deal_id, each.rule): each.raised_at for each in found}


def judged_anew(norms: Norms) -> Standing:
    """Return what judging every open deal right now gives."""
    pipe = pipeline.open(EVERYTHING)
    return {
        (verdict.deal.id, rule): (found.words, [_plain(each) for each in found.evidence])
        for verdict in signals.judge(pipe, pipe.open_deals(Criteria()), norms)
        for rule, found in verdict.found.items()
    }


def next_moment() -> datetime | None:
    """Return when a deal is to be looked at again by the clock alone."""
    first = WatchedRow.objects.order_by("wake_at").first()
    return first.wake_at if first else None


class Watcher:
    """Watches, and holds what stands against what stood and against judging anew."""

    def __init__(self) -> None:
        self.raised: dict[tuple[int, str], datetime] = {}
        self.norms = Norms()

    def look(self) -> None:
        """Watch what is due right now."""
        watch_due()
        self.norms = norms_of(pipeline.open(EVERYTHING))
        found, raised = standing()
        assert found == judged_anew(self.norms)
        for each, moment in raised.items():
            # Raised once: it stays raised since then, until it is cleared.
            assert moment == self.raised.get(each, clock.now())
        self.raised = raised
        again = watch_due()
        assert (again.raised, again.cleared) == (0, 0)
        assert not watchable.is_due(clock.now())

    def hold(self) -> None:
        """Nothing is due, and so judging anew gives nothing new."""
        assert not watchable.is_due(clock.now())
        assert standing()[0] == judged_anew(self.norms)


@pytest.mark.django_db
@settings(max_examples=12)
@given(st.data())
def test_what_stands_is_what_judging_anew_gives(monkeypatch, data):
    # Few are won here, and yet what is normal is learned.
    monkeypatch.setattr(learning, "ENOUGH", 1)
    start = on(20) + timedelta(hours=data.draw(st.integers(0, 24 * 30)))
    with rolled_back(), time_machine.travel(start, tick=False) as time:
        tell(company())
        tell(data.draw(st.lists(facts(), min_size=6, max_size=20)))
        watcher = Watcher()
        watcher.look()
        for _ in range(data.draw(st.integers(3, 10))):
            step = data.draw(st.sampled_from(["learn", "learn", "jump", "wake"]))
            # No two moments are the same.
            time.shift(timedelta(seconds=1))
            if step == "learn":
                tell(data.draw(st.lists(facts(), min_size=1, max_size=3)))
            elif step == "jump":
                time.shift(timedelta(hours=data.draw(st.integers(1, 24 * 12))))
            elif (moment := next_moment()) and moment > clock.now():
                time.move_to(moment - MOMENT)
                watcher.hold()
                time.move_to(moment)
            watcher.look()


@pytest.mark.django_db
def test_once_rules_are_others_every_deal_is_judged_anew(monkeypatch):
    with time_machine.travel(on(20)) as time:
        tell(company())
        watch_due()
        assert not is_due(clock.now())
        monkeypatch.setattr(signals, "edition", lambda: "another")
        assert is_due(clock.now())
        time.shift(timedelta(seconds=5))
        assert watch_due().deals >= 3
        assert not is_due(clock.now())


@pytest.mark.django_db
def test_in_a_new_week_what_is_normal_is_learned_anew_though_nothing_happens():
    monday = datetime(2026, 2, 2, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(monday - timedelta(hours=1)) as time:
        tell(company())
        watch_due()
        assert not is_due(clock.now())
        time.move_to(monday)
        assert is_due(clock.now())


@pytest.mark.django_db
def test_without_a_deal_nothing_is_due():
    assert not is_due(clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stated",
    [
        Fact("member", "sam", on(25), {"reports_to": None}, "moves"),
        Fact("rule", "close_date_past", on(25), {"values": {"days": 9}, "off": False}, "set"),
        Fact(
            "check",
            "check",
            on(25),
            {"deal": "A", "criterion": "discover-1", "said_by": "sam", "state": "met"},
            "said",
        ),
    ],
)
def test_what_is_stated_for_a_later_day_is_seen_on_that_day(stated):
    with time_machine.travel(on(22), tick=False) as time:
        tell([*company(), stated])
        watch_due()
        while (moment := next_moment()) and moment < on(25):
            time.move_to(moment)
            watch_due()
        assert next_moment() == on(25)
        time.move_to(on(25) - MOMENT)
        assert not is_due(clock.now())
        time.move_to(on(25))
        assert is_due(clock.now())
        assert watch_due().deals >= 1
