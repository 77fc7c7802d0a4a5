"""Finding subjects by words, within what a member may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from ridealong.record.live import Sight
from ridealong.record.models import Contact, SearchEntry, Subject
from ridealong.record.naming import normal
from ridealong.record.states import Found
from ridealong.record.store import subject_numbers

MATCHING = {
    "sqlite": "SELECT rowid FROM record_search_words WHERE record_search_words MATCH %s",
    "postgresql": (
        "SELECT id FROM record_searchentry"
        " WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
    ),
}
"""The numbers of the subjects found, on each engine; the migration ``0002_engines`` makes both."""


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
    """Return what ``text`` finds: open deals first, then companies, people, closed deals."""
    if not question(text):
        return []
    deals = _deals(sight, text, limit)
    rows = [
        row
        for kind, visible in _others(sight).items()
        for row in SearchEntry.objects.filter(visible, with_words("id", text), kind=kind).order_by(
            "label", "id"
        )[:limit]
    ]
    employers = dict(
        Contact.objects.filter(id__in=[r.id for r in rows if r.kind == "contact"]).values_list(
            "id", "company_id"
        )
    )
    others = [Found(r.id, r.kind, r.label, r.detail, employers.get(r.id)) for r in rows]
    still_open = [deal for is_open, deal in deals if is_open]
    closed = [deal for is_open, deal in deals if not is_open]
    return [*still_open, *others, *closed][:limit]


def _deals(sight: Sight, text: str, limit: int) -> list[tuple[bool, Found]]:
    rows = sight.versions().filter(with_words("deal_id", text))
    ordered = rows.order_by("-is_open", F("amount").desc(nulls_last=True), "deal_id")
    fields = ordered.values_list("is_open", "deal_id", "name", "company__name")[:limit]
    return [
        (is_open, Found(deal, "deal", name, company or ""))
        for is_open, deal, name, company in fields
    ]


def _others(sight: Sight) -> dict[str, Q]:
    """Return what of each kind may be seen: the buyers of the deals in sight, and colleagues."""
    if sight.scope is None:
        return {"company": Q(), "member": Q(), "contact": Q()}
    # Asked of each hit, not for all companies: hits are few.
    deals = sight.versions()
    buys = Exists(deals.filter(company_id=OuterRef("id")))
    employed = Contact.objects.filter(
        Exists(deals.filter(company_id=OuterRef("company_id"))), id=OuterRef("id")
    )
    return {
        "company": Q(buys),
        "member": Q(id__in=sorted(sight.scope)),
        "contact": Q(Exists(employed)),
    }


def numbers_by_key(keys: Iterable[str]) -> dict[str, int]:
    """Return {key: number} of those deals that have one of these ids."""
    return {key: n for (_, key), n in subject_numbers(("deal", key) for key in keys).items()}


def numbers_with_key(key: str) -> list[int]:
    """Return the deal with this id of its source, and the one with this number of ours."""
    wanted = key.strip()
    deals = Subject.objects.filter(kind="deal")
    numbers = list(deals.filter(key=wanted).values_list("id", flat=True))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        numbers += deals.filter(id=int(wanted)).values_list("id", flat=True)
    return numbers
