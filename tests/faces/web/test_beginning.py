"""The first week's guide: what the record still lacks, for those who configure."""

from __future__ import annotations

import re

import pytest

from ridealong.record.facts import SELF, Fact
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text
from tests.record.telling import on, tell

pytestmark = pytest.mark.django_db


def open_steps(page: str) -> list[str]:
    """The addresses of the steps that are still to be done."""
    listed = page.split('class="panel guide"')[1].split("</ol>", maxsplit=1)[0]
    return re.findall(r'<a href="([^"]+)"', listed)


def test_what_is_there_is_ticked_and_the_next_thing_is_one_link(numbers):
    ona = signed_in(numbers["ona"])
    page = text(ona, "/today")
    assert open_steps(page) == ["/sources", "/brief"]
    assert '<a class="button" href="/sources">' in page
    assert open_steps(text(signed_in(numbers["adi"]), "/today")) == ["/sources", "/brief"]
    assert ona.post("/brief/keep").status_code == 302
    assert open_steps(text(ona, "/today")) == ["/sources"]
    for key in ("lea", "sam"):
        assert "Your first week" not in text(signed_in(numbers[key]), "/today")


def test_it_is_put_away_and_brought_back_and_others_keep_theirs(numbers):
    ona = signed_in(numbers["ona"])
    assert ona.post("/today/guide", {"state": "away"}).status_code == 302
    page = text(ona, "/today")
    assert "Your first week" not in page
    assert "The guide is put away." in page
    assert "put away" not in text(ona, "/today")
    ona.post("/today/guide", {"state": "back"})
    assert "Your first week" in text(ona, "/today")
    assert signed_in(numbers["lea"]).post("/today/guide").status_code == 403
    assert ona.get("/today/guide").status_code == 405


def test_a_simulated_company_needs_none(numbers):
    ona = signed_in(numbers["ona"])
    assert "Your first week" in text(ona, "/today")
    said = {"simulated": True, "currency": "EUR", "name": "Shown", "time_zone": "UTC"}
    tell([Fact("organisation", SELF, on(0), said, "organisation:shown")])
    assert "Your first week" not in text(ona, "/today")
