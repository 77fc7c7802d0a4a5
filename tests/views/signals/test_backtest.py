"""Whether a rule is worth having, told from the record's own past."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ridealong.faces.cli.main import cli
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.views.signals import Trial, backtest
from ridealong.views.signals.backtesting import RuleTrial
from tests.record.telling import deal, on
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db


def course(number: int, *, cut: bool, lost: bool) -> list[Fact]:
    """A deal of 60 days; its amount may be cut on day 20."""
    key, day = f"D{number}", number % 7
    end = {"stage": "Lost", "status": "lost"} if lost else {"stage": "Won", "status": "won"}
    return [
        started(key, day, close_date="2026-12-31"),
        *([deal(key, day + 20, known=day + 20, amount="500")] if cut else []),
        deal(key, day + 60, known=day + 60, **end),
    ]


def past() -> Trial:
    """Of 120 deals the amount of every other is cut, and most of these are lost."""
    told(
        *(f for n in range(120) for f in course(n, cut=n % 2 == 0, lost=n % 10 in {0, 2, 4, 6, 1}))
    )
    return backtest(pipeline.open(EVERYTHING, on(200)))


def rule(trial: Trial, name: str) -> RuleTrial:
    return next(each for each in trial.rules if each.name == name)


def test_a_rule_that_tells_of_losses_has_a_lift():
    trial = past()
    cut = rule(trial, "amount_cut")
    assert cut.deals == cut.fired == 60
    lost = cut.lifts["lost"]
    assert lost.share_fired == pytest.approx(0.8)
    # Among those alike are some whose amount will be cut: they did not have it yet.
    assert lost.share_alike == pytest.approx(0.3, abs=0.1)
    assert lost.ratio is not None
    assert 1.8 < lost.ratio < 4
    assert lost.shown
    assert cut.lifted
    # It is looked at on Mondays: up to a week after the day.
    assert 33 <= (cut.before_loss.days or 0) <= 40
    assert cut.before_loss.deals == 48
    assert trial.live == trial.moments - 1


def test_one_that_tells_of_nothing_has_none():
    trial = past()
    assert not any(each.lifted for each in trial.rules if each.name != "amount_cut")


def test_the_command_prints_and_keeps_it():
    told(*course(1, cut=True, lost=True))
    result = CliRunner().invoke(
        cli, ["backtest", "signals", "--format", "json"], prog_name="ridealong"
    )
    assert result.exit_code == 0, result.output
    shape = json.loads(result.stdout)
    assert {each["name"] for each in shape["rules"]} >= {"amount_cut", "going_dark", "pushed"}
    cut = next(each for each in shape["rules"] if each["name"] == "amount_cut")
    assert (cut["fired"], cut["lifted"]) == (1, False)
    kept = pipeline.open(EVERYTHING).signals.trial("signals")
    assert kept is not None
    assert kept[1] == shape


def test_without_a_deal_there_is_nothing_to_say():
    result = CliRunner().invoke(cli, ["backtest", "signals"], prog_name="ridealong")
    assert "no deal yet" in result.stdout
