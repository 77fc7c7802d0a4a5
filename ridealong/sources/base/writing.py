"""Writing a field back: comparing what the service says now with what a person saw."""

from __future__ import annotations

from ridealong.sources.base.connector import Access, Differs, Edit

_KEYS = frozenset({"stage"})
"""Fields whose values are keys, which begin with the source's prefix in the record."""


def to_write(access: Access, edit: Edit, current: str | None, *, anyway: bool) -> bool:
    """Say whether ``edit`` is still to be written; not where the service says the same already.

    ``current``: what the service says now, as it says it (no prefix); None for empty.
    Raises ``Differs`` where that is not what the person saw, unless they want theirs ``anyway``.
    """
    shown = f"{access.prefix}{current}" if current and edit.field in _KEYS else current
    if shown == edit.value:
        return False
    if shown != edit.before and not anyway:
        raise Differs(shown)
    return True
