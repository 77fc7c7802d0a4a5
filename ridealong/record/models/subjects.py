"""The latest word on members, companies, contacts, stages and the rest, folded from facts."""

from __future__ import annotations

from django.db import models
from tree_queries.models import TreeNode


class Folded(models.Model):
    """A row folded from the facts of one subject, whose id it shares."""

    id = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=255)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Organisation(Folded):
    """The company this installation belongs to."""

    name = models.CharField(max_length=255, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=64, default="UTC")
    simulated = models.BooleanField(default=False)
    email_domains = models.JSONField(null=True)


class Rate(models.Model):
    """What one unit of a currency is worth in the company's, from a moment on."""

    currency = models.CharField(max_length=3)
    valid_from = models.DateTimeField()
    per_unit = models.DecimalField(max_digits=24, decimal_places=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="record_rate_once")
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.per_unit}"


class Member(TreeNode):
    """Somebody of the company; ``parent`` is the leader they report to.

    ``stated_leader_id`` is what the facts say; ``parent`` is the same unless that makes a ring.
    """

    id = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=255)
    stated_leader_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=255, blank=True, db_index=True)
    role = models.CharField(max_length=12, default="salesperson")
    team = models.CharField(max_length=255, blank=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Company(Folded):
    """A company that buys, or may."""

    name = models.CharField(max_length=500, blank=True)
    normal_name = models.CharField(max_length=500, db_index=True)
    domain = models.CharField(max_length=255, blank=True)
    industry = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=255, blank=True)
    employees = models.IntegerField(null=True)
    parent_id = models.BigIntegerField(null=True)


class Contact(Folded):
    """A person at a company that buys."""

    name = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=255, blank=True, db_index=True)
    phone = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=255, blank=True)
    company_id = models.BigIntegerField(null=True, db_index=True)


class Stage(Folded):
    """A step of the sale; ``position`` orders them, ``status`` says what reaching it means."""

    name = models.CharField(max_length=255, blank=True)
    position = models.IntegerField(default=0)
    status = models.CharField(max_length=4, default="open")
    probability = models.FloatField(null=True)


class Activity(models.Model):
    """Something that happened or is planned, as known in ``[known_from, known_to)``."""

    activity_id = models.BigIntegerField()
    key = models.CharField(max_length=255)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField()
    is_latest = models.BooleanField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    deal_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    member_id = models.BigIntegerField(null=True)
    direction = models.CharField(max_length=3, blank=True)
    two_way = models.BooleanField(help_text="the buyer took part: a meeting, a talk, their mail")
    among_us = models.BooleanField(
        default=False, help_text="a talk of colleagues: its words are for those who took part"
    )
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    minutes = models.FloatField(null=True)
    done = models.BooleanField(null=True)
    contacts = models.JSONField(null=True)
    members = models.JSONField(null=True)
    deals_discussed = models.JSONField(null=True)
    nature = models.JSONField(null=True)
    people = models.JSONField(null=True)
    thread = models.CharField(max_length=255, blank=True)
    series = models.CharField(max_length=255, blank=True)
    recording_of = models.CharField(
        max_length=255, blank=True, help_text="of a talk: key of the meeting it is the record of"
    )
    attachments = models.JSONField(null=True)
    match = models.JSONField(null=True)
    talk = models.CharField(max_length=12, blank=True)
    heard = models.JSONField(null=True)
    said_by = models.CharField(max_length=255, blank=True)
    confirmed_by = models.JSONField(null=True)
    covered = models.JSONField(null=True)
    hearing = models.CharField(  # noqa: DJ001  null, so that an index holds only the few others
        max_length=3,
        null=True,
        help_text="due: nobody read yet what the talk was about; null: somebody has, or it is none",
    )
    placing = models.CharField(  # noqa: DJ001  null, so that an index holds only the few others
        max_length=7,
        null=True,
        help_text="due: nobody looked for its deal yet; unsure: a person has to say; unknown: "
        "nobody in it is known; null: it is placed, or has no deal",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["placing", "-at"],
                name="record_activity_placing",
                condition=models.Q(placing__isnull=False),
            ),
            models.Index(
                fields=["hearing"],
                name="record_activity_hearing",
                condition=models.Q(hearing__isnull=False),
            ),
            models.Index(
                fields=["recording_of"],
                name="record_activity_recording",
                condition=~models.Q(recording_of=""),
            ),
            models.Index(fields=["activity_id"], name="record_activity_subject"),
            models.Index(fields=["deal_id", "at"], name="record_activity_deal"),
            models.Index(fields=["company_id", "at"], name="record_activity_company"),
            models.Index(fields=["member_id", "at"], name="record_activity_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class Tie(models.Model):
    """What an activity may share with others: thread, series, somebody's address or domain.

    ``deal_id``: where the activity is placed. ``stated``: a person, or its source, said so.
    """

    activity_id = models.BigIntegerField(db_index=True)
    tie = models.CharField(max_length=300)
    deal_id = models.BigIntegerField(null=True)
    stated = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["tie", "deal_id"], name="record_tie_placed")]

    def __str__(self) -> str:
        return self.tie


class Question(Folded):
    """What a text suggests about a deal, to be confirmed by its salesperson."""

    at = models.DateTimeField(help_text="when it was said")
    deal_id = models.BigIntegerField(db_index=True)
    activity_key = models.CharField(max_length=255)
    field = models.CharField(max_length=20)
    value = models.JSONField(null=True)
    sentence = models.TextField()
    asks = models.TextField()
    sure = models.FloatField()
    answer = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["deal_id"], name="record_question_open", condition=models.Q(answer="")
            )
        ]


class KeptBrief(Folded):
    """A brief as it was when it was kept."""

    viewer = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    since = models.DateTimeField()
    known = models.DateTimeField()
    title = models.CharField(max_length=255, blank=True)
    body = models.JSONField()


class SearchEntry(models.Model):
    """What the palette finds a subject by: its words, without accents and case."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16)
    label = models.CharField(max_length=500)
    detail = models.CharField(max_length=500, blank=True)
    words = models.TextField()

    def __str__(self) -> str:
        return self.label
