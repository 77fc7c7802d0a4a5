"""Calendars on a real CalDAV server, at an address and in a file: what comes, moves and goes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from caldav.davclient import DAVClient
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug import Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.record.facts import Fact, checked
from ridealong.sources.base.connector import Access, Connector, Page
from ridealong.sources.calendar.files import AtAddress, InFile
from ridealong.sources.calendar.server import Server
from tests.sources.calendar.writing import APPLE, GOOGLE, OURS, OUTLOOK, calendar, event
from tests.support.dropping import line
from tests.support.examples import costly
from tests.support.radicale import LOGIN, PASSWORD, radicale
from tests.support.web import served


@pytest.fixture(autouse=True)
def november(monkeypatch) -> None:
    """Let the calendars' meetings be near."""
    monkeypatch.setattr("ridealong.lib.clock.now", lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as found:
        yield found


@pytest.fixture
def work(address) -> Iterator[Any]:
    """A calendar of Ada's on the server."""
    with DAVClient(address, username=LOGIN, password=PASSWORD) as client:
        made = client.principal().make_calendar(name="Work")
        yield made
        made.delete()


def access(address: str, **more: str) -> Access:
    return Access({"url": address, "login": LOGIN, "password": PASSWORD, **more})


class Synced:
    """What several syncs told, one after another, as the record would hold it."""

    def __init__(self, connector: Connector, given_: Callable[[], Access]) -> None:
        self.connector = connector
        self.access = given_
        self.cursor: Any = {}
        self.now: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []

    def sync(self) -> list[Fact]:
        """Sync once more and return what was told."""
        return self.take(self.connector.pull(self.access(), self.cursor, OURS))

    def take(self, pages: Iterator[Page]) -> list[Fact]:
        """Keep pages one by one."""
        told = []
        for page in pages:
            for fact in map(checked, page.facts):
                told.append(fact)
                self.now[fact.external_id] = dict(fact.changes)
            self.problems += [each.what for each in page.problems]
            self.cursor = json.loads(json.dumps(page.cursor))
        return told

    @property
    def titles(self) -> list[str]:
        """The meetings that are still on."""
        return sorted(each["title"] for each in self.now.values() if each.get("title"))


def test_what_comes_changes_and_goes_on_the_server(address, work):
    synced = Synced(Server(), lambda: access(address))
    for each in (GOOGLE, APPLE, event("a"), event("b")):
        work.save_event(calendar(each).decode())
    synced.sync()
    assert synced.titles == ["Contract", "Technical questions", "a", "b"]
    assert synced.sync() == []
    moved = work.event_by_uid("a")
    moved.data = calendar(event("a", "20261201T100000Z")).decode()
    moved.save()
    work.event_by_uid("b").delete()
    work.save_event(calendar(OUTLOOK).decode())
    told = synced.sync()
    assert {fact.changes.get("title") for fact in told} >= {"a", None, "Jour fixe"}
    assert "b" not in synced.titles
    assert "Jour fixe (moved)" in synced.titles


def test_one_of_a_series_that_is_taken_out_goes(address, work):
    series = event("s", "20261123T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4\n")
    work.save_event(calendar(series).decode())
    synced = Synced(Server(), lambda: access(address))
    synced.sync()
    assert len(synced.titles) == 4
    known = work.event_by_uid("s")
    known.data = calendar(series.replace("RRULE", "EXDATE:20261130T100000Z\nRRULE")).decode()
    known.save()
    synced.sync()
    assert len(synced.titles) == 3


def test_a_token_that_the_server_lost_leads_to_a_full_reading(address, work):
    work.save_event(calendar(event("a")).decode())
    work.save_event(calendar(event("b")).decode())
    synced = Synced(Server(), lambda: access(address))
    synced.sync()
    work.event_by_uid("b").delete()
    tokens = synced.cursor["tokens"]
    synced.cursor["tokens"] = dict.fromkeys(tokens, "http://radicale.org/ns/sync/" + "0" * 64)
    synced.sync()
    assert synced.titles == ["a"]


def test_a_private_calendar_is_never_read(address, work):
    work.save_event(calendar(event("a")).decode())
    synced = Synced(Server(), lambda: access(address, private_calendars="work"))
    assert synced.sync() == []


def test_the_servers_no_and_silence_are_told_apart(address):
    with pytest.raises(Refused, match="does not let ada in") as caught:
        Server().check(access(address, password="wr0ng-word"), OURS)
    assert "wr0ng-word" not in str(caught.value)
    with pytest.raises(TryAgain):
        Server().check(access("http://127.0.0.1:9"), OURS)


def test_the_check_names_the_calendars(address, work):
    assert Server().check(access(address), OURS) == "Calendars: Work."


MANY = [
    event(f"e{n:03}", "20261125T100000Z", "DESCRIPTION:" + "x" * 400 + "\n") for n in range(130)
]


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("many")) as found:
        with DAVClient(found, username=LOGIN, password=PASSWORD) as client:
            made = client.principal().make_calendar(name="Work")
            for each in MANY:
                made.save_event(calendar(each).decode())
        yield found


