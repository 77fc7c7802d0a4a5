"""The rules: each notices its cause, from the very moment on, and is silent where none can know."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ridealong.record.leading_states import Criterion
from ridealong.views.coaching.criteria import Evidence
from ridealong.views.coaching.playing import CriterionState, Skipped
from ridealong.views.signals import Norms
from tests.record.telling import on
from tests.views.happenings import happening, person
from tests.views.signals.cases import (
    CFO,
    ENG,
    HEARD,
    MOMENT,
    ZONE,
    Make,
    course,
    guidance,
    judged,
    learned,
    made,
    meeting,
    money,
    ours,
    said,
    stage,
)

DEAF = Norms(large=100_000.0)
"""Nothing flows in from anybody."""
DAY = timedelta(days=1)


def midnight(day: int) -> datetime:
    """The end of a day of the record, where the company is."""
    local = on(day).astimezone(ZONE) + DAY
    return local.replace(hour=0, minute=0)


LACKING = tuple(
    CriterionState(
        Criterion(n, f"c{n}", 1, n, f"Thing {n}", "", ""),
        "missing",
        "record",
        "",
        Evidence("There is none."),
        None,
    )
    for n in (1, 2)
)
MOVED = [Skipped(on(40), "Qualify", "Propose", LACKING)]
CANCELLED = happening(58, "meeting", title="Demo", two_way=False, known=on(50))
CLOSES = course((0, {"close_date": on(80).date()}))
VALUABLE = course((0, money(200_000)))

BEGINS: list[tuple[str, Make, datetime, str]] = [
    # name, deal, the first moment at which it is noticed, words
    ("going_dark", made(HEARD), on(71), "last in contact on 24 Feb 2026"),
    ("going_dark", made(HEARD, norms=learned(quiet_days=30)), on(80), "24 Feb 2026"),
    ("going_dark", made(HEARD, *ours(60, 69)), on(71), "24 Feb 2026"),
    ("going_dark", made(), on(21), "Nothing from the buyer is on record"),
    ("unanswered", made(HEARD, *ours(51, 52, 53)), on(58), "3 mails of ours since 25 Feb"),
    (
        "unanswered",
        made(HEARD, *ours(51, 52, 53), norms=learned(answer_days=9)),
        on(60),
        "3 mails",
    ),
    ("one_sided", made(HEARD, *ours(60, 65, 70, 75, 76, 77)), on(80), "6 activities of ours"),
    (
        "falling_off",
        made(*(happening(day) for day in (20, 22, 26, 30, 32, 33))),
        on(47),
        "0 contacts with the buyer in two weeks, after 6",
    ),
    ("close_date_past", made(versions=CLOSES), midnight(80), "to close on 26 Mar 2026"),
    (
        "close_date_out_of_reach",
        made(versions=CLOSES, norms=learned(onward_days=20)),
        midnight(80) - 20 * DAY,
        "still in “Qualify”",
    ),
    (
        "close_date_out_of_reach",
        made(versions=CLOSES, norms=learned(onward_days=90)),
        midnight(80) - 30 * DAY,
        "still in “Qualify”",
    ),
    ("stuck", made(), on(60), "in “Qualify” since 5 Jan 2026"),
    ("stuck", made(norms=learned(stage_days=33)), on(33), "5 Jan 2026"),
    ("single_threaded", made(meeting(5), people=(ENG,)), on(14), "Only Eng"),
    (
        "no_decision_maker",
        made(meeting(40), people=(ENG, CFO), versions=CLOSES),
        midnight(49),
        "no decision maker was met",
    ),
    (
        "champion_silent",
        made(HEARD, happening(60, contacts=("cfo",)), people=(ENG, CFO)),
        on(71),
        "Eng was last in contact on 24 Feb",
    ),
    ("no_next_step", made(meeting(40)), on(42), "No next step"),
    (
        "no_next_step",
        made(meeting(40), versions=course((0, {}), (41, {"next_step": "Visit on 1 March"}))),
        midnight(57),
        "of 1 Mar 2026, which is over",
    ),
    (
        "guidance_overdue",
        made(given=(guidance("g", 30, 40),)),
        midnight(40),
        "was to be done by 14 Feb",
    ),
    ("leader_away", made(versions=VALUABLE), on(30), "has not spoken about it since it began"),
    (
        "leader_away",
        made(versions=VALUABLE, spoken=[(on(20), frozenset({1, 9}))]),
        on(50),
        "last spoke about it on 25 Jan",
    ),
    (
        "leader_away",
        made(versions=VALUABLE, given=(guidance("g", 25),)),
        on(55),
        "last spoke about it on 30 Jan",
    ),
]


@pytest.mark.parametrize(("name", "make", "moment", "words"), BEGINS)
def test_it_is_noticed_from_the_very_moment_on(name, make, moment, words):
    before, case = judged(name, make, moment - MOMENT)
    assert before is None
    assert case.clock.wake == moment
    found, _ = judged(name, make, moment)
    assert found is not None
    assert words in found.words


ENDS: list[tuple[str, Make, datetime, datetime, str]] = [
    # name, deal, when it is noticed, the first moment at which it is not any more, words
    (
        "stage_back",
        made(versions=course((0, stage(2)), (50, stage(1)))),
        on(50),
        on(64),
        "went back",
    ),
    (
        "amount_cut",
        made(versions=course((0, money(100)), (50, money(80)))),
        on(50),
        on(64),
        "cut by 20%, from €100 to €80",
    ),
    (
        "salesperson_changed",
        made(versions=course((0, {}), (50, {"salesperson_id": 2, "salesperson": "Mia"}))),
        on(50),
        on(64),
        "Mia carries it since 24 Feb 2026, after Sam",
    ),
    ("criteria_skipped", made(skipped=MOVED), on(40), on(61), "2 exit criteria missing"),
    ("meeting_cancelled", made(HEARD, called_off=(CANCELLED,)), on(50), on(71), "called off"),
    (
        "meeting_cancelled",
        made(meeting(58, two_way=False, known=on(51), declined=True)),
        on(51),
        on(72),
        "planned for 4 Mar 2026",
    ),
    ("competitor_named", said("We also look at another vendor."), on(50), on(64), "supplier"),
    ("budget_named", said("Das Budget ist leider eingefroren."), on(50), on(64), "budget"),
    ("legal_named", said("Le service juridique relit."), on(50), on(64), "legal"),
    ("contract_asked", said("Please send us the contract."), on(50), on(64), "contract"),
    ("champion_gone", said("Sadly, Eng has left the company."), on(50), on(80), "Eng is leaving"),
    ("champion_gone", said("I am no longer with the company."), on(50), on(80), "Eng is leaving"),
    (
        "contradiction",
        said("Not before next year.", versions=CLOSES),
        on(50),
        on(95),
        "closes on 26 Mar 2026; the buyer said otherwise on 24 Feb",
    ),
    (
        "contradiction",
        said("The project is on hold.", versions=course((0, {"category": "commit"}))),
        on(50),
        on(95),
        "“Commit”",
    ),
    (
        "decision_maker_joined",
        made(HEARD, happening(60, contacts=("cfo",)), people=(ENG, CFO)),
        on(60),
        on(74),
        "Cfo (Chief Financial Officer) joined",
    ),
    (
        "fast",
        made(versions=course((0, stage(1)), (5, stage(2))), norms=learned(fast_days=8)),
        on(5),
        on(19),
        "left “Stage 1” after 5 days",
    ),
]


@pytest.mark.parametrize(("name", "make", "since", "until", "words"), ENDS)
def test_what_happened_is_shown_for_a_while(name, make, since, until, words):
    for moment in (since, until - MOMENT):
        found, case = judged(name, make, moment)
        assert found is not None
        assert words in found.words
        assert case.clock.wake is not None
        assert case.clock.wake <= until
    assert case.clock.wake == until
    assert judged(name, make, until)[0] is None


def test_a_push_counts_against_what_won_deals_had():
    days = [on(day).date() for day in (80, 90, 95, 100)]
    moves = [(float(n * 10), {"close_date": day}) for n, day in enumerate(days)]
    found, case = judged("pushed", made(versions=course(*moves)), on(60))
    assert found is not None
    assert found.words == "Its close date was pushed 3 times, by 20 days in all."
    assert found.evidence[0].text == "From 10 Apr 2026 to 15 Apr 2026"
    assert "by default, as fewer than 12 won deals" in found.evidence[-1].text
    assert case.clock.wake is None
    assert judged("pushed", made(versions=course(*moves[:3])), on(60))[0] is None


def test_what_is_normal_says_from_how_many_won_deals_it_is():
    found, _ = judged("going_dark", made(HEARD, norms=learned(quiet_days=30)), on(90))
    assert found is not None
    assert "30 days in this stage (from 40 won deals)" in found.evidence[-1].text


LATE = on(90)
SILENT: list[tuple[str, Make, datetime]] = [
    # The record cannot know: nothing of the kind flows in, or nobody is named.
    ("going_dark", made(norms=DEAF), LATE),
    ("unanswered", made(*ours(51, 52, 53), norms=DEAF), LATE),
    ("one_sided", made(*ours(60, 65, 70, 75, 76, 77), norms=DEAF), LATE),
    ("single_threaded", made(happening(80)), LATE),
    ("no_decision_maker", made(norms=DEAF, people=(CFO,), versions=CLOSES), on(70)),
    ("no_decision_maker", made(meeting(40, contacts=()), people=(CFO,), versions=CLOSES), on(70)),
    ("no_decision_maker", made(meeting(40), people=(person("eng"),), versions=CLOSES), on(70)),
    ("champion_silent", made(HEARD, happening(60), people=(CFO,)), LATE),
    ("no_next_step", made(norms=DEAF), LATE),
    ("no_next_step", made(meeting(40), foresees=False), LATE),
    ("meeting_cancelled", made(called_off=(CANCELLED,), foresees=False), on(55)),
    ("leader_away", made(versions=VALUABLE, leader=None), LATE),
    ("leader_away", made(versions=VALUABLE, norms=DEAF), LATE),
    ("close_date_out_of_reach", made(versions=CLOSES), on(79)),
    # It is as it should be.
    ("going_dark", made(HEARD, meeting(92)), LATE),
    ("unanswered", made(*ours(51, 52, 53), HEARD, happening(54)), LATE),
    ("unanswered", made(*ours(51, 52, 53), meeting(95)), LATE),
    ("one_sided", made(happening(80), *ours(81, 82, 83, 84, 85, 86)), LATE),
    ("falling_off", made(*(happening(day) for day in (20, 22, 26, 30, 44, 46))), on(47)),
    ("single_threaded", made(meeting(80), happening(81, contacts=("cfo",))), LATE),
    ("single_threaded", made(meeting(80), norms=learned(people=1)), LATE),
    (
        "no_decision_maker",
        made(meeting(40, contacts=("cfo",)), people=(CFO,), versions=CLOSES),
        LATE,
    ),
    (
        "no_decision_maker",
        made(meeting(40), people=(CFO,), versions=CLOSES, norms=learned(power=0.2)),
        on(70),
    ),
    ("champion_silent", made(HEARD, people=(ENG,)), LATE),
    ("champion_gone", said("Somebody else has left the company."), on(51)),
    ("champion_gone", said("Sadly, Cfo has left the company."), on(51)),
    ("no_next_step", made(meeting(40), versions=course((0, {"next_step": "Send prices"}))), LATE),
    ("no_next_step", made(meeting(40), happening(95, "task", two_way=False)), LATE),
    ("meeting_cancelled", made(meeting(60), called_off=(CANCELLED,)), on(55)),
    ("meeting_cancelled", made(meeting(52), called_off=(CANCELLED,)), on(55)),
    ("amount_cut", made(versions=course((0, money(100)), (50, money(95)))), on(51)),
    (
        "amount_cut",
        made(versions=course((0, money(100)), (50, money(50)), (52, money(100)))),
        on(53),
    ),
    (
        "amount_cut",
        made(versions=course((0, money(100)), (50, {**money(80), "currency": "USD"}))),
        on(51),
    ),
    ("stage_back", made(versions=course((0, stage(2)), (50, stage(1)), (51, stage(2)))), on(52)),
    (
        "stage_back",
        made(
            versions=course(
                (0, {**stage(7), "status": "lost"}), (50, {**stage(1), "status": "open"})
            )
        ),
        on(51),
    ),
    ("criteria_skipped", made(skipped=[Skipped(on(40), "A", "B", LACKING[:1])]), on(41)),
    ("contradiction", said("Not before next year."), on(51)),
    (
        "contradiction",
        said("Not before next year.", versions=course((0, {"close_date": on(400).date()}))),
        on(51),
    ),
    ("budget_named", said("The budget is approved."), on(51)),
    ("budget_named", said("> your price is too high for us\n\nFine by me."), on(51)),
    ("competitor_named", made(*ours(50, text="Our competitors cannot.")), on(51)),
    ("legal_named", said("It is a paralegal matter of illegality."), on(51)),
    ("decision_maker_joined", made(happening(50, contacts=("cfo",)), people=(CFO,)), on(51)),
    ("fast", made(versions=course((0, stage(1)), (5, stage(2)))), on(6)),
    (
        "fast",
        made(versions=course((0, stage(1)), (5.5, stage(2))), norms=learned(fast_days=5)),
        on(6),
    ),
    ("guidance_overdue", made(given=(guidance("g", 30),)), LATE),
    ("leader_away", made(versions=course((0, money(50_000)))), LATE),
]


@pytest.mark.parametrize(("name", "make", "at"), SILENT)
def test_it_is_silent_where_nothing_is_wrong_or_nobody_can_know(name, make, at):
    assert judged(name, make, at)[0] is None
