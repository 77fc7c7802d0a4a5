"""Installing a package of Debian's, where that is what this machine is and we may."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess


def from_debian(package: str) -> bool:
    """Install it; say whether that worked."""
    try:
        debian = "debian" in {
            *platform.freedesktop_os_release()["ID"].split(),
            *platform.freedesktop_os_release().get("ID_LIKE", "").split(),
        }
    except OSError:
        debian = False
    root = as_root()
    if not debian or root is None:
        return False
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # A fresh machine has no list of packages yet, or one of long ago.
    update = run([*apt, "update", "-q"])
    return update and run([*apt, "install", "-q", "-y", "--no-install-recommends", package])


def as_root() -> list[str] | None:
    """Return what to put before a command so that root runs it; None where we may not be root."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def run(command: list[str]) -> bool:
    """Run a command and say whether it worked."""
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0
