"""How near what is read comes to the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.nature.labelled import Labelled
from ridealong.sources.hearing import Heard, read_talk
from ridealong.sources.hearing.learning import Weights

NATURES = (
    *("status_check", "forecast_review", "pipeline_review", "deal_coaching", "call_preparation"),
    *("call_debrief", "ride_along", "skill_coaching", "account_planning", "help_request"),
    *("recognition", "personal"),
)
NOTHING = "nothing"


@dataclass(frozen=True)
class Read:
    """A labelled talk and what was read from it."""

    label: Labelled
    heard: Heard

    @property
    def primary(self) -> str:
        """The nature with the largest share that was read."""
        return next(iter(self.heard.nature), NOTHING)

    @property
    def right(self) -> bool:
        """Whether that is the label's."""
        return self.primary == self.label.primary

    @property
    def share_error(self) -> float:
        """How far shares are from the label's, over the natures that are in either."""
        names = {*self.label.nature, *self.heard.nature}
        far = (abs(self.label.nature.get(n, 0) - self.heard.nature.get(n, 0)) for n in names)
        return sum(far) / len(names)


def read_all(labelled: Iterable[Labelled], weights: Weights | None = None) -> list[Read]:
    """Read every talk, with other weights than those that come with Ridealong if given."""
    return [Read(each, read_talk(each.talked, weights=weights)) for each in labelled]


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the interval that holds a share with 95% confidence, after Wilson."""
    if not of:
        return 0.0, 1.0
    z = 1.959964
    share, spread = right / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / spread
    half = z / spread * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    return middle - half, middle + half


def confusion(read: Sequence[Read]) -> dict[str, Counter[str]]:
    """Return, for each nature in truth, how often each was read."""
    return {
        name: Counter(each.primary for each in read if each.label.primary == name)
        for name in NATURES
    }


def precision_recall(right: int, said: int, wanted: int) -> tuple[float, float]:
    """Return precision and recall; what was never said or wanted counts as all right."""
    return (right / said if said else 1.0), (right / wanted if wanted else 1.0)


def of_nature(table: dict[str, Counter[str]], name: str) -> tuple[float, float]:
    """Return precision and recall of one nature."""
    said = sum(row[name] for row in table.values())
    return precision_recall(table[name][name], said, sum(table[name].values()))


def of_deals(read: Sequence[Read]) -> tuple[float, float]:
    """Return precision and recall of the deals discussed."""
    right = sum(len(each.label.deals & set(each.heard.deals)) for each in read)
    said = sum(len(each.heard.deals) for each in read)
    return precision_recall(right, said, sum(len(each.label.deals) for each in read))


def calibration(read: Sequence[Read]) -> list[tuple[float, float, int]]:
    """Return how sure it was said to be, and how often it was right, in four equal parts."""
    order = sorted(read, key=lambda each: each.heard.sure)
    parts = [order[len(order) * n // 4 : len(order) * (n + 1) // 4] for n in range(4)]
    return [
        (
            sum(each.heard.sure for each in part) / len(part),
            sum(each.right for each in part) / len(part),
            len(part),
        )
        for part in parts
        if part
    ]
