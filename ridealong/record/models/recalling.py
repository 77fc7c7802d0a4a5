"""What members answered to questions about deals, from memory."""

from __future__ import annotations

from django.db import models

from ridealong.record.models.leading import Held


class Answer(Held):
    """An answer of a member; it holds from when it was given, unless it was taken back.

    ``stands_on``: digest of the right answer as it was then, ``words``: that in words.
    """

    answer_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    member_id = models.BigIntegerField()
    deal_id = models.BigIntegerField()
    question = models.CharField(max_length=60)
    stands_on = models.CharField(max_length=32)
    words = models.TextField()
    rating = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["member_id", "valid_from"], name="record_answer_member")]

    def __str__(self) -> str:
        return f"{self.question} {self.deal_id}: {self.rating}"
