"""The two ways of asking an Odoo server: JSON-2 from version 19 on, the older RPC before.

Odoo's own client (odoo-client-lib 2.0) neither tries again nor takes a session, and opens a
connection for every question; so both ways stand on ``base.web.Service``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Access
from ridealong.sources.base.web import BadAnswer, Service

JSON_2_SINCE = 19
_UNNAMED = ("domain", "vals")
"""What some models call otherwise (args, values), but always have in the first place."""
_WHY = 400


class No(Exception):
    """Odoo answered that it will not; the text is its own words.

    ``lacking``: because there is no such model, or the user has no right to it.
    """

    def __init__(self, words: str, *, lacking: bool = False) -> None:
        super().__init__(" ".join(words.split())[:_WHY])
        self.lacking = lacking


class Speech(Protocol):
    """A way of asking."""

    def ask(self, model: str, method: str, ids: Sequence[int] | None, named: dict[str, Any]) -> Any:
        """Call a method and return what it returns. Raises ``No``, ``Refused``, ``TryAgain``.

        ``ids``: the records it is called on; None for what is not called on records.
        """
        ...


def root(access: Access) -> str:
    """Return what the server's addresses begin with. Raises ``Refused``."""
    parts = urlsplit(access["url"].strip())
    if parts.scheme not in {"http", "https"} or not parts.netloc or "@" in parts.netloc:
        raise Refused("Address: as in https://acme.odoo.com")
    return f"{parts.scheme}://{parts.netloc}"


def version(access: Access) -> tuple[int, str]:
    """Return the server's version: (19, "19.0"). Raises ``Refused`` or ``TryAgain``."""
    service = Service("Odoo", root(access), authorise=dict)
    envelope = {"jsonrpc": "2.0", "method": "call", "params": {}}
    try:
        answer = service.query("web/webclient/version_info", envelope)
        said = str(answer["result"]["server_version"])
    except (BadAnswer, KeyError, TypeError) as error:
        raise Refused(f"There is no Odoo at {root(access)}.") from error
    # Odoo Online calls versions between two great ones saas~18.4.
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0, said


def spoken(access: Access, number: int, *, writing: bool = False) -> Speech:
    """Return the way of asking a server of this version; only what reads is sent again."""
    way = Json2 if number >= JSON_2_SINCE else Rpc
    return way(access, writing=writing)


class Json2:
    """``/json/2/<model>/<method>``, with an API key."""

    def __init__(self, access: Access, *, writing: bool) -> None:
        self._database = access["database"]
        headers = {
            "Authorization": f"bearer {access['password']}",
            "X-Odoo-Database": self._database,
        }
        service = Service("Odoo", root(access), authorise=lambda: headers)
        self._post = service.post if writing else service.query

    def ask(self, model: str, method: str, ids: Sequence[int] | None, named: dict[str, Any]) -> Any:
        """Call a method: see ``Speech``."""
        body = {**named, **({} if ids is None else {"ids": list(ids)})}
        try:
            return self._post(f"json/2/{model}/{method}", body)
        except BadAnswer as error:
            said = error.body if isinstance(error.body, dict) else {}
            if not said and error.status == 404:
                raise Refused(f"This Odoo has no database {self._database!r}.") from error
            words = str(said.get("message") or error)
            no_model = error.status == 404 and "the model" in words
            raise No(words, lacking=error.status == 403 or no_model) from error


class Rpc:
    """``/jsonrpc``, with a login and its password or API key: until version 21."""

    def __init__(self, access: Access, *, writing: bool) -> None:
        service = Service("Odoo", root(access), authorise=dict)
        self._post = service.post if writing else service.query
        self._database, self._login = access["database"], access["login"]
        self._password = access["password"]
        self._user: int | None = None

    def ask(self, model: str, method: str, ids: Sequence[int] | None, named: dict[str, Any]) -> Any:
        """Call a method: see ``Speech``."""
        positions: list[Any] = [] if ids is None else [list(ids)]
        more = dict(named)
        positions += [more.pop(name) for name in _UNNAMED if name in more]
        who = [self._database, self._signed_in(), self._password]
        return self._called("object", "execute_kw", [*who, model, method, positions, more])

    def _signed_in(self) -> int:
        if self._user is None:
            who = [self._database, self._login, self._password, {}]
            user = self._called("common", "authenticate", who)
            if not isinstance(user, int) or not user:
                raise Refused("Odoo does not know this login with this password or API key.")
            self._user = user
        return self._user

    def _called(self, service: str, method: str, arguments: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": arguments}
        envelope = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        try:
            answer = self._post("jsonrpc", envelope)
        except BadAnswer as error:
            raise Refused(f"{error} Its RPC may be switched off.") from error
        if not isinstance(answer, dict):
            raise TryAgain("Odoo answered with something odd.")
        if "error" in answer:
            self._refuse(answer["error"])
        return answer.get("result")

    def _refuse(self, error: dict[str, Any]) -> None:
        said = error.get("data") or {}
        name, words = str(said.get("name")), str(said.get("message") or error.get("message"))
        if name.startswith("psycopg2."):
            if "does not exist" in words:
                raise Refused(f"This Odoo has no database {self._database!r}.")
            raise TryAgain("Odoo's database could not answer just now.")
        if name.endswith(".AccessDenied"):
            raise Refused("Odoo no longer accepts this login: enter its password or key anew.")
        no_model = words.startswith("Object ") and words.endswith("doesn't exist")
        raise No(words, lacking=name.endswith(".AccessError") or no_model)
