"""The commands that read: what they print, as whom, at what time, and what they refuse."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from ridealong.faces.cli.main import cli
from tests.record.telling import deal, on
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, arguments, prog_name="ridealong")


@pytest.fixture
def company() -> None:
    """Two deals of Sam's and one of Sue's; one is won on day 15."""
    told(
        started("A1", name="Harbour rollout", company="Brandt Maritime", amount="1200.50"),
        started("A2", name="Harbour renewal", company="Brandt Maritime"),
        started("B1", salesperson="sue", name="Pipe | audit", amount="5"),
        deal("A2", 15, known=15, stage="Won", status="won"),
    )


@pytest.mark.usefixtures("company")
def test_brief_in_every_form():
    until, since = on(20).isoformat(), on(10).date().isoformat()
    shape = json.loads(run("brief", "--at", until, "--since", since, "--format", "json").output)
    assert shape["open"] == {"count": 2, "amount": 1205.5}
    assert [d["id"] for d in shape["changes"]["won"]["deals"]] == ["A2"]
    text = run("brief", "--at", until, "--since", since).output
    assert "2 deals are open" in text
    assert "Harbour renewal" in text
    markdown = run("brief", "--at", until, "--since", since, "--format", "md").output
    assert "| Harbour renewal | Brandt Maritime | Sam | Won |" in markdown
    assert "Pipe \\| audit" in markdown
    page = run("brief", "--at", until, "--since", since, "--format", "html").output
    assert page.startswith("<!doctype html>")
    assert "<td>Harbour renewal</td>" in page


@pytest.mark.usefixtures("company")
def test_as_somebody_is_what_they_may_see():
    seen = json.loads(run("brief", "--as", "sue@seller.example", "--format", "json").output)
    assert seen["open"]["count"] == 1
    refused = run("deal", "A1", "--as", "sue@seller.example")
    assert refused.exit_code == 1
    assert "No deal is called “A1”." in refused.stderr
    nobody = run("pipeline", "--as", "eve@seller.example")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert "eve@seller.example" in nobody.stderr


@pytest.mark.usefixtures("company")
def test_pipeline_by_groups_and_as_csv():
    until = on(20).isoformat()
    shape = json.loads(
        run("pipeline", "--at", until, "--by", "salesperson", "--format", "json").output
    )
    assert shape["groups"] == [
        {"name": "Sam", "count": 1, "amount": 1200.5},
        {"name": "Sue", "count": 1, "amount": 5},
    ]
    lines = list(csv.DictReader(io.StringIO(run("pipeline", "--format", "csv").output)))
    assert [line["name"] for line in lines] == ["Harbour rollout", "Pipe | audit"]
    text = run("pipeline", "--at", until, "--by", "stage").output
    assert "2 open deals, €1,206" in text
    assert "Harbour rollout" in text


@pytest.mark.usefixtures("company")
def test_a_deal_is_found_by_id_by_words_and_not_guessed_between_two():
    assert "Harbour rollout with Brandt Maritime" in run("deal", "A1").output
    assert "Pipe | audit" in run("deal", "pip aud").output
    # of two that fit, the one that is open is meant
    assert "Harbour rollout with" in run("deal", "brandt").output
    past = run("deal", "brandt", "--at", on(12).isoformat())
    assert past.exit_code == 1
    assert "A1  Harbour rollout" in past.stderr
    assert "A2  Harbour renewal" in past.stderr
    shape = json.loads(run("deal", "A1", "--format", "json").output)
    assert shape["deal"]["amount"] == 1200.5
    assert len(shape["lines"]) == 5


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["brief", "--at", "someday"], 1, "“someday” is not a time"),
        (["brief", "--at", "2026-01-10", "--since", "2026-02-01"], 1, "is after the moment"),
        (["pipeline", "--by", "mood"], 2, "'mood' is not one of"),
        (["brief", "--colour"], 2, "No such option"),
        (["bief"], 2, "No such command"),
    ],
)
def test_bad_input_ends_with_one_and_wrong_usage_with_two(arguments, status, words):
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.stderr


@pytest.mark.usefixtures("company")
def test_rebuild_changes_nothing_that_can_be_read():
    before = run("brief", "--at", on(20).isoformat(), "--format", "json").output
    result = run("rebuild")
    assert result.exit_code == 0
    assert "subjects" in result.output
    after = run("brief", "--at", on(20).isoformat(), "--format", "json").output
    assert json.loads(after) | {"known": ""} == json.loads(before) | {"known": ""}
