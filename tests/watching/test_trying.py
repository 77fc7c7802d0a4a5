"""The rules are tried on the past by themselves: once a week, at night."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from ridealong.jobs.models import Run
from ridealong.jobs.working import carry_waiting
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.watching.trying import start_due
from tests.record.telling import tell
from tests.watching.world import company

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 2, 2, 12, tzinfo=ZoneInfo("Europe/Berlin"))
NIGHT = NOON + timedelta(hours=14)


def tried() -> int:
    return Run.objects.filter(kind="trial").count()


def test_they_are_tried_at_night_once_a_week():
    with time_machine.travel(NOON) as time:
        start_due()
        time.move_to(NIGHT)
        start_due()
        assert tried() == 0, "there is no deal yet"
        tell(company())
        time.move_to(NOON)
        start_due()
        assert tried() == 0, "it is day"
        time.move_to(NIGHT)
        start_due()
        carry_waiting()
        start_due()
        assert tried() == 1
        kept = pipeline.open(EVERYTHING).signals.trial("signals")
        assert kept is not None
        assert kept[1]["rules"]
        time.move_to(NIGHT + timedelta(days=7, hours=1))
        start_due()
        assert tried() == 2
