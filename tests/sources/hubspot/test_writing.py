"""Writing back to HubSpot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Differs, Edit
from ridealong.sources.hubspot.connector import Connector
from tests.sources.hubspot.answers import refused
from tests.sources.hubspot.connected import Connected, connected_to, small


@pytest.fixture
def connected() -> Iterator[Connected]:
    with connected_to(small()) as found:
        yield found


def write(
    connected: Connected, name: str, value: str | None, before: str | None, **more: Any
) -> None:
    edit = Edit(f"{connected.prefix}1", name, value, before)
    Connector().write(connected.access, edit, **more)


def there(connected: Connected) -> dict[str, Any]:
    values: dict[str, Any] = connected.portal.rows["deals"]["1"]["values"]
    return values


def test_a_field_is_written_where_nobody_changed_it_meanwhile(connected):
    write(connected, "close_date", "2027-01-15", "2026-12-31")
    write(connected, "stage", "propose", "qualify")
    write(connected, "next_step", "Send <it>", None)
    assert connected.fake.changed == [
        {"closedate": "2027-01-15T11:00:00Z"},
        {"dealstage": "propose"},
        {"hs_next_step": "Send <it>"},
    ]
    write(connected, "close_date", None, "2027-01-15")
    write(connected, "next_step", None, "Send <it>")
    assert (there(connected)["closedate"], there(connected)["hs_next_step"]) == ("", "")


def test_what_is_there_already_is_not_written(connected):
    write(connected, "stage", "qualify", "propose")
    write(connected, "close_date", "2026-12-31", "2026-11-30")
    assert connected.fake.changed == []


@pytest.mark.django_db
def test_what_was_written_comes_back_as_it_was_meant(connected):
    write(connected, "close_date", "2027-01-15", "2026-12-31")
    connected.sync()
    last = [f for f in connected.facts.values() if f.external_id.startswith("deal:1:")]
    assert last[-1].changes["close_date"] == "2027-01-15"


def test_what_was_changed_meanwhile_is_shown_and_written_only_anyway(connected):
    connected.portal.put("deals", 1, 40, closedate="2027-03-31T11:00:00Z")
    with pytest.raises(Differs) as caught:
        write(connected, "close_date", "2027-01-15", "2026-12-31")
    assert caught.value.current == "2027-03-31"
    write(connected, "close_date", "2027-01-15", "2026-12-31", anyway=True)
    assert there(connected)["closedate"] == "2027-01-15T11:00:00Z"


def test_a_stage_of_a_second_account_is_known_without_its_prefix(connected):
    connected.prefix = "branch:"
    write(connected, "stage", "branch:propose", "branch:qualify")
    assert there(connected)["dealstage"] == "propose"
    with pytest.raises(Differs) as caught:
        write(connected, "stage", "branch:won", "branch:qualify")
    assert caught.value.current == "branch:propose"


def test_a_stage_of_another_pipeline_takes_the_deal_there(connected):
    write(connected, "stage", "renewal", "qualify")
    assert connected.fake.changed == [{"dealstage": "renewal", "pipeline": "77"}]


def test_hubspots_no_comes_in_its_own_words(connected):
    with pytest.raises(Refused, match="gone was not one of the allowed options"):
        write(connected, "stage", "gone", "qualify")
    with pytest.raises(Refused, match="always has a stage"):
        write(connected, "stage", None, "qualify")
    connected.portal.delete("deals", 1, 3)
    with pytest.raises(Refused, match="resource not found"):
        write(connected, "next_step", "x", None)


def test_a_deal_that_was_merged_is_not_written_under_its_old_number(connected):
    connected.portal.merge(1, 2, into=50, day=30)
    with pytest.raises(Refused, match="merged this deal into another one, 50"):
        write(connected, "next_step", "x", None)
    assert connected.fake.changed == []


def test_what_fails_is_tried_later(connected):
    connected.fake.fail = [refused(503, "busy", "SERVICE_UNAVAILABLE")]
    with pytest.raises(TryAgain):
        write(connected, "next_step", "x", None)


def test_a_note_is_added_as_text_to_the_deal(connected):
    write(connected, "note", "Eva <b>is</b> keen\nvery", None)
    (note,) = connected.fake.notes
    assert note["properties"]["hs_note_body"] == "Eva &lt;b&gt;is&lt;/b&gt; keen<br>very"
    written = datetime.fromisoformat(note["properties"]["hs_timestamp"])
    assert abs((datetime.now(UTC) - written).total_seconds()) < 60
    (association,) = note["associations"]
    assert association["to"] == {"id": "1"}
    assert association["types"] == [
        {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 214}
    ]


def test_a_note_is_sent_once(connected):
    connected.fake.fail = [refused(503, "busy", "SERVICE_UNAVAILABLE")]
    with pytest.raises(TryAgain):
        write(connected, "note", "Hello", None)
    assert connected.fake.asked == ["/crm/v3/objects/notes"]
