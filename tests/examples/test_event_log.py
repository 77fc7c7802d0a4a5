"""The mapping for the BPI 2012 event log, on rows made up in its form."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, NotVisible
from ridealong.sources import files
from ridealong.views import inspection

MAPPING = Path(__file__).parents[2] / "examples" / "bpic2012" / "mapping.toml"
LOG = """case_id,amount_requested,registered_at,event,lifecycle,timestamp,resource
7,5000,2012-01-02T09:00:00+01:00,A_SUBMITTED,COMPLETE,2012-01-02T09:00:00+01:00,112
7,5000,2012-01-02T09:00:00+01:00,A_PREACCEPTED,COMPLETE,2012-01-02T09:05:00+01:00,10
7,5000,2012-01-02T09:00:00+01:00,W_Nabellen offertes,SCHEDULE,2012-01-02T09:06:00+01:00,10
7,5000,2012-01-02T09:00:00+01:00,W_Nabellen offertes,START,2012-01-03T10:00:00+01:00,11
7,5000,2012-01-02T09:00:00+01:00,W_Nabellen offertes,COMPLETE,2012-01-03T10:12:00+01:00,11
7,5000,2012-01-02T09:00:00+01:00,O_SENT_BACK,COMPLETE,2012-01-05T10:00:00+01:00,11
7,5000,2012-01-02T09:00:00+01:00,A_REGISTERED,COMPLETE,2012-01-06T10:00:00+01:00,12
7,5000,2012-01-02T09:00:00+01:00,A_APPROVED,COMPLETE,2012-01-06T10:00:00+01:00,12
7,5000,2012-01-02T09:00:00+01:00,A_ACTIVATED,COMPLETE,2012-01-06T10:00:00+01:00,12
8,900,2012-01-02T09:00:00+01:00,A_SUBMITTED,COMPLETE,2012-01-02T09:00:00+01:00,112
8,900,2012-01-02T09:00:00+01:00,X_NEW,COMPLETE,2012-01-02T09:01:00+01:00,112
"""


@pytest.mark.django_db
def test_an_event_log_becomes_deals_with_stages_activities_and_people(tmp_path):
    log = tmp_path / "events.csv"
    log.write_text(LOG, encoding="utf-8")
    rules = files.read(MAPPING)
    report = files.load(files.understand([log], rules), rules)
    assert [(row.line, row.value) for row in report.bad_rows] == [(12, "X_NEW")]
    assert report.new["members"] == ["10", "11", "12"], "112 is the bank's system"
    then = pipeline.open(EVERYTHING, datetime(2012, 1, 4, tzinfo=UTC))
    assert (then.deal("7").stage, then.deal("7").salesperson) == ("Preaccepted", "11")
    now = then.moved(datetime(2012, 2, 1, tzinfo=UTC))
    assert (now.deal("7").status, str(now.deal("7").amount)) == ("won", "5000.00")
    assert now.deal("8").status == "open"
    story = inspection.story(now, "7")
    (spoken,) = [e.activity for e in story.story if e.activity and e.activity.kind == "phone_call"]
    assert (spoken.minutes, spoken.two_way) == (12, True)
    answered = story.touch.last_contact
    assert answered is not None
    assert answered.day == 5
    with pytest.raises(NotVisible):
        then.moved(datetime(2012, 1, 1, tzinfo=UTC)).deal("7")
