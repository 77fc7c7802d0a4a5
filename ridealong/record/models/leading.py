"""Who leads whom, who spoke with whom about what, and what was said should happen."""

from __future__ import annotations

from django.db import models

from ridealong.record.models.subjects import Folded


class Known(models.Model):
    """Something that is believed in ``[known_from, known_to)``; ``is_latest``: still is."""

    known_from = models.DateTimeField()
    known_to = models.DateTimeField()
    is_latest = models.BooleanField()

    class Meta:
        abstract = True


class Held(Known):
    """A state over ``[valid_from, valid_to)`` as known in ``[known_from, known_to)``."""

    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        abstract = True


class Employment(Held):
    """Whom a member reported to, in which role, and whether they worked here."""

    member_id = models.BigIntegerField(db_index=True)
    leader_id = models.BigIntegerField(null=True, db_index=True)
    role = models.CharField(max_length=12)
    active = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.member_id} under {self.leader_id}"


class Party(Known):
    """A colleague who takes part in a talk among colleagues, or with a buyer.

    ``held``: nobody says that it is only planned, so that it was held once its time is past.
    """

    activity_id = models.BigIntegerField(db_index=True)
    member_id = models.BigIntegerField()
    at = models.DateTimeField()
    held = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["member_id", "at"], name="record_party_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.activity_id}"


class Discussed(Known):
    """A deal that a talk of colleagues was about."""

    activity_id = models.BigIntegerField(db_index=True)
    deal_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["deal_id", "at"], name="record_discussed_deal")]

    def __str__(self) -> str:
        return f"{self.deal_id} in {self.activity_id}"


class Guidance(Held):
    """What a leader wants to happen on a deal, and what a person says became of it."""

    guidance_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    given_at = models.DateTimeField()
    leader_id = models.BigIntegerField(null=True, db_index=True)
    salesperson_id = models.BigIntegerField(null=True, db_index=True)
    deal_id = models.BigIntegerField(null=True, db_index=True)
    text = models.TextField()
    due = models.DateField(null=True)
    activity = models.CharField(max_length=255, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    said_by = models.CharField(max_length=255, blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:80]


class Criterion(Folded):
    """What must be so before a deal leaves a stage."""

    stage_id = models.BigIntegerField()
    position = models.IntegerField()
    text = models.CharField(max_length=255)
    element = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=40, blank=True)


class Check(Held):
    """What a person says of a criterion on a deal."""

    check_id = models.BigIntegerField(db_index=True)
    deal_id = models.BigIntegerField(null=True, db_index=True)
    criterion_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=7)
    note = models.TextField(blank=True)
    said_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.state}"


class PrivateNote(Folded):
    """What two members note for themselves, sealed."""

    at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    other_id = models.BigIntegerField(null=True)
    sealed = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["author_id", "other_id"], name="record_note_pair")]


class Attention(Folded):
    """What a leader did about a suggestion to speak with somebody."""

    at = models.DateTimeField()
    leader_id = models.BigIntegerField(null=True, db_index=True)
    member_id = models.BigIntegerField(null=True)
    deal_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=7, blank=True)
    until = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
