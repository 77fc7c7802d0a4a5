"""The people one leads: the same page for leader, owner and oneself; nothing for a peer."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection

from ridealong.faces.cli.main import cli
from ridealong.lib import clock
from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact
from ridealong.record.models import FactRow, PrivateNote
from ridealong.record.pipeline import EVERYTHING
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import employ, talk, text, undo
from tests.record.telling import activity, deal, tell
from tests.views.test_inspection import started

pytestmark = pytest.mark.django_db
SECRET = "Worries about the move to Lyon"


def team(*, deals: int = 8) -> None:
    """Let Sam lose what three colleagues win half of, and give them all a leader's leader."""
    employ("lea", "ona", "leader")
    told = []
    for who in ("sam", "sue", "pia", "tim"):
        employ(who, "lea", "salesperson")
        for number in range(deals):
            key = f"{who}-{number}"
            won = number % 2 == 0 and who != "sam"
            told += [
                started(key, salesperson=who, name=f"{who.capitalize()} deal {number}"),
                deal(
                    key,
                    200 + number,
                    stage="Won" if won else "Lost",
                    status="won" if won else "lost",
                ),
            ]
    tell(told)


def seen(page: str) -> str:
    """What a page says of its subject: without who looks, forms and addresses of one's own."""
    main = page.split('<main id="main"')[1].split('id="notes"', maxsplit=1)[0]
    main = re.sub(r'<p class="crumb">.*?</p>|<p class="faint">What is recorded.*?</p>', "", main)
    main = re.sub(r'<div class="tools">.*?</div>', "", main, flags=re.DOTALL)
    main = re.sub(r'<section id="call">.*?</section>', "", main, flags=re.DOTALL)
    main = re.sub(r"<form.*?</form>", "", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", main)


def test_leader_owner_and_the_person_see_the_same_and_a_peer_nothing(numbers):
    team()
    talk("t1", members=["sam", "sue"], kind="meeting", deals_discussed=["A1", "B1"])
    address = f"/people/{numbers['sam']}"
    pages = {who: seen(text(signed_in(numbers[who]), address)) for who in ("lea", "ona", "sam")}
    assert pages["lea"] == pages["sam"] == pages["ona"]
    assert "Win rate" in pages["sam"]
    assert "Pump audit" not in pages["sam"], "a deal of Sue's"
    for who in ("sue", "bo", "adi"):
        assert signed_in(numbers[who]).get(address).status_code == 404
        assert signed_in(numbers[who]).post(f"{address}/note", {"text": "x"}).status_code == 404


def test_of_colleagues_a_salesperson_sees_no_name_and_no_deal(numbers):
    team()
    page = text(signed_in(numbers["sam"]), f"/people/{numbers['sam']}")
    for name in ("Sue", "Pia", "Tim"):
        assert name not in page


def test_what_to_coach_is_named_with_its_deals_or_it_is_said_why_not(numbers):
    team()
    lea = signed_in(numbers["lea"])
    page = text(lea, f"/people/{numbers['sam']}")
    assert re.search(r"Win rate</strong>: likely \d+%, against \d+% in the team", page)
    assert "Sam deal 1" in page
    sue = text(lea, f"/people/{numbers['sue']}")
    assert "Nothing is surely behind" in sue


def test_few_deals_say_so(numbers):
    page = text(signed_in(numbers["lea"]), f"/people/{numbers['sam']}")
    assert "Too few to say: 0 of at least 5 deals that ended in the last year" in page


def test_each_weeks_bar_leads_to_its_talks_and_a_nature_to_those_about_it(numbers):
    talk("t1", hours=2)
    talk("t2", hours=24 * 15, nature={"personal": 1})
    lea = signed_in(numbers["lea"])
    page = text(lea, f"/people/{numbers['sam']}")
    weeks = re.findall(r'href="#(week-[\d-]+)" aria-label="week from [^:]+: 1 talk"', page)
    assert len(weeks) == 2
    assert all(f'id="{week}"' in page for week in weeks)
    narrowed = text(lea, f"/people/{numbers['sam']}?nature=personal")
    assert "/talks/t2" in narrowed
    assert "/talks/t1" not in narrowed


def test_people_as_a_table_for_leader_and_owner_at_any_moment(numbers):
    employ("lea", "ona", "leader")
    employ("sam", "lea", "salesperson")
    talk("t1", hours=30)
    lea, ona = signed_in(numbers["lea"]), signed_in(numbers["ona"])
    page = text(lea, "/people")
    assert f'href="/people/{numbers["sam"]}"' in page
    assert ">Bo<" not in page
    assert "Deal coaching 70%" in page
    assert "Lea</h2>" in text(ona, "/people")
    before = text(lea, "/people?at=2026-01-30")
    assert "never" in before
    assert (
        signed_in(numbers["sam"]).get("/people").headers["Location"].endswith(str(numbers["sam"]))
    )
    assert "Nobody reports to you" in text(signed_in(numbers["adi"]), "/people")


def test_the_palette_leads_to_a_persons_page_and_a_menu_to_ones_own(numbers):
    employ("lea", "ona", "leader")
    employ("sam", "lea", "salesperson")
    lea, sam = signed_in(numbers["lea"]), signed_in(numbers["sam"])
    assert f'href="/people/{numbers["sam"]}"' in text(lea, "/palette?q=sam")
    assert f'href="/people/{numbers["sue"]}"' not in text(sam, "/palette?q=sue")
    assert ">My page</a>" in text(sam, "/pipeline")
    assert ">People</a>" in text(lea, "/pipeline")


def everything_readable_by(numbers, who: str) -> str:
    """What pages and commands say to a member."""
    client = signed_in(numbers[who])
    pages = ["/today", "/brief", "/people", "/pipeline", "/confirm", "/members", "/sources"]
    pages += ["/deals/A1", "/palette?q=worries", "/palette?q=lyon"]
    pages += [f"/people/{numbers[each]}" for each in ("sam", "lea", "sue", "ona")]
    pages += [f"/people/{numbers[each]}/agenda" for each in ("sam", "lea")]
    return "".join(client.get(page, follow=True).content.decode() for page in pages)


def test_private_notes_are_read_by_their_two_only(numbers, capsys):
    employ("lea", "ona", "leader")
    employ("sam", "lea", "salesperson")
    lea, sam = signed_in(numbers["lea"]), signed_in(numbers["sam"])
    lea.post(f"/people/{numbers['sam']}/note", {"text": SECRET})
    assert SECRET in text(lea, f"/people/{numbers['sam']}")
    assert SECRET in text(sam, f"/people/{numbers['sam']}")
    for who in ("ona", "adi", "sue", "bo"):
        assert "Lyon" not in everything_readable_by(numbers, who), who
        note = pipeline.open(numbers["lea"]).leading.private_notes(numbers["sam"])[0]
        assert pipeline.open(numbers[who]).leading.private_notes(numbers["sam"]) == []
        answer = signed_in(numbers[who]).post(
            f"/people/{numbers['sam']}/note/remove", {"note": note.key}
        )
        assert answer.status_code == 404
    assert pipeline.open(EVERYTHING).leading.private_notes(numbers["sam"]) == []


def test_neither_api_nor_commands_say_a_private_note(numbers):
    employ("lea", "ona", "leader")
    employ("sam", "lea", "salesperson")
    lea = signed_in(numbers["lea"])
    lea.post(f"/people/{numbers['sam']}/note", {"text": SECRET})
    for who in numbers:
        client = signed_in(numbers[who])
        for address in ("pipeline", "deals/A1", "brief", "conversations"):
            assert "Lyon" not in client.get(f"/api/{address}").content.decode(), (who, address)
    for command in ("brief", "pipeline", "deal A1", "conversations", "playbook"):
        for as_whom in ([], ["--as", "lea@seller.example"]):
            for form in ("text", "json"):
                said = CliRunner().invoke(cli, [*command.split(), "--format", form, *as_whom])
                assert said.exit_code == 0, said.output
                assert "Lyon" not in said.output, command


def test_of_notes_with_a_former_leader_both_sides_stay_with_the_person(numbers):
    employ("sam", "lea", "salesperson")
    lea = signed_in(numbers["lea"])
    lea.post(f"/people/{numbers['sam']}/note", {"text": SECRET})
    moved = {"reports_to": "bo", "role": "salesperson"}
    tell([Fact("member", "sam", clock.now(), moved, "sam-moved")])
    own = f"/people/{numbers['sam']}"
    assert SECRET in text(signed_in(numbers["sam"]), own)
    assert SECRET not in text(signed_in(numbers["bo"]), own)


def test_no_copy_of_the_data_holds_a_note_in_plain_words(numbers, tmp_path):
    lea = signed_in(numbers["lea"])
    lea.post(f"/people/{numbers['sam']}/note", {"text": SECRET})
    facts = [
        json.dumps(row.changes) for row in FactRow.objects.filter(subject__kind="private_note")
    ]
    assert len(facts) == 1
    dump = tmp_path / "all.json"
    call_command("dumpdata", "--output", str(dump))
    assert "private_note" in dump.read_text()
    for copy in (*facts, dump.read_text(), PrivateNote.objects.get().sealed):
        assert "Lyon" not in copy
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("record_") and "words_" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                assert "Lyon" not in str(cursor.fetchall()), table


def test_a_note_is_taken_back_by_its_author_and_undone(numbers):
    lea, sam = signed_in(numbers["lea"]), signed_in(numbers["sam"])
    address = f"/people/{numbers['sam']}"
    sam.post(f"/people/{numbers['lea']}/note", {"text": SECRET})
    assert SECRET in text(lea, address)
    key = pipeline.open(numbers["sam"]).leading.private_notes(numbers["lea"])[0].key
    assert lea.post(f"{address}/note/remove", {"note": key}).status_code == 404
    sam.post(f"/people/{numbers['lea']}/note/remove", {"note": key})
    page = text(sam, address)
    assert SECRET not in page
    undo(sam, page)
    assert SECRET in text(lea, address)
    sam.post(f"/people/{numbers['lea']}/note", {"text": "Another"})
    undo(sam, text(sam, address))
    assert "Another" not in text(sam, address)


def test_a_rebuild_keeps_notes_for_the_two(numbers):
    lea = signed_in(numbers["lea"])
    lea.post(f"/people/{numbers['sam']}/note", {"text": SECRET})
    writer.rebuild()
    assert SECRET in text(lea, f"/people/{numbers['sam']}")


def give(numbers, **more):
    answer = signed_in(numbers["lea"]).post(
        "/deals/A1/guidance", {"text": "Meet Eva in person", "due": "in 2 weeks", **more}
    )
    assert answer.status_code == 302
    return pipeline.open(numbers["lea"]).leading.guidance()


def test_guidance_stands_on_the_deal_until_it_is_said_what_became_of_it(numbers):
    sam, lea = signed_in(numbers["sam"]), signed_in(numbers["lea"])
    given = give(numbers)[0]
    for who in (sam, lea):
        assert "Meet Eva in person" in text(who, "/deals/A1")
        assert "Meet Eva in person" in text(who, f"/people/{numbers['sam']}")
    assert "What should happen" not in text(sam, "/deals/A1")
    sam.post("/guidance", {"guidance": given.key, "outcome": "overtaken"})
    page = text(sam, "/deals/A1")
    assert pipeline.open(numbers["lea"]).leading.guidance()[0].outcome == "overtaken"
    undo(sam, page)
    assert pipeline.open(numbers["lea"]).leading.guidance()[0].outcome == ""
    assert sam.post("/guidance", {"guidance": given.key, "outcome": "take back"}).status_code == 404
    lea.post("/guidance", {"guidance": given.key, "outcome": "take back"})
    assert pipeline.open(numbers["lea"]).leading.guidance() == []
    undo(lea, text(lea, "/deals/A1"))
    assert pipeline.open(numbers["lea"]).leading.guidance()[0].key == given.key


def test_what_the_record_shows_is_offered_to_be_confirmed_with_its_evidence(numbers):
    give(numbers)
    met = {"kind": "meeting", "deal": "A1", "title": "Visit", "contacts": ["eva"], "done": True}
    tell([Fact("activity", "visit", clock.now(), met, "visit")])
    page = text(signed_in(numbers["sam"]), "/deals/A1")
    assert "followed, as it looks" in page
    assert "Meeting “Visit”" in page
    assert "#a-visit" in page
    assert 'id="a-visit"' in page


def test_guidance_is_for_those_above_and_of_those_in_sight(numbers):
    form = {"text": "Do it", "due": ""}
    for who, status in (("sam", 404), ("sue", 404), ("bo", 404), ("adi", 404)):
        assert signed_in(numbers[who]).post("/deals/A1/guidance", form).status_code == status
    given = give(numbers, due="whenever it suits")
    assert given == [], "a day that is none gives nothing"
    given = give(numbers)[0]
    said = {"guidance": given.key, "outcome": "followed"}
    assert signed_in(numbers["sue"]).post("/guidance", said).status_code == 404


def test_a_talk_about_a_deal_is_in_its_story(numbers):
    talk("t1", hours=3)
    tell(
        [activity("visit", 20, kind="meeting", deal="A1", member="lea", members=["sam"], done=True)]
    )
    page = text(signed_in(numbers["sam"]), "/deals/A1")
    assert 'href="/talks/t1"' in page
    assert "deal coaching 70%" in page
    assert 'href="/talks/visit"' in page, "a ride-along is told once, as the buyer's meeting"
    assert page.count("/talks/visit") == 1
