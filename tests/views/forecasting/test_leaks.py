"""Nothing that came or was learned after a moment has a part in what is said of it."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ridealong.record import pipeline
from ridealong.record.courses import days
from ridealong.record.facts import Fact
from ridealong.views.forecasting import frame
from tests.record.telling import activity, deal, on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
T = 80.0


def seen(at: float = T) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is learned from at a moment, and what is scored then."""
    pipe = pipeline.open(pipeline.EVERYTHING, on(at))
    told, learned = frame.training(pipe)
    scored = frame.scoring(pipe, pipe.courses.deals(), learned)
    kept = ["deal", "s", "outcome", "after"]
    return tuple(  # type: ignore[return-value]
        pl.DataFrame(each.snapshots.values, schema=list(learned.names)).hstack(
            each.rows.select(kept)
        )
        for each in (told, scored)
    )


def unchanged(facts: list[Fact]) -> None:
    """Tell these facts, and see that nothing of what was seen changes."""
    before = seen()
    tell(facts)
    for one, other in zip(before, seen(), strict=True):
        assert_frame_equal(one, other)


def later(*, live: bool) -> list[Fact]:
    """What comes after the moment, of the same deals and of others."""
    facts = [each for each in world.facts(90, live=live) if each.at > on(T)]
    return [*facts, world.fact("new", T + 3, live=live, stage="Talk", status="open")]


@pytest.mark.parametrize("live", [True, False], ids=["as it happened", "loaded afterwards"])
def test_what_comes_later_changes_nothing(live):
    world.begin()
    tell([each for each in world.facts(90, live=live) if each.at <= on(T)])
    learned_from, scored = seen()
    assert learned_from["outcome"].n_unique() == 3
    assert 3 < len(scored) < 90
    unchanged(later(live=live))


@pytest.mark.parametrize("live", [True, False], ids=["as it happened", "loaded afterwards"])
def test_an_end_that_comes_later_is_not_known_yet(live):
    world.begin()
    tell(world.facts(90, live=live))
    learned_from, scored = seen()
    ends = (learned_from["s"] + learned_from["after"]).to_numpy()
    assert ends.max() <= days(on(T)) + 1e-9
    assert set(scored["outcome"]) == {0}


def test_what_is_learned_later_changes_nothing_though_it_is_dated_earlier():
    world.begin()
    tell([each for each in world.facts(90) if each.at <= on(T)])
    still_open = pipeline.open(pipeline.EVERYTHING, on(T)).open_deals(pipeline.Criteria())
    assert len(still_open) > 3
    facts = []
    for number, each in enumerate(still_open):
        # An end, an amount, a close date and a mail of last week, all learned tomorrow.
        end = {"stage": "Won", "status": "won"} if number % 2 else {"stage": "Offer"}
        facts.append(deal(each.key, T - 4, known=T + 1, named=f"late:{each.key}", **end))
        facts.append(deal(each.key, T - 3, known=T + 1, named=f"sum:{each.key}", amount="77"))
        facts.append(
            activity(f"late-{each.key}", T - 5, known=T + 1, deal=each.key, kind="meeting")
        )
    unchanged(facts)


def test_who_carried_it_in_the_end_is_not_who_carried_it_then():
    world.begin()
    tell([each for each in world.facts(90, live=False) if each.at <= on(T)])
    # From here on facts hold back: what a deal's beginning did not say, a later word does.
    bare = [world.fact(f"bare{n}", T - 20 + n, live=False, stage="Talk") for n in range(12)]
    tell(bare)
    unchanged(
        [
            world.fact(each.key, T + 5, live=False, amount="123456", salesperson="ann", company="x")
            for each in bare
        ]
    )


def test_a_meeting_planned_later_was_not_ahead_then():
    world.begin()
    tell([each for each in world.facts(90) if each.at <= on(T)])
    key = pipeline.open(pipeline.EVERYTHING, on(T)).open_deals(pipeline.Criteria())[0].key
    tell([activity("ahead", T + 4, known=T - 1, deal=key, kind="meeting")])
    _, scored = seen()
    assert scored["n_ahead"].sum() == 1
    assert scored["ahead_in"].drop_nans().to_list() == pytest.approx([4.0])
    unchanged([activity("late", T + 2, known=T + 1, deal=key, kind="meeting")])


def test_what_took_a_while_counts_from_its_end_on():
    world.begin()
    tell([each for each in world.facts(90, live=False) if each.at <= on(T)])
    key = pipeline.open(pipeline.EVERYTHING, on(T)).open_deals(pipeline.Criteria())[0].key
    unchanged(
        [
            world.happened(
                "call", T - 0.01, live=False, deal=key, kind="phone_call", minutes=30, done=True
            )
        ]
    )


def test_an_activity_moved_to_the_deal_later_was_not_its_then():
    world.begin()
    tell([each for each in world.facts(90) if each.at <= on(T)])
    keys = [
        d.key for d in pipeline.open(pipeline.EVERYTHING, on(T)).open_deals(pipeline.Criteria())
    ]
    tell([activity("moved", T - 3, deal=keys[0], kind="meeting")])
    unchanged([activity("moved", T - 3, known=T + 2, deal=keys[1], kind="meeting")])


def test_the_past_that_a_new_source_brings_is_there_at_once():
    world.begin()
    tell([each for each in world.facts(60) if each.kind == "deal"])
    before, _ = seen(110)
    mails = [each for each in world.facts(60) if each.kind == "activity"]
    tell(
        [
            activity(m.key, (m.at - on(0)).total_seconds() / 86400, known=105, **m.changes)
            for m in mails
        ]
    )
    after, _ = seen(110)
    assert before["n_any"].sum() == 0
    assert after.filter(pl.col("s") < days(on(100)))["n_any"].sum() > 0
