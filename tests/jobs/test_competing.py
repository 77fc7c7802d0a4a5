"""Two workers, and many who ask: one source is never synced twice at once."""

from __future__ import annotations

import itertools
import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Response

from tests.jobs.watching import PATIENCE, asked, facts, until
from tests.sources.calendar.writing import calendar, event
from tests.support.installation import RIDEALONG, Installation, installation
from tests.support.leash import leashed
from tests.support.web import served

pytestmark = pytest.mark.both_engines
MEETINGS = 60
"""More than a page of them."""
RUNS = 5
"""So many are enough, once both workers had a hand in them."""
_MEMBER = """
import django; django.setup()
from ridealong.sources import people
people.say("member", "ada", {"name": "Ada", "email": "ada@seller.example", "role": "owner"})
"""
_ASKING = """
import threading, time
import django; django.setup()
from ridealong.connections import scheduling
from ridealong.connections.models import Connection
connection = Connection.objects.get()
def ask():
    while True:
        scheduling.start(connection)
        time.sleep(0.05)
for _ in range(3):
    threading.Thread(target=ask).start()
"""


class Slow:
    """A calendar at an address that takes its time; ``most``: how many were in it at once."""

    def __init__(self) -> None:
        day = datetime.now(UTC) + timedelta(days=3)
        self.body = calendar(*(event(f"e{n}", f"{day:%Y%m%dT100000Z}") for n in range(MEETINGS)))
        self.most = 0
        self._inside = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        time.sleep(0.2)
        with self._lock:
            self._inside -= 1
        return Response(self.body, mimetype="text/calendar")(environ, start_response)


def _runs(at: Installation) -> list[Any]:
    """Return when each sync that is done began and ended."""
    return asked(
        at,
        "SELECT started_at, ended_at FROM jobs_run WHERE kind = 'sync' AND state = 'done' "
        "ORDER BY started_at",
    )


def _takers(at: Installation) -> set[str]:
    """Return which workers took a sync out of the queue."""
    syncs = {number for (number,) in asked(at, "SELECT id FROM jobs_run WHERE kind = 'sync'")}
    taken = asked(at, "SELECT args_kwargs, worker_ids FROM django_tasks_database_dbtaskresult")
    rows = [[json.loads(v) if isinstance(v, str) else v for v in row] for row in taken]
    return {worker for given, workers in rows if given["args"][0] in syncs for worker in workers}


def test_of_two_workers_only_one_syncs_a_source_however_many_ask(
    empty_installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    at, slow = empty_installation, Slow()
    environment = at.environment
    with leashed([sys.executable, "-c", _MEMBER], log=tmp_path / "0", environment=environment) as p:
        assert p.wait(PATIENCE) == 0, (tmp_path / "0").read_text()
    with served(slow) as address:
        monkeypatch.setenv("ICS_ADDRESS", f"{address}/team.ics")
        at.run("source", "add", "ics", "team", "--secret-env", "ICS_ADDRESS")
        with installation(tmp_path / "clean", like=at) as clean:
            clean.run("sync")
            expected = facts(clean, "ics:team")
        assert len(expected) >= MEETINGS
        command = [str(RIDEALONG), "worker", "--at-once", "1"]
        with (
            leashed(command, log=tmp_path / "1", environment=environment) as one,
            leashed(command, log=tmp_path / "2", environment=environment) as two,
        ):
            asking = [sys.executable, "-c", _ASKING]
            with leashed(asking, log=tmp_path / "3", environment=environment) as asks:
                until(lambda: len(_runs(at)) >= RUNS and len(_takers(at)) == 2, one, two, asks)
            active = "SELECT 1 FROM jobs_run WHERE state IN ('waiting', 'running')"
            until(lambda: not asked(at, active), one, two)
    runs = _runs(at)
    assert all(began < ended for began, ended in runs)
    assert all(ended < began for (_, ended), (began, _) in itertools.pairwise(runs))
    assert slow.most == 1, "so the calendar's server saw it"
    assert facts(at, "ics:team") == expected
