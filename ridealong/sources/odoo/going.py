"""What was there and is no more: Odoo says nothing of what it deletes, so ids are compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ridealong.sources.odoo.asking import Domain, Odoo
from ridealong.sources.odoo.following import Place
from ridealong.sources.odoo.speaking import No

_SIZE = 100


@dataclass(frozen=True)
class Gone:
    """``deleted``: in Odoo no more; ``hidden``: there, but no longer for this user."""

    deleted: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


def gone(
    odoo: Odoo, place: Place, model: str, domain: Domain, read: Collection[int]
) -> Iterator[Gone]:
    """Yield what went since the last time; afterwards ``place`` knows what is there now.

    ``read``: what this sync read of the model. Where as many are there as were known and read, up
    to the newest known, nothing is compared: only what was read can have come in between.
    """
    before = place.known(model)
    newest = max(before, default=0)
    known = before.keys() | set(read)
    expected = sum(number <= newest for number in known)
    if odoo.count(model, [*domain, ["id", "<=", newest]]) == expected:
        there = known | set(odoo.ids(model, [*domain, ["id", ">", newest]]))
    else:
        there = set(odoo.ids(model, domain))
        missing = sorted(known - there)
        for start in range(0, len(missing), _SIZE):
            part = missing[start : start + _SIZE]
            known = known.difference(part)
            found = _told_apart(odoo, model, part)
            place.know(model, dict.fromkeys(known, 0))
            yield found
    place.know(model, dict.fromkeys(there, 0))
    yield Gone()


def _told_apart(odoo: Odoo, model: str, missing: list[int]) -> Gone:
    """Say which of these were deleted, and which this user may no longer see.

    Odoo refuses to read a batch with one in it that the user may not see, and leaves out of it
    what was deleted. What can be read is there, but no longer what is looked for: an opportunity
    that was made a lead again, a meeting that is no opportunity's any more.
    """
    try:
        # Not the id alone: up to version 14 that is answered without looking.
        odoo.call(model, "read", missing, fields=["write_date"])
    except No as error:
        if not error.lacking:
            raise
        if len(missing) == 1:
            return Gone(hidden=tuple(missing))
        half = len(missing) // 2
        parts = [_told_apart(odoo, model, part) for part in (missing[:half], missing[half:])]
        return Gone(
            tuple(number for part in parts for number in part.deleted),
            tuple(number for part in parts for number in part.hidden),
        )
    return Gone(deleted=tuple(missing))
