"""Adding and removing webhooks."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from django.core import signing

from ridealong.lib.again import Refused
from ridealong.record.states import Member
from ridealong.telling import sending
from ridealong.telling.models import Webhook
from ridealong.views import signals

_SALT = "ridealong.webhook"
_DAY = 86_400
_KEPT = ("name", "kind", "about", "rules", "sealed")
SECRET = "whsec_"  # noqa: S105  what every secret begins with
MOST = 20
"""Webhooks of one member."""


def webhooks(member: Member) -> list[Webhook]:
    """Return a member's webhooks, the oldest first."""
    return list(Webhook.objects.filter(member_id=member.id).order_by("id"))


def add(
    member: Member,
    *,
    name: str,
    kind: str,
    address: str,
    about: int | None,
    rules: Collection[str],
) -> Webhook:
    """Add a webhook that is told of what is raised from now on.

    Raises ``Refused`` or ``TryAgain`` where its address will not do.
    """
    if kind not in Webhook.Kind.values or not name.strip():
        raise Refused("Say what it is for, and who listens.")
    if Webhook.objects.filter(member_id=member.id).count() >= MOST:
        raise Refused(f"There are {MOST} already: remove one first.")
    sending.check(address)
    hook = Webhook(
        member_id=member.id,
        name=name.strip()[:60],
        kind=kind,
        about=about,
        rules=[each for each in signals.rules() if each in rules],
    )
    hook.secrets = {"address": address.strip(), "secret": f"{SECRET}{secrets.token_urlsafe(32)}"}
    hook.save()
    return hook


def remove(hook: Webhook) -> str:
    """Remove a webhook and return what brings it back within a day."""
    kept: dict[str, Any] = {each: getattr(hook, each) for each in _KEPT}
    hook.delete()
    return signing.dumps({**kept, "member_id": hook.member_id}, salt=_SALT, compress=True)


def bring_back(member: Member, token: str) -> bool:
    """Bring a removed webhook of a member's back; say whether that could be."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return False
    there = Webhook.objects.filter(member_id=member.id, sealed=kept["sealed"]).exists()
    if kept["member_id"] != member.id or there:
        return False
    Webhook.objects.create(**kept)
    return True
