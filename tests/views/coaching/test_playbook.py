"""The playbook over deals: rules and people's word, moves that skipped, many deals at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING, Criteria, Pipeline
from ridealong.views.coaching import playbook
from tests.record.telling import activity, deal, on, tell
from tests.support.database import rolled_back
from tests.views.test_inspection import STAGES, started, told

pytestmark = pytest.mark.django_db

AT = 40


def criterion(key: str, stage: str, rule: str = "", position: int = 1) -> Fact:
    """State an exit criterion."""
    said = {"stage": stage, "text": key, "position": position, "rule": rule, "element": ""}
    return Fact("criterion", key, on(-20), said, f"criterion:{key}", recorded_at=on(-20))


def checked(of: str, key: str, day: float, state: str, by: str = "lea") -> Fact:
    """Let somebody say how a criterion is on a deal from that day on."""
    said = {"deal": of, "criterion": key, "state": state, "said_by": by, "note": "Heard it."}
    name = f"check:{of}:{key}:{day}"
    return Fact("check", f"{of}:{key}", on(day), said, name, recorded_at=on(day))


BOOK = (
    criterion("met twice", "Qualify", "met_twice"),
    criterion("said so", "Qualify", "", 2),
    criterion("proposal out", "Propose", "proposal_sent"),
)


def met(key: str, day: float, of: str = "A") -> Fact:
    """Let the buyer meet Sam on that day."""
    return activity(key, day, kind="meeting", deal=of, member="sam", title=f"Visit {key}")


def seen(day: float = AT, viewer: Any = EVERYTHING) -> Pipeline:
    """Open the pipeline on that day."""
    return pipeline.open(viewer, on(day))


def states(pipe: Pipeline, key: str = "A") -> dict[str, tuple[str, str]]:
    """Return {criterion: (state, who says so)} of a deal."""
    play = playbook.playbook(pipe, pipe.deal(key))
    return {
        each.criterion.text: (each.state, each.by)
        for stage in play.stages
        for each in stage.criteria
    }


def test_each_criterion_stands_with_its_evidence_and_who_says_so():
    told(*BOOK, started("A", stage="Qualify"), met("m1", 5), met("m2", 9))
    pipe = seen()
    play = playbook.playbook(pipe, pipe.deal("A"))
    assert [(p.stage.name, p.met, p.total) for p in play.stages] == [
        ("Qualify", 1, 2),
        ("Propose", 0, 1),
    ]
    first, second = play.stages[0].criteria
    assert (first.state, first.by, first.at) == ("met", "record", on(9))
    assert (first.evidence.activity, first.evidence.at) == ("m2", on(9))
    assert "Visit m2" in first.evidence.text
    assert (second.state, second.by) == ("unknown", "record")
    assert states(seen(8))["met twice"] == ("missing", "record"), "then they had met once"


def test_a_persons_word_stands_above_the_rule_until_it_is_taken_back():
    told(
        *BOOK,
        started("A", stage="Qualify"),
        met("m1", 5),
        met("m2", 9),
        checked("A", "met twice", 12, "missing"),
        checked("A", "met twice", 20, ""),
    )
    assert states(seen(11))["met twice"] == ("met", "record")
    assert states(seen(15))["met twice"] == ("missing", "Lea")
    assert states(seen(25))["met twice"] == ("met", "record")
    pipe = seen(15)
    said = playbook.playbook(pipe, pipe.deal("A")).stages[0].criteria[0]
    assert (said.note, said.at) == ("Heard it.", on(12))
    assert said.evidence.activity == "m2", "what the record shows is still there"


def test_who_sees_the_deal_only_sees_a_leaders_word_with_its_name():
    told(*BOOK, started("A", stage="Qualify"), checked("A", "said so", 12, "met"))
    sam = next(m.id for m in seen().members() if m.key == "sam")
    assert states(seen(viewer=sam))["said so"] == ("met", "Lea")


def test_a_move_onward_lacks_what_is_missing_of_every_stage_it_leaves():
    told(
        *BOOK,
        started("A", stage="Qualify"),
        met("m1", 5),
        activity("x", 6, kind="email", deal="A", member="sam", direction="in", text="Hello there."),
    )
    pipe = seen()
    stages = {stage.name: stage for stage in pipe.stages()}

    def lacks(to: str) -> list[tuple[str, str]]:
        found = playbook.lacking(pipe, pipe.deal("A"), stages[to])
        return [(each.criterion.text, each.state) for each in found]

    assert lacks("Propose") == [("met twice", "missing"), ("said so", "unknown")]
    everything = [("met twice", "missing"), ("proposal out", "missing"), ("said so", "unknown")]
    assert lacks("Negotiate") == lacks("Won") == everything
    assert lacks("Qualify") == lacks("Lost") == []


def test_a_move_is_judged_by_what_had_happened_until_then():
    told(
        *BOOK,
        started("A", stage="Qualify"),
        met("m1", 5),
        deal("A", 8, known=8, stage="Propose"),
        deal("A", 9, known=9, stage="Qualify"),
        met("m2", 10),
        deal("A", 12, known=12, stage="Negotiate"),
        deal("A", 20, known=20, stage="Lost", status="lost"),
        # said too late for the first move, in time for the second
        checked("A", "met twice", 11, "met"),
    )
    found = playbook.skipped(seen(), seen().deal("A"))
    moves = [(m.at, m.before, m.after, [e.criterion.text for e in m.lacking]) for m in found]
    assert moves == [(on(8), "Qualify", "Propose", ["met twice"])]
    assert playbook.skipped(seen(7), seen(7).deal("A")) == ()


def test_what_the_record_could_not_know_is_held_against_nobody():
    told(*BOOK, started("A", stage="Qualify"), deal("A", 8, known=8, stage="Negotiate"))
    assert playbook.skipped(seen(), seen().deal("A")) == ()
    assert states(seen())["met twice"] == ("unknown", "record")
    tell([met("elsewhere", 6, of="B")])
    assert playbook.skipped(seen(), seen().deal("A")) != (), "Sam's meetings are on record by then"


def test_without_a_playbook_there_is_nothing_to_say():
    told(started("A", stage="Qualify"), deal("A", 8, known=8, stage="Propose"))
    assert states(seen()) == {}
    assert playbook.skipped(seen(), seen().deal("A")) == ()
    assert playbook.standing(seen()) == {}


def test_a_criterion_whose_rule_is_gone_waits_for_a_person():
    told(criterion("odd", "Propose", "rule_of_another_time"), started("A"))
    assert states(seen()) == {"odd": ("unknown", "record")}


@pytest.mark.parametrize("count", [2, 30])
def test_many_deals_take_as_many_queries_as_few(count):
    told(
        *BOOK,
        *(started(f"D{n}", stage="Qualify", contacts={f"c{n}": "user"}) for n in range(count)),
        *(met(f"m{n}", 5, of=f"D{n}") for n in range(count)),
        checked("D1", "said so", 12, "met"),
    )
    pipe = seen()
    deals = pipe.open_deals(Criteria())
    with CaptureQueriesContext(connection) as queries:
        assert len(list(playbook.playbooks(pipe, deals))) == count
    assert len(queries) <= 9


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"), st.integers(1, AT), st.sampled_from(["in", "out", "meeting"])
        ),
        max_size=8,
        unique=True,
    ),
    st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["met", "missing"])), max_size=3),
    st.dictionaries(st.sampled_from("ABC"), st.sampled_from(sorted(STAGES)), min_size=1),
    st.sampled_from(["sam", "lea", ""]),
)
def test_figures_lead_to_the_deals_they_count_and_one_deal_is_as_among_many(
    happened, said, placed, viewer
):
    with rolled_back():
        told(
            *BOOK,
            *(
                started(key, stage=stage, status=STAGES[stage], salesperson=seller)
                for (key, stage), seller in zip(
                    sorted(placed.items()), ("sam", "sue", "bo"), strict=False
                )
            ),
            *(
                activity(
                    f"{key}{day}{kind}",
                    day,
                    kind="meeting" if kind == "meeting" else "email",
                    direction="" if kind == "meeting" else kind,
                    deal=key,
                    member="sam",
                    title="Our proposal" if kind == "out" else "",
                )
                for key, day, kind in happened
            ),
            *(checked(key, "said so", 12, state) for key, state in dict(said).items()),
        )
        ids = {m.key: m.id for m in seen().members()}
        pipe = seen(viewer=ids[viewer] if viewer else EVERYTHING)
        standing = playbook.standing(pipe)
        for of in pipe.leading.criteria():
            there = set(pipe.numbers_of_open(Criteria(stages=frozenset({of.stage_id}))))
            counted = standing[of.id]
            assert sum(map(len, counted.values())) == len(there)
            for state in ("met", "missing", "unknown"):
                listed = {d.id for d, _ in playbook.deals_with(pipe, of, state)}
                assert listed == set(counted.get(state, ()))
        deals = pipe.open_deals(Criteria())
        for each, play in playbook.playbooks(pipe, deals):
            assert play == playbook.playbook(pipe, each)
