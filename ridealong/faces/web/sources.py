"""Sources: what flows in and how it is, connecting another one, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.connections import making, removing, reporting, scheduling
from ridealong.connections.making import InvalidSetting
from ridealong.connections.models import Connection
from ridealong.faces.web.reading import looking, signed_in
from ridealong.jobs.models import Run
from ridealong.lib.again import Refused, TryAgain
from ridealong.record import directory
from ridealong.record.states import Member, ToPlace
from ridealong.sources.base.connector import Connector
from ridealong.sources.base.registry import connectors

QUEUE = 30
LOG = 30
LEFT_OUT = 200


def page(request: HttpRequest) -> HttpResponse:
    """Show the connections that the viewer looks after, and what waits for a deal."""
    look = looking(request)
    me = _member(request)
    waiting = look.pipe.unplaced(QUEUE)
    deals = look.pipe.deals_with_keys({deal for each in waiting for deal, _ in each.candidates})
    colleagues = {member.email for member in directory.members()}
    found = reporting.all_of(None if _configures(me) else me.id)
    values = {
        "look": look,
        "found": found,
        "busy": any(each.run is not None and each.run.active for each in found),
        "kinds": [each for each in connectors().values() if _may_add(me, each)],
        "waiting": [
            (
                each,
                _others(each, colleagues),
                [(deals[key], sure) for key, sure in each.candidates if key in deals][:3],
            )
            for each in waiting
        ],
        "waiting_count": look.pipe.count_unplaced(),
        "placed": request.session.pop("placed", None),
        "configures": _configures(me),
        "not_placed": reporting.placing_failed() if _configures(me) else "",
    }
    return render(request, "sources/page.html", values)


def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Fill in what a new source needs; it is kept once it was reached."""
    me = _member(request)
    connector = connectors().get(kind)
    if connector is None or not _may_add(me, connector):
        raise Http404("There is no such kind of source.")
    given = _given(request, connector)
    values: dict[str, Any] = {"connector": connector, "given": given}
    if _configures(me) and connector.for_everyone:
        values["members"] = [member for member in directory.members() if member.active]
    if request.method == "POST":
        values["name"] = request.POST.get("name", "").strip()
        owner = _chosen(request, values.get("members", ())) if _configures(me) else me.id
        values["owner"] = owner
        try:
            connection = making.new(kind, values["name"], given, owner=owner)
            said = making.check(connection)
            making.keep(connection)
        except (InvalidSetting, Refused, TryAgain) as error:
            values["problem"] = str(error)
        else:
            messages.success(request, f"{connection.name} is connected. {said}")
            scheduling.start(connection, by=me.id)
            return redirect("sources")
    return render(request, "sources/add.html", values)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a connection: how it is, its runs, what it left out, its settings."""
    me, connection = _mine(request, number)
    connector = connection.connector
    values: dict[str, Any] = {"connector": connector, "given": connection.settings}
    if request.method == "POST":
        try:
            given = _given(request, connector)
            making.fill(connection, given)
            said = making.check(connection)
        except (InvalidSetting, Refused, TryAgain) as error:
            values |= {"problem": str(error), "given": given}
        else:
            making.keep(connection)
            scheduling.start(connection, by=me.id)
            messages.success(request, f"{connection.name} is saved. {said}")
            return redirect("source", number=number)
    mine = connection.owner in {None, me.id}
    values |= {
        "each": reporting.health(connection, owner=_owner(connection)),
        "runs": Run.objects.filter(subject__in=connection.subjects).order_by("-id")[:LOG],
        "left_out": connection.left_out.order_by("-at", "-id")[:LEFT_OUT] if mine else [],
        "reasons": [] if mine else reporting.reasons(connection),
        "kept": _kept(connection),
        "writer": hasattr(connector, "write"),
    }
    return render(request, "sources/one.html", values)


@require_POST
def act(request: HttpRequest, number: int, doing: str) -> HttpResponse:
    """Run a source now or anew, pause it, let it go on, switch writing back."""
    me, connection = _mine(request, number)
    if doing in {"run", "resume"}:
        scheduling.start(connection, by=me.id)
    elif doing == "full":
        scheduling.start(connection, full=True, by=me.id)
    elif doing == "pause":
        Connection.objects.filter(pk=number).update(paused=True)
    elif doing == "write" and hasattr(connection.connector, "write"):
        Connection.objects.filter(pk=number).update(writes_back=not connection.writes_back)
    else:
        raise Http404("There is no such thing to do.")
    if request.POST.get("back") == "one":
        return redirect("source", number=number)
    return redirect("sources")


@require_POST
def disconnect(request: HttpRequest, number: int) -> HttpResponse:
    """Forget a source, with or without what it told."""
    me, connection = _mine(request, number)
    with_data = request.POST.get("data") == "take back"
    removing.disconnect(connection, with_data=with_data, by=me.id)
    rest = "what it told is being taken back" if with_data else "what it told stays"
    messages.success(request, f"{connection.name} is disconnected; {rest}.")
    return redirect("sources")


def _chosen(request: HttpRequest, members: Iterable[Member]) -> int | None:
    """Whose a new mailbox is, as whoever configures says; None where they do not."""
    said = request.POST.get("owner", "")
    return next((member.id for member in members if str(member.id) == said), None)


def _kept(connection: Connection) -> set[str]:
    """Return which secrets are there; none where they can no longer be read."""
    try:
        return {name for name, secret in connection.secrets.items() if secret}
    except Refused:
        return set()


def _owner(connection: Connection) -> str:
    return next((m.name for m in directory.members() if m.id == connection.owner), "")


def _others(waiting: ToPlace, colleagues: set[str]) -> list[dict[str, Any]]:
    return [person for person in waiting.people if person.get("email") not in colleagues]


def _member(request: HttpRequest) -> Member:
    member = signed_in(request)
    if member is None:
        raise PermissionDenied("Only members may see sources.")
    return member


def _configures(member: Member) -> bool:
    return member.role in {"owner", "admin"}


def _may_add(member: Member, connector: Connector) -> bool:
    return _configures(member) or connector.for_everyone


def _mine(request: HttpRequest, number: int) -> tuple[Member, Connection]:
    member = _member(request)
    connection = Connection.objects.filter(pk=number).first()
    if connection is None or not (_configures(member) or connection.owner == member.id):
        raise Http404("There is no such source.")
    return member, connection


def _given(request: HttpRequest, connector: Connector) -> dict[str, str]:
    """What the form says; a flag that is not ticked is not sent."""
    if request.method != "POST":
        return {setting.name: setting.default for setting in connector.settings}
    return {setting.name: request.POST.get(setting.name, "") for setting in connector.settings}
