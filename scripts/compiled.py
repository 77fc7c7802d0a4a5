"""Where Python keeps compiled modules for the programs of development.

A fresh .venv has none, and where PYTHONDONTWRITEBYTECODE is set, none are ever kept: then each of
hundreds of processes compiles Django, SciPy and the tests for itself, which takes longer than the
tests do.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".cache/compiled"


def environment() -> dict[str, str]:
    """Return this process's environment, in which a module is compiled once."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(FOLDER)}
