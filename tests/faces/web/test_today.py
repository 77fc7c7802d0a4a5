"""Today and the 1:1: what a leader is led to, puts off, ticks and keeps, and who else sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from ridealong.record import pipeline
from ridealong.record.leading_states import Talk
from ridealong.views.coaching import Whom, whom
from tests.faces.web.browsing import signed_in
from tests.record.telling import activity, on, tell
from tests.views.test_inspection import started

pytestmark = pytest.mark.django_db
NOW = on(40)


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(NOW, tick=True):
        yield


def seen_by(member: int) -> Whom:
    pipe = pipeline.open(member)
    return whom(pipe, pipe.leading.employed[member])


def talks(member: int) -> list[Talk]:
    return pipeline.open(member).leading.talks(since=NOW - timedelta(hours=3))


def test_a_leader_is_led_to_whom_to_speak_with_and_may_put_it_off(numbers):
    lea = signed_in(numbers["lea"])
    assert lea.get("/").headers["Location"] == "/today"
    shown = lea.get("/today").content.decode()
    assert "Sam" in shown
    assert "You have not spoken yet" in shown
    sam = f"/today/{numbers['sam']}"
    lea.post(sam, {"state": "snoozed", "until": "a week"})
    put_off = lea.get("/today").content.decode()
    assert "Put off" in put_off
    assert "Prepare the 1:1" not in put_off.split("Put off")[0].split("Sue")[0]
    lea.post(sam, {"state": ""})
    assert "Bring back" not in lea.get("/today").content.decode()
    assert lea.post(sam, {"state": "snoozed", "until": "ever"}).status_code == 404
    assert lea.post(f"/today/{numbers['bo']}", {"state": "done"}).status_code == 404
    assert lea.post(sam, {"state": "done", "deal": "C1"}).status_code == 404


def test_what_is_added_to_the_1_1_is_on_it_and_what_is_ticked_is_kept(numbers):
    lea = signed_in(numbers["lea"])
    lea.post(f"/today/{numbers['sam']}", {"state": "agenda", "deal": "A1"})
    address = f"/people/{numbers['sam']}/agenda"
    shown = lea.get(address)
    made = shown.context["agenda"]
    asked = made.of("asked")[0]
    assert "Harbour rollout" in asked.text
    ticked = {
        "opened": made.at.isoformat(),
        "item": [asked.id],
        "minutes": "25",
        "guidance": "Meet the CFO",
        "guidance_deal": "A1",
        "guidance_due": "2026-03-01",
    }
    kept = lea.post(address, ticked)
    assert kept.status_code == 302, kept.context["form"].errors
    assert "Meet the CFO" in lea.get(kept.headers["Location"]).content.decode()
    (talk,) = talks(numbers["lea"])
    assert (talk.talk, talk.minutes, talk.nature) == ("one_on_one", 25.0, {"deal_coaching": 1.0})
    assert [point["what"] for point in talk.covered] == ["asked"]
    again = lea.get(address).context["agenda"]
    assert not again.of("asked")
    assert [item.text for item in again.of("guidance")] == ["Meet the CFO"]
    assert "Meet the CFO" in signed_in(numbers["sam"]).get("/today").content.decode()


def test_what_a_leader_put_on_a_1_1_is_seen_by_the_two_of_them_only(numbers):
    signed_in(numbers["lea"]).post(f"/today/{numbers['sam']}", {"state": "agenda", "deal": "A1"})
    address = f"/people/{numbers['sam']}/agenda"
    asked = [
        signed_in(numbers[who]).get(address).context["agenda"].of("asked") for who in ("lea", "sam")
    ]
    assert [item.text for item in asked[0]] == ["Harbour rollout"]
    assert asked[0] == asked[1]
    assert "What Lea put on it" in signed_in(numbers["sam"]).get(address).content.decode()
    leading = pipeline.open(numbers["ona"]).leading
    assert leading.asked(numbers["lea"], numbers["sam"]) == []


def test_of_each_salesperson_deals_are_looked_at_however_small_beside_others(numbers):
    tell([started(f"S{n}", salesperson="sue", amount="900000") for n in range(510)])
    found = {each.member.name: each for each in seen_by(numbers["lea"]).suggestions}
    assert [stake.deal.key for stake in found["Sam"].deals] == ["A1"]
    assert found["Sam"].reason.startswith("You have not spoken yet; Harbour rollout")
    assert "3 deals worth €2,700,000 ask for you: 3 " in found["Sue"].reason


def test_the_one_in_the_calendar_is_the_one_that_is_held(numbers):
    tell([activity("cal", 40, known=30, kind="one_on_one", member="lea", members=["lea", "sam"])])
    lea = signed_in(numbers["lea"])
    made = lea.get(f"/people/{numbers['sam']}/agenda").context["agenda"]
    lea.post(
        f"/people/{numbers['sam']}/agenda",
        {"opened": made.at.isoformat(), "item": [item.id for item in made.items]},
    )
    assert [talk.key for talk in talks(numbers["lea"])] == ["cal"]


def test_a_salesperson_sees_their_own_and_keeps_none(numbers):
    sam = signed_in(numbers["sam"])
    own = f"/people/{numbers['sam']}/agenda"
    assert sam.get(own).status_code == 200
    assert "Keep this 1:1" not in sam.get(own).content.decode()
    assert sam.post(own, {"item": []}).status_code == 404
    assert sam.get(f"/people/{numbers['sue']}/agenda").status_code == 404
    assert signed_in(numbers["bo"]).get(own).status_code == 404


def test_guidance_without_a_deal_is_asked_about_and_nothing_is_kept(numbers):
    lea = signed_in(numbers["lea"])
    answer = lea.post(f"/people/{numbers['sam']}/agenda", {"guidance": "Call"})
    assert "Which deal is it about?" in answer.content.decode()
    assert not talks(numbers["lea"])
