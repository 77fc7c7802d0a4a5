"""What a rule is: a cause that a deal may have, its settings, and what to do about it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from ridealong.record.evidence import Happening

if TYPE_CHECKING:
    from ridealong.views.signals.case import Case

Values = Mapping[str, float]
"""{setting: value} of one rule, all of them."""
Audience = Literal["everybody", "leader"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that may be changed. ``words``: what it means, as a person reads it.

    ``lowest``, ``highest``: what is accepted.
    """

    name: str
    words: str
    default: float
    lowest: float = 0
    highest: float = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a signal rests on: a sentence, and the activity it is from (its key, "" for none)."""

    text: str
    activity: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """That a deal has the cause. ``words``: one sentence, true until something is learned.

    So it names days, never how long ago they are. ``evidence``: most telling first.
    """

    words: str
    evidence: tuple[Evidence, ...] = ()


class Rule(ABC):
    """A named rule. ``name`` never changes: what was noticed is kept by it.

    ``title``: a few words; ``about``: what it looks for, with its reason; ``to_do``: what the
    salesperson does about it, worded as help. ``good``: good news. ``urgent``: cannot wait for the
    next digest. ``audience``: who is told of it.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    to_do: ClassVar[str]
    good: ClassVar[bool] = False
    urgent: ClassVar[bool] = False
    audience: ClassVar[Audience] = "everybody"
    settings: ClassVar[tuple[Setting, ...]] = ()

    @abstractmethod
    def judge(self, case: Case, values: Values) -> Found | None:
        """Say whether the deal has the cause at the case's moment.

        Pure: the same case and values, the same answer. The clock is asked through the case only,
        which so learns when to look again.
        """


def seen(happening: Happening, text: str = "") -> Evidence:
    """Return evidence from an activity; ``text``: its title by default."""
    words = text or happening.title or happening.kind.replace("_", " ")
    return Evidence(words, happening.key, happening.at)
