"""The brief: of any moment, against the last one kept, and frozen when it is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING, NotVisible, Pipeline
from ridealong.views import briefing
from tests.record.telling import deal, on, tell
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db


def keep(pipe: Pipeline, named: str = "kept") -> briefing.Brief:
    """Keep the brief as of ``pipe``, as a face would."""
    made = briefing.brief(pipe)
    values = {
        "viewer": pipe.viewer.key if pipe.viewer else "",
        "since": made.since,
        "known": made.known,
        "body": briefing.frozen(made),
        "title": named,
    }
    tell([Fact("brief", named, made.at, values, f"brief:{named}")])
    return made


def test_a_brief_compares_with_the_week_before_when_none_was_kept():
    told(started("A"), deal("A", 15, known=15, stage="Won", status="won"))
    made = briefing.brief(pipeline.open(EVERYTHING, on(20)))
    assert made.since == on(20) - timedelta(days=7)
    assert made.changes["won"].figure.count == 1
    assert not made.since_is_kept


def test_a_brief_compares_with_the_last_one_kept_as_that_one_was_made():
    told(started("A"), started("B"))
    kept = keep(pipeline.open(EVERYTHING, on(10), known=on(10)))
    # learned after the call, though it was so before
    tell([deal("B", 9, known=12, stage="Lost", status="lost")])
    made = briefing.brief(pipeline.open(EVERYTHING, on(17)))
    assert made.since_is_kept
    assert made.since == kept.at
    assert [c.deal.key for c in made.changes["lost"].changes] == ["B"]


def test_a_kept_brief_stays_as_it_was():
    told(started("A"), started("B"))
    pipe = pipeline.open(EVERYTHING, on(10))
    kept = keep(pipe)
    number = briefing.kept(pipe)[0].id
    tell([deal("A", 9, stage="Won", status="won", amount="9999")])
    assert briefing.brief(pipe.moved(on(10))).open != kept.open
    assert briefing.read_kept(pipe, number) == kept
    with pytest.raises(NotVisible):
        briefing.read_kept(pipe, number + 1)


def test_only_who_kept_a_brief_can_read_it():
    told(started("A"))
    ids = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    lea = pipeline.open(ids["lea"], on(10))
    keep(lea)
    number = briefing.kept(lea)[0].id
    sam = pipeline.open(ids["sam"], on(10))
    assert briefing.kept(sam) == []
    with pytest.raises(NotVisible):
        briefing.read_kept(sam, number)


def test_the_json_has_the_shape_that_others_build_on():
    told(
        started("A", company="Acme", close_date="2026-01-25"),
        started("B", salesperson="sue", amount="50.5", close_date="2026-01-31"),
        deal("A", 18, known=18, amount="1500", close_date="2026-01-28"),
    )
    made = briefing.brief(pipeline.open(EVERYTHING, on(20)))
    shape = json.loads(json.dumps(briefing.brief_shape(made)))
    assert shape["at"] == on(20).isoformat()
    assert shape["currency"] == "EUR"
    assert shape["open"] == {"count": 2, "amount": 1550.5}
    assert shape["by_salesperson"] == [
        {"name": "Sam", "count": 1, "amount": 1500},
        {"name": "Sue", "count": 1, "amount": 50.5},
    ]
    assert shape["by_stage"] == [{"name": "Propose", "count": 2, "amount": 1550.5}]
    # day 20 is Sunday 25 January: the week's last day
    assert shape["closing"]["this_week"] == {"count": 0, "amount": 0, "deals": []}
    assert shape["closing"]["this_month"]["count"] == 2
    pushed = shape["changes"]["pushed"]
    assert (pushed["count"], pushed["amount"]) == (1, 1500)
    assert pushed["deals"][0] | {"name": "…"} == {
        "id": "A",
        "name": "…",
        "company": "Acme",
        "salesperson": "Sam",
        "stage": "Propose",
        "status": "open",
        "amount": 1500,
        "currency": "EUR",
        "value": 1500,
        "close_date": "2026-01-28",
        "category": None,
        "next_step": None,
        "before": "2026-01-25",
        "after": "2026-01-28",
    }
    assert shape["changes"]["amount_up"]["amount"] == 500


def test_the_headline_says_only_what_the_figures_say():
    told()
    empty = briefing.brief(pipeline.open(EVERYTHING, on(20)))
    assert empty.headline == ("No deal is open.", "Nothing moved since 18 Jan 2026.")
    tell([started("A", 15)])
    made = briefing.brief(pipeline.open(EVERYTHING, on(20)))
    assert made.headline == (
        "1 deal is open, €1,000 in all; nothing should close this week and nothing this month.",
        "Since 18 Jan 2026: 1 new (€1,000).",
        "To look at: 1 without a next step (€1,000).",
    )
