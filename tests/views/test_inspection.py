"""The pipeline at a moment: what changed, selections, groups that add up, one deal's story."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import inspection
from ridealong.views.inspection import CHANGE_KINDS, GROUPINGS, Figure, Selection
from tests.record.telling import activity, deal, member, on, stages, tell
from tests.support.database import rolled_back
from tests.support.examples import costly
from tests.views.changes import changes_between

pytestmark = pytest.mark.django_db

STAGES = {"Qualify": "open", "Propose": "open", "Negotiate": "open", "Won": "won", "Lost": "lost"}
BEFORE, AFTER = 10, 20


def told(*facts: Fact) -> None:
    """Tell facts in a company with two salespeople who report to a leader."""
    tell(
        [
            Fact("organisation", "self", on(-30), {"currency": "EUR", "time_zone": "UTC"}, "org"),
            *stages(**STAGES),
            member("lea"),
            member("sam", "lea"),
            member("sue", "lea"),
            member("bo"),
            *facts,
        ]
    )


def started(key: str, day: float = 0, **changes: Any) -> Fact:
    """State a deal's beginning."""
    state = {
        "name": f"Deal {key}",
        "stage": "Propose",
        "status": "open",
        "amount": "1000",
        "salesperson": "sam",
        "close_date": "2026-02-10",
    }
    return deal(key, day, known=day, **{**state, **changes})


def changed(viewer: int | pipeline.Everything = EVERYTHING) -> dict[str, dict[str, Any]]:
    """Return {kind: {deal: (before, after)}} of what changed, leaving out the empty kinds."""
    later = pipeline.open(viewer, on(AFTER))
    found: dict[str, dict[str, Any]] = {}
    for change in changes_between(later.moved(on(BEFORE)), later):
        found.setdefault(change.kind, {})[change.deal.key] = (change.before, change.after)
    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stage": "Won", "status": "won"}, {"won": ("Propose", "Won")}),
        ({"stage": "Lost", "status": "lost"}, {"lost": ("Propose", "Lost")}),
        ({"stage": "Negotiate"}, {"stage_forward": ("Propose", "Negotiate")}),
        ({"stage": "Qualify"}, {"stage_back": ("Propose", "Qualify")}),
        ({"amount": "1500"}, {"amount_up": (Decimal(1000), Decimal(1500))}),
        ({"amount": "400"}, {"amount_down": (Decimal(1000), Decimal(400))}),
        ({"salesperson": "sue"}, {"salesperson_changed": ("Sam", "Sue")}),
        ({"next_step": "Call"}, {}),
        # a won deal's close date and amount are the outcome, not a push or a rise
        (
            {"stage": "Won", "status": "won", "close_date": "2026-05-01"},
            {"won": ("Propose", "Won")},
        ),
    ],
)
def test_each_kind_of_change_is_named_with_what_was_and_what_is(changes, expected):
    told(started("A"), deal("A", 15, known=15, **changes))
    assert changed() == {kind: {"A": sides} for kind, sides in expected.items()}


def test_a_close_date_moved_twice_is_one_move_and_one_moved_back_is_none():
    told(
        started("pushed"),
        deal("pushed", 12, known=12, close_date="2026-03-01"),
        deal("pushed", 14, known=14, close_date="2026-04-01"),
        started("there and back"),
        deal("there and back", 12, known=12, close_date="2026-03-01"),
        deal("there and back", 14, known=14, close_date="2026-02-10"),
        started("pulled"),
        deal("pulled", 12, known=12, close_date="2026-01-31"),
    )
    found = changed()
    assert set(found["pushed"]) == {"pushed"}
    assert [day.isoformat() for day in found["pushed"]["pushed"]] == ["2026-02-10", "2026-04-01"]
    assert set(found["pulled_in"]) == {"pulled"}


def test_a_stage_that_was_not_known_has_not_changed():
    told(deal("A", 0, known=0, name="Deal A"), deal("A", 15, known=15, stage="Propose"))
    assert changed() == {}


def test_new_reopened_and_new_that_is_won_at_once():
    told(
        started("new", 15),
        started("new and won", 15),
        deal("new and won", 16, known=16, stage="Won", status="won"),
        started("back", 0, stage="Lost", status="lost"),
        deal("back", 15, known=15, stage="Qualify", status="open"),
        started("gone"),
        deal("gone", 15, known=15, deleted=True),
    )
    found = changed()
    assert set(found["new"]) == {"new", "new and won"}
    assert set(found["won"]) == {"new and won"}
    assert found["reopened"] == {"back": ("Lost", "Qualify")}
    assert "gone" not in {key for of_kind in found.values() for key in of_kind}


