"""Asking a web service: patient where that helps, and clear where it does not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.util import Retry

from ridealong.lib.again import TryAgain
from ridealong.sources.base.connector import Refused

TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and to wait for an answer."""
PATIENCE = 20.0
"""Seconds that a service may ask to wait inside a run; for longer the run comes back later."""
BACKOFF = 0.5
"""Of a wait between attempts: none, then twice these seconds, and from there doubled each time."""
MAX_ANSWER = 64 * 1024 * 1024


class BadAnswer(Exception):
    """The service answered that it will not: ``status`` and its own words."""

    def __init__(self, status: int, text: str, body: Any = None) -> None:
        super().__init__(text)
        self.status = status
        self.body = body


class Busy(TryAgain):
    """The service had too much to do, or failed, each time: ``body`` is what it said with that."""

    def __init__(self, text: str, body: Any) -> None:
        super().__init__(text)
        self.body = body


class _Patient(Retry):
    """Waits as long as it is told to, within reason; a longer wait is left to the caller."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        asked = super().get_retry_after(response)
        if asked is not None and asked > PATIENCE:
            raise TryAgain(
                f"It asks to wait {round(asked)} seconds.", after=timedelta(seconds=asked)
            )
        return asked


def patient_session(methods: Collection[str], attempts: int = 4) -> requests.Session:
    """Return a session that asks again after a dropped line, 429 and 5xx, with these methods only.

    Where it is asked to wait longer than ``PATIENCE``, what it is used for raises ``TryAgain``.
    """
    session = requests.Session()
    retry = _Patient(
        total=attempts,
        backoff_factor=BACKOFF,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=methods,
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


class Service:
    """One web service. ``name`` is how people call it, ``root`` what addresses begin with.

    ``authorise`` returns the headers that prove who asks; ``renew`` is called once when the
    service says that those are no longer good (401) and returns whether asking again may help.
    """

    def __init__(
        self,
        name: str,
        root: str,
        *,
        authorise: Callable[[], Mapping[str, str]],
        renew: Callable[[], bool] = lambda: False,
        attempts: int = 4,
    ) -> None:
        self.name = name
        self._root = root.rstrip("/")
        self._authorise = authorise
        self._renew = renew
        # What creates something is not sent twice: nobody knows whether it arrived.
        self._session = patient_session(("GET", "PATCH"), attempts)
        self._questions = patient_session(("POST",), attempts)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON at ``path``. Raises ``BadAnswer``, ``Refused`` or ``TryAgain``."""
        return self.ask("GET", path, params=params)

    def post(self, path: str, body: Any) -> Any:
        """Post JSON and return the answer's; it is sent once."""
        return self.ask("POST", path, body=body)

    def query(self, path: str, body: Any, params: Mapping[str, Any] | None = None) -> Any:
        """Post JSON that only asks for something: it is sent again like what is got."""
        return self.ask("POST", path, params=params, body=body, only_asks=True)

    def patch(self, path: str, body: Any) -> Any:
        """Change what lies at ``path`` and return the answer's JSON."""
        return self.ask("PATCH", path, body=body)

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        only_asks: bool = False,
    ) -> Any:
        """Ask and return the answer's JSON, None for an empty one."""
        session = self._questions if only_asks else self._session
        response = self._sent(session, method, path, params, body)
        if response.status_code == 401 and self._renew():
            response = self._sent(session, method, path, params, body)
        return self._read(response)

    def _sent(
        self,
        session: requests.Session,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        body: Any,
    ) -> requests.Response:
        address = path if path.startswith("http") else f"{self._root}/{path.lstrip('/')}"
        try:
            return session.request(
                method,
                address,
                params=params,
                json=body,
                headers=dict(self._authorise()),
                timeout=TIMEOUT,
            )
        except TryAgain as error:
            raise TryAgain(f"{self.name}: {error}", after=error.after) from error
        except requests.exceptions.SSLError as error:
            raise Refused(f"{self.name} has no valid certificate at {self._root}.") from error
        except requests.exceptions.InvalidURL as error:
            raise Refused(f"{self._root} is not an address of {self.name}.") from error
        except requests.RequestException as error:
            raise TryAgain(f"{self.name} could not be reached at {self._root}.") from error

    def _read(self, response: requests.Response) -> Any:
        status = response.status_code
        if status == 401:
            raise Refused(
                f"{self.name} no longer accepts what it was given to sign in: enter it anew."
            )
        if status == 429 or status >= 500:
            said = _json(response)
            why = f": {_words(said)}".rstrip(".") if said else ""
            raise Busy(f"{self.name} answered {status} again and again{why}.", said)
        if len(response.content) > MAX_ANSWER:
            raise TryAgain(f"{self.name} answered with more than {MAX_ANSWER // 1024**2} MB.")
        try:
            body = response.json() if response.content else None
        except requests.exceptions.JSONDecodeError as error:
            if status >= 400:
                raise BadAnswer(status, f"{self.name} answered {status}.") from error
            raise TryAgain(f"{self.name} answered with something that is not JSON.") from error
        if status >= 400:
            raise BadAnswer(status, f"{self.name} answered {status}: {_words(body)}", body)
        return body


def _json(response: requests.Response) -> Any:
    try:
        return response.json()
    except requests.exceptions.JSONDecodeError:
        return None


def _words(body: Any) -> str:
    """Return the service's own words out of the shapes in which services put them."""
    if isinstance(body, list) and body:
        return _words(body[0])
    if isinstance(body, dict):
        for name in ("message", "error_description", "error", "detail", "error_info"):
            if body.get(name):
                return _words(body[name])
    return str(body)[:300]
