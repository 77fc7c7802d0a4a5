"""``ridealong backtest``: how what Ridealong says would have held on the company's own history."""

from __future__ import annotations

import click

from ridealong.faces.cli.trials.odds import forecast
from ridealong.faces.cli.trials.rules import of_signals


@click.group()
def command() -> None:
    """Try on the past what Ridealong says of the present."""


command.add_command(of_signals)
command.add_command(forecast)
