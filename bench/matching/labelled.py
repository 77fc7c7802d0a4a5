"""Activities whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass

from ridealong.sources.matching.weighing import Candidate, Heard


@dataclass(frozen=True, slots=True)
class Labelled:
    """An activity and the deal it is about; ambiguous where nobody could tell which one."""

    heard: Heard
    truth: str | None
    ambiguous: bool
    shape: str


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """All that the matching is given, and the truth, in order of time."""

    candidates: list[Candidate]
    activities: list[Labelled]
