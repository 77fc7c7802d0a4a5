"""What goes on without a network: the service worker, shells, and what a device may keep.

The worker keeps the shell only: styles, scripts and pages without anybody's data. What a page keeps
besides is sealed on the device (``offline/vault.js``), or not at all where that is not wanted.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST

from ridealong.faces.web.undoing import back

SHELLS = {"recall": "/recall"}
"""Pages that open without a network: the template in ``offline/`` that stands in, and for which."""
ASSETS = (
    "mark.svg",
    "tokens.css",
    "layout.css",
    "parts.css",
    "recall.css",
    "recall.js",
    "recall_card.js",
    "offline/outbox.js",
    "offline/starting.js",
    "offline/vault.js",
)
_COOKIE = "keep_nothing"
_YEAR = 365 * 86_400


def worker(_: HttpRequest) -> HttpResponse:
    """Serve the service worker: of all addresses here, so from the root."""
    return HttpResponse(
        _worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@cache
def _worker() -> str:
    """The worker with what it keeps; another version of any of it makes another worker."""
    assets = {static(f"ridealong/{name}"): _file(f"ridealong/{name}") for name in ASSETS}
    shells = {page: f"/offline/{name}" for name, page in SHELLS.items()}
    templates = Path(__file__).parent.glob("templates/offline/*.html")
    contents = [*assets.values(), *sorted(templates)]
    version = hashlib.blake2b(
        b"".join(path.read_bytes() for path in contents), digest_size=8
    ).hexdigest()
    said = {"VERSION": version, "ASSETS": list(assets), "SHELLS": shells}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items())
    return head + _file("ridealong/offline/worker.js").read_text(encoding="utf-8")


def _file(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


def shell(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page as it is without a network and without anybody's data."""
    if name not in SHELLS:
        raise Http404("There is no such page.")
    return render(request, f"offline/{name}.html")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Let this device keep what it needs without a network, or nothing."""
    answer = redirect(back(request, "/"))
    if request.POST.get("keep") == "nothing":
        answer.set_cookie(
            _COOKIE, "1", max_age=_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    else:
        answer.delete_cookie(_COOKIE)
    return answer


def on_device(request: HttpRequest) -> dict[str, object]:
    """Return what a page that goes on without a network says to its scripts.

    ``session``: names this session and what is kept for it; ``holder``: whose it is; ``keeps``:
    whether the device may keep anything, ``may_choose``: whether its owner says so.
    """
    never = settings.RIDEALONG_KEEP_NOTHING
    return {
        "session": _named("session", f"{request.session.session_key}"),
        "holder": holder(request),
        "keeps": not never and request.COOKIES.get(_COOKIE) != "1",
        "may_choose": not never,
    }


def holder(request: HttpRequest) -> str:
    """Return a name for whoever is signed in, so that nobody's answers are taken for another's."""
    number = getattr(request.user, "member_id", 0)
    return _named("holder", str(number))


def _named(what: str, value: str) -> str:
    """Return a name that tells nothing of what it stands for."""
    return salted_hmac(f"offline {what}", value, algorithm="sha256").hexdigest()[:32]
