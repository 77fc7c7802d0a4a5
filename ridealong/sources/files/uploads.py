"""Files that were dropped on the import page: where they lie until they are loaded."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from ridealong.record.progress import Watch
from ridealong.site.home import home
from ridealong.sources.files.loading import load
from ridealong.sources.files.mapping import Rules, read
from ridealong.sources.files.plan import FilePlan, from_shape


class Upload(Protocol):
    """A run of an import: its number, when it was begun, and how its files are read."""

    pk: Any
    created_at: datetime
    plan: Any


def folder(upload: Upload) -> Path:
    """Return where its files lie."""
    return home() / "uploads" / str(upload.pk)


def rules(upload: Upload) -> Rules:
    """Return the mapping given with the files, if there was one. Raises ``InvalidMapping``."""
    given = sorted((folder(upload) / "mapping").glob("*"))
    return read(given[0]) if given else Rules()


def plans(upload: Upload) -> list[FilePlan]:
    """Return how each file is understood. Raises ``InvalidMapping``."""
    said = rules(upload)
    return [from_shape(shape, said.rule_for(Path(shape["path"]))) for shape in upload.plan]


def carry_out(upload: Upload, watch: Watch) -> dict[str, Any]:
    """Load the files and return the report. Cut anywhere, it is completed by running again."""
    report = load(plans(upload), rules(upload), as_of=upload.created_at, progress=watch)
    # Whoever's data it is should not lie about; mended files are uploaded anew.
    shutil.rmtree(folder(upload), ignore_errors=True)
    return report.shape()
