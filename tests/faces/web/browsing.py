"""A browser without a browser."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client


def signed_in(number: int) -> Client:
    """A browser in which that member is signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model()._default_manager.get(member_id=number))
    return client
