"""A worker killed while a webhook listens: the next one says the same again, by the same id."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.jobs.watching import asked, until
from tests.support.installation import RIDEALONG, Installation
from tests.support.leash import leashed
from tests.support.listening import Listener, listening

pytestmark = pytest.mark.both_engines
_PREPARE = """
import sys
import django; django.setup()
from ridealong.record import directory
from ridealong.sources import people
from ridealong.telling import hooking
people.say("member", "lea", {"name": "Lea", "email": "lea@seller.example", "role": "owner"})
begins = {"name": "Harbour", "status": "open", "salesperson": "lea", "close_date": "2099-01-31"}
people.say("deal", "A", begins)
for month in ("02", "03", "04", "05"):
    people.say("deal", "A", {"close_date": f"2099-{month}-28"})
(lea,) = directory.members()
address = sys.argv[1]
hooking.add(lea, name="x", kind="generic", address=address, about=None, rules=["pushed"])
"""


def test_what_was_on_its_way_when_a_worker_was_killed_comes_again_with_the_same_id(
    empty_installation: Installation, tmp_path: Path
):
    at = empty_installation
    environment = {**at.environment, "RIDEALONG_PRIVATE_WEBHOOKS": "1"}
    with listening(Listener(slow=5)) as listener:
        asking = [sys.executable, "-c", _PREPARE, listener.address]
        with leashed(asking, log=tmp_path / "ask.log", environment=environment) as asks:
            assert asks.wait(90) == 0, (tmp_path / "ask.log").read_text()
        command = [str(RIDEALONG), "worker"]
        with leashed(command, log=tmp_path / "1.log", environment=environment) as worker:
            until(lambda: listener.asked)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        listener.slow = 0
        asked(at, "UPDATE jobs_run SET heard_at = '2026-01-01 00:00:00+00:00'")
        with leashed(command, log=tmp_path / "2.log", environment=environment):
            until(lambda: len(listener.came) == 2)
    first, second = listener.heads
    assert first["X-Ridealong-Id"] == second["X-Ridealong-Id"]
    assert listener.came[0] == listener.came[1]
