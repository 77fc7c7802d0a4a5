"""Facts are kept for ever, except by the clean-up after a test with real transactions."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from ridealong.record.models import FactRow, Source, Subject


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_with_real_transactions_begins_empty_and_guarded(turn: str) -> None:
    assert not FactRow.objects.exists()
    FactRow.objects.create(
        source=Source.objects.create(name=turn),
        subject=Subject.objects.create(kind="deal", key=turn),
        external_id=turn,
        at=timezone.now(),
        recorded_at=timezone.now(),
        changes={},
        digest=bytes(16),
    )
    with connection.cursor() as cursor:
        for forbidden in ("DELETE FROM record_fact", "UPDATE record_fact SET external_id = ''"):
            with pytest.raises(DatabaseError, match="only ever added"):
                cursor.execute(forbidden)
