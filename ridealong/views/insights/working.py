"""Working insights out: once a day for the whole company, whoever looks.

One family of comparisons, not one for each viewer: so a claim that is shown to anybody has paid for
all that were tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ridealong.insight import Company, Table, Tables, Trial, tables, tried
from ridealong.lib.clock import start_of_day
from ridealong.record.pipeline import Pipeline
from ridealong.views.insights.figures import Counted
from ridealong.views.insights.gathering import company, days

_KEPT = 4


@dataclass(frozen=True)
class Worked:
    """Every comparison as of ``at``, and what it was made from."""

    at: datetime
    company: Company
    made: Tables
    trials: tuple[Trial, ...]

    def table(self, trial: Trial) -> Table:
        """Return the rows that a comparison counted."""
        whole = {
            "deal": self.made.deals,
            "salesperson": self.made.entries,
            "leading": self.made.advised,
        }[trial.kind]
        return whole.where(trial.rows)

    def counted(self, trial: Trial) -> list[Counted]:
        """Return each deal that a comparison counted, as often as it did."""
        table = self.table(trial)
        numbers = [self.company.courses[index].deal for index in table.deal.tolist()]
        return [
            Counted(deal, stage, had, went)
            for deal, stage, had, went in zip(
                numbers,
                table.stage.tolist(),
                trial.having.tolist(),
                table.went.tolist(),
                strict=True,
            )
        ]

    def of(self, kind: str) -> Sequence[Trial]:
        """Return the comparisons of one kind."""
        return [trial for trial in self.trials if trial.kind == kind]


def worked(pipe: Pipeline) -> Worked:
    """Return every comparison as of the beginning of the pipeline's day, where the company is.

    What is learned during the day, such as a single mail, waits for the next morning; a load does
    not.
    """
    zone = pipe.organisation.time_zone
    morning = start_of_day(pipe.at.astimezone(zone).date(), zone)
    whole = pipe.counting().moved(morning, pipe.known)
    return _worked(whole, whole.paths.learned())


def forget() -> None:
    """Let everything be worked out anew: another record, or another moment of it, is there now."""
    _worked.cache_clear()


@lru_cache(maxsize=_KEPT)
def _worked(whole: Pipeline, learned: int) -> Worked:
    """Work it out, once for every viewer; ``learned`` is what the cache goes by."""
    del learned
    read = company(whole)
    made = tables(read)
    return Worked(whole.at, read, made, tried(read, made, days(whole.at)))
