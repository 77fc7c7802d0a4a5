"""Which deals are heard, by the names people use."""

from __future__ import annotations

import pytest

from ridealong.sources.hearing import read_talk
from tests.sources.hearing.talks import talk


@pytest.mark.parametrize(
    ("text", "deals"),
    [
        ("Tom: Kessler is still with purchasing.", {"kessler"}),
        ("Tom: KESSLER MASCHINENBAU GMBH wants more time.", {"kessler"}),
        ("Tom: Kesslers Einkauf meldet sich nicht.", {"kessler"}),
        ("Tom: Kesler wants more time.", {"kessler"}),
        ("kessler wants a discount, call them tomorrow", {"kessler"}),
        ("Eva: And the packaging line at Nordlicht?", {"line"}),
        ("Eva: Nordlicht?\nTom: The warehouse is stuck, phase 2 has no budget.", {"store"}),
        ("Eva: Nordlicht, first the packaging line. And then the warehouse.", {"line", "store"}),
        ("Eva: Van Houten?\nTom: Signed.", {"houten"}),
        ("Eva: Did anybody at Rhône answer?", {"rhone"}),
        ("Tom: We spoke with Next about the date.", {"next"}),
        ("Tom: The cold store in Aalsmeer needs another quote.", {"houten"}),
    ],
)
def test_deals_are_known_by_what_people_call_them(text: str, deals: set[str]) -> None:
    heard = read_talk(talk(text))
    assert set(heard.deals) == deals
    assert set(heard.deals_why) == deals
    assert all(heard.deals_why.values())


@pytest.mark.parametrize(
    "text",
    [
        "Eva: Next, what is new?",
        "Eva: Next week we look at the returns.",
        "Eva: The kettle is on.",
        "Tom: The van is in the garage.",
        "Eva: A new platform would be nice, and a warehouse too.",
        "Eva: Nordlicht, how is it going there?",  # two deals, and nothing tells which
        "",
    ],
)
def test_everyday_words_are_no_deals(text: str) -> None:
    assert read_talk(talk(text)).deals == ()


def test_the_title_names_a_deal() -> None:
    heard = read_talk(talk(title="Preparation: Kessler – 400 seats"))
    assert heard.deals == ("kessler",)
    assert heard.deals_why == {"kessler": "Kessler"}
