"""The fold is a function of the set of facts: order, batches and repetition do not matter."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ridealong.lib.clock import FOREVER
from ridealong.record.fold import Rectangle, Said, State, rectangles, states
from tests.record.telling import on

DAYS = st.integers(min_value=0, max_value=6)
VALUES = st.sampled_from(["1", "2", "3", None])
FIELDS = st.sampled_from(["stage", "amount", "name"])


@st.composite
def said(draw: st.DrawFn) -> Said:
    """Draw a fact from a small world, so that statements are often repeated and corrected."""
    day, later = draw(DAYS), draw(DAYS)
    changes: State = draw(st.dictionaries(FIELDS, VALUES, min_size=1, max_size=2))
    if draw(st.integers(0, 9)) == 0:
        changes["deleted"] = draw(st.booleans())
    was = draw(st.dictionaries(st.sampled_from(sorted(changes)), st.sampled_from("123")))
    return Said(
        at=on(day),
        recorded_at=on(day + later),
        source=draw(st.sampled_from(["crm", "mail"])),
        source_kind=draw(st.sampled_from(["crm", "inferred"])),
        external_id=draw(st.sampled_from("abcd")),
        digest=repr((day, sorted(changes.items(), key=str), was)).encode(),
        changes=changes,
        was=was,
    )


def weigh(source_kind: str, field: str) -> int:
    """A CRM's word counts more than what was inferred, but for names."""
    return 2 if source_kind == "crm" and field != "name" else 1


def folded(facts: list[Said]) -> list[tuple[object, ...]]:
    """Return the rectangles as comparable values."""
    found = rectangles(facts, weigh, held_back=frozenset({"name", "amount"}))
    return [
        (r.valid_from, r.valid_to, r.known_from, r.known_to, sorted(r.state.items())) for r in found
    ]


def state_at(found: list[Rectangle], at: datetime, known: datetime) -> object:
    """Return the state that the rectangles give, the way the record is read."""
    hits = [
        r.state
        for r in found
        if r.valid_from <= at < r.valid_to and r.known_from <= known < r.known_to
    ]
    assert len(hits) <= 1
    return hits[0] if hits else None


@given(st.lists(said(), max_size=12), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(facts, random):
    shuffled = facts + random.choices(facts, k=3) if facts else []
    random.shuffle(shuffled)
    assert folded(shuffled) == folded(facts)


@given(st.lists(said(), max_size=12))
def test_versions_never_overlap_and_leave_no_empty_interval(facts):
    found = rectangles(facts, weigh)
    for r in found:
        assert r.valid_from < r.valid_to
        assert r.known_from < r.known_to
    for one, other in combinations(found, 2):
        apart_in_time = one.valid_to <= other.valid_from or other.valid_to <= one.valid_from
        apart_in_knowledge = one.known_to <= other.known_from or other.known_to <= one.known_from
        assert apart_in_time or apart_in_knowledge


@given(st.lists(said(), max_size=12), st.integers(0, 14), st.integers(0, 14))
def test_what_was_known_then_is_what_only_the_facts_learned_by_then_say(facts, day, known):
    """The heart of the two times: a later fact never shows in an earlier knowledge."""
    whole = rectangles(facts, weigh)
    learned = [fact for fact in facts if fact.recorded_at <= on(known)]
    only_then = rectangles(learned, weigh)
    assert state_at(whole, on(day), on(known)) == state_at(only_then, on(day), on(known))


@given(st.lists(said(), max_size=12), st.integers(0, 14))
def test_the_present_is_the_plain_fold_of_what_is_in_force(facts, day):
    """An independent, slow reading of the rule gives the same present."""
    newest: dict[tuple[str, str], Said] = {}
    for fact in sorted(facts, key=lambda f: (f.recorded_at, f.digest)):
        newest[fact.source, fact.external_id] = fact
    ordered = sorted(newest.values(), key=lambda f: f.order)
    expected = None
    for moment in states(ordered, weigh):
        if moment.at <= on(day):
            expected = None if moment.state.get("deleted") else moment.state
    assert state_at(rectangles(facts, weigh), on(day), FOREVER - timedelta(days=1)) == expected


def test_a_descriptive_field_holds_back_to_the_beginning_but_a_stage_does_not():
    facts = [
        _said(0, {"name": "Deal"}),
        _said(5, {"amount": "100", "stage": "Propose"}),
    ]
    assert present(facts)[0] == {"name": "Deal", "amount": "100"}


def test_the_old_value_of_a_first_change_holds_before_it():
    facts = [
        _said(0, {"name": "Deal"}),
        _said(5, {"stage": "Propose"}, {"stage": "Qualify"}),
    ]
    assert [state.get("stage") for state in present(facts)] == ["Qualify", "Propose"]


def test_a_word_of_lower_rank_does_not_overrule():
    facts = [
        _said(0, {"stage": "Propose"}),
        _said(3, {"stage": "Lost", "name": "Renamed"}, kind="inferred"),
    ]
    assert present(facts)[-1] == {"stage": "Propose", "name": "Renamed"}


def present(facts: list[Said]) -> list[dict[str, object]]:
    """Return the states that are believed now, in order of time."""
    found = rectangles(facts, weigh, held_back=frozenset({"amount"}))
    return [r.state for r in found if r.known_to == FOREVER]


def _said(
    day: int, changes: dict[str, object], was: dict[str, object] | None = None, kind: str = "crm"
) -> Said:
    return Said(on(day), on(day), "crm", kind, f"{day}", b"", changes, was or {})
