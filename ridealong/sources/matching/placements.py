"""What was placed so far, growing with each sure match."""

from __future__ import annotations

from collections.abc import Mapping

from ridealong.sources.matching.given import Heard, Placed


class Placements:
    """Learns where threads, series and people belong; ``placed`` always shows the latest."""

    def __init__(self) -> None:
        self._threads: dict[str, str] = {}
        self._series: dict[str, str] = {}
        self._contacts: dict[str, dict[str, int]] = {}
        self.placed = Placed(self._threads, self._series, self._contacts)

    def learn(self, heard: Heard, deal: str) -> None:
        """Remember that the activity belongs to the deal."""
        if heard.thread:
            self._threads[heard.thread] = deal
        if heard.series:
            self._series[heard.series] = deal
        for address in heard.outsiders:
            times = self._contacts.setdefault(address, {})
            times[deal] = times.get(deal, 0) + 1

    def seed(
        self,
        *,
        threads: Mapping[str, str],
        series: Mapping[str, str],
        contacts: Mapping[str, Mapping[str, int]],
    ) -> None:
        """Take over where threads and series belong, and how often each person was at each deal."""
        self._threads.update(threads)
        self._series.update(series)
        self._contacts.update({address: dict(times) for address, times in contacts.items()})
