"""An installation that takes long to make: made once for all processes of a test run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock

from tests.support.installation import Installation, database, dropped

_ADDRESS = "address"


def made_once(name: str, make: Callable[[Installation], object]) -> Installation:
    """Return the installation of that name; whichever process asks first makes it.

    It is there for others to be copies of, and goes with the test run (``shared_until_the_end``).
    """
    home = _folder() / name
    with FileLock(_folder() / f"{name}.lock"):
        address = _folder() / f"{name}.{_ADDRESS}"
        if not address.exists():
            home.mkdir()
            found = Installation(home, database())
            make(found)
            address.write_text(found.database, encoding="ascii")
    return Installation(home, address.read_text(encoding="ascii"))


@contextlib.contextmanager
def shared_until_the_end() -> Iterator[None]:
    """Drop the databases of what was shared, when the first process of a test run ends."""
    _folder().mkdir(parents=True)
    try:
        yield
    finally:
        for address in _folder().glob(f"*.{_ADDRESS}"):
            dropped(address.read_text(encoding="ascii"))


def _folder() -> Path:
    return Path(os.environ["RIDEALONG_HOME"]) / "shared"
