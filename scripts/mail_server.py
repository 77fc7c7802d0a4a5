"""Make sure that there is a mail server for the tests: Dovecot, installed or else fetched."""

from __future__ import annotations

import sys
from pathlib import Path

from packages import from_debian

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.dovecot import program  # noqa: E402  found beside this folder


def main() -> None:
    """Get one, unless there is one."""
    if program():
        return
    print("Installing Dovecot for the tests of mailboxes", flush=True)
    if not (from_debian("dovecot-imapd") and program()):
        sys.exit(
            "Dovecot could not be installed. Install it (Debian: dovecot-imapd), or leave its\n"
            "tests out:\n"
            '    make test ARGS="--deselect tests/sources/mail/test_imap.py"'
        )


if __name__ == "__main__":
    main()
