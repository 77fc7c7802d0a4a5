"""``ridealong backtest signals``: what came after each rule fired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.reading import AT, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.sources.stating import keep_trial
from ridealong.views import signals


@click.command("signals")
@AT
@form("table", "json")
def of_signals(at_words: str | None, form: str) -> None:
    """Say of each rule how often it fired, how early, and what came after it.

    Against deals alike in stage, size and age on which it did not fire.
    """
    pipe = opened(None, at_words)
    with watching() as watch:
        trial = signals.backtest(pipe, watch)
    shape = signals.trial_shape(trial)
    if at_words is None:
        keep_trial("signals", shape, at=pipe.at)
    if form == "json":
        print_json(shape)
    else:
        print_trial(shape)


HEADINGS = ("Rule", "Fired", "Deals", "Days before loss", "Lost", "Pushed", "Won", "")


def print_trial(shape: Mapping[str, Any]) -> None:
    """Print a line for every rule."""
    out = console()
    if not shape["weeks"]:
        out.print("There is no deal yet whose past could be looked at.")
        return
    print_table(HEADINGS, [_cells(rule) for rule in shape["rules"]], {1, 2, 3, 4, 5, 6})
    out.print(
        f"{shape['weeks']} weeks, {shape['deals']:,} deals; in {shape['weeks_as_known_then']} of "
        "the weeks with what was known then. Lost and won within 90 days, pushed within 30: the "
        "ratio of the share after the rule fired to that of deals alike in stage, size and age, "
        "with its 95 % interval. A lift is shown where it holds for all rules together."
    )


def _cells(rule: Mapping[str, Any]) -> tuple[str, ...]:
    early = rule["before_loss"]
    return (
        rule["title"],
        f"{rule['fired']:,}",
        f"{rule['deals']:,}",
        "–" if early["days"] is None else f"{early['days']:.0f} ({early['deals']})",
        *(_lift(rule["lifts"][outcome]) for outcome in ("lost", "pushed", "won")),
        "lift" if rule["lifted"] else "no lift shown",
    )


def _lift(lift: Mapping[str, Any]) -> str:
    if lift["ratio"] is None:
        return "too few"
    return f"{lift['ratio']:.2f} ({lift['low']:.2f}, {lift['high']:.2f})"
