"""Talks to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ridealong.sources.hearing import Talked

DEALS = (
    ("line", "Nordlicht Brauerei – Packaging line", "Nordlicht Brauerei GmbH"),
    ("store", "Nordlicht Brauerei – Warehouse, phase 2", "Nordlicht Brauerei GmbH"),
    ("next", "Next – New platform", "Next Group plc"),
    ("kessler", "Kessler – 400 seats", "Kessler Maschinenbau GmbH"),
    ("houten", "Van Houten Bloemen – Cold store, Aalsmeer", "Van Houten Bloemen BV"),
    ("rhone", "Librairies du Rhône – Returns", "Librairies du Rhône SA"),
)
PLAIN = Talked(
    title="Talk",
    text="",
    minutes=30,
    leader="Eva Lang",
    salespeople=("Tom Berg",),
    with_buyer=False,
    planned=True,
    deals=DEALS,
)


def talk(text: str = "", **how: Any) -> Talked:
    """Return a talk; ``how``: what is not as usual."""
    return replace(PLAIN, text=text, **how)
