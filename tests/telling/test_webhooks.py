"""Webhooks: signed, in order, again until they are taken, and once more by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ridealong.jobs.carrying import ATTEMPTS
from ridealong.jobs.models import Run
from ridealong.lib.again import Refused
from ridealong.telling import hooking, sending, webhooks
from ridealong.telling.models import Webhook
from tests.record.telling import member, on, tell
from tests.support.listening import Listener, listening
from tests.telling.company import RULE, cleared, company, raised, workday
from tests.views.test_inspection import started

DOCS = Path(__file__).parents[2] / "docs" / "telling.md"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listener(settings) -> Iterator[Listener]:
    settings.RIDEALONG_PRIVATE_WEBHOOKS = True
    settings.RIDEALONG_ADDRESS = "https://ride.example/"
    with listening(Listener()) as made:
        yield made


def hooked(whose, listener: Listener, kind: str = "generic", **more) -> Webhook:
    said = {"name": "Mine", "about": None, "rules": [], **more}
    return hooking.add(whose, kind=kind, address=listener.address, **said)


def deals(listener: Listener) -> list[list[str]]:
    return [[each["deal"]["key"] for each in body["signals"]] for body in listener.came]


def test_a_program_is_told_and_can_tell_that_it_was_us(listener: Listener, now, tick):
    hook = hooked(company()["lea"], listener)
    now.shift(60)
    at = raised("A1", "C1")
    now.shift(5)
    tick()
    assert deals(listener) == [["A1"]], "Bo's deals are not Lea's to see"
    (signal,) = listener.came[0]["signals"]
    assert signal["rule"] == RULE
    assert signal["raised_at"] == at.isoformat()
    assert signal["to_do"] == "Agree on a date with the buyer, or close the deal as lost."
    assert signal["deal"]["link"].startswith("https://ride.example/deals/")
    assert signal["deal"]["amount"] == "9000.00"
    (head,) = listener.heads
    stamp, proof = (part.split("=")[1] for part in head["X-Ridealong-Signature"].split(","))
    whole = f"{stamp}.".encode() + listener.bodies[0]
    secret = hook.secrets["secret"].encode()
    assert proof == hmac.new(secret, whole, hashlib.sha256).hexdigest()
    assert head["X-Ridealong-Id"] == listener.came[0]["id"]
    now.shift(60)
    tick()
    assert len(listener.came) == 1, "once"


def test_the_program_in_the_docs_knows_us_from_others(listener: Listener, now, tick):
    hook = hooked(company()["lea"], listener)
    now.shift(60)
    raised("A1")
    now.shift(5)
    tick()
    (program,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102  what others will run
    header, body = listener.heads[0]["X-Ridealong-Signature"], listener.bodies[0]
    secret = hook.secrets["secret"]
    assert names["is_ridealong"](secret, header, body)
    assert not names["is_ridealong"]("whsec_other", header, body)
    assert not names["is_ridealong"](secret, header, body + b" ")
    now.shift(301)
    assert not names["is_ridealong"](secret, header, body), "an old one, sent again by somebody"


def test_the_docs_name_what_is_sent(listener: Listener, now, tick):
    hooked(company()["lea"], listener)
    now.shift(60)
    raised("A1")
    now.shift(5)
    tick()
    (shown,) = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    said, sent = json.loads(shown), listener.came[0]
    assert said.keys() == sent.keys()
    assert said["signals"][0].keys() == sent["signals"][0].keys()
    assert said["signals"][0]["deal"].keys() == sent["signals"][0]["deal"].keys()
    assert said["signals"][0]["evidence"][0].keys() == sent["signals"][0]["evidence"][0].keys()


def test_what_was_raised_before_it_was_there_is_not_told(listener: Listener, now, tick):
    people = company()
    raised("A1")
    now.shift(60)
    hooked(people["lea"], listener)
    now.shift(60)
    tick()
    assert not listener.bodies


def test_what_fails_is_told_later_in_order_and_with_the_same_id(listener: Listener, now, tick):
    hooked(company()["lea"], listener)
    now.shift(60)
    listener.answers = [500, 500]
    raised("A1")
    now.shift(5)
    tick()
    raised("B1")
    now.shift(20)
    tick()
    assert len(listener.bodies) == 1, "it rests for half a minute"
    now.shift(30)
    tick()
    now.shift(120)
    tick()
    now.shift(5)
    tick()
    assert deals(listener) == [["A1"], ["B1"]]
    ids = [head["X-Ridealong-Id"] for head in listener.heads]
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_it_is_left_alone_as_long_as_it_asks(listener: Listener, now, tick):
    hooked(company()["lea"], listener)
    now.shift(60)
    listener.answers, listener.headers = [429], {"Retry-After": "600"}
    raised("A1")
    now.shift(5)
    tick()
    now.shift(590)
    tick()
    assert len(listener.bodies) == 1
    now.shift(11)
    tick()
    assert deals(listener) == [["A1"]]


def test_it_gives_up_says_why_and_goes_on_when_somebody_tries_again(listener: Listener, now, tick):
    lea = company()["lea"]
    hook = hooked(lea, listener)
    now.shift(60)
    listener.answers = [503] * ATTEMPTS
    raised("A1")
    for _ in range(ATTEMPTS + 2):
        now.shift(timedelta(hours=1, minutes=1))
        tick()
    assert len(listener.bodies) == ATTEMPTS
    run = webhooks.last_runs([hook])[hook.pk]
    assert run.state == Run.State.FAILED
    assert "503: no such thing" in run.error
    raised("B1")
    now.shift(timedelta(hours=3))
    tick()
    assert len(listener.bodies) == ATTEMPTS, "nothing is tried before somebody asks"
    webhooks.start(hook, by=lea.id)
    tick()
    now.shift(5)
    tick()
    assert deals(listener) == [["A1"], ["B1"]]
    assert webhooks.last_runs([hook])[hook.pk].state == Run.State.DONE


def test_a_refusal_stops_it_at_once(listener: Listener, now, tick):
    hook = hooked(company()["lea"], listener)
    now.shift(60)
    listener.answers = [410]
    raised("A1")
    now.shift(5)
    tick()
    now.shift(3600)
    tick()
    assert len(listener.bodies) == 1
    assert webhooks.last_runs([hook])[hook.pk].state == Run.State.FAILED


def test_what_was_cleared_while_it_could_not_be_told_is_not_told(listener: Listener, now, tick):
    hooked(company()["lea"], listener)
    now.shift(60)
    listener.answers = [500]
    raised("A1", "B1")
    now.shift(5)
    tick()
    cleared("A1")
    now.shift(31)
    tick()
    assert deals(listener) == [["B1"]]


def test_it_is_told_of_some_rules_and_some_peoples_deals(listener: Listener, now, tick):
    people = company()
    hooked(people["ona"], listener, about=people["lea"].id, rules=[RULE])
    now.shift(60)
    raised("A1", "C1")
    raised("B1", rule="pushed")
    now.shift(5)
    tick()
    assert deals(listener) == [["A1"]], "Bo does not report to Lea, and the other rule is not asked"


def test_slack_gets_one_message_of_many_and_nothing_in_it_is_taken_for_markup(
    listener: Listener, now, tick
):
    people = company(
        *(started(f"S{n}", name=f"<!channel> & Co {n}", amount=str(n)) for n in range(30))
    )
    hooked(people["lea"], listener, kind="slack")
    now.shift(60)
    raised(*(f"S{n}" for n in range(30)), words="<https://bad.example|click> & more")
    now.shift(5)
    tick()
    (body,) = listener.came
    assert body["text"] == "30 signals on 30 deals"
    assert len(body["blocks"]) == 12, "a headline, ten deals, and how many more"
    texts = [each["text"]["text"] for each in body["blocks"] if "text" in each]
    assert "&lt;!channel&gt; &amp; Co 29" in texts[1], "the most valuable first"
    assert all("<!" not in text and "<https://bad" not in text for text in texts)
    assert "<https://ride.example/deals/" in texts[1]
    assert "20 more deals" in body["blocks"][-1]["elements"][0]["text"]
    assert "X-Ridealong-Signature" not in listener.heads[0]


def test_many_signals_go_to_a_program_in_several_messages_in_order(
    listener: Listener, now, tick, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(webhooks, "AT_ONCE", 4)
    people = company(*(started(f"S{n}") for n in range(10)))
    hooked(people["lea"], listener)
    now.shift(60)
    for n in range(10):
        raised(f"S{n}")
        now.shift(1)
    listener.answers = [200, 500]
    tick()
    now.shift(31)
    tick()
    assert [len(each) for each in deals(listener)] == [4, 4, 2]
    assert [key for part in deals(listener) for key in part] == [f"S{n}" for n in range(10)]


def test_who_leaves_is_no_way_out_for_deals(listener: Listener, now, tick):
    hook = hooked(company()["lea"], listener)
    now.shift(60)
    gone = member("lea", active=False)
    tell([replace(gone, at=on(1), recorded_at=None, external_id="gone")])
    raised("A1")
    now.shift(5)
    tick()
    assert not listener.bodies
    assert "no member any more" in webhooks.last_runs([hook])[hook.pk].error


def test_the_test_button_sends_a_test_and_secrets_are_sealed(listener: Listener, now, tick):
    hook = hooked(company()["lea"], listener)
    webhooks.start(hook, by=hook.member_id, test=True)
    tick()
    assert listener.came == [{"id": "test", "event": "test", "company": "", "signals": []}]
    assert "127.0.0.1" not in hook.sealed
    hook.refresh_from_db()
    assert hook.told_at == workday(12)


def test_a_removed_webhook_comes_back_and_only_to_whose_it_was(listener: Listener, now, tick):
    people = company()
    token = hooking.remove(hooked(people["lea"], listener))
    assert not hooking.bring_back(people["sam"], token)
    assert hooking.bring_back(people["lea"], token)
    assert not hooking.bring_back(people["lea"], token), "once"
    now.shift(60)
    raised("A1")
    now.shift(5)
    tick()
    assert deals(listener) == [["A1"]]


def test_what_is_removed_while_it_is_being_told_ends_in_peace(
    listener: Listener, now, tick, monkeypatch: pytest.MonkeyPatch
):
    hook = hooked(company()["lea"], listener)
    now.shift(60)
    raised("A1")
    send = sending.send

    def removed_meanwhile(*args: Any) -> None:
        send(*args)
        Webhook.objects.all().delete()

    monkeypatch.setattr(sending, "send", removed_meanwhile)
    now.shift(5)
    tick()
    now.shift(5)
    tick()
    (run,) = Run.objects.filter(subject=hook.subject)
    assert (run.state, run.report) == (Run.State.DONE, {"ended": "It was removed."})


def test_an_address_in_a_private_network_cannot_be_entered(settings, now):
    sam = company()["sam"]
    settings.RIDEALONG_PRIVATE_WEBHOOKS = False
    with pytest.raises(Refused, match="private network"):
        hooking.add(
            sam, name="x", kind="slack", address="http://127.0.0.1:9/", about=None, rules=[]
        )
