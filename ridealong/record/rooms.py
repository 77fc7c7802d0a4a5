"""The rooms behind the door: what else one member may see at one time, beside deals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ridealong.record.calling import Calling
from ridealong.record.courses import CoursesRoom
from ridealong.record.editing import Editing
from ridealong.record.evidence import EvidenceRoom
from ridealong.record.leading import Leading
from ridealong.record.live import Sight
from ridealong.record.paths import Paths
from ridealong.record.recalled import Recalled
from ridealong.record.said import SaidRoom
from ridealong.record.signals import Signals
from ridealong.record.states import Member


@dataclass(frozen=True)
class Rooms:
    """What one member may see at one time."""

    viewer: Member | None
    sight: Sight

    @cached_property
    def leading(self) -> Leading:
        """Who led whom, who spoke with whom about what, and what came of it."""
        return Leading(self.viewer, self.sight)

    @cached_property
    def evidence(self) -> EvidenceRoom:
        """What happened on many deals at once."""
        return EvidenceRoom(self.sight)

    @cached_property
    def paths(self) -> Paths:
        """How many deals went, from their beginnings."""
        return Paths(self.sight)

    @cached_property
    def courses(self) -> CoursesRoom:
        """Whole courses of many deals, as columns."""
        return CoursesRoom(self.sight)

    @cached_property
    def signals(self) -> Signals:
        """What was noticed about deals, and what came of it."""
        return Signals(self.viewer, self.sight)

    @cached_property
    def calling(self) -> Calling:
        """What leaders told the CEO, and what they owe."""
        return Calling(self.viewer, self.sight)

    @cached_property
    def editing(self) -> Editing:
        """When deals were edited, who was asked by mail, and since when such things are told."""
        return Editing(self.sight)

    @cached_property
    def recalled(self) -> Recalled:
        """What was answered from memory, and which deals to ask about."""
        return Recalled(self.viewer, self.sight)

    @cached_property
    def said(self) -> SaidRoom:
        """What Ridealong said of its own: odds, ranges, claims."""
        return SaidRoom(self.viewer, self.sight)
