"""Rules that need much of the record, through it: cases are gathered as the rules expect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ridealong.record import pipeline
from ridealong.record.criteria import Criteria
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.base.playbook import default_playbook
from ridealong.views import signals
from ridealong.views.signals import Found, Norms
from tests.record.telling import activity, deal, member, on, stages, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company() -> None:
    """Lea leads Sam, who has one deal since day 0."""
    begins: dict[str, Any] = {"salesperson": "sam", "stage": "qualify", "status": "open"}
    begins |= {
        "amount": "90000",
        "close_date": "2026-02-01",
        "company": "acme",
        "contacts": {"eng": "champion"},
    }
    tell(
        [
            member("lea", role="leader"),
            member("sam", "lea"),
            *stages(qualify="open", propose="open", won="won", lost="lost"),
            Fact("contact", "eng", on(-9), {"name": "Nora Eng", "company": "acme"}, "eng"),
            deal("A", 0, known=0, **begins),
        ]
    )


def found(day: float, norms: Norms | None = None) -> dict[str, Found]:
    """Return what the deal has on a day, with what was known then."""
    pipe = pipeline.open(EVERYTHING, on(day), on(day))
    normal = norms or signals.learn(pipe)
    verdicts = list(signals.judge(pipe, pipe.open_deals(Criteria()), normal))
    return dict(verdicts[0].found) if verdicts else {}


def meeting(day: float, *, known: float, **more: Any) -> Fact:
    """A meeting with the buyer; each word of it is a statement of its own."""
    said: dict[str, Any] = {"kind": "meeting", "deal": "A", "member": "sam", "title": "Demo"}
    said |= {"contacts": ["eng"]}
    said |= {"begins": on(day), **more}
    return Fact("activity", "m", on(known), said, f"m:{known}", recorded_at=on(known))


def test_a_meeting_taken_out_of_the_calendar_is_noticed_until_another_is_planned():
    tell([meeting(20, known=10)])
    assert "meeting_cancelled" not in found(11)
    tell([meeting(20, known=12, deleted=True)])
    has = found(12)["meeting_cancelled"]
    assert has.words.startswith("“Demo”, planned for 25 Jan 2026, was called off")
    assert has.evidence[0].text == "Called off on 17 Jan 2026"
    tell([activity("n", 25, known=14, kind="meeting", deal="A", member="sam")])
    assert "meeting_cancelled" in found(13)
    assert "meeting_cancelled" not in found(14)


def test_a_meeting_that_is_moved_is_not_cancelled():
    tell([meeting(20, known=10), meeting(27, known=12)])
    assert "meeting_cancelled" not in found(13)


def test_a_meeting_the_buyer_declined_is_noticed():
    nobody = [{"email": "nora@buyer.example", "name": "", "answer": "declined"}]
    tell([meeting(20, known=10), meeting(20, known=12, done=False, people=nobody)])
    assert "meeting_cancelled" not in found(11)
    assert "meeting_cancelled" in found(12)


def test_guidance_is_overdue_until_the_record_shows_that_it_was_done():
    said = {"leader": "lea", "salesperson": "sam", "deal": "A", "text": "Meet Nora Eng"}
    said["due"] = on(5).date().isoformat()
    tell([Fact("guidance", "g", on(1), said, "g", recorded_at=on(1))])
    assert "guidance_overdue" not in found(5)
    assert "“Meet Nora Eng”, given on 6 Jan 2026" in found(6)["guidance_overdue"].evidence[0].text
    tell([meeting(6.5, known=6.5)])
    assert "guidance_overdue" not in found(7)


def test_a_talk_of_the_leader_about_the_deal_counts_once_it_was_held():
    talk = {"kind": "one_on_one", "member": "lea", "members": ["lea", "sam"]}
    tell([activity("early", 2, known=2, **talk)])
    assert "leader_away" in found(31)
    tell([activity("t", 32, known=30, deals_discussed=["A"], **talk)])
    assert "leader_away" in found(31.9)
    assert "leader_away" not in found(32)
    assert "leader_away" in found(62)


def test_a_move_without_exit_criteria_is_noticed():
    playbook = default_playbook(["qualify", "propose"])
    tell([Fact("criterion", key, on(-9), said, key) for key, said in playbook])
    tell([activity("mail", 3, kind="email", direction="in", deal="A", member="sam")])
    tell([meeting(4, known=4)])
    tell([deal("A", 10, known=10, stage="propose")])
    has = found(11)["criteria_skipped"]
    assert has.words.startswith("It went from “qualify” to “propose” on 15 Jan 2026")
    assert len(has.evidence) >= 2
    assert "criteria_skipped" not in found(31)


def test_a_closed_deal_has_nothing():
    tell([deal("A", 40, known=40, stage="lost", status="lost")])
    assert found(39)
    pipe = pipeline.open(EVERYTHING, on(41), on(41))
    verdict = next(signals.judge(pipe, pipe.deals_numbered([pipe.deal("A").id]), Norms()))
    assert verdict.found == {}
    assert verdict.wake is None


def test_a_salesperson_that_changed_is_named_with_the_one_before():
    tell([member("mia", "lea"), deal("A", 10, known=10, salesperson="mia")])
    assert found(11)["salesperson_changed"].words == "Mia carries it since 15 Jan 2026, after Sam."
    assert "salesperson_changed" not in found(10 + 14 + timedelta(hours=1) / timedelta(days=1))
