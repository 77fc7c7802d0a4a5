"""The viewer's webhooks: added, tried, tried again, removed and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import looking
from ridealong.lib.again import Refused, TryAgain
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.telling import hooking, preferring, webhooks
from ridealong.telling.models import Webhook
from ridealong.views import signals


def state(request: HttpRequest, pipe: Pipeline, me: Member) -> dict[str, Any]:
    """Return what the page shows of webhooks."""
    hooks = hooking.webhooks(me)
    runs = webhooks.last_runs(hooks)
    members = [each for each in pipe.members() if each.role in {"salesperson", "leader"}]
    names = {each.id: each.name for each in members}
    known = signals.rules()
    return {
        "hooks": [
            {
                "hook": hook,
                "run": runs.get(hook.pk),
                "about": names.get(hook.about or 0, ""),
                "rules": [known[name].title for name in hook.rules if name in known],
            }
            for hook in hooks
        ],
        "busy": any(run.active for run in runs.values()),
        "kinds": Webhook.Kind.choices,
        "whose": [each for each in members if each.id != me.id or me.role != "salesperson"],
        "rules": known.values(),
        "made": request.session.pop("webhook", None),
        "removed": request.session.pop("webhook_removed", None),
        "given": request.session.pop("webhook_given", {}),
    }


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a webhook; what its listener proves us by is shown once."""
    pipe, me = _me(request)
    said = request.POST
    about = _about(pipe, said.get("about", ""))
    given = {name: said.get(name, "")[:2000] for name in ("name", "kind", "address")}
    try:
        hook = hooking.add(me, **given, about=about, rules=said.getlist("rules"))
    except (Refused, TryAgain) as error:
        messages.error(request, str(error))
        request.session["webhook_given"] = given
        return _back()
    secret = hook.secrets["secret"] if hook.kind == Webhook.Kind.GENERIC else ""
    request.session["webhook"] = {"name": hook.name, "secret": secret}
    return _back()


@require_POST
def act(request: HttpRequest, number: int, doing: str) -> HttpResponse:
    """Send a test, try again what failed, or remove one of the viewer's webhooks."""
    _, me = _me(request)
    hook = Webhook.objects.filter(pk=number, member_id=me.id).first()
    if hook is None or doing not in {"test", "again", "remove"}:
        raise Http404("There is no such webhook of yours.")
    if doing == "remove":
        token = hooking.remove(hook)
        request.session["webhook_removed"] = {"name": hook.name, "token": token}
    else:
        webhooks.start(hook, by=me.id, test=doing == "test")
    return _back()


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Bring back the webhook that was just removed."""
    _, me = _me(request)
    if hooking.bring_back(me, request.POST.get("token", "")):
        messages.success(request, "It is back, and told of what is raised from now on.")
    return _back()


def _about(pipe: Pipeline, said: str) -> int | None:
    if not said:
        return None
    for member in pipe.members():
        if str(member.id) == said:
            return member.id
    raise Http404("There is nobody of that number to see.")


def _me(request: HttpRequest) -> tuple[Pipeline, Member]:
    pipe = looking(request).pipe
    if pipe.viewer is None or pipe.viewer.role not in preferring.ROLES:
        raise PermissionDenied("There is nothing to tell those who see no deals.")
    return pipe, pipe.viewer


def _back() -> HttpResponse:
    return redirect(f"{reverse('telling')}#webhooks")
