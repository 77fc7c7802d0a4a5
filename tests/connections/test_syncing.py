"""Connected sources: kept whole page by page, tried again, mended, paused, disconnected."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.connections import making, removing, reporting, scheduling
from ridealong.connections.making import InvalidSetting
from ridealong.connections.models import Connection, LeftOut
from ridealong.jobs.models import Run
from ridealong.jobs.working import carry_waiting
from ridealong.lib import clock
from ridealong.lib.again import Refused, TryAgain
from ridealong.record import writer
from ridealong.record.models import Activity, FactRow
from ridealong.sources.base.registry import connectors
from tests.connections.fake import Fake, mail
from tests.record.telling import member, tell
from tests.support.database import rolled_back

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"host": "mail.example", "password": "s3cret-word"}


@pytest.fixture
def fake(monkeypatch):
    made = Fake()
    made.facts = [mail(n, "eva@buyer.example", f"Mail {n}") for n in range(11)]
    monkeypatch.setitem(connectors(), "fake", made)
    return made


@pytest.fixture
def connection(fake):
    tell([member("sam")])
    made = making.new("fake", "box", GIVEN)
    making.keep(made)
    return made


def synced(connection: Connection) -> Run:
    run = scheduling.start(connection)
    carry_waiting()
    run.refresh_from_db()
    connection.refresh_from_db()
    return run


def came(connection: Connection) -> int:
    """Sync, and return how many facts were new."""
    return int((synced(connection).report or {})["added"])


def told() -> set[tuple[str, str]]:
    rows = FactRow.objects.filter(source__name="fake:box")
    return {(row.external_id, json.dumps(row.changes, sort_keys=True)) for row in rows}


def test_all_of_it_comes_and_the_next_sync_goes_on_from_there(fake, connection):
    run = synced(connection)
    assert run.report == {"added": 11, "known": 0, "left_out": 1}
    assert connection.counts == {"activity": 11}
    fake.facts.append(mail(11, "eva@buyer.example", "One more"))
    assert synced(connection).report == {"added": 1, "known": 0, "left_out": 0}
    assert reporting.health(connection).state == "well"
    assert LeftOut.objects.get().why == "It is odd."


def test_a_cut_sync_keeps_whole_pages_and_goes_on_after_them(fake, connection):
    fake.fails = {4: TryAgain("Fake is busy.", after=timedelta(minutes=3))}
    run = synced(connection)
    assert (run.state, run.error) == (Run.State.WAITING, "Fake is busy.")
    assert connection.cursor == {"next": 6}
    assert len(told()) == 6
    health = reporting.health(connection)
    assert (health.state, health.error) == ("waiting", "Fake is busy.")
    assert came(connection) == 5


def test_a_service_that_asks_to_wait_is_left_alone_though_a_sync_is_due(fake, connection):
    fake.fails = {1: TryAgain("Fake is busy.", after=timedelta(hours=1))}
    synced(connection)
    asked = len(fake.seen)
    Connection.objects.update(due_at=clock.now())
    assert scheduling.start_due() == 1
    carry_waiting()
    assert len(fake.seen) == asked
    assert came(connection) == 11, "a person's wish is tried at once"


@given(cuts=st.lists(st.integers(1, 6), max_size=5), again=st.booleans())
def test_cut_anywhere_and_run_again_or_twice_it_is_one_clean_run(fake, connection, cuts, again):
    with rolled_back():
        for cut in cuts:
            fake.fails = {cut: TryAgain("cut")}
            run = Run(plan={"connection": connection.pk})
            with contextlib.suppress(TryAgain):
                scheduled(run)
        fake.fails = {}
        if again:
            Connection.objects.update(from_start=True)
        scheduled(Run(plan={"connection": connection.pk}))
        scheduled(Run(plan={"connection": connection.pk}))
        clean = {(f.external_id, json.dumps(dict(f.changes), sort_keys=True)) for f in fake.facts}
        assert told() == clean
        assert FactRow.objects.filter(source__name="fake:box").count() == len(clean)


def scheduled(run: Run) -> None:
    from ridealong.connections.syncing import carry_out

    carry_out(run, lambda _: None)


def test_what_a_person_must_mend_is_said_and_not_tried_again_until_then(fake, connection):
    fake.fails = {1: Refused("Password: mail.example does not accept it.")}
    synced(connection)
    health = reporting.health(connection)
    assert (health.state, health.error) == (
        "attention",
        "Password: mail.example does not accept it.",
    )
    assert scheduling.start_due() == 0
    making.fill(connection, {"password": "another"})
    making.keep(connection)
    assert scheduling.start_due() == 1
    carry_waiting()
    assert fake.seen[-1]["password"] == "another"
    assert reporting.health(Connection.objects.get()).state == "well"


def test_secrets_are_neither_stored_nor_shown_in_clear(connection, fake):
    synced(connection)
    stored = json.dumps(list(Connection.objects.values()), default=str)
    assert "s3cret-word" not in stored
    assert "s3cret-word" not in repr(fake.seen[-1])
    assert Connection.objects.get().secrets == {"password": "s3cret-word"}


def test_secrets_kept_under_another_key_are_asked_for_anew(connection, settings):
    settings.SECRET_KEY = "another installation's"
    run = synced(connection)
    assert run.state == Run.State.FAILED
    assert "enter them anew" in reporting.health(connection).error


def test_a_refreshed_token_is_kept(connection, fake):
    synced(connection)
    fake.seen[-1].keep({"token": "fresh"})
    assert Connection.objects.get().secrets == {"password": "s3cret-word", "token": "fresh"}


def test_paused_it_is_not_due_and_a_running_sync_ends_at_its_next_page(fake, connection):
    Connection.objects.update(paused=True)
    assert scheduling.start_due() == 0
    scheduling.start(connection)
    Connection.objects.update(paused=True)
    carry_waiting()
    assert Run.objects.filter(kind="sync", report__ended="It was paused.").count() == 1
    assert told() == set()
    assert reporting.health(Connection.objects.get()).state == "paused"


def test_read_anew_everything_is_known_already(fake, connection):
    synced(connection)
    run = scheduling.start(connection, full=True)
    carry_waiting()
    run.refresh_from_db()
    assert run.report == {"added": 0, "known": 11, "left_out": 1}


def test_it_is_due_again_after_its_interval(fake, connection):
    assert scheduling.start_due() == 1
    carry_waiting()
    assert scheduling.start_due() == 0
    Connection.objects.update(due_at=clock.now() - timedelta(seconds=1))
    assert scheduling.start_due() == 1


def test_disconnected_what_it_told_stays_or_is_taken_back(fake, connection):
    synced(connection)
    removing.disconnect(connection, with_data=False)
    carry_waiting()
    assert Activity.objects.filter(is_latest=True).count() == 11
    again = making.new("fake", "box", GIVEN)
    making.keep(again)
    assert came(again) == 0
    removing.disconnect(again, with_data=True)
    carry_waiting()
    assert not Activity.objects.filter(is_latest=True).exists()
    assert not FactRow.objects.filter(changes__icontains="Mail 3").exists()
    assert FactRow.objects.filter(source__name="fake:box").count() == 11
    writer.rebuild()
    assert not Activity.objects.exists()
    back = making.new("fake", "box", GIVEN)
    making.keep(back)
    assert came(back) == 0, "what was taken back does not come again"


def test_another_sources_word_on_the_same_mail_stays(fake, connection):
    synced(connection)
    other = making.new("fake", "second", GIVEN)
    making.keep(other)
    synced(other)
    removing.disconnect(connection, with_data=True)
    carry_waiting()
    assert Activity.objects.filter(is_latest=True).count() == 11


@pytest.mark.parametrize(
    ("kind", "name", "given_", "said"),
    [
        ("nothing", "box", GIVEN, "no kind of source 'nothing'"),
        ("fake", "", GIVEN, "1 to 50 letters"),
        ("fake", "a b", GIVEN, "1 to 50 letters"),
        ("fake", "box", {"host": "x"}, "Password (password) is missing"),
        ("fake", "box", {**GIVEN, "hots": "x"}, "no setting 'hots'"),
        ("fake", "box", {**GIVEN, "host": "x\x00"}, "Host (host)"),
    ],
)
def test_what_is_wrong_with_a_setting_is_named(fake, kind, name, given_, said):
    with pytest.raises(InvalidSetting) as caught:
        making.new(kind, name, given_)
    assert said in str(caught.value)


def test_two_sources_have_two_names(fake, connection):
    with pytest.raises(InvalidSetting, match="already"):
        making.new("fake", "box", GIVEN)


def test_ids_of_a_second_crm_do_not_mix_with_the_first(fake, monkeypatch):
    monkeypatch.setitem(connectors(), "fake", Fake("crm"))
    first = making.new("fake", "main", GIVEN)
    making.keep(first)
    second = making.new("fake", "branch", GIVEN)
    assert (first.prefix, second.prefix) == ("", "branch:")
