"""Salesforce as a person connects it: tried, kept, synced, written back to."""

from __future__ import annotations

import pytest

from ridealong.connections import making, reporting, scheduling, writing
from ridealong.connections.models import Connection, WriteBack
from ridealong.jobs.working import carry_waiting
from ridealong.sources.base.connector import Edit
from tests.record.telling import member, tell
from tests.sources.salesforce.connected import DEAL, at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(connected) -> Connection:
    """A connection that was tried first; refresh tokens are good once."""
    connected.org.rotates = True
    tell([member("sam", email="sam@seller.example")])
    given = {name: value for name, value in connected.access.settings.items() if value}
    made = making.new("salesforce", "main", given)
    assert making.check(made).startswith("3 users, 5 stages, 3 opportunities")
    making.keep(made)
    return made


def test_a_refresh_token_that_is_renewed_while_it_is_tried_is_the_one_that_is_kept(connected, kept):
    for _ in range(2):
        run = scheduling.start(kept)
        carry_waiting()
        run.refresh_from_db()
        assert run.error == ""
    kept.refresh_from_db()
    assert kept.secrets["refresh_token"] == connected.org.refresh
    assert kept.counts["deal"] == 3
    assert reporting.health(kept).state == "well"
    assert at(1).stage == "Prospecting"


def test_what_a_person_changes_goes_back(connected, kept):
    scheduling.start(kept)
    carry_waiting()
    Connection.objects.update(writes_back=True)
    writing.pass_on([Edit(DEAL, "stage", "Negotiation", "Prospecting")], by=1)
    carry_waiting()
    assert WriteBack.objects.get().state == WriteBack.State.WRITTEN
    assert connected.org.rows["Opportunity"][DEAL]["StageName"] == "Negotiation"
