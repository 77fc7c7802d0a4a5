"""What a talk is read as: its kind, its nature in shares, and why."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.sources.hearing import Heard, read_talk
from tests.sources.hearing.talks import talk

STATUS = """\
Eva: Any news from Kessler?
Tom: No, still waiting for an answer. I sent a reminder on Monday.
Eva: And is the date in the system up to date?
Tom: Yes, nothing has changed.
"""
PRAISE = """\
Eva: I wanted to thank you. That was an outstanding piece of work, I am really proud of you.
Tom: Thank you, that means a lot.
Eva: Congratulations, well done.
"""
KINDS = {"one_on_one", "deal_review", "call_review", "ride_along", "ad_hoc", "team"}


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        (STATUS, "status_check"),
        (PRAISE, "recognition"),
        (
            "Eva: Welche Zahl meldest du für das Quartal?\nTom: 300, davon sind 200 sicher.",
            "forecast",
        ),
        ("Tom : J'ai besoin d'aide, peux-tu appeler leur directeur ?", "help_request"),
        ("Eva: ¿Cómo está tu familia?\nTom: Bien, los niños de vacaciones.", "personal"),
    ],
)
def test_what_a_talk_is_about(text: str, nature: str) -> None:
    heard = read_talk(talk(text))
    assert next(iter(heard.nature)).startswith(nature)
    first = heard.why[0]
    assert first[0].startswith(nature)
    assert first[2]
    assert all(said in f"Talk\n{text}" for said in first[2])


def test_shares_follow_how_much_was_said() -> None:
    long, short = read_talk(talk(STATUS * 3 + PRAISE)), read_talk(talk(STATUS + PRAISE * 3))
    assert long.nature["status_check"] > 0.5 > long.nature.get("recognition", 0) > 0
    assert short.nature["recognition"] > 0.5


def test_a_title_is_less_than_what_was_said() -> None:
    assert next(iter(read_talk(talk(title="Forecast")).nature)) == "forecast_review"
    heard = read_talk(talk(PRAISE * 2, title="Forecast"))
    assert next(iter(heard.nature)) == "recognition"


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ({"title": "1:1 Eva / Tom"}, "one_on_one"),
        ({"title": "Talk", "planned": False}, "ad_hoc"),
        ({"title": "Deal review", "salespeople": ("Tom", "Ana")}, "deal_review"),
        ({"title": "Monday", "salespeople": ("Tom", "Ana")}, "team"),
        ({"title": "Call review: Kessler"}, "call_review"),
        ({"title": "Deal review", "with_buyer": True}, "ride_along"),
    ],
)
def test_the_kind_of_a_talk(how: dict[str, object], kind: str) -> None:
    assert read_talk(talk(STATUS, **how)).kind == kind


def test_with_a_customer_it_is_a_ride_along_whatever_is_said() -> None:
    heard = read_talk(talk(STATUS, with_buyer=True))
    assert heard.nature["ride_along"] >= 0.8
    assert heard.why[0] == ("ride_along", heard.nature["ride_along"], ("A customer took part",))


def test_of_nothing_nothing_is_said() -> None:
    heard = read_talk(talk("", title=""))
    assert (heard.nature, heard.sure, heard.why, heard.deals) == ({}, 0.0, (), ())


def it_is_well_made(heard: Heard) -> None:
    assert heard.kind in KINDS
    assert not heard.nature or sum(heard.nature.values()) == pytest.approx(1)
    assert all(0 < share <= 1 for share in heard.nature.values())
    assert list(heard.nature) == [name for name, _, _ in heard.why]
    assert list(heard.nature.values()) == sorted(heard.nature.values(), reverse=True)
    assert 0 <= heard.sure <= 1


@given(st.text(max_size=400), st.text(max_size=60), st.booleans())
def test_whatever_is_said(text: str, title: str, buyer: bool) -> None:
    it_is_well_made(read_talk(talk(text, title=title, with_buyer=buyer)))


@pytest.mark.parametrize(
    "text",
    [
        STATUS * 14_000,
        "a" * 2_000_000,
        "Kessler " * 250_000,
        "?!" * 1_000_000,
        "Tom: \n" * 300_000,
        "\N{COMBINING ACUTE ACCENT}" * 2_000_000,
        "\x00\ud800 \N{RIGHT-TO-LEFT OVERRIDE}" * 10_000,
    ],
)
def test_very_long_and_odd_texts_take_bounded_time(text: str) -> None:
    began = time.process_time()
    it_is_well_made(read_talk(talk(text)))
    # Far more than it takes: it is to find what grows with the square of the length.
    assert time.process_time() - began < 60
