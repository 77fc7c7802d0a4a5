"""The playbook's page, exit criteria on a deal's page, and moving a stage without them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from ridealong.record import pipeline
from ridealong.record.leading_states import Criterion
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.people import playing
from ridealong.views.coaching import playbook
from tests.faces.web.browsing import signed_in
from tests.record.telling import activity, deal, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def ona(numbers: dict[str, int]) -> Client:
    """The owner's browser, in a company that uses the default playbook."""
    browser = signed_in(numbers["ona"])
    browser.post("/playbook/default")
    return browser


def page(browser: Client, address: str) -> str:
    """What an address shows."""
    return browser.get(address).content.decode()


def criteria(stage: str = "") -> list[Criterion]:
    """The criteria, of one stage or all, in order."""
    book = playbook.written(pipeline.open(EVERYTHING))
    return [c for each, cs in book.stages if stage in {"", each.key} for c in cs]


def texts(stage: str) -> list[str]:
    """The criteria of a stage as a person reads them."""
    return [each.text for each in criteria(stage)]


def number(key: str) -> int:
    """Our number of a deal."""
    return pipeline.open(EVERYTHING).deal(key).id


def test_the_default_is_offered_once_and_can_be_undone(numbers):
    ona = signed_in(numbers["ona"])
    assert "Use the default: 14 criteria over your 3 stages" in page(ona, "/playbook")
    assert "Nothing is asked" not in page(signed_in(numbers["sam"]), "/playbook")
    ona.post("/playbook/default")
    assert len(criteria()) == 14
    assert all(texts(stage) for stage in ("Qualify", "Propose", "Negotiate"))
    assert "14 criteria are there." in page(ona, "/playbook")
    assert ona.post("/playbook/default").status_code == 404
    ona.post("/playbook/undo")
    assert criteria() == []
    ona.post("/playbook/default")
    assert len(criteria()) == 14, "it can be used again"


def test_a_criterion_is_added_changed_moved_and_taken_out_each_with_undo(ona):
    before = texts("Negotiate")
    said = {"text": "Board has met", "stage": "Negotiate", "rule": "", "element": "champion"}
    ona.post("/playbook/add", said)
    assert texts("Negotiate") == [*before, "Board has met"]
    new = criteria("Negotiate")[-1]
    ona.post(f"/playbook/{new.id}/move", {"way": "up"})
    assert texts("Negotiate") == [*before[:-1], "Board has met", before[-1]]
    ona.post("/playbook/undo")
    assert texts("Negotiate") == [*before, "Board has met"]
    ona.post(f"/playbook/{new.id}/change", {**said, "text": "They met", "stage": "Qualify"})
    assert texts("Negotiate") == before
    assert texts("Qualify")[-1] == "They met"
    ona.post("/playbook/undo")
    assert texts("Negotiate")[-1] == "Board has met"
    ona.post(f"/playbook/{new.id}/remove")
    assert texts("Negotiate") == before
    assert "“Board has met” is taken out." in page(ona, "/playbook")
    ona.post("/playbook/undo")
    assert criteria("Negotiate")[-1] == new
    ona.post(f"/playbook/{new.id}/move", {"way": "down"})
    assert criteria("Negotiate")[-1] == new, "the last one stays the last"
    opened = page(ona, f"/playbook?edit={new.id}")
    assert re.search(r'<option value="Negotiate" selected', opened)
    assert re.search(r'<option value="champion" selected', opened)


def test_a_criterion_without_words_is_refused_in_words(ona):
    count = len(criteria())
    answer = ona.post("/playbook/add", {"text": " ", "stage": "Qualify"}, follow=True)
    assert "What must be so: This field is required." in answer.content.decode()
    assert len(criteria()) == count
    assert ona.post("/playbook/add", {"text": "x", "stage": "nowhere"}).status_code == 302
    assert len(criteria()) == count


def test_salespeople_read_it_and_change_nothing(ona, numbers):
    sam = signed_in(numbers["sam"])
    shown = page(sam, "/playbook")
    assert criteria()[0].text in shown
    assert "Take out" not in shown
    assert "Add a criterion" not in shown
    one = criteria()[0]
    for address in ("add", "undo", "default", f"{one.id}/change", f"{one.id}/move"):
        assert sam.post(f"/playbook/{address}").status_code == 403, address
    assert sam.post(f"/playbook/{one.id}/remove").status_code == 403
    assert signed_in(numbers["adi"]).post(f"/playbook/{one.id}/remove").status_code == 302


def test_every_count_leads_to_the_deals_it_counts_of_those_in_sight(ona, numbers):
    """A1 and C1 are open in Propose; Sam sees A1 only."""
    for viewer, names in (("ona", {"A1", "C1"}), ("sam", {"A1"}), ("adi", set())):
        browser = signed_in(numbers[viewer])
        shown = page(browser, "/playbook")
        found = re.findall(r'href="(/playbook/\d+\?state=\w+)"><b>(\d+)</b>', shown)
        assert sum(int(count) for _, count in found) == len(names) * len(criteria("Propose"))
        for address, count in found:
            assert page(browser, address).count("<tr data-row") == int(count)
    assert signed_in(numbers["ona"]).get(f"/playbook/{criteria()[0].id}?state=x").status_code == 404


