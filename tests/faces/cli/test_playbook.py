"""``ridealong playbook``: the criteria with counts, one deal's, and as whom."""

from __future__ import annotations

import json

import pytest

from tests.faces.cli.test_reading import run
from tests.record.telling import activity, deal, on
from tests.views.coaching.test_playbook import BOOK, checked, met
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
AT = ("--at", on(40).isoformat())


@pytest.fixture(autouse=True)
def company() -> None:
    """A deal of Sam's that skipped its criteria, and one of Sue's that is where it began."""
    told(
        *BOOK,
        started("A1", name="Harbour rollout", stage="Qualify"),
        started("B1", name="Pump audit", stage="Qualify", salesperson="sue"),
        met("m1", 5, of="A1"),
        deal("A1", 8, known=8, stage="Propose"),
        activity("p", 9, kind="email", deal="A1", member="sam", direction="out", title="Our offer"),
        checked("B1", "said so", 12, "met"),
    )


def test_the_criteria_with_how_many_open_deals_are_where():
    shape = json.loads(run("playbook", *AT, "--format", "json").output)
    assert [stage["stage"] for stage in shape["stages"]] == ["Qualify", "Propose", "Negotiate"]
    said = {c["text"]: c for stage in shape["stages"] for c in stage["criteria"]}
    assert (said["said so"]["met"], said["proposal out"]["met"]) == (1, 1)
    mine = json.loads(run("playbook", *AT, "--as", "sam@seller.example", "--format", "json").output)
    assert mine["stages"][0]["criteria"][1]["met"] == 0
    assert "met twice: 1 unknown" in run("playbook", *AT).output


def test_one_deal_with_evidence_and_what_it_skipped():
    shape = json.loads(run("playbook", *AT, "--deal", "harbour", "--format", "json").output)
    offer = shape["stages"][1]["criteria"][0]
    assert (offer["state"], offer["by"], offer["activity"]) == ("met", "record", "p")
    assert [(m["after"], m["missing"]) for m in shape["skipped"]] == [("Propose", ["met twice"])]
    text = run("playbook", *AT, "--deal", "harbour").output
    assert "to Propose without: met twice" in text
    assert "(Lea says so: Heard it.)" in run("playbook", *AT, "--deal", "pump").output
    hidden = run("playbook", *AT, "--deal", "pump", "--as", "sam@seller.example")
    assert hidden.exit_code == 1
    assert "No deal is called" in hidden.output
