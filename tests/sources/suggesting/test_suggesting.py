"""What a text suggests, and what it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.suggesting.__main__ import labelled, scores, suggested
from ridealong.sources.suggesting import DealNow, Suggestion, Text, suggest

NOTHING = DealNow(amount=None, currency="EUR", close_date=None, next_step="")
SAID = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)


def of(text: str, deal: DealNow = NOTHING, *, by_buyer: bool = True) -> tuple[Suggestion, ...]:
    return suggest(Text(text, SAID, by_buyer, ZoneInfo("Europe/Berlin")), deal)


def test_what_is_suggested_is_right_nearly_always():
    right, said, _, misses = scores()
    suggestions = sum(count for field, count in said.items() if field)
    good = sum(count for field, count in right.items() if field)
    assert good / suggestions >= 0.95, misses


@pytest.mark.parametrize("one", [one for one in labelled() if not one.expected])
def test_nothing_is_suggested_where_nothing_is_said(one):
    assert suggested(one) == ""


def test_a_suggestion_comes_with_its_sentence_and_a_question():
    text = "Hi Ada,\n\nthanks for the call. We can only sign after the board on 14 December. Jan"
    found = of(text)[0]
    assert (found.field, found.value) == ("close_date", "2026-12-14")
    assert found.sentence == "We can only sign after the board on 14 December."
    assert found.asks == "It closes on 14 December 2026: right?"


def test_what_the_record_says_already_is_not_asked():
    known = DealNow(Decimal(84000), "EUR", date(2026, 12, 14), "Send the contract by Friday")
    assert of("We will sign on 14 December.", known) == ()
    assert of("The total comes to 84,000 EUR.", known) == ()
    assert of("I will send the contract by Friday.", known, by_buyer=False) == ()


def test_days_are_counted_where_the_company_is():
    """At 23:30 in Berlin it is still the day before in UTC's evening: the 25th is a day ahead."""
    assert of("We will sign on 25 November.")[0].value == "2026-11-25"


def test_what_is_quoted_is_somebody_elses():
    assert of("> We have decided to go with another supplier.\n\nWhat does this mean?") == ()


def test_a_lost_deal_has_nothing_else_to_ask():
    text = "We have decided to go with another supplier. Please send us the invoice for the pilot."
    assert [each.field for each in of(text)] == ["lost"]


PIECES = st.sampled_from(
    [one.sentence for one in labelled()]
    + ["1.2.3,4'5 EUR", "Q9 2027", "31.02.2027", "€" * 40, "\n\n"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=8), st.booleans())
def test_any_text_is_read_and_sentences_are_word_for_word(pieces, by_buyer):
    text = " ".join(pieces)
    found = of(text, by_buyer=by_buyer)
    assert len(found) <= 3
    for each in found:
        assert each.sentence in text
        assert 0 <= each.sure <= 1
