"""The directory that holds this installation's database, secret key and uploads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """Return ``RIDEALONG_HOME``, or the user's data directory, made where it is missing."""
    chosen = os.environ.get("RIDEALONG_HOME")
    path = Path(chosen).expanduser() if chosen else user_data_path("ridealong")
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key() -> str:
    """Return this installation's secret key, written on first use, readable by its user only."""
    path = home() / "secret_key"
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")
