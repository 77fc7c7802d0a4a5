"""What a calendar told of so far, so that what vanishes from it is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Ours, Problem
from ridealong.sources.calendar.reading import PAST, Meeting
from ridealong.sources.calendar.telling import Rules, gone, told

Told = dict[str, dict[str, int]]
"""{item: {key of a meeting: when it begins, in seconds since 1970}}; an item is an event's UID,
or where it lies on the server."""


class Memory:
    """The items of one calendar. ``around``: the moment that series are read around."""

    def __init__(
        self,
        told_before: Mapping[str, Mapping[str, int]],
        *,
        around: datetime,
        ours: Ours,
        rules: Rules,
    ) -> None:
        self._told: Told = {item: dict(keys) for item, keys in told_before.items()}
        self.around = around
        self.ours = ours
        self._rules = rules
        self._begin = (around - PAST).timestamp()

    @property
    def items(self) -> set[str]:
        """The items that it holds."""
        return set(self._told)

    def shape(self) -> Told:
        """Return it as plain JSON."""
        return self._told

    def read(self, item: str, meetings: Iterable[Meeting]) -> Iterator[Fact | Problem]:
        """Tell what an item holds now, and what it no longer does."""
        before = self._told.pop(item, {})
        now: dict[str, int] = {}
        for meeting in meetings:
            said = told(meeting, self.ours, self._rules)
            if isinstance(said, Fact):
                now[said.key] = int(meeting.begins.timestamp())
            if said is not None:
                yield said
        if now:
            self._told[item] = now
        yield from self._vanished(before, now)

    def forget(self, item: str) -> Iterator[Fact]:
        """Tell that an item is gone."""
        yield from self._vanished(self._told.pop(item, {}), {})

    def _vanished(self, before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Fact]:
        for key, seconds in sorted(before.items()):
            # What is too long ago to be read any more has not vanished.
            if key not in now and seconds >= self._begin:
                yield gone(key, datetime.fromtimestamp(seconds, UTC))
