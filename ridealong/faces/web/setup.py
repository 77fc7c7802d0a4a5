"""The first visit: the company and its owner."""

from __future__ import annotations

import zoneinfo

from babel.core import get_global
from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ridealong.credentials import claiming
from ridealong.record import directory
from ridealong.sources import people

CURRENCIES = sorted(get_global("all_currencies"))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SetUp(forms.Form):
    """What is asked: as little as there is no way around."""

    company = forms.CharField(max_length=200, label="Your company's name")
    currency = forms.ChoiceField(choices=[(c, c) for c in CURRENCIES], initial="EUR")
    time_zone = forms.ChoiceField(
        choices=[(z, z) for z in sorted(zoneinfo.available_timezones())], initial="UTC"
    )
    name = forms.CharField(max_length=200, label="Your name")
    email = forms.EmailField(label="Your e-mail")
    password = forms.CharField(widget=forms.PasswordInput, validators=[validate_password])
    code = forms.CharField(label="Set-up code, which “ridealong serve” printed")

    def clean_code(self) -> str:
        """Refuse whoever cannot read what the server printed: they may not own it."""
        said = str(self.cleaned_data["code"])
        if not claiming.is_code(said):
            raise forms.ValidationError(
                "That is not the code. It stands where “ridealong serve” runs, in its address."
            )
        return said


def page(request: HttpRequest) -> HttpResponse:
    """Set up the company and its owner, once."""
    if claiming.is_set_up():
        return redirect("home")
    form = SetUp(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with transaction.atomic():
            people.set_up_company(
                name=said["company"], currency=said["currency"], time_zone=said["time_zone"]
            )
            key = said["email"].lower()
            people.say("member", key, {"name": said["name"], "email": key, "role": "owner"})
            owner = next(m for m in directory.members() if m.key == key)
            user = get_user_model()._default_manager.create_user(
                email=key, password=said["password"], member_id=owner.id
            )
        login(request, user, backend=BACKEND)
        return redirect("import")
    return render(request, "setup/page.html", {"form": form})
