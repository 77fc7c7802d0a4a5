"""Who talked for how long in a talk, and how much each side asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ridealong.record.states import ActivityState


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in a talk. ``share``: of all that was said, by time, from 0 to 1."""

    name: str
    share: float
    questions: int
    ours: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a talk: its share of the time, and the questions it asked."""

    share: float
    questions: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk that was recorded; the most talkative speaker first."""

    ours: Side
    buyers: Side
    speakers: tuple[Speaker, ...]
    minutes: float | None
    text: str


def talk_of(activity: ActivityState) -> Talk | None:
    """Return the talk that an activity is, or has the record of; None without one."""
    said = activity.recording or activity
    spoke = [person for person in said.people if "seconds" in person]
    if not spoke:
        return None
    return Talk(
        ours=_side(person for person in spoke if person.get("ours")),
        buyers=_side(person for person in spoke if not person.get("ours")),
        speakers=tuple(_speaker(person) for person in spoke),
        minutes=said.minutes,
        text=said.text,
    )


def _speaker(person: dict[str, Any]) -> Speaker:
    return Speaker(
        name=person.get("name") or person.get("email") or "Somebody",
        share=float(person.get("share", 0.0)),
        questions=int(person.get("questions", 0)),
        ours=bool(person.get("ours")),
    )


def _side(people: Any) -> Side:
    speakers = [_speaker(person) for person in people]
    share = sum(speaker.share for speaker in speakers)
    return Side(share=share, questions=sum(speaker.questions for speaker in speakers))
