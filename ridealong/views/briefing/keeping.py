"""A brief that was kept, frozen and read again as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.record.states import KeptBrief
from ridealong.views.briefing.figures import Brief

_FORM: TypeAdapter[Brief] = TypeAdapter(Brief)


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list of kept briefs. ``key``: its name in the record, for good."""

    id: int
    key: str
    title: str
    at: datetime
    since: datetime
    kept_at: datetime


def frozen(brief: Brief) -> Any:
    """Return the brief as plain JSON values that ``read_kept`` makes the same brief of."""
    return _FORM.dump_python(brief, mode="json")


def kept(pipe: Pipeline) -> list[Kept]:
    """Return what this member kept, newest first."""
    return [Kept(b.id, b.key, b.title, b.at, b.since, b.known) for b in pipe.kept_briefs()]


def read(kept_brief: KeptBrief) -> Brief:
    """Return a kept brief as it was."""
    return _FORM.validate_python(kept_brief.body)


def read_keyed(pipe: Pipeline, key: str) -> Brief:
    """Return the brief that this member kept under that key. Raises ``NotVisible``."""
    for each in pipe.kept_briefs():
        if each.key == key:
            return read(each)
    raise NotVisible("There is no such kept brief here.")


def read_kept(pipe: Pipeline, number: int) -> Brief:
    """Return a brief this member kept, as it was. Raises ``NotVisible``."""
    for brief in pipe.kept_briefs():
        if brief.id == number:
            return read(brief)
    raise NotVisible(f"There is no kept brief {number} here.")
