"""What holds for any deals and any activity."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ridealong.sources.matching.weighing import Candidate, Heard, Match
from tests.sources.matching.build import NOW, deal, mail, matched

COMPANIES = ["Kite Systems GmbH", "Rudder Foods AG", "Summit", "Anchor Logistics Ltd"]
NAMES = ["Fleet Insight phase 1", "Fleet Insight phase 2", "Renewal 2027", "Dockyard Porto"]
ADDRESSES = [
    f"{name}@{host}"
    for name in ("anna", "ben")
    for host in ("kite.example", "rudder.example", "gmail.com", "agency.example")
]
WORDS = [*COMPANIES, *NAMES, "phase 2", "Porto", "the next summit", "Re:", "2027", "Kite"]
people = st.lists(st.sampled_from(ADDRESSES), max_size=3, unique=True).map(tuple)
said = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


@st.composite
def deals(draw: st.DrawFn) -> list[Candidate]:
    return [
        deal(
            f"deal-{number}",
            draw(st.sampled_from(NAMES)),
            company=(company := draw(st.sampled_from(COMPANIES))),
            domains=(f"{company.split()[0].lower()}.example",),
            salesperson=draw(st.sampled_from(["mia", "ben"])),
            opened=NOW + timedelta(days=draw(st.integers(-60, 20))),
            closed=draw(st.sampled_from([None, NOW + timedelta(days=25)])),
            contacts=draw(people),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


@st.composite
def activities(draw: st.DrawFn) -> Heard:
    return mail(
        draw(said), draw(said), outsiders=draw(people), thread=draw(st.sampled_from(["", "t"]))
    )


def taught(heard: Heard, candidates: list[Candidate]) -> Match:
    return matched(
        heard,
        *candidates,
        threads={"t": "deal-1"},
        contacts={"ben@agency.example": {"deal-0": 2, "deal-2": 1}},
    )


@given(deals(), activities(), st.randoms())
def test_the_order_of_deals_does_not_matter(candidates, heard, chance):
    shuffled = candidates[:]
    chance.shuffle(shuffled)
    assert taught(heard, candidates) == taught(heard, shuffled)


@given(deals(), activities(), st.integers(0, 6))
def test_an_unrelated_company_changes_nothing(candidates, heard, where):
    stranger = deal(
        "stranger",
        "Telematics pilot",
        company="Velmont Textil SE",
        domains=("velmont.example",),
        product="Telematics",
        contacts=("vera@velmont.example",),
    )
    more = [*candidates[:where], stranger, *candidates[where:]]
    assert taught(heard, candidates) == taught(heard, more)


@given(deals(), activities())
def test_a_match_is_sound(candidates, heard):
    match = taught(heard, candidates)
    known = {each.deal: each for each in candidates}
    assert 0 <= match.sure <= 1
    assert match.why
    if match.deal is not None:
        assert match.candidates[0] == (match.deal, match.sure)
        assert match.company == known[match.deal].company
