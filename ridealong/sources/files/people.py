"""Members, companies and contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ridealong.record.directory import normal
from ridealong.record.facts import Fact
from ridealong.record.vocabulary import ROLES
from ridealong.sources.files.known import EARLY
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.rows import Row

if TYPE_CHECKING:
    from ridealong.sources.files.loading import Import

ROLE_WORDS = {
    "owner": ("owner", "ceo", "founder", "president"),
    "leader": ("leader", "manager", "head", "vp", "director", "lead"),
    "admin": ("admin", "administrator"),
}
Told = Callable[["Import", Row], Iterable[Fact]]


def members(run: Import, plan: FilePlan) -> Told:
    """Return what makes facts of a members file's rows."""
    del run
    leaders: dict[str, str] = {}
    known = plan.fields.keys()

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        name, email = _full_name(row), row.text("email").lower()
        if not name and not email:
            raise row.bad("name", "is missing")
        key = run.known.members.get(normal(email)) if email else None
        key = key or run.known.members.get(normal(name)) or normal(row.text("id") or name or email)
        run.known.name_member(key, name, email, row.text("id"))
        changes: dict[str, Any] = {"name": name or email.split("@")[0]}
        if email:
            changes["email"] = email
        if row.has("team"):
            changes["team"] = row.text("team")
        if "active" in known and row.has("active"):
            changes["active"] = normal(row.text("active")) not in {"false", "no", "inactive", "0"}
        if row.has("role"):
            changes["role"] = _role(row.text("role"))
        if row.has("leader"):
            changes["reports_to"] = _leader(run, row, key, leaders)
        yield Fact("member", key, EARLY, changes, f"member:{key}")

    return tell


def _leader(run: Import, row: Row, key: str, leaders: dict[str, str]) -> str:
    above = run.known.member(row.text("leader"), role="leader")
    loop, step = [key], above
    while step in leaders and step != key:
        loop.append(step)
        step = leaders[step]
    if step == key:
        raise row.bad("leader", f"makes a ring: {' → '.join([*loop, key])}")
    leaders[key] = above
    return above


def _role(words: str) -> str:
    plain = normal(words)
    if plain in ROLES:
        return plain
    for role, signs in ROLE_WORDS.items():
        if any(sign in plain.split() for sign in signs):
            return role
    return "salesperson"


def companies(run: Import, plan: FilePlan) -> Told:
    """Return what makes facts of a companies file's rows."""
    del run, plan

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        name = row.text("name")
        if not name:
            raise row.bad("name", "is missing")
        key = run.known.companies.get(normal(name)) or row.text("id", 100) or normal(name) or name
        run.known.companies[normal(name)] = key
        changes: dict[str, Any] = {"name": name}
        for field in ("domain", "industry", "country"):
            if row.has(field):
                changes[field] = row.text(field)
        employees = row.amount("employees")
        if employees:
            changes["employees"] = int(employees[0])
        if row.has("parent"):
            changes["parent"] = run.known.company(row.text("parent"))
        yield Fact("company", key, EARLY, changes, f"company:{key}")

    return tell


def contacts(run: Import, plan: FilePlan) -> Told:
    """Return what makes facts of a contacts file's rows."""
    del run, plan

    def tell(run: Import, row: Row) -> Iterator[Fact]:
        name, email = _full_name(row), row.text("email").lower()
        if not name and not email:
            raise row.bad("name", "is missing")
        key = row.text("id", 100) or normal(email or name)
        changes: dict[str, Any] = {"name": name or email, "email": email}
        for field in ("phone", "title"):
            if row.has(field):
                changes[field] = row.text(field)
        if row.has("company"):
            changes["company"] = run.known.company(row.text("company"))
        yield Fact("contact", key, EARLY, changes, f"contact:{key}")

    return tell


def _full_name(row: Row) -> str:
    name = row.text("name")
    return name or f"{row.text('first_name')} {row.text('last_name')}".strip()
