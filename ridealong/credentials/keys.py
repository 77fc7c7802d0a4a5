"""Keys with which programs read as a member: shown once, kept as a digest only."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from ridealong.credentials.models import AccessKey, new_token
from ridealong.lib import clock

BEGINS = "ra_"
"""What every key begins with, so that scanners for leaked secrets can find one."""
_NOTED = timedelta(minutes=1)


def make(member: int, name: str) -> str:
    """Make a key for a member and return it: the only time that it is seen."""
    key = f"{BEGINS}{new_token()}"
    AccessKey.objects.create(member_id=member, name=name, digest=_digest(key))
    return key


def member_of(key: str) -> int | None:
    """Return whose key it is, None for a key that nobody has (any more)."""
    row = AccessKey.objects.filter(digest=_digest(key)).first()
    if row is None:
        return None
    now = clock.now()
    if row.used_at is None or now - row.used_at > _NOTED:
        AccessKey.objects.filter(pk=row.pk).update(used_at=now)
    return row.member_id


def _digest(key: str) -> str:
    # Long and random: no need of a slow hash.
    return hashlib.sha256(key.encode()).hexdigest()
