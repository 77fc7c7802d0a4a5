"""A real IMAP server on loopback: Dovecot, with settings and a folder of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.leash import leashed

_PROGRAM = "/usr/sbin/dovecot"
PASSWORD = "s3cret-word"
_PATIENCE = 30.0
_SETTINGS = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
listen = 127.0.0.1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={user} gid={group_of_user} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    special_use = \\Drafts
    auto = create
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def program() -> str | None:
    """Return where Dovecot is; None where it is not installed."""
    found = shutil.which("dovecot") or (_PROGRAM if Path(_PROGRAM).exists() else None)
    return found if found and Path("/usr/lib/dovecot/imap").exists() else None


@dataclass(frozen=True)
class Dovecot:
    """A running server, on which everybody has a mailbox and the same password."""

    port: int
    folder: Path

    def deliver(self, login: str, messages: Iterable[bytes]) -> None:
        """Put many messages into somebody's new inbox: quicker than asking the server to."""
        box = self.folder / "mail" / login
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True)
        for number, message in enumerate(messages):
            name = f"{1_700_000_000 + number}.M{number}.bench:2,S"
            (box / "cur" / name).write_bytes(message)
        owner = (self.folder / "mail").stat()
        for path in (box, *box.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def dovecot(*, introspection: str = "http://127.0.0.1:9/") -> Iterator[Dovecot]:
    """Run a server without any mail; ``introspection``: whom it asks about access tokens."""
    found = program()
    assert found, "There is no Dovecot: install the package dovecot-imapd, or run `make test`."
    # Under /tmp itself: the path of a socket may have only some 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        _write(folder, port, introspection)
        command = [found, "-F", "-c", str(folder / "dovecot.conf")]
        with leashed(command, log=folder / "output.log"):
            _wait(folder, port)
            yield Dovecot(port, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, port: int, introspection: str) -> None:
    me = pwd.getpwuid(os.geteuid())
    root = me.pw_uid == 0
    # Dovecot serves no mail of root's.
    user = pwd.getpwnam("nobody") if root else me
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    if root:
        os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    settings = _SETTINGS.format(
        folder=folder,
        port=port,
        password=PASSWORD,
        internal="dovecot" if root else me.pw_name,
        login="dovenull" if root else me.pw_name,
        group="dovecot" if root else me.pw_gid,
        user=user.pw_uid,
        group_of_user=user.pw_gid,
    )
    (folder / "dovecot.conf").write_text(settings, encoding="utf-8")
    (folder / "oauth2.conf").write_text(
        f"introspection_mode = post\nintrospection_url = {introspection}\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n",
        encoding="utf-8",
    )


def _wait(folder: Path, port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as s:
            if s.recv(10).startswith(b"* OK"):
                return
        time.sleep(0.05)
    said = "".join(
        path.read_text(errors="replace")
        for path in (folder / "output.log", folder / "dovecot.log")
        if path.exists()
    )
    raise RuntimeError(f"Dovecot did not answer; it said:\n{said}")
