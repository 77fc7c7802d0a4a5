"""Saying what was noticed about deals, and what is normal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.ranks import SourceName

SOURCE = SourceName("ridealong", "ridealong")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Noticed:
    """That a rule's cause is there on a deal, or gone (``raised`` None).

    ``deal``: its key; ``raised``: since when, without a break.
    """

    rule: str
    deal: str
    raised: datetime | None
    words: str = ""
    evidence: Sequence[Mapping[str, Any]] = ()


def notice(noticed: Iterable[Noticed], *, at: datetime, live: bool = True) -> int:
    """Keep what was noticed at that moment; return of how much.

    ``live`` False: as if it had been kept at that moment, for a history that is made all at once.
    Raises ``InvalidFact``.
    """
    facts = [_fact(each, at, live=live) for each in noticed]
    if facts:
        writer.append(SOURCE, facts)
    return len(facts)


def signal_key(rule: str, deal: str) -> str:
    """Return the key of a rule's signal on a deal."""
    whole = f"{rule}:{deal}"
    if len(whole) <= _LONGEST:
        return whole
    digest = hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()
    return f"{whole[: _LONGEST - 17]}:{digest}"


def _fact(each: Noticed, at: datetime, *, live: bool) -> Fact:
    key = signal_key(each.rule, each.deal)
    if each.raised is None:
        changes: dict[str, Any] = {"state": "cleared"}
    else:
        changes = {
            "rule": each.rule,
            "deal": each.deal,
            "state": "raised",
            "raised": each.raised,
            "words": each.words,
            "evidence": list(each.evidence),
        }
    recorded = None if live else at
    return Fact("signal", key, at, changes, f"{key}@{at.isoformat()}", recorded_at=recorded)


def keep_norms(body: Mapping[str, Any], *, monday: date, at: datetime, live: bool = True) -> None:
    """Keep what is normal in the week from that Monday on, as learned at ``at``."""
    recorded = None if live else at
    key = monday.isoformat()
    writer.append(
        SOURCE, [Fact("norms", key, at, {"body": dict(body)}, f"norms:{key}", recorded_at=recorded)]
    )


def keep_trial(of: str, body: Mapping[str, Any], *, at: datetime) -> None:
    """Keep how ``of`` held on the company's own history, as tried at that moment."""
    writer.append(SOURCE, [Fact("trial", of, at, {"body": dict(body)}, f"{of}@{at.isoformat()}")])
