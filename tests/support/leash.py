"""Processes that end with the test run that started them, however it ends."""

from __future__ import annotations

import contextlib
import os
import pwd
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

# A shell that becomes the program, after leaving a watcher behind: when the pipe to us closes,
# even because we were killed, the watcher asks the program to end, and after a while makes it.
_LEASH = """
ask=$1; shift
exec 3<&0 </dev/null
{ read -r _ <&3; kill -"$ask" $$; sleep 5; kill -KILL -$$; } >/dev/null 2>&1 &
exec 3<&- "$@"
"""


@contextlib.contextmanager
def leashed(
    command: Sequence[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
    ask: str = "TERM",
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``command`` while the block runs, its output going to ``log``."""
    account = pwd.getpwnam(user) if user else None
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["sh", "-c", _LEASH, "leash", ask, *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            # Not ours: a Ctrl-C is for the test run, which then ends this in order.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        # The watcher, and whatever the program started and left.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
