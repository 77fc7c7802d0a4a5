"""Secrets at rest: encrypted with a key made of the installation's secret key."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ridealong.lib.again import Refused


def seal(values: Mapping[str, str]) -> str:
    """Return the values encrypted and signed (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _box(settings.SECRET_KEY).encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """Return what was sealed. Raises ``Refused`` where the installation's key is another now."""
    if not sealed:
        return {}
    try:
        values: dict[str, str] = json.loads(_box(settings.SECRET_KEY).decrypt(sealed.encode()))
    except InvalidToken as error:
        raise Refused(
            "Its secrets were kept with another secret key than this installation's: enter them "
            "anew, or bring back the file secret_key."
        ) from error
    return values


@cache
def _box(key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"ridealong connections").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
