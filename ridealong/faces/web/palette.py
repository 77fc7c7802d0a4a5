"""What Ctrl/⌘ K finds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ridealong.faces.web.reading import looking
from ridealong.record.finding import has_words
from ridealong.record.states import Found

PAGES = (
    ("Today", "today", "What is worth an hour now"),
    ("Brief", "brief", "What the CEO is told"),
    ("In the call", "call-mode", "Each deal at three letters, and what you owe the CEO"),
    ("Pipeline", "pipeline", "Every open deal"),
    ("People", "people", "When you last spoke with each, and about what"),
    ("Leadership", "leadership", "How each leader leads, over twelve weeks"),
    ("Insights", "insights", "What holds up: deals, salespeople, leading"),
    ("What was said", "said", "Odds, ranges and insights of any day, and what came of them"),
    ("Log a conversation", "talk-new", "With whom, about what, in seconds"),
    ("To confirm", "confirm", "What mails and calls suggest about your deals"),
    ("Playbook", "playbook", "What a deal must have before it leaves a stage"),
    ("Ride-alongs", "ride-alongs", "Buyers' meetings worth joining"),
    ("Sources", "sources", "What flows in, and what waits for its deal"),
    ("Import", "import", "Take in files"),
    ("Members", "members", "Who is who"),
    ("Company and currencies", "company", "Names, time zone, rates"),
)
KINDS = {"deal": "Deal", "company": "Company", "contact": "Person", "member": "Colleague"}


def found(request: HttpRequest) -> HttpResponse:
    """Return the lines for what was typed: deals, companies, people and pages."""
    text = request.GET.get("q", "").strip()
    look = looking(request)
    leads = look.pipe.viewer is not None and look.pipe.viewer.role in {"owner", "leader"}
    pages = [
        ("Page", name, detail, reverse(address))
        for name, address, detail in PAGES
        if (not text or has_words(text, name)) and (leads or address != "leadership")
    ]
    hits = [
        (KINDS[hit.kind], hit.label, hit.detail, _address(hit)) for hit in look.pipe.search(text)
    ]
    return render(request, "parts/palette.html", {"lines": [*hits, *pages], "text": text})


def _address(hit: Found) -> str:
    if hit.kind == "deal":
        return reverse("deal", args=[hit.id])
    if hit.kind == "member":
        return reverse("person", args=[hit.id])
    narrowing: dict[str, dict[str, object]] = {
        "company": {"company": hit.id},
        "contact": {"company": hit.company_id or ""},
    }
    query = narrowing[hit.kind]
    return f"{reverse('pipeline')}?{urlencode(query)}"
