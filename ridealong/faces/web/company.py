"""The company: its name, currency and time zone, and what other currencies are worth."""

from __future__ import annotations

import zoneinfo
from decimal import Decimal, InvalidOperation

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web import mailing
from ridealong.faces.web.reading import one_who_configures
from ridealong.faces.web.setup import CURRENCIES
from ridealong.lib.exchange import last_rate
from ridealong.record import directory
from ridealong.sources import people


class Company(forms.Form):
    """What the company goes by."""

    name = forms.CharField(max_length=200)
    currency = forms.ChoiceField(choices=[(c, c) for c in CURRENCIES])
    time_zone = forms.ChoiceField(choices=[(z, z) for z in sorted(zoneinfo.available_timezones())])


def page(request: HttpRequest) -> HttpResponse:
    """Show and change the company."""
    me = one_who_configures(request)
    now = directory.organisation()
    initial = {"name": now.name, "currency": now.currency, "time_zone": str(now.time_zone)}
    form = Company(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        people.set_up_company(**form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("company")
    rates = directory.rates()
    lines = [
        (code, rates.get(code), last_rate(code, now.currency))
        for code in sorted({*directory.currencies(), *rates} - {now.currency})
    ]
    lines.sort(key=lambda line: (line[1] is not None, line[0]))
    values = {"form": form, "lines": lines, "now": now, **mailing.state(me)}
    return render(request, "company/page.html", values)


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """State what one unit of a currency is worth."""
    one_who_configures(request)
    code, said = request.POST.get("currency", ""), request.POST.get("per_unit", "")
    try:
        worth = Decimal(said.strip().replace(",", "."))
    except InvalidOperation:
        worth = Decimal(0)
    if code not in CURRENCIES or not Decimal("0.000001") <= worth <= Decimal(1_000_000):
        messages.error(request, f"“{said}” is no rate for {code}: give a number such as 0.92.")
    else:
        people.set_rate(code, str(worth))
        messages.success(
            request, f"1 {code} is now worth {worth} {directory.organisation().currency}."
        )
    return redirect("company")
