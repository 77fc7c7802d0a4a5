"""Finding subjects by words, within what a member may see."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from ridealong.record.live import Sight
from ridealong.record.models import SearchEntry, Subject
from ridealong.record.naming import normal
from ridealong.record.states import Found

MATCHING = {
    "sqlite": "SELECT rowid FROM record_search_words WHERE record_search_words MATCH %s",
    "postgresql": (
        "SELECT id FROM record_searchentry"
        " WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
    ),
}
"""The numbers of the subjects found, on each engine; the migration ``0002_engines`` makes both."""

VISIBLE = """(e.kind = 'member' AND e.id IN ({scope})) OR EXISTS (
    SELECT 1 FROM record_dealversion v WHERE v.is_latest AND v.salesperson_id IN ({scope}) AND (
        (e.kind = 'deal' AND v.deal_id = e.id AND v.valid_to > %s)
        OR (e.kind = 'company' AND v.company_id = e.id)
        OR (e.kind = 'contact' AND v.company_id = (
            SELECT company_id FROM record_contact c WHERE c.id = e.id))))"""


def question(text: str) -> str:
    """Return ``text`` as this engine's question for words that begin so; "" if it has none."""
    words = normal(text).split()
    if connection.vendor == "sqlite":
        return " ".join(f'"{word}"*' for word in words)
    return " & ".join(f"'{word}':*" for word in words)


def with_words(column: str, text: str) -> Q:
    """Return the condition that ``column`` is the number of a subject found by ``text``.

    A text without any word (only punctuation) finds nothing.
    """
    asked = question(text)
    if not asked:
        return Q(pk__in=[])
    matching = RawSQL(MATCHING[connection.vendor], [asked])  # noqa: S611  no part is a user's
    return Q(**{f"{column}__in": matching})


def has_words(text: str, *names: str) -> bool:
    """Say whether every word of ``text`` begins a word of ``names``: the same test on values."""
    words = " ".join(map(normal, names)).split()
    asked = normal(text).split()
    return bool(asked) and all(any(w.startswith(q) for w in words) for q in asked)


def found(sight: Sight, text: str, limit: int) -> list[Found]:
    """Return what ``text`` finds: open deals first, then companies, people, other deals."""
    asked = question(text)
    if not asked:
        return []
    condition, parameters = _visible(sight)
    rows = SearchEntry.objects.raw(
        f"""SELECT e.* FROM record_searchentry e
        LEFT JOIN record_dealversion d ON e.kind = 'deal' AND d.deal_id = e.id
            AND d.is_latest AND d.is_open AND d.valid_to > %s AND d.valid_from <= %s
        WHERE e.id IN ({MATCHING[connection.vendor]}) AND ({condition})
        ORDER BY CASE WHEN d.id IS NOT NULL THEN 0 WHEN e.kind = 'company' THEN 1
            WHEN e.kind = 'deal' THEN 3 ELSE 2 END, d.amount DESC, e.label, e.id
        LIMIT %s""",  # noqa: S608  constants of this module; values are parameters
        [sight.at, sight.at, asked, *parameters, limit],
    )
    return [Found(row.id, row.kind, row.label, row.detail) for row in rows]


def _visible(sight: Sight) -> tuple[str, list[object]]:
    if sight.scope is None:
        return "1 = 1", []
    scope = ", ".join(str(int(number)) for number in sorted(sight.scope)) or "NULL"
    return VISIBLE.format(scope=scope), [sight.at]


def numbers_with_key(key: str) -> list[int]:
    """Return the deal with this id of its source, and the one with this number of ours."""
    wanted = key.strip()
    deals = Subject.objects.filter(kind="deal")
    numbers = list(deals.filter(key=wanted).values_list("id", flat=True))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        numbers += deals.filter(id=int(wanted)).values_list("id", flat=True)
    return numbers
