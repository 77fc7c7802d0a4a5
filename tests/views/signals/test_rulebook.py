"""What holds of every rule."""

from __future__ import annotations

import pytest

from ridealong.views.signals import rules
from ridealong.views.signals.rule import Rule
from tests.record.telling import on
from tests.views.happenings import happening
from tests.views.signals.cases import CFO, ENG, course, judged, learned, made, meeting, ours


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_every_rule_can_be_read_and_set(rule: Rule):
    assert rule.title
    assert rule.about.endswith(".")
    assert rule.to_do.endswith(".")
    assert rule.settings
    for each in rule.settings:
        assert each.lowest <= each.default <= each.highest
    assert len(rule.name) <= 40


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_a_healthy_deal_has_none(rule: Rule):
    """A deal that both sides work on, with a day ahead for everything."""
    healthy = made(
        meeting(40, contacts=("eng", "cfo"), title="Workshop"),
        happening(46, contacts=("eng",), text="Thank you, that was good."),
        *ours(45, 47),
        meeting(55, known=on(46)),
        people=(ENG, CFO),
        versions=course((0, {"close_date": on(120).date(), "next_step": "Site visit"})),
        spoken=[(on(44), frozenset({1, 9}))],
        norms=learned(stage_days=70, onward_days=20, fast_days=5, people=2),
    )
    assert judged(rule.name, healthy, on(48))[0] is None
