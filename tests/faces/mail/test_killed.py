"""A worker killed while a mail goes over the line: the next one does not send it again."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.jobs.watching import PATIENCE, asked, until
from tests.support.installation import RIDEALONG, Installation
from tests.support.leash import leashed
from tests.support.smtp import Post, mail_server

pytestmark = pytest.mark.both_engines
_POST = """
import django; django.setup()
from ridealong.jobs import posting
from ridealong.record import directory
from ridealong.sources import people
people.say("member", "lea", {"name": "Lea", "email": "lea@seller.example", "role": "owner"})
(lea,) = directory.members()
posting.post("test", {"member": lea.id, "address": "https://ride.example/"}, subject="test")
"""


def test_a_mail_is_not_sent_twice_though_the_worker_is_killed_while_the_server_looks_it_through(
    empty_installation: Installation, tmp_path: Path
):
    at, post = empty_installation, Post()
    post.slow = {"DATA": 60.0}
    with mail_server(post) as port:
        environment = {
            **at.environment,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "EMAIL_FROM": "ride@seller.example",
        }
        asking = [sys.executable, "-c", _POST]
        with leashed(asking, log=tmp_path / "ask.log", environment=environment) as asks:
            assert asks.wait(PATIENCE) == 0, (tmp_path / "ask.log").read_text()
        command = [str(RIDEALONG), "worker"]
        with leashed(command, log=tmp_path / "1.log", environment=environment) as worker:
            until(lambda: "DATA" in post.asked)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        asked(at, "UPDATE jobs_run SET heard_at = '2026-01-01 00:00:00+00:00'")
        with leashed(command, log=tmp_path / "2.log", environment=environment):
            until(
                lambda: asked(at, "SELECT 1 FROM jobs_run WHERE kind = 'mail' AND state = 'failed'")
            )
    ((error,),) = asked(at, "SELECT error FROM jobs_run WHERE kind = 'mail'")
    assert "it may have arrived" in error
    assert post.asked.count("DATA") == 1, "the server read it once"
    for log in tmp_path.glob("*.log"):
        assert "EMAIL_URL" not in log.read_text()
