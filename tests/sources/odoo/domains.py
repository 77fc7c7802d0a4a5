"""What Odoo's search conditions mean, as far as they are used: "|", and conditions on a field."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

_LEADS_TO = {"mail_message_id": "mail.message"}
_MEANS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<=": operator.le,
    "in": lambda value, among: value in among,
}


class NoField(Exception):
    """A condition names a field that the model does not have."""

    def __init__(self, model: str, field: str, leaf: tuple[Any, ...]) -> None:
        super().__init__(field)
        self.model, self.field, self.leaf = model, field, leaf


def checked(server: Any, model: str, domain: list[Any]) -> None:
    """Refuse a condition on a field of the model that it does not have."""
    for leaf in domain:
        if leaf != "|" and "." not in leaf[0] and not server.has(model, leaf[0]):
            raise NoField(model, leaf[0], tuple(leaf))


def matches(server: Any, model: str, row: dict[str, Any], domain: list[Any]) -> bool:
    """Say whether a row meets all conditions."""
    rest, met = list(domain), True
    while rest:
        met = _next(server, model, row, rest) and met
    return met


def _next(server: Any, model: str, row: dict[str, Any], rest: list[Any]) -> bool:
    head = rest.pop(0)
    if head == "|":
        first, second = (_next(server, model, row, rest) for _ in range(2))
        return first or second
    name, sign, value = head
    path = name.split(".")
    if len(path) == 2:
        through = row[path[0]]
        model = _LEADS_TO[path[0]]
        row = server.tables[model][through[0] if isinstance(through, list) else through]
    held = row[path[-1]]
    if isinstance(held, list):
        held = held[0] if held else False
    return _MEANS[sign](held, value)
