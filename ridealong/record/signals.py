"""The room behind the door where it is read what was noticed about deals, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from ridealong.lib.clock import FOREVER
from ridealong.record import models, noticed
from ridealong.record.live import Sight, chunks
from ridealong.record.noticed import Wanted
from ridealong.record.states import Member


@dataclass(frozen=True, slots=True)
class SignalState:
    """What was noticed about a deal, and stands. ``raised_at``: since when, without a break.

    ``evidence``: ``{"text", "activity": key or "", "at": ISO moment or None}`` each.
    """

    id: int
    key: str
    rule: str
    deal_id: int
    raised_at: datetime
    words: str
    evidence: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """One time that a signal stood. ``cleared_at`` None: it stands."""

    signal_id: int
    key: str
    rule: str
    deal_id: int
    raised_at: datetime
    cleared_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class ResponseState:
    """What a member did about a signal raised at ``raised_at``: see ``vocabulary.DID``."""

    key: str
    at: datetime
    signal_id: int
    raised_at: datetime
    member_id: int
    did: str
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How a rule is set: only what somebody changed."""

    values: Mapping[str, float]
    off: bool


@dataclass(frozen=True)
class Signals:
    """What one member may see of what was noticed, at one time."""

    viewer: Member | None
    sight: Sight

    def standing(
        self,
        *,
        deals: Collection[int] | None = None,
        rules: Collection[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
    ) -> list[SignalState]:
        """Return the signals that stand, of deals in sight, the newest first.

        ``since``, ``until``: raised in ``[since, until)``.
        """
        rows = self._standing(deals, rules)
        if since is not None:
            rows = rows.filter(raised_at__gte=since)
        if until is not None:
            rows = rows.filter(raised_at__lt=until)
        return [_state(row) for row in rows.order_by("-raised_at", "key")[:limit]]

    def counts(self, *, rules: Collection[str] | None = None) -> dict[str, int]:
        """Return {rule: how many signals of it stand} of deals in sight."""
        lines = self._standing(None, rules).order_by().values("rule").annotate(n=Count("id"))
        return {line["rule"]: line["n"] for line in lines}

    def shown(
        self, wanted: Wanted, *, offset: int = 0, limit: int | None = None
    ) -> list[SignalState]:
        """Return the signals that are shown to the viewer: those not seen yet first, newest first.

        What somebody dismissed, and what the viewer put off, is not shown.
        """
        rows = wanted.narrow(noticed.shown(self.sight, self.viewer), self.sight, self.viewer)
        rows = rows.annotate(looked=noticed.looked_at(self.sight, self.viewer))
        rows = rows.order_by("looked", "-raised_at", "key")
        return [_state(row) for row in rows[offset : None if limit is None else offset + limit]]

    def count_shown(self, wanted: Wanted) -> dict[str, int]:
        """Return {rule: how many signals of it are shown to the viewer}."""
        rows = wanted.narrow(noticed.shown(self.sight, self.viewer), self.sight, self.viewer)
        lines = rows.order_by().values("rule").annotate(n=Count("id"))
        return {line["rule"]: line["n"] for line in lines}

    def _standing(
        self, deals: Collection[int] | None, rules: Collection[str] | None
    ) -> QuerySet[models.Signal]:
        rows = noticed.standing(self.sight, self.viewer)
        if deals is not None:
            rows = rows.filter(deal_id__in=sorted(deals))
        if rules is not None:
            rows = rows.filter(rule__in=sorted(rules))
        return rows

    def _seen(self) -> Q:
        return noticed.in_sight(self.sight, self.viewer)

    def episodes(
        self,
        *,
        deals: Collection[int] | None = None,
        since: datetime | None = None,
        rules: Collection[str] | None = None,
        salespeople: Collection[int] | None = None,
    ) -> list[Episode]:
        """Return every time that a signal stood up to the moment, the newest first.

        Of deals in sight; ``since``: raised from then on; ``salespeople``: on deals that these
        carry.
        """
        rows = models.Signal.objects.filter(
            self.sight.knowledge, self._seen(), valid_from__lte=self.sight.at
        )
        if deals is not None:
            rows = rows.filter(deal_id__in=sorted(deals))
        if since is not None:
            rows = rows.filter(raised_at__gte=since)
        if rules is not None:
            rows = rows.filter(rule__in=sorted(rules))
        if salespeople is not None:
            rows = rows.filter(noticed.carried(self.sight, salespeople))
        lines = (
            rows.order_by("-raised_at", "key")
            .values("signal_id", "key", "rule", "deal_id", "raised_at")
            .annotate(ended=Max("valid_to"), first=Min("words"))
        )
        return [
            Episode(
                line["signal_id"],
                line["key"],
                line["rule"],
                line["deal_id"],
                line["raised_at"],
                None if line["ended"] > self.sight.at else line["ended"],
                line["first"],
            )
            for line in lines
        ]

    def responses(
        self,
        signals: Iterable[int] | None = None,
        *,
        since: datetime | None = None,
        by: int | None = None,
    ) -> list[ResponseState]:
        """Return what members did about signals on deals in sight, the newest first.

        ``signals``: about these; ``since``: about what was raised from then on; ``by``: number of
        the member who did it.
        """
        rows = models.Response.objects.filter(
            self.sight.knowledge,
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
            signal_id__isnull=False,
            member_id__isnull=False,
            raised_at__isnull=False,
        )
        if self.viewer is not None:
            mine = models.Signal.objects.filter(self.sight.knowledge, self._seen())
            rows = rows.filter(signal_id__in=mine.values("signal_id"))
        if since is not None:
            rows = rows.filter(raised_at__gte=since)
        if by is not None:
            rows = rows.filter(member_id=by)
        found: list[ResponseState] = []
        parts = [rows]
        if signals is not None:
            parts = [rows.filter(signal_id__in=chunk) for chunk in chunks(signals)]
        for part in parts:
            found += [_response(row) for row in part.order_by("-valid_from", "-id")]
        return found

    def dismissed(self, rule: str) -> list[tuple[ResponseState, int]]:
        """Return who dismissed signals of a rule, with the number of the deal, the latest first."""
        rows = models.Signal.objects.filter(self.sight.knowledge, self._seen(), rule=rule)
        deals = dict(rows.values_list("signal_id", "deal_id"))
        said = models.Response.objects.filter(
            self.sight.knowledge,
            did="dismissed",
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
            signal_id__in=rows.values("signal_id"),
        )
        return [
            (_response(row), deals[row.signal_id or 0])
            for row in said.order_by("-valid_from", "-id")
        ]

    def settings(self) -> dict[str, RuleSet]:
        """Return {rule: how it is set} of those that somebody changed."""
        rows = models.RuleSetting.objects.filter(
            self.sight.knowledge, valid_from__lte=self.sight.at, valid_to__gt=self.sight.at
        )
        return {row.key: RuleSet(dict(row.values), row.off) for row in rows}

    def trial(self, of: str) -> tuple[datetime, Mapping[str, Any]] | None:
        """Return when it was last tried how ``of`` held on the past, and what came out."""
        row = models.Trial.objects.filter(key=of).first()
        return None if row is None else (row.at, row.body)

    def norms(self, monday: str) -> Mapping[str, Any] | None:
        """Return what is normal in the week from that Monday on, None where nobody learned it."""
        row = models.Norms.objects.filter(key=monday).first()
        return None if row is None else row.body


def _state(row: models.Signal) -> SignalState:
    return SignalState(
        row.signal_id,
        row.key,
        row.rule,
        row.deal_id,
        row.raised_at,
        row.words,
        tuple(row.evidence or ()),
    )


def _response(row: models.Response) -> ResponseState:
    return ResponseState(
        row.key,
        row.valid_from,
        row.signal_id or 0,
        row.raised_at or FOREVER,
        row.member_id or 0,
        row.did,
        row.until,
        row.reason,
    )
