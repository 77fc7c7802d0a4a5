"""``ridealong said``: what it said at a moment, what came of it, and how near it was."""

from __future__ import annotations

from typing import Any

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import AS, AT, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.lib import clock
from ridealong.record.pipeline import NotVisible
from ridealong.views import said
from ridealong.views.inspection.wording import total as money

ALL = 1_000_000


@click.command()
@AT
@AS
@click.option("--deal", "key", metavar="ID", help="What was said about this deal, over time.")
@form("table", "json")
def command(at_words: str | None, email: str | None, key: str | None, form: str) -> None:
    """Say what Ridealong said at a moment, beside what came of it by now, and how near it was."""
    then = opened(email, at_words)
    if key is not None:
        try:
            deal = then.deal(key)
        except NotVisible as error:
            raise InvalidInput(str(error)) from error
        course = said.course_shape(said.of_deal(then, deal))
        print_json(course) if form == "json" else _print_course(course)
        return
    now = then.moved(max(clock.now(), then.at))
    shape = said.said_shape(said.said_at(then, now, per_page=ALL))
    shape["accuracy"] = said.accuracy_shape(said.accuracy(now))
    print_json(shape) if form == "json" else _print_said(shape, then.organisation.currency)


def _print_course(course: dict[str, Any]) -> None:
    if not course["said"]:
        console().print(f"No odds of {course['name']} were said in these weeks.", markup=False)
        return
    names = list(course["said"][-1]["p_won"])
    lines = [
        (each["at"][:16], *(_odds(each["p_won"].get(name)) for name in names))
        for each in course["said"]
    ]
    print_table(("Said at", *names), lines, set(range(1, len(names) + 1)))


def _print_said(shape: dict[str, Any], currency: str) -> None:
    terminal = console()
    if shape["odds_said_at"] is None:
        since = f"; they are kept since {shape['begun'][:16]}" if shape["begun"] else ""
        terminal.print(f"No odds were said in the week before {shape['at'][:16]}{since}.")
    else:
        terminal.print(f"Odds to be won, as said at {shape['odds_said_at'][:16]}")
        names = list(shape["horizons"])
        lines = [
            (
                each["name"],
                *(_odds((each["p_won"] or {}).get(n)) for n in names),
                each["came"] or "",
            )
            for each in shape["deals"]
        ]
        print_table(("Deal", *names, "Came"), lines, set(range(1, len(names) + 1)))
    for one in shape["ranges"]:
        low, middle, high, came = (money(one[n], currency) for n in ("p10", "p50", "p90", "came"))
        whose = one["member"] or "the company"
        terminal.print(f"{one['period']}, {whose}: {middle}, {low} to {high}; {came} came")
    for one in shape["insights"]:
        terminal.print(f"{one['claim']} {'It still holds.' if one['still'] else ''}", markup=False)
    for one in shape["accuracy"]["odds"]:
        terminal.print(_near(one), markup=False)


def _near(one: dict[str, Any]) -> str:
    found = one["measures"]
    if found is None:
        return f"{one['horizon']}: {one['lacking']}"
    return (
        f"{one['horizon']}: {found['said']:.0%} said and {found['came']:.0%} came, of "
        f"{found['things']} deals; Brier {found['brier']:.3f}, log loss {found['log_loss']:.3f}"
    )


def _odds(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
