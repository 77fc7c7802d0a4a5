"""``ridealong source`` and ``ridealong sync``: connecting, seeing how it is, syncing, stopping."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from ridealong.connections.models import Connection
from ridealong.faces.cli.main import cli
from ridealong.jobs import starting
from ridealong.jobs.models import SILENT, Run
from ridealong.jobs.working import carry_waiting
from ridealong.lib import clock
from ridealong.lib.again import Refused, TryAgain
from ridealong.record.models import Activity
from ridealong.sources.base.registry import connectors
from tests.connections.fake import Fake, mail
from tests.record.telling import member, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    made = Fake()
    made.facts = [mail(n, "eva@buyer.example", f"Mail {n}") for n in range(11)]
    monkeypatch.setitem(connectors(), "fake", made)
    tell([member("sam")])
    return made


def run(*arguments: str, said: str = "", **environment: str) -> Result:
    """Run a command in this process, with ``said`` typed in."""
    return CliRunner().invoke(cli, arguments, input=said, env=environment, prog_name="ridealong")


def added(*more: str) -> Result:
    environment = {"BOX_PASSWORD": "s3cret-word"}
    given = ("--set", "host=mail.example", "--secret-env", "BOX_PASSWORD")
    return run("source", "add", "fake", "box", *given, *more, **environment)


def listed() -> dict[str, object]:
    (shape,) = json.loads(run("source", "list", "--format", "json").output)
    return dict(shape)


def test_a_source_is_added_with_its_secret_from_the_environment_or_a_prompt():
    done = added("--owner", "sam@seller.example")
    assert done.exit_code == 0
    assert "11 facts" in done.output
    assert "s3cret-word" not in done.output
    kept = Connection.objects.get()
    assert (kept.secrets["password"], kept.owner is None) == ("s3cret-word", False)
    asked = run("source", "add", "fake", "second", "--set", "host=x", said="typed-word\n")
    assert asked.exit_code == 0
    assert "typed-word" not in asked.output
    assert Connection.objects.get(name="second").secrets["password"] == "typed-word"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "x"), "There is no kind of source 'nothing'"),
        (("fake", "x", "--set", "host"), "KEY=VALUE expected"),
        (("fake", "x", "--set", "hots=1", "--set", "host=1"), "no setting 'hots'"),
        (("fake", "x", "--set", "host=1", "--secret-env", "NOT_THERE"), "no variable NOT_THERE"),
        (("fake", "x", "--set", "host=1", "--owner", "eve@x.example"), "eve@x.example"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(arguments, said):
    refused = run("source", "add", *arguments, said="word\n")
    assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
    assert not Connection.objects.exists()


def test_a_source_that_cannot_be_reached_is_not_kept_unless_that_is_wanted(fake):
    fake.fails = {0: Refused("Password: mail.example does not accept it.")}
    refused = added()
    assert refused.exit_code == 1
    assert "does not accept it" in refused.stderr
    assert not Connection.objects.exists()
    assert added("--no-check").exit_code == 0


def test_the_list_says_state_lag_counts_and_what_is_in_the_way(fake):
    assert "No source is connected" in run("source", "list").output
    added()
    assert (listed()["state"], listed()["lag_seconds"]) == ("late", None)
    assert "11 facts added, 0 known already, 1 left out" in run("sync").output
    shape = listed()
    assert (shape["state"], shape["counts"], shape["left_out"]) == ("well", {"activity": 11}, 1)
    assert shape["error"] == ""
    assert isinstance(shape["lag_seconds"], int)
    fake.facts.append(mail(11, "eva@buyer.example", "One more"))
    fake.fails = {1: TryAgain("Fake is busy.")}
    failed = run("sync", "box")
    assert (failed.exit_code, "Fake is busy." in failed.stderr) == (1, True)
    assert (listed()["state"], listed()["error"]) == ("waiting", "Fake is busy.")
    assert "Fake is busy." in run("source", "list").output
    assert run("sync", "box").exit_code == 0
    assert "0 facts added, 12 known already" in run("sync", "box", "--full").output
    assert "no source 'other'; connected are: box" in run("sync", "other").stderr


def test_paused_it_is_let_be_until_it_is_synced_by_name():
    added()
    run("source", "pause", "box")
    assert listed()["state"] == "paused"
    assert run("sync").exit_code == 1
    assert run("sync", "box").exit_code == 0
    assert listed()["state"] == "well"


def test_removed_with_its_data_nothing_of_it_is_left():
    added()
    run("sync")
    assert run("source", "remove", "box", said="n\n").exit_code == 1
    done = run("source", "remove", "box", "--with-data", said="y\n")
    assert "A worker takes back what it told" in done.output
    carry_waiting()
    assert not Activity.objects.filter(is_latest=True).exists()


def test_a_sync_whose_worker_died_goes_on_here():
    added()
    connection = Connection.objects.get()
    plan = {"connection": connection.pk}
    run_ = starting.start("sync", subject=connection.subject, plan=plan)
    dead = clock.now() - SILENT - timedelta(seconds=1)
    Run.objects.filter(pk=run_.pk).update(state=Run.State.RUNNING, lease="gone", heard_at=dead)
    assert "11 facts added" in run("sync", "box").output
