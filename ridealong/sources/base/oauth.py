"""OAuth: a fresh access token for a refresh token."""

from __future__ import annotations

from collections.abc import Mapping

import requests

from ridealong.lib.again import Refused, TryAgain

TIMEOUT = (10.0, 30.0)


def renewed(service: str, address: str, form: Mapping[str, str]) -> dict[str, str]:
    """Return what the token endpoint gives for ``form``: access_token, perhaps a refresh_token.

    ``service`` is how people call it. Raises ``Refused`` where it wants a person to sign in anew,
    ``TryAgain`` where it could not be reached. Neither text holds a secret.
    """
    try:
        response = requests.post(address, data=dict(form), timeout=TIMEOUT)
    except requests.RequestException as error:
        # The error's own text may hold the address with what was asked.
        raise TryAgain(f"{service}'s sign-in could not be reached.") from error
    if response.status_code == 429 or response.status_code >= 500:
        raise TryAgain(f"{service}'s sign-in answered {response.status_code}.")
    try:
        answer = response.json()
    except requests.exceptions.JSONDecodeError as error:
        raise TryAgain(f"{service}'s sign-in answered with something odd.") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
        said = answer if isinstance(answer, dict) else {}
        why = said.get("error") or said.get("message") or "no token"
        raise Refused(
            f"{service} gives no access any more ({str(why)[:80]}): sign in there anew and enter "
            "the new refresh token."
        )
    return {name: value for name, value in answer.items() if isinstance(value, str)}
