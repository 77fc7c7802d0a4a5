"""Which signals a page shows: what its address, a figure's link and a filter say alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from ridealong.record.noticed import Wanted
from ridealong.views.signals.rulebook import rules

TONES = ("bad", "good")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which signals. Each field is "" when it does not narrow.

    ``rule``: a rule's name; ``salesperson``: a member's number; ``tone``: bad or good;
    ``new``: "yes" for those that the viewer has not seen.
    """

    rule: str = ""
    salesperson: str = ""
    tone: str = ""
    new: str = ""

    def query(self) -> dict[str, str]:
        """Return the fields that narrow, as they stand in an address."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}

    def narrowed(self, **more: str) -> Choice:
        """Return this choice with further fields set."""
        return replace(self, **more)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Choice:
        """Read a choice from an address's query. Raises ``ValueError`` with a sentence."""
        choice = cls(**{f.name: query.get(f.name, "").strip() for f in fields(cls)})
        if choice.rule and choice.rule not in rules():
            raise ValueError(f"There is no rule “{choice.rule}”.")
        if choice.salesperson and not choice.salesperson.isdigit():
            raise ValueError(f"“{choice.salesperson}” is not the number of a salesperson.")
        if choice.tone and choice.tone not in TONES:
            raise ValueError(f"“{choice.tone}” is neither bad nor good.")
        return choice

    def wanted(self, deals: Collection[int] | None = None) -> Wanted:
        """Return what the record is asked for; ``deals``: on these only."""
        named = {
            rule.name
            for rule in rules().values()
            if self.rule in {"", rule.name} and self.tone in {"", "good" if rule.good else "bad"}
        }
        return Wanted(
            deals=None if deals is None else frozenset(deals),
            rules=frozenset(named),
            salespeople=frozenset({int(self.salesperson)}) if self.salesperson else None,
            unseen=self.new == "yes",
        )
