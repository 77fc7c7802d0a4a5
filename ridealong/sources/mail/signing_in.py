"""Signing in to mail at Google and Microsoft, which take no passwords any more."""

from __future__ import annotations

from ridealong.sources.base.connector import Access
from ridealong.sources.base.oauth import renewed

_TITLES = {"google": "Google", "microsoft": "Microsoft"}
_SCOPES = {
    "google": "https://mail.google.com/",
    "microsoft": "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
}


def token_address(access: Access) -> str:
    """Return where tokens are renewed."""
    if access["token_url"]:
        return access["token_url"]
    if access["sign_in"] == "google":
        return "https://oauth2.googleapis.com/token"
    tenant = access["tenant"] or "common"
    return f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"


def access_token(access: Access) -> str:
    """Return a fresh access token; a new refresh token is kept.

    Raises ``Refused`` or ``TryAgain``.
    """
    vendor = access["sign_in"]
    form = {
        "grant_type": "refresh_token",
        "client_id": access["client_id"],
        "client_secret": access["client_secret"],
        "refresh_token": access["refresh_token"],
        "scope": _SCOPES[vendor],
    }
    answer = renewed(_TITLES[vendor], token_address(access), {k: v for k, v in form.items() if v})
    fresh = answer.get("refresh_token")
    if fresh and fresh != access["refresh_token"]:
        access.keep({"refresh_token": fresh})
    return answer["access_token"]
