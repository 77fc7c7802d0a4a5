"""The playbook to begin with, over whatever stages a company has."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

PLACES = 5
_FILE = Path(__file__).with_name("playbook.toml")


@cache
def _criteria() -> list[dict[str, Any]]:
    criteria: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["criterion"]
    return criteria


def default_playbook(stages: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return (key, fields) of each default criterion over these open stages' keys, in order.

    Stages are matched by position, so that what is asked early in five is asked early in three. The
    keys are always the same: said again, nothing doubles.
    """
    if not stages:
        return []
    return [
        (
            f"criterion:default:{each['rule']}",
            {
                "stage": stages[each["place"] * len(stages) // PLACES],
                "position": position,
                "text": each["text"],
                "element": each["element"],
                "rule": each["rule"],
            },
        )
        for position, each in enumerate(_criteria(), start=1)
    ]
