"""What a worker finds to do in an installation, done: ``python -m tests.support.settling``.

Each copy of it would do just the same once more, beside the test that is about something else.
"""

from __future__ import annotations

import subprocess
import sys

from tests.support.installation import Installation


def settled(at: Installation) -> None:
    """Do all that is due in an installation; nothing of it may fail."""
    command = [sys.executable, "-m", "tests.support.settling"]
    done = subprocess.run(command, env=at.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> None:
    """Do what is due, and what is due then, until nothing waits."""
    import django

    django.setup()

    from ridealong.jobs import working
    from ridealong.jobs.models import Run

    active = Run.objects.filter(state__in=[Run.State.WAITING, Run.State.RUNNING])
    working._tick()
    while active.exists():
        working.carry_waiting()
        working._tick()
    failed = Run.objects.filter(state=Run.State.FAILED)
    assert not failed.exists(), list(failed.values_list("kind", "error"))
    assert Run.objects.filter(kind="watch").exists()


if __name__ == "__main__":
    main()
