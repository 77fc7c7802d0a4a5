"""Who is who: the tree of members, their roles and leaders, and invitations."""

from __future__ import annotations

import contextlib

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.credentials.models import Invitation
from ridealong.faces.web.reading import looking, one_who_configures
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.record import directory
from ridealong.record.states import Member
from ridealong.record.vocabulary import ROLES
from ridealong.sources import people


class Who(forms.Form):
    """A member as the page edits them."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(required=False)
    role = forms.ChoiceField(choices=[(role, role.capitalize()) for role in ROLES])
    leader = forms.ChoiceField(required=False)
    active = forms.BooleanField(required=False)

    def __init__(self, *args: object, member: Member | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        below = _below(member) if member else set()
        self._member = member
        leaders = [(m.key, m.name) for m in directory.members() if m.id not in below and m.active]
        self.fields["leader"].choices = [("", "Nobody"), *leaders]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Refuse an address that somebody else has."""
        email = str(self.cleaned_data["email"]).lower()
        own = self._member.id if self._member else None
        if email and any(m.email == email and m.id != own for m in directory.members()):
            raise forms.ValidationError("Somebody here has this address already.")
        return email


def page(request: HttpRequest) -> HttpResponse:
    """Show the members: all to those who configure, one's own people to a leader."""
    look = looking(request)
    me = look.pipe.viewer
    can_edit = me is not None and me.role in {"owner", "admin"}
    members = directory.members() if can_edit else look.pipe.members()
    accounts = set(get_user_model()._default_manager.values_list("member_id", flat=True))
    editing = request.GET.get("edit", "")
    chosen = next((m for m in members if str(m.id) == editing), None) if can_edit else None
    letters = _letters() if can_edit else {}
    values = {
        "lines": [(depth, m, m.id in accounts, letters.get(m.id)) for depth, m in _tree(members)],
        "no_mail": posting.problem(),
        "can_edit": can_edit,
        "form": Who(member=chosen, initial=_initial(chosen))
        if chosen or editing == "new"
        else None,
        "chosen": chosen,
        "link": request.session.pop("invitation", None),
        "left": request.session.pop("left", None),
    }
    return render(request, "members/page.html", values)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a member."""
    one_who_configures(request)
    return _saved(request, None)


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a member: every change is a fact, so that nothing is lost."""
    one_who_configures(request)
    return _saved(request, _member(number))


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Take back that a member left."""
    one_who_configures(request)
    member = _member(number)
    people.say("member", member.key, {"active": True})
    messages.success(request, f"{member.name} is a member again.")
    return redirect("members")


@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link with which a member makes their account; mailed where mail is set up."""
    me = one_who_configures(request)
    member = _member(number)
    if not member.email:
        messages.error(request, f"{member.name} has no e-mail yet: add it first.")
        return redirect("members")
    made = Invitation.objects.create(member_id=member.id, email=member.email)
    _mail_it(request, made, by=me)
    address = request.build_absolute_uri(reverse("invitation", args=[made.token]))
    request.session["invitation"] = {"name": member.name, "address": address}
    return redirect("members")


def _mail_it(request: HttpRequest, made: Invitation, *, by: Member) -> None:
    """Mail an invitation; without mail the link to copy has to do."""
    about = {"invitation": made.pk, "by": by.id, "address": request.build_absolute_uri("/")}
    with contextlib.suppress(posting.NotSetUp):
        posting.post("invitation", about, subject=f"invitation:{made.pk}", by=by.id)


def _letters() -> dict[int, Run]:
    """Return {member: the letter} of invitations that are still open, the last of each."""
    opened = {f"invitation:{each.pk}": each for each in Invitation.objects.order_by("id")}
    runs = posting.last(opened)
    return {each.member_id: runs[s] for s, each in opened.items() if each.is_open and s in runs}


def _saved(request: HttpRequest, member: Member | None) -> HttpResponse:
    form = Who(request.POST, member=member)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{field.capitalize()}: {errors[0]}")
        return redirect("members")
    said = form.cleaned_data
    key = member.key if member else directory.normal(said["email"] or said["name"])
    active = bool(said["active"]) if member else True
    changes = {"name": said["name"], "role": said["role"], "active": active}
    people.say(
        "member",
        key,
        {**changes, "email": said["email"] or None, "reports_to": said["leader"] or None},
    )
    messages.success(request, f"{said['name']} is saved.")
    if member and member.active and not active:
        request.session["left"] = {"id": member.id, "name": said["name"]}
    return redirect("members")


def _member(number: int) -> Member:
    for member in directory.members():
        if member.id == number:
            return member
    raise Http404("There is no such member.")


def _initial(member: Member | None) -> dict[str, object]:
    if member is None:
        return {"role": "salesperson", "active": True}
    above = next((m.key for m in directory.members() if m.id == member.reports_to), "")
    return {
        "name": member.name,
        "email": member.email,
        "role": member.role,
        "leader": above,
        "active": member.active,
    }


def _tree(members: list[Member]) -> list[tuple[int, Member]]:
    """Return members under their leaders, with their depth."""
    shown = {m.id for m in members}
    below: dict[int | None, list[Member]] = {}
    for member in members:
        below.setdefault(member.reports_to if member.reports_to in shown else None, []).append(
            member
        )
    lines: list[tuple[int, Member]] = []

    def walk(above: int | None, depth: int) -> None:
        for member in below.get(above, []):
            lines.append((depth, member))
            walk(member.id, depth + 1)

    walk(None, 0)
    return lines


def _below(member: Member) -> set[int]:
    """A member and everybody under them: none of these can be their leader."""
    found = {member.id}
    members = directory.members()
    for _ in members:
        found |= {m.id for m in members if m.reports_to in found}
    return found
