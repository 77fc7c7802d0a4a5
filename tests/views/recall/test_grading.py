"""What a typed amount means."""

from __future__ import annotations

import pytest

from ridealong.views.recall.grading import amount_meant, typed_rating


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120k", 120_000),
        ("120 K", 120_000),
        ("€120,000", 120_000),
        ("120.000 €", 120_000),
        ("120'000", 120_000),
        ("1.2m", 1_200_000),
        ("1,2 Mio", 1_200_000),
        ("about 95 thousand", 95_000),
        ("45000", 45_000),
        ("1.5", 1.5),
        ("0", 0),
        ("a lot", None),
        ("", None),
    ],
)
def test_amounts_as_people_type_them(text: str, amount: float | None) -> None:
    assert amount_meant(text) == amount


def test_near_is_right_and_far_is_not() -> None:
    assert typed_rating("118k", 120_000) == 3
    assert typed_rating("100k", 120_000) == 2
    assert typed_rating("60k", 120_000) == 1
    assert typed_rating("dunno", 120_000) == 1
