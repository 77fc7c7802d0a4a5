"""What became of guidance: a person's word, or what the record shows since it was given."""

from __future__ import annotations

from typing import Any

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.views import coaching
from ridealong.views.coaching import Followed
from ridealong.views.coaching.aims import aims
from tests.record.telling import activity, deal, member, on, stages, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company():
    tell(
        [
            *stages(Qualify="open", Propose="open", Won="won"),
            member("lea", role="leader"),
            member("sam", "lea"),
            member("sue", "lea"),
            contact("eva", "Eva Brandt", "Chief Financial Officer"),
            contact("tom", "Tom Will", "Head of IT"),
            deal("D", 0, known=0, salesperson="sam", stage="Qualify", status="open", amount="100",
                 currency="EUR", close_date="2026-03-01", contacts={"eva": "economic_buyer"}),
        ]
    )  # fmt: skip


def contact(key: str, name: str, title: str) -> Fact:
    return Fact("contact", key, on(-30), {"name": name, "title": title}, f"contact:{key}")


def give(text: str, day: float = 1, *, due: str | None = "2026-01-12", **more: Any) -> None:
    said = {"leader": "lea", "salesperson": "sam", "deal": "D", "text": text, "due": due, **more}
    tell([Fact("guidance", "g", on(day), said, f"g:{day}", recorded_at=on(day))])


def outcome(day: float) -> Followed:
    pipe = pipeline.open(pipeline.EVERYTHING, on(day), on(day))
    return coaching.followed(pipe, pipe.leading.guidance())[0]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Call Eva and ask straight.", ("phone",)),
        ("They have gone quiet. Phone Eva instead of mailing again.", ("phone",)),
        ("Do not send anything until you have spoken to the CFO.", ("meet",)),
        ("Ask Eva to introduce you to IT.", ("widen",)),
        ("Our date is a wish: correct it.", ("date",)),
        ("Schick ihr das Angebot.", ("write",)),
        ("Prends rendez-vous avec elle.", ("meet",)),
        ("Think about it.", ()),
    ],
)
def test_what_it_asks_for_is_read(text, asked):
    assert aims(text) == asked


def test_a_meeting_with_whom_it_names_shows_it():
    give("Meet Eva before the next step.")
    tell([activity("m1", 2, kind="meeting", deal="D", contacts=["tom"], done=True, title="Tour")])
    assert outcome(3).outcome == "open"
    tell([activity("m2", 4, kind="meeting", deal="D", contacts=["eva"], done=True, title="Goals")])
    found = outcome(5)
    assert (found.outcome, found.stated) == ("followed", False)
    assert [(each.words, each.activity) for each in found.evidence] == [("Meeting “Goals”", "m2")]
    # What was known before it took place is another matter.
    assert outcome(3).outcome == "open"


def test_one_that_was_held_before_or_much_later_does_not():
    tell([activity("m1", 0.5, kind="meeting", deal="D", contacts=["eva"], done=True)])
    give("Meet Eva.")
    tell([activity("m2", 40, kind="meeting", deal="D", contacts=["eva"], done=True)])
    assert outcome(2).outcome == "open"
    assert outcome(50).outcome == "not_followed"


def test_a_planned_meeting_shows_it_as_soon_as_it_is_booked():
    give("Book the next meeting.")
    tell([activity("m", 30, known=3, kind="meeting", deal="D", contacts=["eva"], title="Visit")])
    assert outcome(2).outcome == "open"
    assert outcome(4).outcome == "followed"
    assert outcome(4).evidence[0].words == "Meeting planned “Visit”"


def test_a_mail_shows_it_only_where_it_speaks_of_the_same():
    give("Send Eva the business case on one page.")
    tell([activity("a", 2, kind="email", direction="out", deal="D", contacts=["eva"],
                   title="Season's greetings", text="Best wishes")])  # fmt: skip
    assert outcome(3).outcome == "open"
    tell([activity("b", 4, kind="email", direction="out", deal="D", contacts=["eva"],
                   title="Our business case", text="As promised")])  # fmt: skip
    assert outcome(5).outcome == "followed"


def test_a_moved_date_and_somebody_new_show_it():
    give("Our date is a wish: correct it.")
    tell([deal("D", 3, known=3, close_date="2026-04-01")])
    found = outcome(4)
    assert found.outcome == "followed"
    assert found.evidence[0].words == "Close date 1 Mar 2026 → 1 Apr 2026"
    give("Ask Eva to introduce you to IT.", 5)
    tell([deal("D", 6, known=6, contacts={"eva": "economic_buyer", "tom": "technical_evaluator"})])
    assert outcome(7).evidence[0].words == "Tom Will is known"


def test_it_is_overtaken_where_the_deal_ends_or_goes_to_somebody_else():
    give("Meet Eva.")
    tell([deal("D", 3, known=3, stage="Won", status="won")])
    assert (outcome(2).outcome, outcome(4).outcome) == ("open", "overtaken")
    assert outcome(4).since_then == "won"
    tell([deal("D", 3, known=3.5, named="D:3:stage+status", stage="Propose", status="open")])
    tell([deal("D", 4, known=4, salesperson="sue")])
    assert outcome(5).outcome == "overtaken"


def test_it_is_overdue_then_not_followed_and_counted():
    give("Meet Eva.")
    assert (outcome(9).outcome, outcome(9).overdue) == ("open", True)
    assert (outcome(20).outcome, outcome(20).overdue) == ("not_followed", False)
    count = coaching.counted([outcome(20)])
    assert (count.given, count.not_followed, count.open, count.confirmed) == (1, 1, 0, 0)


def test_a_persons_word_stands_above_what_the_record_shows():
    give("Meet Eva.")
    tell([activity("m", 4, kind="meeting", deal="D", contacts=["eva"], done=True)])
    said = {"outcome": "not_followed", "said_by": "lea", "reason": "It was about the invoice."}
    tell([Fact("guidance", "g", on(6), said, "said", recorded_at=on(6))])
    assert (outcome(5).outcome, outcome(7).outcome) == ("followed", "not_followed")
    assert outcome(7).stated
    tell([Fact("guidance", "g", on(8), {"outcome": "withdrawn"}, "again", recorded_at=on(8))])
    assert coaching.counted([outcome(9)]).given == 0
