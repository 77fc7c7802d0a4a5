"""The writer: facts go in once, whole, and in any order; what is folded can always be rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record import pipeline, projection, writer
from ridealong.record.facts import Fact, InvalidFact
from ridealong.record.models import DealVersion, FactRow, Member, Subject
from ridealong.record.ranks import SourceName
from tests.record.telling import CRM, activity, deal, member, on, stages, tell
from tests.support.database import rolled_back
from tests.support.examples import costly

OTHER = SourceName("mailbox", "inferred")
KNOWN_STAGES = ["Qualify", "Propose", "Won"]


@st.composite
def facts_of_a_small_world(draw: st.DrawFn) -> Fact:
    """Draw a fact on one of few subjects, often a correction or a repetition of another."""
    kind = draw(st.sampled_from(["deal", "deal", "deal", "member", "activity", "guidance"]))
    day = draw(st.integers(0, 8))
    known = day + draw(st.integers(0, 3))
    if kind == "member":
        leader = draw(st.sampled_from(["ann", "bob", "cyd", None]))
        return member(draw(st.sampled_from(["ann", "bob", "cyd"])), leader)
    if kind == "activity":
        key = draw(st.sampled_from(["x", "y"]))
        who = draw(st.lists(st.sampled_from(["ann", "bob"]), unique=True))
        more = {"members": who, "deals_discussed": draw(st.sampled_from([["D2"], None]))}
        return activity(key, day, known=known, kind="meeting", deal="D1", title=f"at {day}", **more)
    if kind == "guidance":
        said = {"text": "Call", "deal": "D1", "leader": "ann", "salesperson": "bob"}
        said["outcome"] = draw(st.sampled_from(["followed", ""]))
        return Fact("guidance", "g", on(day), said, f"g:{day}", recorded_at=on(known))
    changes = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "stage": st.sampled_from(KNOWN_STAGES),
                "amount": st.sampled_from(["10", "20.50"]),
                "close_date": st.sampled_from(["2026-02-01", "2026-03-01", None]),
                "salesperson": st.sampled_from(["ann", "bob"]),
                "company": st.just("acme"),
                "deleted": st.booleans(),
            },
        )
    )
    key = draw(st.sampled_from(["D1", "D2"]))
    named = draw(st.sampled_from(["", f"{key}:fixed"]))
    return deal(key, day, known=known, named=named, **changes)


def everything_folded() -> dict[str, list[str]]:
    """Return every folded row, with the keys of subjects for their numbers."""
    keys = dict(Subject.objects.values_list("id", "key"))
    found = {}
    for table in projection.TABLES:
        rows = []
        for row in table._default_manager.values():
            if isinstance(table._meta.pk, models.AutoField):
                del row["id"]
            named = {k: keys.get(v) if k.endswith("id") else v for k, v in row.items()}
            rows.append(repr(sorted(named.items())))
        found[table.__name__] = sorted(rows)
    return found


@pytest.mark.django_db
@costly(60)
@given(st.lists(facts_of_a_small_world(), min_size=1, max_size=10), st.data())
def test_any_order_any_batches_any_repetition_give_the_same_history(facts, data):
    with rolled_back():
        tell(facts)
        expected = everything_folded()
        tell(facts)
        assert everything_folded() == expected
        writer.rebuild()
        assert everything_folded() == expected
    shuffled = data.draw(st.permutations([*facts, *facts[:2]]))
    cut = data.draw(st.integers(0, len(shuffled)))
    with rolled_back():
        for batch in (shuffled[:cut], shuffled[cut:]):
            writer.load(CRM, batch)
        assert everything_folded() == expected


@pytest.mark.django_db
def test_saying_the_same_again_adds_nothing_and_a_correction_replaces():
    assert tell([deal("D1", 0, named="s", amount="10")]).added == 1
    assert tell([deal("D1", 0, named="s", amount="10")]).known == 1
    assert tell([deal("D1", 0, named="s", amount="12")]).added == 1
    found = pipeline.open(pipeline.EVERYTHING).deal("D1")
    assert found.amount == 12
    assert FactRow.objects.count() == 2


@pytest.mark.django_db
def test_two_sources_may_say_the_same_thing_by_the_same_name():
    tell([deal("D1", 0, named="s", amount="10")])
    assert tell([deal("D1", 1, named="s", amount="11")], OTHER).added == 1
    # what is inferred does not overrule the CRM
    assert pipeline.open(pipeline.EVERYTHING).deal("D1").amount == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE record_fact SET external_id = 'x'", "DELETE FROM record_fact"],
)
def test_the_database_itself_refuses_to_change_a_fact(statement):
    tell([deal("D1", 0, amount="10")])
    with (
        pytest.raises(DatabaseError, match="facts are only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert FactRow.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amont": "1"}, "there is no field 'amont'"),
        ({"amount": "a lot"}, "amount is 'a lot'"),
        ({"amount": "1e30"}, "too large"),
        ({"close_date": "soon"}, "close_date is 'soon'"),
        ({"status": "maybe"}, "one of 'open', 'won', 'lost' expected"),
        ({"name": "x" * 300}, "longer than 255"),
        ({"name": "a\x00b"}, "NUL"),
        ({"currency": "euro"}, "three capital letters"),
    ],
)
def test_a_bad_fact_is_refused_with_its_field_and_nothing_of_its_batch_stays(changes, words):
    with pytest.raises(InvalidFact, match=words):
        tell([deal("D1", 0, amount="10"), deal("D2", 0, **changes)])
    assert not FactRow.objects.exists()
    assert not DealVersion.objects.exists()


class Crash(Exception):
    """The process dies here."""


@contextmanager
def crash_after(statements: int) -> Iterator[None]:
    """Let that many statements reach the database, and die at the next.

    What comes after is the undoing, which a dead process leaves to the database.
    """
    count = 0

    def execute(run, sql, params, many, context):
        nonlocal count
        count += 1
        if count == statements + 1:
            raise Crash
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_any_two_statements_leaves_nothing_half_written():
    told = [*stages(Qualify="open", Won="won"), member("ann")]
    tell([*told, deal("D0", 0, stage="Qualify", status="open", salesperson="ann")])
    batch = [
        deal("D0", 3, stage="Won", status="won"),
        deal("D1", 2, stage="Qualify", status="open", company="acme", amount="5"),
        member("bob", "ann"),
        activity("x", 2, kind="phone_call", deal="D1"),
    ]
    before = everything_folded(), FactRow.objects.count()
    for statements in range(1000):
        try:
            with crash_after(statements):
                tell(batch)
            break
        except Crash:
            assert (everything_folded(), FactRow.objects.count()) == before
    assert statements > 10, "the batch went through before it could crash anywhere"
    assert FactRow.objects.count() == before[1] + len(batch)


@pytest.mark.django_db(transaction=True)
def test_a_load_that_crashes_anywhere_is_completed_by_running_it_again(monkeypatch):
    monkeypatch.setattr(writer, "BATCH", 2)
    monkeypatch.setattr(writer, "FOLD_BATCH", 2)
    tell(stages(Qualify="open", Won="won"))
    for statements in range(0, 1000, 7):
        names = [f"{statements}-{n}" for n in range(5)]
        facts = [
            *(deal(n, 1, known=1, stage="Qualify", status="open", amount="5") for n in names),
            *(deal(n, 3, known=3, stage="Won", status="won") for n in names[:3]),
        ]
        mine = FactRow.objects.filter(subject__key__in=names)
        try:
            with crash_after(statements):
                writer.load(CRM, facts)
            finished = True
        except Crash:
            finished = False
            assert mine.count() % 2 == 0, "a batch was stored in part"
        writer.load(CRM, facts)
        assert mine.count() == len(facts)
        versions = DealVersion.objects.filter(deal_id__in=mine.values("subject"))
        assert versions.filter(is_latest=True).count() == len(facts)
        if finished:
            return
    raise AssertionError("the load never went through")


@pytest.mark.django_db
def test_leaders_in_a_ring_report_to_nobody_and_the_ring_can_be_mended():
    tell([member("ann", "bob"), member("bob", "ann"), member("cyd", "bob")])
    assert dict(Member.objects.values_list("key", "parent__key")) == {
        "ann": None,
        "bob": None,
        "cyd": "bob",
    }
    tell([Fact("member", "ann", on(1), {"reports_to": None}, "mended")])
    assert Member.objects.get(key="bob").parent.key == "ann"
