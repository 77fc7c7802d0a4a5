"""The Maven CRM files through the import, against totals computed with pandas from the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from ridealong.faces.cli.main import cli

FILES = Path(__file__).parents[2] / "examples" / "maven-crm"
MOMENTS = [
    ("2016-10-31", "2016-10-01"),
    ("2017-03-03", "2017-02-24"),
    ("2017-06-30", "2017-03-31"),
    ("2017-12-31", "2016-10-19"),
]


def run(*arguments: str) -> str:
    """Run a command and return what it printed."""
    result = CliRunner().invoke(cli, arguments, prog_name="ridealong")
    assert result.exit_code == 0, result.output + result.stderr
    return result.output


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    """The pipeline with each deal's list price, read by pandas alone."""
    frame = pd.read_csv(FILES / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    prices = pd.read_csv(FILES / "products.csv").set_index("product").sales_price
    frame["price"] = frame["product"].replace("GTXPro", "GTX Pro").map(prices)
    assert frame.price.notna().all()
    return frame


def open_on(deals: pd.DataFrame, day: str) -> pd.DataFrame:
    """Those that were engaged by the end of that day and not closed."""
    closed = deals.close_date.notna() & (deals.close_date <= day)
    return deals[(deals.engage_date <= day) & ~closed]


def between(days: pd.Series, since: str, until: str) -> pd.Series:
    """Which days are after one and not after the other."""
    return (days > since) & (days <= until)


def figure(count: int, amount: float) -> dict[str, Any]:
    """A figure as the brief's JSON has it."""
    return {"count": count, "amount": pytest.approx(float(amount))}


def without_deals(shape: dict[str, Any]) -> dict[str, Any]:
    """A figure of the brief's JSON without its list."""
    return {key: value for key, value in shape.items() if key != "deals"}


@pytest.mark.django_db
def test_every_total_at_several_dates_is_what_pandas_computes(deals):
    paths = sorted(map(str, FILES.glob("*.csv")))
    run("import", *paths, "--mapping", str(FILES / "mapping.toml"))
    for until, since in MOMENTS:
        brief = json.loads(run("brief", "--at", until, "--since", since, "--format", "json"))
        check_open(deals, brief, until)
        check_changes(deals, brief, since, until)
        pipeline = json.loads(
            run("pipeline", "--at", until, "--by", "salesperson", "--format", "json")
        )
        assert pipeline["open"] == brief["open"]
        assert pipeline["groups"] == brief["by_salesperson"]
        assert {d["id"] for d in pipeline["deals"]} == set(open_on(deals, until).opportunity_id)
    check_now(deals)
    check_again(paths)


def check_open(deals: pd.DataFrame, brief: dict[str, Any], until: str) -> None:
    """What is open, in all and by salesperson and stage."""
    expected = open_on(deals, until)
    assert brief["open"] == figure(len(expected), expected.price.sum())
    by_person = expected.groupby("sales_agent").price.agg(["count", "sum"])
    assert {g["name"]: (g["count"], g["amount"]) for g in brief["by_salesperson"]} == {
        name: (line["count"], line["sum"]) for name, line in by_person.iterrows()
    }
    assert [(g["name"], g["count"]) for g in brief["by_stage"]] == [("Engaging", len(expected))]


def check_changes(deals: pd.DataFrame, brief: dict[str, Any], since: str, until: str) -> None:
    """What came, was won and was lost; nothing else ever changes in these files."""
    new = deals[between(deals.engage_date, since, until)]
    closed = deals[between(deals.close_date, since, until)]
    won, lost = closed[closed.deal_stage == "Won"], closed[closed.deal_stage == "Lost"]
    is_won = (new.deal_stage == "Won") & (new.close_date <= until)
    worth = new.close_value.where(is_won, new.price)
    changes = brief["changes"]
    assert without_deals(changes["new"]) == figure(len(new), worth.sum())
    assert without_deals(changes["won"]) == figure(len(won), won.close_value.sum())
    # what was lost is what it would have been worth: its list price
    assert without_deals(changes["lost"]) == figure(len(lost), lost.price.sum())
    assert {d["id"] for d in changes["won"]["deals"]} == set(won.opportunity_id)
    others = set(changes) - {"new", "won", "lost"}
    assert {kind: changes[kind]["count"] for kind in others} == dict.fromkeys(others, 0)


def check_now(deals: pd.DataFrame) -> None:
    """From the import on, the deals without any date are there too."""
    brief = json.loads(run("brief", "--format", "json"))
    still = deals[deals.deal_stage.isin(["Prospecting", "Engaging"])]
    assert brief["open"] == figure(len(still), still.price.sum())
    stages = {g["name"]: g["count"] for g in brief["by_stage"]}
    assert stages == {"Prospecting": 500, "Engaging": 1589}


def check_again(paths: list[str]) -> None:
    """The same files again change nothing."""
    before = json.loads(run("brief", "--at", "2017-06-30", "--format", "json"))
    run("import", *paths, "--mapping", str(FILES / "mapping.toml"))
    after = json.loads(run("brief", "--at", "2017-06-30", "--format", "json"))
    assert after | {"known": ""} == before | {"known": ""}
