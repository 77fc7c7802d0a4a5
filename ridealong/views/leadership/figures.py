"""What the view of a leader is made of: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ridealong.insight.ratios import Part, Ratio, Sort
from ridealong.record.leading_states import Employed
from ridealong.views.briefing import Accuracy
from ridealong.views.coaching import Cadence
from ridealong.views.recall import Known
from ridealong.views.signals import Pace

Where = Literal["talk", "deal", "person", ""]


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a figure counts: ``hit`` of ``of``, with which salesperson (their number).

    ``where``: what kind of page shows it, ``key`` which one: a talk by key, a deal or person by
    number; "" for none. ``at``: None for what is so now.
    """

    at: datetime | None
    person: int
    words: str
    hit: float
    of: float
    where: Where
    key: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: what it is called and of what it is. ``words`` and the rest make sentences.

    ``short``: what it is about, in a word or two. ``sort``: a share, or a rate for each salesperson
    and week. ``better``: 1 where more is better, -1 where less is. ``level``: what it is held
    against beside the past, None for nothing; that of the scramble is worked out. ``words``: with
    ``{who}``, ``{now}``, ``{hits}``, ``{of}`` and ``{beside}``; ``none``: where nothing at all was
    counted, with ``{spoken}``, how many weeks had a talk. ``amiss``: what to try where it is worse,
    ``well`` where it is better.
    """

    name: str
    short: str
    title: str
    of: str
    sort: Sort
    better: int
    level: float | None
    words: str
    amiss: str
    well: str
    none: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of twelve weeks, and of the twelve before.

    ``now``, ``before``: None where there is too little to say. ``level``: as the kind's.
    ``hits``, ``of``: as counted; ``parts``: what goes together; ``counted``: the evidence.
    ``beside``: what of the same is not counted, in words.
    """

    kind: Kind
    now: Ratio | None
    before: Ratio | None
    hits: float
    of: float
    level: float | None
    parts: tuple[Part, ...]
    counted: tuple[Counted, ...]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the evidence supports, and what to try next. ``chance``: that nothing is behind it.

    ``short``: what it is about, in a word or two; ``good``: it goes well, else it is to be mended.
    """

    figure: str
    short: str
    words: str
    to_do: str
    good: bool
    chance: float


@dataclass(frozen=True, slots=True)
class CallWeek:
    """The edits of the seven days before a call; ``crowded``: of the last 24 hours of them.

    With 95% their share is in ``[low, high]``; None where there are too few to say.
    """

    call: datetime
    edits: int
    crowded: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share of the edits that crowd, None where there are too few to say."""
        return None if self.low is None else self.crowded / self.edits


@dataclass(frozen=True, slots=True)
class Scramble:
    """How a team's edits crowd before the call with the CEO.

    ``call``: when it is, in words, which say so where that is only taken to be so; ``kept``: it was
    learned from when briefs were kept. ``expected``: the share that
    working hours alone would bring. ``left_out``: edits that came all at once.
    """

    weeks: tuple[CallWeek, ...]
    expected: float
    call: str
    kept: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class Leading:
    """A leader as of ``at``, over twelve weeks.

    ``people``: those below, with the talks. ``nature``: shares of the talks' time of which it is
    known; ``talks``, ``read``: how many there were, and of how many it is known. ``came``: of deals
    with guidance that was followed, how many by what came of them. ``recall``: what the leader
    likely knows, ``recall_before``: its share twelve weeks before, None where nothing was asked.
    ``sentences``: all that is supported, one of a figure, what is to be mended first, and of either
    the surest first; ``tried``: how many were tried. ``noticed``, ``acted``: how soon, of the
    signals that the figures count, those that were at all.
    """

    leader: Employed
    at: datetime
    since: datetime
    people: tuple[Cadence, ...]
    talks: int
    read: int
    nature: Mapping[str, float]
    figures: tuple[Figure, ...]
    scramble: Scramble
    numbers: tuple[Accuracy, ...]
    recall: Known
    recall_before: float | None
    came: Mapping[str, int]
    sentences: tuple[Sentence, ...]
    tried: int
    noticed: Pace
    acted: Pace

    def figure(self, name: str) -> Figure | None:
        """Return the figure of that name."""
        return next((each for each in self.figures if each.kind.name == name), None)

    @property
    def amiss(self) -> tuple[Sentence, ...]:
        """What is to be mended."""
        return tuple(each for each in self.sentences if not each.good)

    @property
    def well(self) -> tuple[Sentence, ...]:
        """What goes well."""
        return tuple(each for each in self.sentences if each.good)

    def sentence(self, name: str) -> Sentence | None:
        """Return what is said of the figure of that name; None where nothing is."""
        return next((each for each in self.sentences if each.figure == name), None)

    def discussed(self, person: int) -> tuple[int, int]:
        """Return of how many of a salesperson's open deals was spoken, and how many there are."""
        depth = self.figure("depth")
        theirs = [c for c in depth.counted if c.person == person] if depth else []
        return sum(c.hit > 0 for c in theirs), len(theirs)
