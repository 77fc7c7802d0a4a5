"""``ridealong backtest forecast``: odds told at past moments, held against what came."""

from __future__ import annotations

from typing import Any

import click

from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.reading import AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.sources.stating import keep_trial
from ridealong.views import forecasting

HEADINGS = ("", "Log loss", "Brier", "Reliability", "Resolution", "AUC", "Calibration error")


@click.command()
@AT
@KNOWN
@form("table", "json")
def forecast(at_words: str | None, known_words: str | None, form: str) -> None:
    """Odds of winning by 7, 30 and 90 days, beside what one would say without them.

    What came out is kept for the page that shows it, unless it is of a past moment.
    """
    pipe = opened(None, at_words, known_words)
    with watching() as watch:
        shape = forecasting.backtest_shape(forecasting.backtest(pipe, watch=watch))
    if at_words is None and known_words is None:
        keep_trial(forecasting.KEPT_AS, shape, at=pipe.at)
    if form == "json":
        print_json(shape)
    else:
        print_text(shape)


def print_text(shape: dict[str, Any]) -> None:
    """Print a table for each horizon."""
    terminal = console()
    if shape["problem"]:
        terminal.print(shape["problem"], markup=False)
    for held in shape["horizons"]:
        first, last = held["moments"][-1][:10], held["moments"][0][:10]
        said = f"\nWon within {held['days']:.0f} days, told at {len(held['moments'])} moments"
        terminal.print(f"{said} from {first} to {last}", style="bold")
        measured = [each for each in held["methods"] if each["measures"]]
        print_table(HEADINGS, [_cells(each) for each in measured], set(range(1, len(HEADINGS))))
        for each in held["methods"]:
            terminal.print(f"{each['name']}: {each['told']}", style="dim", markup=False)
    if shape["rollup"]:
        print_totals(shape["rollup"])


def print_totals(totals: list[dict[str, Any]]) -> None:
    """Print how often ranges of what comes in all held, said week by week."""
    console().print(
        "\nRanges of what comes in all, told week by week; 80% should hold", style="bold"
    )
    parts = (("company", "the company"), ("open_deals", "its open deals alone"))
    rows = [
        (f"{each['days']:.0f} days", words, *_held(each[part]))
        for each in totals
        for part, words in (*parts, ("members", "salespeople and leaders"))
        if each[part]
    ]
    print_table(("Within", "Of", "Held", "Share", "By their own word"), rows, {2, 3, 4})
    note = "Where few deals come in lumps, a range holds more often by its own word."
    console().print(note, style="dim")


def _held(of: dict[str, Any]) -> tuple[str, ...]:
    share = f"{of['share']:.0%} ({of['low']:.0%}–{of['high']:.0%})"
    return (f"{of['held']} of {of['times']}", share, f"{of['said']:.0%}")


def _cells(method: dict[str, Any]) -> tuple[str, ...]:
    m = method["measures"]
    return (
        method["name"],
        f"{m['log_loss']:.4f}",
        f"{m['brier']:.4f}",
        f"{m['reliability']:.4f}",
        f"{m['resolution']:.4f}",
        "–" if m["auc"] is None else f"{m['auc']:.3f}",
        f"{m['calibration_error']:.3f} ({m['calibration_low']:.3f}–{m['calibration_high']:.3f})",
    )
