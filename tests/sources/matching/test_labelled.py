"""The labelled set: how many placements are right, and how much is found."""

from __future__ import annotations

import time

import pytest

from bench.matching.labelled import Mailboxes
from bench.matching.mailboxes import mailboxes
from bench.matching.scoring import Judged, Score, judged
from ridealong.sources.matching.weighing import Candidate, Matcher, Placements
from tests.sources.matching.build import OWN, deal, mail


@pytest.fixture(scope="module")
def labelled() -> Mailboxes:
    return mailboxes()


@pytest.fixture(scope="module")
def results(labelled: Mailboxes) -> list[Judged]:
    return judged(labelled)


def test_precision_and_recall(results):
    score = Score.of(results)
    assert score.precision >= 0.98
    assert score.recall >= 0.90
    assert score.honest_recall >= 0.90, "with what nobody could place"


def test_the_set_is_what_it_claims_to_be(labelled, results):
    assert len({each.company for each in labelled.candidates}) > 130
    assert 190 <= len(labelled.candidates) <= 250
    assert 5_000 <= len(results) <= 7_500
    assert Score.of(results).ambiguous < 0.04 * len(results)
    moments = [each.heard.at for each in labelled.activities]
    assert moments == sorted(moments)


def test_a_seed_always_gives_the_same():
    assert mailboxes(3) == mailboxes(3)


def test_placements_learn():
    placements = Placements()
    placements.learn(mail(thread="t", series="s", outsiders=("a@b.example",)), "one")
    placements.learn(mail(outsiders=("a@b.example",)), "one")
    placements.learn(mail(outsiders=("a@b.example",)), "two")
    placed = placements.placed
    assert placed.by_thread == {"t": "one"}
    assert placed.by_series == {"s": "one"}
    assert placed.by_contact == {"a@b.example": {"one": 2, "two": 1}}


def test_many_deals_do_not_make_it_slow():
    candidates = [_numbered(number) for number in range(20_000)]
    matcher = Matcher(candidates, own_domains=OWN, placed=Placements().placed)
    activities = [
        mail(f"Kite{n} Foods: offer", "Some words about it. " * 30, outsiders=(f"a@k{n}.example",))
        for n in range(0, 20_000, 20)
    ]
    began = time.process_time()
    found = [matcher.match(heard).deal for heard in activities]
    assert found == [f"deal-{number}" for number in range(0, 20_000, 20)]
    # Thousands a second in practice; far less would mean that it goes through every deal.
    assert time.process_time() - began < 5


def _numbered(number: int) -> Candidate:
    name = f"Kite{number} Foods AG"
    return deal(f"deal-{number}", company=name, domains=(f"k{number}.example",))
