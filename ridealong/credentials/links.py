"""Links with which somebody without an account reads one kept brief, for a while."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db.models import F

from ridealong.credentials.models import BriefLink
from ridealong.lib import clock

SHORTEST, LONGEST = 1, 14
"""Days that a link may live."""
_SALT = "ridealong.brief-link"


class NoLink(LookupError):
    """There is no such link, or it has run out or was revoked: nobody can tell which."""


def make(member: int, brief: str, *, days: int, name: str = "") -> BriefLink:
    """Make a link to the kept brief of that key. Raises ``ValueError`` with a sentence."""
    if not SHORTEST <= days <= LONGEST:
        raise ValueError(f"A link lives from {SHORTEST} to {LONGEST} days.")
    until = clock.now() + timedelta(days=days)
    return BriefLink.objects.create(member_id=member, brief=brief, name=name, until=until)


def token(link: BriefLink) -> str:
    """Return what the address of a link ends with."""
    return signing.dumps(link.pk, salt=_SALT)


def found(signed: str, *, opened: bool = False) -> BriefLink:
    """Return the link of an address; ``opened``: count it. Raises ``NoLink``."""
    try:
        number = signing.loads(signed, salt=_SALT)
    except signing.BadSignature as error:
        raise NoLink("This link opens nothing.") from error
    now = clock.now()
    link = BriefLink.objects.filter(pk=number, revoked_at=None, until__gt=now).first()
    if link is None:
        raise NoLink("This link opens nothing any more.")
    if opened:
        BriefLink.objects.filter(pk=number).update(opened=F("opened") + 1, opened_at=now)
    return link


def live(member: int) -> list[BriefLink]:
    """Return the links of a member that still open something, the newest first."""
    rows = BriefLink.objects.filter(member_id=member, revoked_at=None, until__gt=clock.now())
    return list(rows.order_by("-made_at", "-pk"))


def revoke(member: int, number: int) -> bool:
    """End a link of a member's own at once and for good; say whether there was one."""
    rows = BriefLink.objects.filter(pk=number, member_id=member, revoked_at=None)
    return bool(rows.update(revoked_at=clock.now()))