def test_a_deal_that_goes_to_another_team_is_one_whose_salesperson_changed():
    told(started("A"), deal("A", 15, known=15, salesperson="bo", amount="7"))
    ids = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    assert changed(ids["sam"]) == {"salesperson_changed": {"A": ("Sam", "another team")}}
    assert changed(ids["bo"]) == {"salesperson_changed": {"A": ("another team", "Bo")}}


@st.composite
def world(draw: st.DrawFn) -> list[Fact]:
    """Draw a few deals that are begun, changed, closed and given away."""
    facts = []
    for key in "ABCD"[: draw(st.integers(1, 4))]:
        facts.append(
            started(
                key,
                draw(st.sampled_from([0, 12])),
                amount=draw(st.sampled_from(["100", "33.33", "9"])),
                stage=draw(st.sampled_from(["Qualify", "Propose"])),
                company=draw(st.sampled_from(["Acme Ltd", "Bolt GmbH"])),
            )
        )
        for day in draw(st.lists(st.sampled_from([3, 11, 13, 15, 25]), max_size=3, unique=True)):
            stage = draw(st.sampled_from(sorted(STAGES)))
            change: dict[str, Any] = draw(
                st.sampled_from(
                    [
                        {"stage": stage, "status": STAGES[stage]},
                        {"close_date": "2026-03-15"},
                        {"close_date": None},
                        {"amount": "250.10"},
                        {"salesperson": "sue"},
                        {"salesperson": "bo"},
                    ]
                )
            )
            facts.append(deal(key, day, known=day, **change))
    return facts


@costly(40)
@given(world(), st.sampled_from(["", "acme", "deal b", "zz"]), st.sampled_from(["lea", "bo", ""]))
def test_every_figure_leads_to_just_the_deals_it_counts(facts, text, viewer):
    """Totals are those of the rows, groups add up, and each figure's selection gives it again."""
    with rolled_back():
        told(*facts)
        ids = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
        pipe = pipeline.open(ids[viewer] if viewer else EVERYTHING, on(AFTER))
        earlier = pipe.moved(on(BEFORE))
        # A figure that each grouping shows alike leads to the same deals each time.
        figures: set[Figure] = set()
        for by in GROUPINGS:
            seen = inspection.inspect(pipe, earlier, Selection(text=text), by=by)
            figures |= {seen.total, *seen.changes.values(), *(g.figure for g in seen.groups)}
            assert sum(group.figure.count for group in seen.groups) == seen.total.count
            parts = sum((group.figure.amount for group in seen.groups), Decimal(0))
            assert parts == seen.total.amount
        for figure in figures:
            again = inspection.inspect(pipe, earlier, figure.selection)
            assert again.total.count == figure.count == again.matching == len(again.rows)
            if "amount" not in figure.selection.changed:
                worth = sum((row.deal.value or Decimal(0) for row in again.rows), Decimal(0))
                assert worth == figure.amount


@costly(40)
@given(world())
def test_opening_and_changes_explain_the_closing_count(facts):
    """Open before + new + reopened - closed = open now, when nothing is out of sight."""
    with rolled_back():
        told(*facts)
        pipe = pipeline.open(EVERYTHING, on(AFTER))
        before = inspection.inspect(pipe.moved(on(BEFORE)), pipe.moved(on(BEFORE)), Selection())
        seen = inspection.inspect(pipe, pipe.moved(on(BEFORE)), Selection())
        of = {kind: seen.changes[kind].count for kind in CHANGE_KINDS}
        came = of["new"] + of["reopened"]
        # closed again without having been open before: from won to lost, or the other way
        rows = inspection.inspect(pipe, pipe.moved(on(BEFORE)), Selection(changed="won")).rows
        rows += inspection.inspect(pipe, pipe.moved(on(BEFORE)), Selection(changed="lost")).rows
        changes = [c for row in rows for c in row.changes if c.kind in {"won", "lost"}]
        twice = [c for c in changes if c.earlier is not None and c.earlier.status != "open"]
        went = of["won"] + of["lost"] - len(twice)
        assert before.total.count + came - went == seen.total.count


