"""Where a sync is: each model by its last change, cut anywhere, and what was there before.

A pass over a model has a fixed lower bound and goes by id. It does not go by last change: Odoo
says those to the second and keeps them to the microsecond, and a whole import shares one.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

from ridealong.sources.base.connector import Cursor
from ridealong.sources.base.rows import Row, moment
from ridealong.sources.odoo.asking import Domain, Odoo

OVERLAP = timedelta(minutes=10)
"""A row's last change is when its transaction began; it may be seen that much later."""


class Place:
    """Where a sync goes on. ``since``: {model: newest change that was read}."""

    def __init__(self, cursor: Cursor) -> None:
        self.since: dict[str, str] = dict(cursor.get("since", {}))
        self._passes: dict[str, list[Any]] = dict(cursor.get("passes", {}))
        self._known: dict[str, str] = dict(cursor.get("known", {}))

    def cursor(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "since": dict(self.since),
            "passes": dict(self._passes),
            "known": dict(self._known),
        }

    def changed(
        self, odoo: Odoo, model: str, domain: Domain, names: Iterable[str], *, size: int
    ) -> Iterator[list[Row]]:
        """Yield what changed of a model since the last whole pass, and [] at its end.

        After each page ``cursor`` says where to go on once that page is kept.
        """
        if model not in self._passes:
            self._passes[model] = [0, odoo.newest(model, domain)]
        after, top = self._passes[model]
        narrowed = [*domain, *self.narrowing(model)]
        for page in odoo.pages(model, narrowed, list(names), size=size, after=after):
            self._passes[model] = [page[-1]["id"], top]
            yield page
        del self._passes[model]
        if top:
            self.since[model] = max(top, self.since.get(model, ""))
        yield []

    def narrowing(self, model: str) -> Domain:
        """Return what narrows a model to what may have changed since it was read whole."""
        since = self.earlier(self.since.get(model, ""))
        return [["write_date", ">=", since]] if since else []

    def newest(self) -> datetime | None:
        """Return the newest change that was read of anything: by Odoo's clock, and never ours."""
        return moment(max(self.since.values(), default=""))

    @staticmethod
    def earlier(stamp: str) -> str:
        """Return from when on rows may have changed unseen, as Odoo writes it; "" for ever."""
        known = moment(stamp)
        return (known - OVERLAP).strftime("%Y-%m-%d %H:%M:%S") if known else ""

    def known(self, what: str) -> Mapping[int, int]:
        """Return what was told to be there: {id: id of what it belongs to, or 0}."""
        return unpacked(self._known.get(what, ""))

    def know(self, what: str, there: Mapping[int, int]) -> None:
        """Remember what was told to be there."""
        self._known[what] = packed(there)


def packed(there: Mapping[int, int]) -> str:
    """Return numbers in few letters: mostly they follow one another."""
    ids = sorted(there)
    gaps = [after - before for before, after in pairwise([0, *ids])]
    owners = [there[number] for number in ids]
    text = json.dumps([gaps, owners if any(owners) else []], separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpacked(text: str) -> dict[int, int]:
    """Return what ``packed`` packed."""
    if not text:
        return {}
    gaps, owners = json.loads(zlib.decompress(base64.b64decode(text)))
    ids = list(accumulate(gaps))
    return dict(zip(ids, owners or [0] * len(ids), strict=True))
