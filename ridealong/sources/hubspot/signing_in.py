"""Signing in: a private app's access token, or an app's refresh token for tokens that expire."""

from __future__ import annotations

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access
from ridealong.sources.base.oauth import renewed

_PATH = "oauth/v1/token"
_APP = ("client_id", "client_secret", "refresh_token")


class SignIn:
    """Who asks. Raises ``Refused`` where what is filled in is not enough."""

    def __init__(self, access: Access, root: str) -> None:
        self._access = access
        self._address = f"{root}/{_PATH}"
        self._token = access["token"]
        self._app = {name: access[name] for name in _APP}
        if not self._token and not all(self._app.values()):
            raise Refused(
                "An access token is needed, or an app's client ID, client secret and refresh token."
            )

    def headers(self) -> dict[str, str]:
        """Return what proves who asks. Raises ``Refused`` or ``TryAgain``."""
        if not self._token:
            self.renew()
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """Get a fresh access token and keep it; False where there is nothing to get it with."""
        if not all(self._app.values()):
            return False
        answer = renewed("HubSpot", self._address, {"grant_type": "refresh_token", **self._app})
        self._token = answer["access_token"]
        self._app["refresh_token"] = answer.get("refresh_token", self._app["refresh_token"])
        self._access.keep({"token": self._token, "refresh_token": self._app["refresh_token"]})
        return True
