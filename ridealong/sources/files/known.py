"""Who and what is known: names in files are led to the members, companies and stages meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rapidfuzz import fuzz, process

from ridealong.record import directory
from ridealong.record.directory import normal
from ridealong.record.facts import Fact
from ridealong.sources.files.mapping import Rules, StageRule
from ridealong.sources.files.stages import position, status_of

EARLY = datetime(2000, 1, 1, tzinfo=UTC)
"""When members, companies and stages that are only named are said to be: before anything else."""
ALIKE = 88


class Unknown(ValueError):
    """A name that cannot be led to anything; the text says what to do."""


@dataclass
class Known:
    """Names met so far. What is met for the first time is told by ``told``, once."""

    rules: Rules
    members: dict[str, str] = field(default_factory=dict)
    companies: dict[str, str] = field(default_factory=dict)
    stages: dict[str, StageRule] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    new: dict[str, list[str]] = field(default_factory=dict)
    _waiting: list[Fact] = field(default_factory=list)
    _positions: int = 0

    @classmethod
    def now(cls, rules: Rules) -> Known:
        """Begin with what the record knows and what the mapping declares."""
        known = cls(rules)
        for member in directory.members():
            known.name_member(member.key, member.name, member.email)
        known.companies = directory.company_names()
        for stage in directory.stages():
            known.stages[normal(stage.name)] = StageRule(stage.name, stage.status)
            known.keys[normal(stage.name)] = stage.key
            known._positions = max(known._positions, stage.position + 1)
        for number, rule in enumerate(rules.stages):
            known._declare(rule, number * 10)
        return known

    def name_member(self, key: str, *names: str) -> None:
        """Remember by which names a member goes."""
        for name in (key, *names):
            if name:
                self.members.setdefault(normal(name), key)

    def member(self, name: str, role: str = "") -> str:
        """Return the key of the member meant, telling a new one."""
        plain = normal(name)
        if not plain:
            raise Unknown("names nobody")
        if plain not in self.members:
            self.members[plain] = plain
            called = (
                {"email": name.lower(), "name": name.split("@", maxsplit=1)[0]}
                if "@" in name
                else {"name": name}
            )
            more = {"role": role} if role else {}
            self._tell("member", plain, {**called, **more}, name)
        return self.members[plain]

    def company(self, name: str) -> str:
        """Return the key of the company meant, telling a new one."""
        plain = normal(name) or name
        if plain not in self.companies:
            self.companies[plain] = plain
            self._tell("company", plain, {"name": name}, None)
        return self.companies[plain]

    def stage(self, name: str, *, won: bool | None = None, closed: bool | None = None) -> StageRule:
        """Return the stage meant, telling a new one where the mapping declares none.

        Raises ``Unknown``.
        """
        plain = normal(name)
        if plain in self.stages:
            return self.stages[plain]
        if self.rules.stages:
            names = ", ".join(rule.name for rule in self.rules.stages)
            raise Unknown(f"is none of the mapping's stages: {names}")
        self._refuse_misspelt(name, plain)
        status = "won" if won else "lost" if closed else status_of(plain)
        rule = StageRule(name, status)
        self._declare(rule, position(plain, status, self._positions))
        self._positions += 1
        self.new.setdefault("stages", []).append(name)
        return rule

    def stage_key(self, rule: StageRule) -> str:
        """Return the key of a stage's subject."""
        return self.keys[normal(rule.name)]

    def told(self) -> Iterator[Fact]:
        """Yield the facts on what was met for the first time since the last asking."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def _refuse_misspelt(self, name: str, plain: str) -> None:
        letters = _letters(plain)
        candidates = {key: _letters(key) for key in self.stages if _letters(key) != letters}
        best = process.extractOne(letters, candidates, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best is not None:
            meant = self.stages[best[2]].name
            raise Unknown(
                f"is no stage yet; did you mean “{meant}”? If it is one of its own, list the "
                "stages in a mapping"
            )

    def _declare(self, rule: StageRule, place: int) -> None:
        plain = normal(rule.name)
        is_new = plain not in self.stages
        self.stages[plain] = rule
        self.keys.setdefault(plain, plain)
        if is_new:
            changes = {"name": rule.name, "position": place, "status": rule.status}
            if rule.probability is not None:
                changes["probability"] = rule.probability
            self._waiting.append(
                Fact("stage", self.keys[plain], EARLY, changes, f"stage:{plain}"[:255])
            )

    def _tell(self, kind: str, key: str, changes: dict[str, str], shown: str | None) -> None:
        fact = Fact(kind, key[:255], EARLY, changes, f"{kind}:{key}:named"[:255])  # type: ignore[arg-type]
        self._waiting.append(fact)
        if shown is not None:
            self.new.setdefault(f"{kind}s", []).append(shown)


def _letters(text: str) -> str:
    """Names that differ only in digits are different ("Stage 1", "Stage 2")."""
    return "".join(c for c in text if not c.isdigit())
