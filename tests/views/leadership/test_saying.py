"""What reaches the top of a leader's page: by one rule, for good and for bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.insight.ratios import Part, ratio
from ridealong.views.briefing import Accuracy, Past
from ridealong.views.leadership import Figure, Sentence, lacking_words
from ridealong.views.leadership.kinds import kinds
from ridealong.views.leadership.saying import said
from tests.record.telling import on

WEEKS, PEOPLE = 12, 5
KINDS = {kind.name: kind for kind in kinds("the CEO call")}


def figure(name: str, hits: Sequence[float], before: Sequence[float] | None = None) -> Figure:
    """Of each week and person in turn, how much was counted, of one each."""

    def parts(counts: Sequence[float]) -> list[Part]:
        return [Part(hit, 1.0, n // PEOPLE, n % PEOPLE) for n, hit in enumerate(counts)]

    kind = KINDS[name]
    now, past = parts(hits), parts(before or [])
    of = float(len(hits))
    values = ratio(now, kind.sort), ratio(past, kind.sort)
    return Figure(kind, *values, sum(hits), of, kind.level, tuple(now), (), "none open")


def every(hit: float) -> list[float]:
    return [hit] * (WEEKS * PEOPLE)


def mirrored(one: Figure) -> Figure:
    """The same as far on the other side of half."""
    return figure(one.kind.name, [1 - part.hit for part in one.parts])


def numbers(came: Sequence[int]) -> Accuracy:
    """A thousand was called for each week, and this came."""
    past = [Past(f"{n}", f"week {n}", on(n), Decimal(1000), Decimal(c)) for n, c in enumerate(came)]
    off = [each.off for each in past]
    error, bias = sum(map(abs, off)) / len(off), sum(off) / len(off)
    return Accuracy(1, "Lea", "week", tuple(past), error, bias, bias - 1, bias + 1)


def sides(found: Sequence[Sentence]) -> dict[str, bool]:
    return {each.figure: each.good for each in found}


NEAR = numbers([980, 1010, 1000, 1030, 990, 1000, 960, 1020, 1000, 1010, 990, 1000])
WIDE = numbers([2760, 0, 3450, 260, 0, 1710, 3810, 2530, 1570, 570, 0, 470])
SHORT = numbers([260, 0, 0, 100, 20, 0, 0, 0, 10, 50, 20, 160])
LEADING = [figure("reach", every(1)), figure("collecting", every(0)), figure("followed", every(1))]


@pytest.mark.parametrize(("called", "words"), [(WIDE, "off by 121%"), (SHORT, "95% less than")])
def test_who_leads_well_and_calls_badly_is_told_both_and_so_is_their_mirror(called, words):
    told, _ = said("Lea", LEADING, [called])
    good = {each.kind.name: True for each in LEADING}
    assert sides(told) == {"numbers": False, **good}
    assert words in told[0].words
    other, _ = said("Max", [mirrored(each) for each in LEADING], [NEAR])
    assert sides(other) == {**dict.fromkeys(good, False), "numbers": True}
    assert [each.good for each in other] == [False, False, False, True]


HITS = st.lists(st.sampled_from([0.0, 0.2, 0.8, 1.0]), min_size=60, max_size=60)


@settings(max_examples=60, deadline=None)
@given(HITS, HITS, HITS)
def test_a_mirror_image_is_told_as_much_on_the_other_side(reach, collecting, followed):
    one = [figure("reach", reach), figure("collecting", collecting), figure("followed", followed)]
    told, tried = said("Lea", one, [])
    other, as_many = said("Lea", [mirrored(each) for each in one], [])
    assert tried == as_many
    assert sides(other) == {name: not good for name, good in sides(told).items()}
    by_name = {each.kind.name: each for each in one}
    for each in told:
        now = by_name[each.figure].now
        assert now is not None
        # What is said to be more or less than half, has half outside its interval, as shown.
        assert not round(now.low, 2) <= 0.5 <= round(now.high, 2)


def test_that_no_guidance_was_given_is_said_beside_talks_only():
    spoken = figure("reach", [1.0, 0.0, 0.0, 0.0, 0.0] * WEEKS)
    silent = figure("reach", [1.0, *every(0)[1:]])
    none = figure("given", every(0), every(0))
    (words,) = (s.words for s in said("Max", [spoken, none], [])[0] if s.figure == "given")
    assert words == (
        "Max gave no guidance in twelve weeks, while 12 of 60 salesperson-weeks had a talk; nor "
        "in the twelve weeks before."
    )
    assert "given" not in sides(said("Max", [silent, none], [])[0])
    # The other way round it is good, by the same rule.
    unasked = figure("asked", every(0))
    assert sides(said("Lea", [spoken, unasked], [])[0])["asked"]
    assert "asked" not in sides(said("Lea", [silent, unasked], [])[0])
    much = figure("asked", [1.0, 2.0] * (WEEKS * PEOPLE // 2))
    assert sides(said("Max", [spoken, much], [])[0])["asked"] is False


def test_a_share_of_guidance_says_of_what_it_is():
    some = figure("followed", [*every(1)[:37], 0.0, 0.0, 0.0])
    (found,) = said("Lea", [replace(some, beside="13 open")], [])[0]
    assert found.words == (
        "Of 40 pieces of Lea’s guidance settled, 37 were followed (92%; besides, 13 open): more "
        "than half."
    )


def test_why_there_is_too_little_to_say_is_said():
    assert lacking_words(figure("noticed", every(1))) == ""
    assert lacking_words(figure("noticed", [])) == "Nothing to count yet"
    few = figure("noticed", [1.0] * 9)
    assert lacking_words(few) == "Too few to say: 9, and it takes 10"
    young = replace(few, parts=tuple(Part(1.0, 1.0, n % 2, 0) for n in range(98)))
    assert lacking_words(young) == "Too few weeks to say: all are from 2 weeks, and it takes 4"
