"""What is taken out of the latest word goes, and comes back when that is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.site.sealing import seal
from tests.record.telling import member, on, stages, tell

pytestmark = pytest.mark.django_db


def stated(kind: Any, key: str, day: float, **changes: Any) -> Fact:
    """State something of a subject on that day."""
    return Fact(kind, key, on(day), changes, f"{kind}:{key}:{day}", recorded_at=on(day))


def test_a_criterion_and_a_private_note_go_and_come_back():
    note = {"author": "lea", "other": "sam", "sealed": seal({"text": "Between us"})}
    tell(
        [
            *stages(Qualify="open"),
            member("lea"),
            member("sam", "lea"),
            stated("criterion", "c", 1, stage="Qualify", text="Met us", position=1),
            stated("private_note", "n", 1, **note),
        ]
    )
    ids = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}

    def there() -> tuple[int, int]:
        leading = pipeline.open(ids["lea"]).leading
        return len(leading.criteria()), len(leading.private_notes(ids["sam"]))

    assert there() == (1, 1)
    tell([stated("criterion", "c", 2, deleted=True), stated("private_note", "n", 2, deleted=True)])
    assert there() == (0, 0)
    writer.rebuild()
    assert there() == (0, 0)
    tell([stated("criterion", "c", 3, deleted=None), stated("private_note", "n", 3, deleted=None)])
    assert there() == (1, 1)
