"""The API: described, as the member may see it, with problems in words."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from ridealong.credentials import keys
from ridealong.credentials.models import AccessKey
from ridealong.record import directory
from tests.record.telling import activity, deal, member, stages, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers() -> dict[str, int]:
    """Lea leads Sam; Bo leads nobody."""
    tell(
        [
            *stages(Qualify="open", Won="won"),
            member("alice", role="owner"),
            member("lea", "alice", role="leader"),
            member("bo", "alice", role="leader"),
            member("sam", "lea"),
            deal(
                "D/1",
                0,
                name="Rollout",
                company="Buyer",
                salesperson="sam",
                stage="Qualify",
                status="open",
                amount="100",
                currency="EUR",
            ),
            activity("t", 2, kind="one_on_one", member="lea", members=["sam"], title="1:1"),
        ]
    )
    return {each.key: each.id for each in directory.members()}


@pytest.fixture
def ask(client: Client, numbers: dict[str, int], settings):
    settings.SECURE_SSL_REDIRECT = False
    made = {who: keys.make(number, "test") for who, number in numbers.items()}

    def asked(path: str, who: str = "lea"):
        return client.get(f"/api/{path}", headers={"authorization": f"Bearer {made[who]}"})

    return asked


@pytest.fixture(autouse=True)
def set_up(numbers, django_user_model):
    django_user_model.objects.create_user("alice@seller.example", "x", member_id=numbers["alice"])


def test_a_key_reads_what_its_member_may_see(ask):
    seen = ask("pipeline?at=2026-01-10").json()
    assert [each["id"] for each in seen["deals"]] == ["D/1"]
    assert ask("pipeline", "bo").json()["deals"] == []
    assert ask("deals/D/1").json()["deal"]["name"] == "Rollout"
    assert ask("deals/D/1", "bo").status_code == 404
    assert ask("brief?at=2026-01-10").json()["open"]["count"] == 1


def test_conversations(ask):
    found = ask("conversations?at=2026-01-10").json()["salespeople"]
    assert [(each["leader"], each["salesperson"], each["days_since"]) for each in found] == [
        ("lea@seller.example", "sam@seller.example", 3),
        ("alice@seller.example", "lea@seller.example", None),
    ]
    assert found[0]["per_week"][-1] == 1
    assert ask("conversations?leader=lea@seller.example", "alice").json()["salespeople"]
    assert ask("conversations?salesperson=sam@seller.example", "bo").status_code == 404


def test_a_salesperson_reads_of_themself_what_their_leader_reads(ask):
    when = "conversations?at=2026-01-10"
    theirs = f"{when}&salesperson=sam@seller.example"
    assert ask(when, "sam").json() == ask(theirs, "lea").json()
    led = ask(f"{when}&leader=lea@seller.example", "sam").json()["salespeople"]
    assert [each["salesperson"] for each in led] == ["sam@seller.example"]
    assert ask(f"{when}&leader=bo@seller.example", "sam").status_code == 404
    assert ask(f"{when}&salesperson=lea@seller.example", "sam").status_code == 404


def test_problems_are_said(ask, client):
    assert client.get("/api/pipeline").status_code == 401
    wrong = {"authorization": "Bearer ra_wrong"}
    assert client.get("/api/pipeline", headers=wrong).status_code == 401
    answer = ask("pipeline?at=yesterdayish")
    assert answer.status_code == 400
    assert "yesterdayish" in answer.json()["detail"]
    assert ask("brief?at=2026-01-10&since=2026-02-10").status_code == 400
    assert ask("pipeline?page=0").status_code == 400


def test_a_revoked_key_and_one_who_left_read_nothing(ask, numbers):
    tell([member("lea", "alice", role="leader", active=False)])
    assert ask("pipeline").status_code == 403
    AccessKey.objects.filter(member_id=numbers["sam"]).delete()
    assert ask("pipeline", "sam").status_code == 401


def test_what_is_kept_of_a_key_is_no_key(numbers):
    key = keys.make(numbers["sam"], "x")
    row = AccessKey.objects.get(name="x")
    assert key not in json.dumps([row.digest, row.name])


def test_it_is_described(client):
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/pipeline",
        "/api/deals/{key}",
        "/api/brief",
        "/api/conversations",
        "/api/forecast",
        "/api/leadership",
        "/api/said",
    }
    for path in described["paths"].values():
        assert {"200", "400", "401", "403", "404"} <= set(path["get"]["responses"])
