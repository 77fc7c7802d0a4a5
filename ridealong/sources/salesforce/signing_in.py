"""Signing in to Salesforce by OAuth."""

from __future__ import annotations

import re

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access
from ridealong.sources.base.oauth import renewed

WAYS = ("refresh_token", "client_credentials", "password")
_DOMAIN = re.compile(r"[a-z0-9-]{1,80}(\.[a-z0-9-]{1,80}){0,3}", re.IGNORECASE)
LOOPBACK = "http://127.0.0.1:"
"""What a stand-in's address begins with; everything else is reached by https only."""


def root(domain: str) -> str:
    """Return the address at which one signs in: of "login", "test", or a My Domain.

    Raises ``Refused`` for what is none of them.
    """
    plain = domain.strip().rstrip("/")
    if plain.startswith(LOOPBACK):
        return plain
    plain = plain.removeprefix("https://").removesuffix(".salesforce.com").removesuffix(".my")
    if not _DOMAIN.fullmatch(plain):
        raise Refused("Domain: login, test, or your My Domain is needed, as in acme.")
    own = "" if plain in {"login", "test"} else ".my"
    return f"https://{plain}{own}.salesforce.com"


class SignIn:
    """A way in. A refresh token that Salesforce gave anew is kept, and used from then on."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._refresh = access["refresh_token"]
        self.root = root(access["domain"] or "login")

    def token(self) -> tuple[str, str]:
        """Return a fresh access token and where it is good. Raises ``Refused`` or ``TryAgain``."""
        answer = renewed("Salesforce", f"{self.root}/services/oauth2/token", self._form())
        fresh = answer.get("refresh_token")
        if fresh and fresh != self._refresh:
            self._refresh = fresh
            self._access.keep({"refresh_token": fresh})
        return answer["access_token"], answer.get("instance_url") or self.root

    def _form(self) -> dict[str, str]:
        access = self._access
        way = access["sign_in"] or WAYS[0]
        form = {"client_id": access["client_id"]}
        if way == "client_credentials":
            form["client_secret"] = access["client_secret"]
            if self.root in {root("login"), root("test")}:
                raise Refused("Domain: client credentials are only good at your My Domain.")
        elif way == "password":
            form["username"] = access["username"]
            form["password"] = access["password"] and (
                f"{access['password']}{access['security_token']}"
            )
        else:
            form["refresh_token"] = self._refresh
        for name, value in form.items():
            if not value:
                raise Refused(f"{name} is needed to sign in by {way}.")
        secret = access["client_secret"]
        return {"grant_type": way, **form, **({"client_secret": secret} if secret else {})}