@pytest.fixture(scope="module")
def clean(many) -> Synced:
    found = Synced(Server(), lambda: access(many))
    found.sync()
    assert len(found.titles) == len(MANY)
    return found


@costly(6)
@given(cuts=st.lists(st.integers(1000, 150_000), max_size=3), twice=st.booleans())
def test_cut_anywhere_and_run_again_it_is_one_clean_run(many, clean, cuts, twice):
    with line(int(many.rpartition(":")[2])) as way:
        synced = Synced(Server(), lambda: access(f"http://127.0.0.1:{way.port}"))
        for cut in cuts:
            way.left = cut
            # It may go through: a cut is somewhere, or after the end.
            with contextlib.suppress(TryAgain):
                synced.sync()
        way.left = None
        synced.sync()
        if twice:
            synced.cursor = {}
            synced.sync()
    assert synced.now == clean.now


class Published:
    """A calendar at an address."""

    def __init__(self) -> None:
        self.body = calendar(event("a"), event("b"))
        self.status = 200

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/away":
            answer = Response(status=302, headers={"Location": "file:///etc/passwd"})
        else:
            answer = Response(self.body, status=self.status, mimetype="text/calendar")
        return answer(environ, start_response)


def test_a_calendar_at_an_address_is_read_where_it_changed():
    published = Published()
    with served(published) as address:
        synced = Synced(AtAddress(), lambda: Access({"address": f"{address}/x.ics"}))
        assert len(synced.sync()) == 2
        assert synced.sync() == []
        published.body = calendar(event("a"), event("c"))
        synced.sync()
        assert synced.titles == ["a", "c"]
        assert AtAddress().check(synced.access(), OURS) == "2 events."
        published.status = 404
        with pytest.raises(Refused, match="answers 404"):
            synced.sync()
        published.status = 500
        with pytest.raises(TryAgain):
            synced.sync()
        with pytest.raises(Refused):
            AtAddress().check(Access({"address": f"{address}/away"}), OURS)


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "ftp://x/y", "nothing"])
def test_only_web_addresses_are_reached(address):
    with pytest.raises(Refused, match="https://"):
        AtAddress().check(Access({"address": address}), OURS)


def test_a_calendar_in_a_file(tmp_path: Path):
    path = tmp_path / "team.ics"
    path.write_bytes(calendar(GOOGLE, OUTLOOK))
    synced = Synced(InFile(), lambda: Access({"file": str(path)}))
    synced.sync()
    assert "Contract" in synced.titles
    path.write_bytes(b"hello")
    with pytest.raises(Refused, match="no calendar"):
        synced.sync()
    path.unlink()
    with pytest.raises(Refused, match="cannot be read"):
        synced.sync()


@pytest.fixture(scope="module")
def in_a_file(tmp_path_factory) -> Synced:
    """Many meetings in a file, which was read once."""
    path = tmp_path_factory.mktemp("ics") / "many.ics"
    path.write_bytes(calendar(*MANY, OUTLOOK))
    found = Synced(InFile(), lambda: Access({"file": str(path)}))
    found.sync()
    return found


@costly(4)
@example(cuts=[1, 1, 1])
@given(cuts=st.lists(st.integers(0, 5), max_size=4))
def test_a_file_cut_after_any_page_is_one_clean_run(in_a_file, cuts):
    synced = Synced(InFile(), in_a_file.access)
    for cut in cuts:
        pages = InFile().pull(synced.access(), synced.cursor, OURS)
        synced.take(page for _, page in zip(range(cut), pages, strict=False))
    synced.sync()
    assert synced.now == in_a_file.now
