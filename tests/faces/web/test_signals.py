"""Signals on pages: what is told, what one may do about it, and who may set rules."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.signals import SignalState
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text, undo
from tests.record.telling import on
from tests.views.signals.raising import PAST, PUSHED, cleared, noticed, standing

pytestmark = pytest.mark.django_db
NOW = on(40)


@pytest.fixture(autouse=True)
def then(numbers):
    with time_machine.travel(NOW, tick=True):
        noticed(PUSHED, "A1", 30)
        noticed(PUSHED, "C1", 31)
        yield


def deal(key: str = "A1") -> int:
    return pipeline.open(EVERYTHING).deal(key).id


def said(signal: SignalState, **more: str) -> dict[str, str]:
    return {"raised": signal.raised_at.isoformat(), **more}


def shown_as(signal: SignalState) -> str:
    return f"{signal.deal_id}:{signal.id}:{signal.raised_at.isoformat()}"


def address(signal: SignalState) -> str:
    return f"/deals/{signal.deal_id}/signals/{signal.id}"


def test_looking_writes_nothing_and_telling_that_it_was_shown_is_kept_once(numbers):
    signal = standing("A1")[PUSHED]
    sam = signed_in(numbers["sam"])
    for page in ("/today", "/signals", "/deals/A1", "/pipeline?signal=any"):
        assert "pushed of A1." in text(sam, page), page
    room = pipeline.open(EVERYTHING).signals
    assert room.responses() == []
    for _ in range(2):
        assert sam.post("/signals/seen", {"signal": [shown_as(signal)]}).status_code == 204
    responses = pipeline.open(EVERYTHING).signals.responses()
    assert [(each.member_id, each.did) for each in responses] == [(numbers["sam"], "seen")]
    assert sam.get("/signals/seen").status_code == 405
    # Without a script a form says it, and leads on.
    lea = signed_in(numbers["lea"])
    told = {"signal": shown_as(signal), "back": f"/deals/{deal()}"}
    assert lea.post("/signals/seen", told).headers["Location"] == f"/deals/{deal()}"
    assert "Seen by Sam" in text(lea, "/deals/A1")


def test_only_who_carries_the_deal_or_leads_who_does_has_seen_it(numbers):
    signal = standing("C1")[PUSHED]
    for who in ("ona", "sam", "adi"):
        signed_in(numbers[who]).post(
            "/signals/seen", {"signal": [shown_as(signal), "1:2:never", "x", ""]}
        )
    assert pipeline.open(EVERYTHING).signals.responses() == []


def test_a_dismissal_needs_a_reason_holds_for_all_and_is_undone(numbers):
    signal = standing("A1")[PUSHED]
    sam, lea = signed_in(numbers["sam"]), signed_in(numbers["lea"])
    sam.post(address(signal), said(signal, doing="dismissed"))
    assert "Write it in a line" in text(sam, "/deals/A1")
    why = "They <b>told</b> us"
    sam.post(address(signal), said(signal, doing="dismissed", reason=why, back="/today"))
    page = text(sam, "/today")
    assert "pushed of A1." not in page
    shown = text(lea, "/deals/A1")
    assert "Sam dismissed it" in shown
    assert "They &lt;b&gt;told&lt;/b&gt; us" in shown
    assert "They &lt;b&gt;told" in text(lea, "/signals/rules/pushed")
    assert "pushed of A1." not in text(lea, "/signals")
    undo(sam, page)
    assert "pushed of A1." in text(lea, "/signals")


def test_a_leader_brings_back_what_a_salesperson_dismissed_not_what_they_put_off(numbers):
    signal = standing("A1")[PUSHED]
    sam, lea = signed_in(numbers["sam"]), signed_in(numbers["lea"])
    sam.post(address(signal), said(signal, doing="dismissed", reason="no"))
    key = re.search(r'name="response" value="([^"]+)"', text(lea, "/deals/A1"))
    assert key is not None
    lea.post(address(signal), said(signal, doing="back", response=key[1]))
    assert "pushed of A1." in text(sam, "/today")
    sam.post(address(signal), said(signal, doing="snoozed", until="3 days"))
    assert "pushed of A1." not in text(sam, "/today")
    assert "pushed of A1." in text(lea, "/today")
    (snoozed,) = [r for r in pipeline.open(EVERYTHING).signals.responses() if r.did == "snoozed"]
    assert snoozed.until is not None
    assert abs(snoozed.until - NOW - timedelta(days=3)) < timedelta(minutes=1)
    again = said(signal, doing="back", response=snoozed.key)
    assert lea.post(address(signal), again).status_code == 404
    assert "You put it off until" in text(sam, "/deals/A1")
    sam.post(address(signal), again)
    assert "pushed of A1." in text(sam, "/today")


def test_what_makes_no_sense_is_refused(numbers):
    signal = standing("A1")[PUSHED]
    lea, bo = signed_in(numbers["lea"]), signed_in(numbers["bo"])
    assert bo.post(address(signal), said(signal, doing="acted")).status_code == 404
    assert lea.post(address(signal), said(signal, doing="ignored")).status_code == 404
    assert lea.post(address(signal), said(signal, doing="snoozed", until="x")).status_code == 404
    assert lea.get(address(signal)).status_code == 405
    cleared(PUSHED, "A1", 39)
    assert lea.post(address(signal), said(signal, doing="acted")).status_code == 302
    page = text(lea, "/deals/A1")
    assert "cleared already" in page
    assert "Noticed: <b>Close date pushed</b>" in page, "it is in the deal's story"
    assert pipeline.open(EVERYTHING).signals.responses() == []


def test_an_open_page_hears_of_changes_only(numbers):
    lea = signed_in(numbers["lea"])
    for page in (
        f"/deals/{deal()}/signals",
        "/today/signals",
        "/today/signals?group=rule",
        "/signals",
    ):
        version = re.search(r'name="version" value="([^"]+)"', text(lea, page))
        assert version is not None
        mark = "&" if "?" in page else "?"
        assert lea.get(f"{page}{mark}version={version[1]}").status_code == 204
        assert lea.get(f"{page}{mark}version=other").status_code == 200
    before = re.search(r'name="version" value="([^"]+)"', text(lea, "/today"))
    assert before is not None
    noticed(PAST, "A1", 39)
    assert "close_date_past of A1." in text(lea, f"/today/signals?version={before[1]}")
    bo = signed_in(numbers["bo"])
    assert bo.get(f"/deals/{deal()}/signals").status_code == 404
    assert "of A1." not in text(bo, "/signals")


def test_guidance_begins_with_what_helps_and_counts_as_acting(numbers):
    lea = signed_in(numbers["lea"])
    page = text(lea, "/deals/A1")
    assert "?guide=pushed#guidance" in page
    guided = text(lea, f"/deals/{deal()}?guide=pushed")
    assert 'value="Ask the buyer what has to happen' in guided
    lea.post(f"/deals/{deal()}/guidance", {"text": "Ask the buyer", "due": ""})
    assert "Lea gave guidance" in text(lea, "/deals/A1")
    assert "?guide=" not in text(signed_in(numbers["sam"]), "/deals/A1")


def test_what_one_acted_upon_still_stands_and_says_so(numbers):
    signal = standing("A1")[PUSHED]
    sam = signed_in(numbers["sam"])
    sam.post(address(signal), said(signal, doing="acted"))
    page = text(sam, "/deals/A1")
    assert "Sam acted upon it" in page
    assert 'value="acted"' not in page
    assert 'value="acted"' in text(signed_in(numbers["lea"]), "/deals/A1")
    undo(sam, page)
    assert 'value="acted"' in text(sam, "/deals/A1")


def test_filters_narrow_and_nonsense_shows_everything(numbers):
    noticed(PAST, "A1", 39)
    lea = signed_in(numbers["lea"])
    page = text(lea, "/signals?rule=pushed")
    assert "pushed of A1." in page
    assert "close_date_past of A1." not in page
    assert "Nothing fits these filters" in text(lea, "/signals?tone=good")
    for query in ("rule=none", "salesperson=x", "tone=blue"):
        page = text(lea, f"/signals?{query}")
        assert "Shown is everything." in page
        assert "pushed of A1." in page
    then = text(lea, "/signals?at=2026-02-05")
    assert "pushed of A1." in then
    assert "close_date_past of A1." not in then
    assert "signal-respond" not in then
    assert 'name="doing"' not in then, "nothing is done about what is past"


def test_rules_are_set_by_owner_and_admin_and_read_by_everybody(numbers):
    values = {"often": "3", "days": "45", "on": "on"}
    for who in ("lea", "sam"):
        client = signed_in(numbers[who])
        page = text(client, "/signals/rules/pushed")
        assert "Owners and admins set it." in page
        assert client.post("/signals/rules/pushed/save", values).status_code == 403
        assert client.post("/signals/rules/pushed/preview", values).status_code == 403
    ona = signed_in(numbers["ona"])
    ona.post("/signals/rules/pushed/save", values)
    page = text(ona, "/signals/rules/pushed")
    kept = pipeline.open(EVERYTHING).signals.settings()["pushed"]
    assert (kept.values, kept.off) == ({"often": 3.0, "days": 45.0}, False)
    undo(ona, page)
    assert pipeline.open(EVERYTHING).signals.settings()["pushed"].values == {}
    ona.post("/signals/rules/pushed/save", {**values, "often": "0"})
    assert "greater than or equal to 1" in text(ona, "/signals/rules/pushed")
    signed_in(numbers["adi"]).post("/signals/rules/pushed/save", {"often": "2", "days": "30"})
    kept = pipeline.open(EVERYTHING).signals.settings()["pushed"]
    assert (kept.values, kept.off) == ({}, True)
    assert ">off<" in text(ona, "/signals/rules")
    assert ona.get("/signals/rules/none").status_code == 404


def test_a_preview_is_a_run_whose_deals_are_named_to_those_who_see_them(numbers):
    ona, adi = signed_in(numbers["ona"]), signed_in(numbers["adi"])
    asked = adi.post("/signals/rules/pushed/preview", {"often": "3", "days": "45"})
    where = asked.headers["Location"]
    assert "It begins as soon as a worker is free." in text(adi, where)
    run = Run.objects.get(kind="preview")
    assert run.plan == {"rule": "pushed", "values": {"often": 3.0, "days": 45.0}}
    report = {
        "weeks": [[NOW.isoformat(), 4, 1]],
        "present": 5,
        "other": 2,
        "spared": [deal()],
        "added": [],
        "every": 1,
        "known": 0,
    }
    Run.objects.filter(pk=run.pk).update(state=Run.State.DONE, report=report)
    page = text(ona, where)
    assert "Would not have had it" in page
    assert "Harbour rollout" in page
    assert "by what is known today" in page
    assert "Harbour rollout" not in text(adi, where)
    assert ona.get(where.replace("pushed", "close_date_past")).status_code == 404


def test_how_a_rule_held_on_the_past_is_said_with_it(numbers):
    from ridealong.sources.stating import keep_trial

    lea = signed_in(numbers["lea"])
    assert "Not tried on your history yet" in text(lea, "/signals/rules/pushed")
    of = {"ratio": 2.1, "low": 1.5, "high": 3.0, "shown": True}
    trial = {"name": "pushed", "fired": 40, "lifted": True, "lifts": {"lost": of}}
    none = {"name": PAST, "fired": 9, "lifted": False, "lifts": {}}
    keep_trial("signals", {"rules": [trial, none]}, at=NOW)
    assert "lost 2.1 times as often as on deals like it" in text(lea, "/signals/rules/pushed")
    assert "no lift shown" in text(lea, f"/signals/rules/{PAST}")
