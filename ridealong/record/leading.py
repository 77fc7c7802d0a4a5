"""The room behind the door where leading is read: who led whom, who spoke with whom, about what.

A member sees the talks that they or somebody below them took part in, the guidance on deals of
those, and private notes of their own only. What was said in a talk among colleagues is for those
who took part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Q, QuerySet

from ridealong.record import models
from ridealong.record.leading_states import (
    Ahead,
    Attended,
    Checked,
    Criterion,
    Employed,
    Given,
    PrivateNote,
    Talk,
)
from ridealong.record.live import Sight, chunks
from ridealong.record.pacing import Paces, paces
from ridealong.record.states import Member
from ridealong.record.talks import read_talks
from ridealong.record.tree import below
from ridealong.site.sealing import unseal

_NOTE = "text"


@dataclass(frozen=True)
class Leading:
    """What one member may see of leading, at one time. ``viewer`` None: whoever may see all."""

    viewer: Member | None
    sight: Sight

    # Who led whom

    @cached_property
    def employed(self) -> Mapping[int, Employed]:
        """Return everybody who worked here at the moment looked at, by number."""
        rows = models.Employment.objects.filter(
            self.sight.knowledge,
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
            active=True,
        )
        stated = {row.member_id: row for row in rows}
        named = {m.id: m for m in models.Member.objects.filter(id__in=list(stated))}
        return {
            number: Employed(
                number,
                named[number].key,
                named[number].name,
                named[number].email,
                row.role,
                row.leader_id,
            )
            for number, row in sorted(stated.items())
            if number in named
        }

    def led_by(self, leader: int) -> list[Employed]:
        """Return those below a leader at the moment looked at, in order of name.

        Of them only those that the viewer may see.
        """
        leaders = {number: each.leader_id for number, each in self.employed.items()}
        numbers = below(leader, leaders)
        return sorted(
            (self.employed[number] for number in numbers if self._may_see(number)),
            key=lambda each: (each.name, each.key),
        )

    def leaders(self) -> list[Employed]:
        """Return those who led anybody at the moment, among those in sight, in order of name."""
        above = {each.leader_id for each in self.employed.values()}
        found = [e for n, e in self.employed.items() if n in above and self._may_see(n)]
        return sorted(found, key=lambda each: (each.name, each.key))

    def above(self, member: int) -> list[Employed]:
        """Return the leaders above a member at the moment looked at, the nearest first."""
        found: list[Employed] = []
        each = self.employed.get(member)
        while each is not None and each.leader_id is not None:
            each = self.employed.get(each.leader_id)
            if each is None or each in found or each.id == member:
                break
            found.append(each)
        return found

    def one(self, member: int) -> Employed | None:
        """Return a member as of the moment looked at, None where they are not in sight."""
        return self.employed.get(member) if self._may_see(member) else None

    def paces(self, member: int) -> Paces:
        """Return how a salesperson's deals went, and those of the others under the same leader.

        Nothing of others says whose it is. Nothing at all where the member is not in sight.
        """
        one = self.one(member)
        if one is None:
            return Paces((), ())
        beside = [
            each.id
            for each in self.employed.values()
            if each.leader_id == one.leader_id and each.role == "salesperson" and each.id != member
        ]
        return paces(self.sight, member, beside)

    def _may_see(self, member: int) -> bool:
        return self.sight.scope is None or member in self.sight.scope or self._is_viewer(member)

    def _is_viewer(self, member: int | None) -> bool:
        return self.viewer is not None and self.viewer.id == member

    # Who spoke with whom

    def talks(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        between: Sequence[int] = (),
        limit: int | None = None,
    ) -> list[Talk]:
        """Return talks in sight that were held in ``[since, until)``, the newest first.

        ``until``: the moment looked at by default; what is later is planned. ``between``: members
        who all took part.
        """
        rows = self._parties().filter(at__lt=until) if until else self._held()
        if since is not None:
            rows = rows.filter(at__gte=since)
        for member in between:
            with_them = models.Party.objects.filter(self.sight.knowledge, member_id=member)
            rows = rows.filter(activity_id__in=with_them.values("activity_id"))
        found = rows.order_by("-at", "-activity_id").values_list("activity_id", "at").distinct()
        numbers = [number for number, _ in (found if limit is None else found[:limit])]
        return read_talks(self.sight, self.viewer, numbers)

    def talk(self, key: str) -> Talk | None:
        """Return the talk of that key, None where there is none in sight."""
        subject = models.Subject.objects.filter(kind="activity", key=key).first()
        if subject is None or not self._parties().filter(activity_id=subject.pk).exists():
            return None
        return next(iter(read_talks(self.sight, self.viewer, [subject.pk])), None)

    def last_spoken(self, leader: int, others: Collection[int]) -> dict[int, datetime]:
        """Return when ``leader`` last spoke with each of ``others``, as far as they ever did."""
        theirs = models.Party.objects.filter(self.sight.knowledge, member_id=leader)
        rows = self._held().filter(
            member_id__in=sorted(others), activity_id__in=theirs.values("activity_id")
        )
        lines = rows.order_by().values("member_id").annotate(last=Max("at"))
        return dict(lines.values_list("member_id", "last"))

    def last_discussed(
        self, deals: Iterable[int], member: int | None = None
    ) -> dict[int, datetime]:
        """Return when colleagues last spoke about each deal; ``member``: when that one did."""
        found: dict[int, datetime] = {}
        held = models.Party.objects.filter(self.sight.knowledge, held=True)
        if member is not None:
            held = held.filter(member_id=member)
        for chunk in chunks(deals):
            rows = models.Discussed.objects.filter(
                self.sight.knowledge,
                deal_id__in=chunk,
                at__lte=self.sight.at,
                activity_id__in=held.values("activity_id"),
            )
            lines = rows.order_by().values("deal_id").annotate(last=Max("at"))
            found.update(lines.values_list("deal_id", "last"))
        return found

    def talks_about(self, deal: int, limit: int) -> list[Talk]:
        """Return talks in sight about a deal that were held, the newest first."""
        about = models.Discussed.objects.filter(
            self.sight.knowledge, deal_id=deal, at__lte=self.sight.at
        )
        rows = self._held().filter(activity_id__in=about.values("activity_id"))
        found = rows.order_by("-at", "-activity_id").values_list("activity_id", "at").distinct()
        return read_talks(self.sight, self.viewer, [number for number, _ in found[:limit]])

    def _held(self) -> QuerySet[models.Party]:
        return self._parties().filter(held=True, at__lte=self.sight.at)

    def _parties(self) -> QuerySet[models.Party]:
        """Who took part in talks that the viewer may see; those ahead as planned by then."""
        known = Q(at__lte=self.sight.at) | Q(known_from__lte=self.sight.at)
        rows = models.Party.objects.filter(self.sight.knowledge, known)
        if self.sight.scope is None:
            return rows
        seen = self.sight.scope | ({self.viewer.id} if self.viewer else set())
        mine = models.Party.objects.filter(self.sight.knowledge, member_id__in=sorted(seen))
        return rows.filter(activity_id__in=mine.values("activity_id"))

    def meetings_ahead(self, until: datetime, keys: Collection[str] | None = None) -> list[Ahead]:
        """Return meetings with buyers of deals in sight, planned until then, the next first.

        ``keys``: of these meetings only.
        """
        rows = models.Activity.objects.filter(
            self.sight.knowledge,
            kind="meeting",
            among_us=False,
            deal_id__isnull=False,
            at__gt=self.sight.at,
            at__lte=until,
            known_from__lte=self.sight.at,
        )
        if keys is not None:
            rows = rows.filter(key__in=sorted(keys))
        if self.sight.scope is not None:
            rows = rows.filter(deal_id__in=self.sight.versions().values("deal_id"))
        shown = list(rows.order_by("at", "activity_id"))
        taking: dict[int, list[int]] = {}
        parties = models.Party.objects.filter(
            self.sight.knowledge, activity_id__in=[row.activity_id for row in shown]
        )
        for activity, member in parties.values_list("activity_id", "member_id"):
            taking.setdefault(activity, []).append(member)
        return [
            Ahead(
                row.activity_id,
                row.key,
                row.at,
                row.title,
                row.minutes,
                row.deal_id or 0,
                tuple(taking.get(row.activity_id) or [row.member_id or 0]),
                tuple(row.contacts or ()),
            )
            for row in shown
        ]

    # Guidance

    def guidance(
        self,
        *,
        leader: int | None = None,
        salesperson: int | None = None,
        deals: Collection[int] | None = None,
        since: datetime | None = None,
    ) -> list[Given]:
        """Return guidance given until the moment looked at, as it then stood, the newest first.

        Of those in sight; ``since``: given from then on.
        """
        rows = models.Guidance.objects.filter(
            self.sight.knowledge, valid_from__lte=self.sight.at, valid_to__gt=self.sight.at
        )
        if self.sight.scope is not None:
            mine = Q(leader_id=self.viewer.id) if self.viewer else Q()
            rows = rows.filter(Q(salesperson_id__in=sorted(self.sight.scope)) | mine)
        if leader is not None:
            rows = rows.filter(leader_id=leader)
        if salesperson is not None:
            rows = rows.filter(salesperson_id=salesperson)
        if deals is not None:
            rows = rows.filter(deal_id__in=sorted(deals))
        if since is not None:
            rows = rows.filter(given_at__gte=since)
        return [_given(row) for row in rows.order_by("-given_at", "-guidance_id")]

    # Exit criteria

    def criteria(self) -> list[Criterion]:
        """Return every exit criterion, in order of stage and position."""
        rows = models.Criterion.objects.order_by("stage_id", "position", "id")
        return [
            Criterion(r.id, r.key, r.stage_id, r.position, r.text, r.element, r.rule) for r in rows
        ]

    def checks(self, deals: Iterable[int]) -> list[Checked]:
        """Return what people said, up to the moment, of criteria on deals, the newest first.

        The caller has read the deals through the pipeline.
        """
        found: list[Checked] = []
        for chunk in chunks(deals):
            rows = models.Check.objects.filter(
                self.sight.knowledge,
                deal_id__in=chunk,
                valid_from__lte=self.sight.at,
                valid_to__gt=self.sight.at,
            )
            found += [
                Checked(
                    r.deal_id or 0, r.criterion_id or 0, r.state, r.note, r.said_by_id, r.valid_from
                )
                for r in rows.order_by("-valid_from", "-id")
            ]
        return found

    # Between two

    def private_notes(self, other: int | None = None) -> list[PrivateNote]:
        """Return what the viewer and ``other`` noted for themselves, the newest first.

        ``other`` None: what the viewer and anybody did, who may have left or lead them no more.
        Nobody else's: neither a leader above them nor whoever keeps the installation.
        """
        if self.viewer is None:
            return []
        mine = self.viewer.id
        pair = Q(author_id=mine) | Q(other_id=mine)
        if other is not None:
            pair &= Q(author_id=other) | Q(other_id=other)
        rows = models.PrivateNote.objects.filter(pair, at__lte=self.sight.at)
        return [
            PrivateNote(
                row.key,
                row.at,
                row.author_id or 0,
                row.other_id or 0,
                unseal(row.sealed).get(_NOTE, ""),
            )
            for row in rows.order_by("-at", "-id")
        ]

    def attended(self) -> list[Attended]:
        """Return what the viewer did about suggestions whom to speak with, the newest first."""
        if self.viewer is None:
            return []
        return self._attended(models.Attention.objects.filter(leader_id=self.viewer.id))

    def asked(self, leader: int, member: int) -> list[Attended]:
        """Return what a leader put on the next 1:1 with a member, for the two of them."""
        if not (self._is_viewer(leader) or self._is_viewer(member)):
            return []
        rows = models.Attention.objects.filter(leader_id=leader, member_id=member, state="agenda")
        return self._attended(rows)

    def _attended(self, rows: QuerySet[models.Attention]) -> list[Attended]:
        shown = list(rows.filter(at__lte=self.sight.at).order_by("-at", "-id"))
        deals = models.Subject.objects.filter(id__in={row.deal_id for row in shown})
        keys = dict(deals.values_list("id", "key"))
        return [
            Attended(
                r.key,
                r.at,
                r.member_id,
                r.deal_id,
                keys.get(r.deal_id or 0, ""),
                r.state,
                r.until,
                r.text,
            )
            for r in shown
        ]


def _given(row: models.Guidance) -> Given:
    return Given(
        id=row.guidance_id,
        key=row.key,
        at=row.given_at,
        leader_id=row.leader_id,
        salesperson_id=row.salesperson_id,
        deal_id=row.deal_id,
        text=row.text,
        due=row.due,
        activity=row.activity,
        outcome=row.outcome,
        said_by=row.said_by,
        said_at=row.valid_from,
        reason=row.reason,
    )
