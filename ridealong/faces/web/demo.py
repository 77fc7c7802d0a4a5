"""One click for each role of the simulated company; nowhere else."""

from __future__ import annotations

from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web.setup import BACKEND
from ridealong.record import directory

ORDER = ("owner", "leader", "salesperson")


def page(request: HttpRequest) -> HttpResponse:
    """Offer everybody of the company; with ``?as=leader`` sign in as the first leader at once.

    That is a link because the command opens it in the browser; nothing here is anybody's data.
    """
    _simulated()
    users = set(get_user_model()._default_manager.values_list("member_id", flat=True))
    people = [m for m in directory.members() if m.id in users]
    people.sort(key=lambda m: (ORDER.index(m.role) if m.role in ORDER else 9, m.name))
    first = next((m for m in people if m.role == request.GET.get("as")), None)
    if first is not None and not request.user.is_authenticated:
        user = get_object_or_404(get_user_model(), member_id=first.id)
        login(request, user, backend=BACKEND)
        return redirect("brief")
    return render(request, "demo.html", {"people": people})


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as somebody of the simulated company."""
    _simulated()
    user = get_object_or_404(get_user_model(), member_id=request.POST.get("member", "0"))
    login(request, user, backend=BACKEND)
    return redirect("brief")


def _simulated() -> None:
    if not directory.organisation().simulated:
        raise Http404("This company is not simulated.")
