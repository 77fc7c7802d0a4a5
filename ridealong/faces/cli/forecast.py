"""``ridealong forecast``: how likely each open deal is won by a horizon, and the total."""

from __future__ import annotations

from typing import Any

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import AS, AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.views import forecasting
from ridealong.views.inspection.wording import total as money


@click.command()
@AT
@KNOWN
@AS
@click.option(
    "--horizon",
    "name",
    default="month",
    show_default=True,
    metavar="H",
    help="By when: 7d, 30d, week, month, quarter or ever.",
)
@form("table", "json")
def command(
    at_words: str | None, known_words: str | None, email: str | None, name: str, form: str
) -> None:
    """Say how likely each open deal is won by a horizon, and why."""
    pipe = opened(email, at_words, known_words)
    try:
        horizon = forecasting.horizon(pipe, name)
    except ValueError as error:
        raise InvalidInput(str(error)) from error
    shape = forecasting.forecast_shape(pipe, forecasting.forecast(pipe, horizon, patient=True))
    if form == "json":
        print_json(shape)
    else:
        print_text(shape)


def print_text(shape: dict[str, Any]) -> None:
    """Print what it all rests on, the total, and a line a deal, the likeliest first."""
    terminal = console()
    for sentence in (shape["problem"], *shape["told"]):
        if sentence:
            terminal.print(sentence, markup=False)
    worth = shape["total"]
    if worth is not None:
        low, middle, high = (money(worth[p], shape["currency"]) for p in ("p10", "p50", "p90"))
        until = shape["until"][:10]
        terminal.print(f"Open deals won by {until}: {middle}; four times in five {low} to {high}")
        print_roll_up(shape["rollup"])
    print_table(
        ("Deal", "Won", "Lost", "Open", "Because"),
        [
            (
                deal["name"],
                f"{deal['p_won']:.0%}",
                f"{deal['p_lost']:.0%}",
                f"{deal['p_open']:.0%}",
                "; ".join(reason["text"] for reason in deal["reasons"]),
            )
            for deal in shape["deals"]
        ],
        {1, 2, 3},
    )


def print_roll_up(found: dict[str, Any]) -> None:
    """Print by member what is won, and what open and new deals bring."""

    def words(part: dict[str, Any]) -> str:
        low, middle, high = (money(part[p], found["currency"]) for p in ("p10", "p50", "p90"))
        return f"{middle} ({low} to {high})" if part["p90"] else "–"

    print_table(
        ("Member", "Won already", "Open deals", "New deals", "In all"),
        [
            (
                f"{'  ' * line['depth']}{line['name']}",
                money(line["won"]["amount"], found["currency"]),
                *(words(line[part]) for part in ("open", "new", "total")),
            )
            for line in found["lines"]
        ],
        {1, 2, 3, 4},
    )
    if found["lines"] and found["lines"][0]["held"]:
        console().print(f"{found['lines'][0]['held']}\n", markup=False)