def test_a_word_on_a_criterion_stands_until_the_record_is_asked_again(ona, numbers):
    sam = signed_in(numbers["sam"])
    one = criteria("Propose")[0]
    address = f"/deals/A1/check/{one.id}"
    assert sam.post(address, {"state": "met"}).status_code == 302
    assert "Sam says so" in page(sam, "/deals/A1")
    assert re.search(rf'id="met-{one.id}"[^>]*aria-pressed', page(sam, "/deals/A1"))
    assert "Why so" in page(sam, "/deals/A1")
    sam.post(address, {"state": "met", "note": " The CFO said <so>  on Monday "})
    for who in (sam, signed_in(numbers["lea"])):
        assert "The CFO said &lt;so&gt; on Monday" in page(who, "/deals/A1")
    sam.post(address, {"state": ""})
    assert "says so" not in page(sam, "/deals/A1")
    assert "The CFO said" not in page(sam, "/deals/A1")
    assert sam.post(address, {"state": "perhaps"}).status_code == 404
    assert sam.post("/deals/A1/check/1", {"state": "met"}).status_code == 404
    bo = signed_in(numbers["bo"])
    assert bo.post(address, {"state": "met"}).status_code == 404
    assert bo.get("/deals/A1/lacking?stage=Negotiate").status_code == 404
    then = page(sam, "/deals/A1?at=2026-02-01")
    assert one.text in then
    assert f"/check/{one.id}" not in then, "a past moment is looked at, not changed"


def test_evidence_leads_to_its_place_in_the_story(ona, numbers):
    tell([activity("m", 9, kind="meeting", deal="A1", member="sam", title="Proposal talk")])
    tell([activity("p", 10, kind="email", deal="A1", direction="out", title="Our proposal")])
    shown = page(signed_in(numbers["sam"]), "/deals/A1")
    link = re.search(r'href="#(activity-\d+)">“Our proposal”', shown)
    assert link is not None
    assert f'<li id="{link[1]}"' in shown


def test_a_move_without_criteria_is_asked_about_possible_and_visible(ona, numbers):
    tell([activity("q", 1, kind="meeting", deal="A1", member="sam", title="Once")])
    sam = signed_in(numbers["sam"])
    key = "Met twice"
    playing.set_criterion(stage="Propose", text=key, position=99, rule="met_twice")
    tell([activity("now", 9000, kind="meeting", deal="C1", member="sam", title="Elsewhere")])
    one = next(each for each in criteria("Propose") if each.text == key)
    playing.check(
        pipeline.open(EVERYTHING).deal("A1"),
        one,
        "missing",
        by=next(m for m in pipeline.open(EVERYTHING).members() if m.key == "sam"),
    )
    shown = page(sam, "/deals/A1/lacking?stage=Negotiate")
    assert key in shown
    assert 'name="anyway"' in shown
    assert page(sam, "/deals/A1/lacking?stage=Qualify").strip() == ""
    move = {"stage": "Negotiate", "next_step": "Sign <now>", "close_date": "", "note": "Pushed"}
    asked = sam.post("/deals/A1/change", move).content.decode()
    assert "Move it all the same" in asked
    assert 'value="Sign &lt;now&gt;"' in asked, "what else was typed is not lost"
    assert pipeline.open(EVERYTHING).deal("A1").stage == "Propose"
    sam.post("/deals/A1/change", {**move, "anyway": "1"})
    moved = pipeline.open(EVERYTHING).deal("A1")
    assert (moved.stage, moved.next_step) == ("Negotiate", "Sign <now>")
    story = page(sam, "/deals/A1")
    assert "Moved on without:" in story
    assert key in story.split("Moved on without:")[1].split("</p>")[0]


def test_a_move_back_and_one_where_nothing_is_missing_are_not_asked_about(ona, numbers):
    sam = signed_in(numbers["sam"])
    sam.post("/deals/A1/change", {"stage": "Qualify"})
    assert pipeline.open(EVERYTHING).deal("A1").stage == "Qualify"
    for each in criteria("Qualify"):
        sam.post(f"/deals/A1/check/{each.id}", {"state": "met"})
    sam.post("/deals/A1/change", {"stage": "Propose"})
    assert pipeline.open(EVERYTHING).deal("A1").stage == "Propose"
    assert "Moved on without" not in page(sam, "/deals/A1")


def test_texts_are_never_markup(ona, numbers):
    ona.post("/playbook/add", {"text": "<script>x</script>", "stage": "Propose"})
    tell([deal("A1", 13, known=13, name="<b>A</b>")])
    for address in ("/playbook", "/deals/A1", f"/playbook/{criteria('Propose')[-1].id}"):
        shown = page(ona, address)
        assert "<script>x" not in shown
        assert "<b>A</b>" not in shown


def test_a_company_without_stages_says_where_they_come_from(db, django_user_model):
    from ridealong.sources import people

    people.say("member", "ona", {"name": "Ona", "role": "owner", "active": True})
    one = pipeline.open(EVERYTHING).members()[0].id
    django_user_model.objects.create_user(email="o@x.example", password="x", member_id=one)
    assert "Stages come with your deals." in page(signed_in(one), "/playbook")