@costly(40)
@given(world(), st.sampled_from(["sam", "lea", "bo", ""]), st.sampled_from([4, 12, 14, None]))
def test_what_was_won_is_the_same_when_nothing_else_is_read(facts, viewer, known):
    with rolled_back():
        told(*facts)
        ids = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
        pipe = pipeline.open(ids[viewer] if viewer else EVERYTHING, on(AFTER))
        earlier = pipe.moved(on(BEFORE), on(known) if known else None)
        won = inspection.moves_between(earlier, pipe, Selection())["won"]
        assert inspection.won_between(earlier, pipe) == won


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"closes": "someday"}, "no period"),
        ({"changed": "moved"}, "no kind of change"),
        ({"attention": "boring"}, "none of"),
        ({"salesperson": "sam"}, "not the number of a salesperson"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused_in_words(query, words):
    told()
    pipe = pipeline.open(EVERYTHING, on(AFTER))
    with pytest.raises(ValueError, match=words):
        inspection.inspect(pipe, pipe.moved(on(BEFORE)), Selection.from_query(query))


def test_pages_and_orders():
    told(*(started(f"D{n:02}", amount=str(n)) for n in range(12)))
    pipe = pipeline.open(EVERYTHING, on(AFTER))
    seen = inspection.inspect(pipe, pipe, Selection(), sort="-value", page=2, per_page=5)
    assert [row.deal.amount for row in seen.rows] == [6, 5, 4, 3, 2]
    assert (seen.matching, seen.pages) == (12, 3)
    with pytest.raises(ValueError, match="not ordered by"):
        inspection.inspect(pipe, pipe, Selection(), sort="mood")


def test_the_boards_figures_and_groups_are_those_of_the_table():
    told(
        started("A"),
        started("B", salesperson="sue"),
        deal("A", 15, known=15, close_date="2026-03-01"),
    )
    pipe = pipeline.open(EVERYTHING, on(AFTER))
    earlier = pipe.moved(on(BEFORE))
    for selection in (Selection(), Selection(changed="pushed"), Selection(salesperson="none")):
        table = inspection.inspect(pipe, earlier, selection, by="salesperson")
        shown = inspection.board(pipe, earlier, selection, by="salesperson")
        assert (shown.total, shown.groups, shown.changes) == (
            table.total,
            table.groups,
            table.changes,
        )
    with pytest.raises(ValueError, match="no kind of change"):
        inspection.board(pipe, earlier, Selection(changed="vanished"))


def test_the_board_has_every_open_stage_in_order():
    told(started("A"), started("B", stage="Qualify"), started("C", stage="Won", status="won"))
    pipe = pipeline.open(EVERYTHING, on(AFTER))
    columns = inspection.board(pipe, pipe, Selection()).columns
    assert [(c.group.name, len(c.rows)) for c in columns] == [
        ("Qualify", 1),
        ("Propose", 1),
        ("Negotiate", 0),
    ]


def test_the_story_of_a_deal():
    told(
        started("A", company="Acme Ltd", contacts={"eve": "economic buyer"}),
        Fact("contact", "eve", on(0), {"name": "Eve Ode", "company": "Acme Ltd"}, "eve"),
        Fact("company", "Acme Ltd", on(0), {"name": "Acme Ltd"}, "acme"),
        deal("A", 5, known=5, close_date="2026-03-10"),
        activity("m", 6, kind="meeting", deal="A", contacts=["eve"], title="Scope", member="sam"),
        activity("d", 30, known=7, kind="meeting", deal="A", title="Demo at theirs"),
        deal("A", 40, known=40, stage="Lost", status="lost"),
    )
    pipe = pipeline.open(EVERYTHING, on(AFTER))
    story = inspection.story(pipe, "A")
    assert story.lines == (
        "Deal A with Acme Ltd: €1,000; Sam carries it.",
        "In Propose for 20 days, closes 10 Mar 2026, pushed once.",
        "Eve Ode (economic buyer).",
        "Last word, 14 days ago: meeting, “Scope”.",
        "Next: Demo at theirs, in 10 days.",
    )
    assert [entry.at for entry in story.story] == [on(6), on(5), on(0)]
    assert story.story[1].changes[0].before == "10 Feb 2026"
    assert [entry.activity.title for entry in story.planned if entry.activity] == ["Demo at theirs"]
    assert story.missing == (
        "Only Eve Ode is known: who else decides?",
        "No forecast category: is it in the commit?",
    )
    lost = inspection.story(pipe.moved(on(41)), "A")
    assert lost.lines[1] == "Lost on 14 Feb 2026, after 5 weeks."
    assert lost.missing == ()
