"""The roll-up where hardly anything is open."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import forecasting
from ridealong.views.forecasting import fitting
from tests.record.telling import deal, on, tell
from tests.views.forecasting import world
from tests.views.forecasting.test_rollup import NOW, rolled

pytestmark = pytest.mark.django_db


def test_one_open_deal_and_then_none():
    world.begin()
    tell(f for f in world.facts(60, until=70))
    tell(
        [deal("only", 79, known=79, stage="Offer", status="open", salesperson="ann", amount="100")]
    )
    ended = {"stage": "Lost", "status": "lost"}
    tell(deal(f"d{n}", 78, known=78, **ended) for n in range(60))
    with time_machine.travel(on(NOW), tick=False):
        fitting.refit()
    found = rolled(pipeline.open(EVERYTHING, on(NOW)))
    assert [each.figure.count for line in found.lines[:1] for each in line.categories] == [1]
    assert found.lines[0].open.p90 <= 100
    tell([deal("only", NOW, known=NOW, named="end", **ended)])
    found = rolled(pipeline.open(EVERYTHING, on(NOW + 1)))
    assert found.lines[0].open == forecasting.Range(Decimal(0), Decimal(0), Decimal(0))
    assert found.lines[0].categories == ()
