"""How each member wants to be told."""

from __future__ import annotations

import hashlib
from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from django.core import signing

from ridealong.credentials.models import User, new_token
from ridealong.lib import clock
from ridealong.record import directory
from ridealong.record.states import Member
from ridealong.telling.hours import Hours
from ridealong.telling.models import Preference

Way = Literal["digest", "at_once"]
ROLES = frozenset({"salesperson", "leader", "owner"})
"""Who may see deals, so that there is something to tell."""
_BY_DEFAULT = frozenset({"salesperson", "leader"})
_SALT = "ridealong.unsubscribe"


def preference(member: Member) -> Preference:
    """Return how a member wants to be told: on working days at half past seven, by default.

    An owner is told nothing before they ask for it.
    """
    wanted = member.role in _BY_DEFAULT
    defaults = {"digest": wanted, "at_once": wanted}
    found, _ = Preference.objects.get_or_create(member_id=member.id, defaults=defaults)
    return found


def hours(wanted: Preference, company: ZoneInfo) -> Hours:
    """Return a member's hours, in the company's time zone where they named none."""
    return Hours(
        zone=ZoneInfo(wanted.time_zone) if wanted.time_zone else company,
        digest_at=wanted.digest_at,
        days=frozenset(int(each) for each in wanted.days),
        quiet_from=wanted.quiet_from,
        quiet_to=wanted.quiet_to,
    )


def change(
    member: Member,
    *,
    digest: bool,
    digest_at: time,
    days: frozenset[int],
    at_once: bool,
    quiet_from: time,
    quiet_to: time,
    time_zone: str,
) -> None:
    """Keep how a member wants to be told; the next digest is due after this moment.

    Raises ``ValueError`` without a working day.
    """
    if not days:
        raise ValueError("Choose at least one working day.")
    wanted = preference(member)
    wanted.digest, wanted.digest_at = digest, digest_at
    wanted.days = "".join(str(each) for each in sorted(days))
    wanted.at_once, wanted.quiet_from, wanted.quiet_to = at_once, quiet_from, quiet_to
    wanted.time_zone = time_zone
    wanted.digest_for = clock.now()
    if not at_once:
        wanted.urgent, wanted.urgent_at = [], None
    wanted.save()


def told_by_mail() -> list[Member]:
    """Return those who may be told: active members who see deals and have signed up.

    A salesperson whom an import brought and who never heard of Ridealong gets no mail from it.
    """
    known = set(User.objects.filter(is_active=True).values_list("member_id", flat=True))
    return [
        each
        for each in directory.members()
        if each.active and each.role in ROLES and each.id in known and each.email
    ]


# Unsubscribing by a link


def unsubscribing(member: int, way: Way) -> str:
    """Return what of a link lets whoever has it stop these mails to a member."""
    return signing.dumps([member, way], salt=_SALT)


def unsubscriber(signed: str) -> tuple[int, Way]:
    """Return whose and which mails a link stops. Raises ``signing.BadSignature``."""
    number, way = signing.loads(signed, salt=_SALT)
    return number, way


def switch(member: Member, way: Way, *, on: bool) -> None:
    """Stop one kind of mail to a member, or let it come again."""
    wanted = preference(member)
    if way == "digest":
        wanted.digest, wanted.digest_for = on, clock.now()
    else:
        wanted.at_once, wanted.urgent, wanted.urgent_at = on, [], None
    wanted.save()


# The web feed


def renew_feed(member: Member) -> str:
    """Give a member a new feed address and return its secret part, which is seen only now."""
    token = new_token()
    preference(member)
    Preference.objects.filter(member_id=member.id).update(
        feed_digest=_digest(token), feed_made_at=clock.now()
    )
    return token


def revoke_feed(member: Member) -> None:
    """Let a member's feed address lead nowhere."""
    Preference.objects.filter(member_id=member.id).update(feed_digest=None, feed_made_at=None)


def feed_reader(token: str) -> int | None:
    """Return whose feed address it is, None for nobody's (any more)."""
    found = Preference.objects.filter(feed_digest=_digest(token)).first()
    return found.member_id if found is not None else None


def _digest(token: str) -> str:
    # Long and random: no need of a slow hash.
    return hashlib.sha256(token.encode()).hexdigest()
