"""Signing in and out, and making one's account by invitation."""

from __future__ import annotations

from allauth.account.views import LoginView
from django import forms
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.credentials.models import Invitation
from ridealong.faces.web.setup import BACKEND

sign_in = LoginView.as_view(template_name="account/sign_in.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; what the device kept for going on without a network goes, too."""
    logout(request)
    answer = redirect("sign-in")
    answer["Clear-Site-Data"] = '"storage"'
    return answer


class Choose(forms.Form):
    """A password for a new account."""

    password = forms.CharField(widget=forms.PasswordInput, validators=[validate_password])


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account that a link invites to."""
    found = Invitation.objects.filter(token=token).first()
    if found is None or not found.is_open:
        raise Http404("This invitation is used or has run out: ask for another.")
    form = Choose(request.POST or None)
    if request.method == "POST" and form.is_valid():
        users = get_user_model()._default_manager
        user, _ = users.get_or_create(member_id=found.member_id, defaults={"email": found.email})
        user.set_password(form.cleaned_data["password"])
        user.save()
        found.delete()
        login(request, user, backend=BACKEND)
        return redirect("home")
    return render(request, "account/invitation.html", {"form": form, "invitation": found})
