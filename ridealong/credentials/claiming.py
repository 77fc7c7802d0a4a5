"""Who may set up a new installation: whoever can read what ``ridealong serve`` prints."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 24


def code() -> str:
    """Return the code: it follows from the secret key, the same in every process of one home."""
    return salted_hmac("ridealong.set-up", "owner", algorithm="sha256").hexdigest()[:LENGTH]


def is_code(said: str) -> bool:
    """Say whether ``said`` is the code."""
    return constant_time_compare(said.strip(), code())


def is_set_up() -> bool:
    """Say whether somebody has an account here."""
    return get_user_model()._default_manager.exists()
